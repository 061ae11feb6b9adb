//! Laws of rewards: what holds for every program and every history, over 100,000 random pairs of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::Time,
    referral::reward::{Basis, Entry, Kind, Line, Rewards, Rule, Side, State, Statement, Unit, Worth},
};
use std::collections::BTreeMap;
use support::random_rewards::{Chance, DAY, START};

/// So many in each of four parts, which run side by side.
const PART: u64 = 25_000;

#[test]
fn the_laws_hold_for_the_first_quarter() {
    hold_from(0);
}

#[test]
fn the_laws_hold_for_the_second_quarter() {
    hold_from(1);
}

#[test]
fn the_laws_hold_for_the_third_quarter() {
    hold_from(2);
}

#[test]
fn the_laws_hold_for_the_last_quarter() {
    hold_from(3);
}

fn hold_from(part: u64) {
    let mut given = 0;
    for seed in part * PART..(part + 1) * PART {
        let mut chance = Chance::new(seed);
        let (rewards, history) = (chance.rewards(), chance.history());
        let now = Time(START + 3 * DAY);
        let statement = rewards.settle(&history, now);
        nothing_is_above_its_bounds(&rewards, &statement);
        sums_are_those_of_the_lines(&statement);
        nobody_beyond_the_direct_advocate_is_paid(&history, &statement);
        order_and_repetition_do_not_matter(&rewards, &history, &statement, &mut chance);
        what_is_taken_back_never_was(&rewards, &history, now, &mut chance);
        doubt_stops_what_it_is_about_and_changes_no_amount(&rewards, &history, &statement);
        time_moves_states_forward(&rewards, &history, &statement);
        given += i64::from(!statement.totals.is_empty());
        a_plain_recount_agrees(rewards, &history, now);
    }
    // Laws about nothing would hold, too.
    assert!(given > PART as i64 / 2, "only {given} of {PART} histories owe anything");
}

fn rule<'s>(line: &Line<'s>) -> &'s Rule {
    line.rule.expect("the line is a rule's")
}

fn nothing_is_above_its_bounds(rewards: &Rewards, statement: &Statement<'_>) {
    let mut by_person: BTreeMap<_, Vec<&Line<'_>>> = BTreeMap::new();
    for line in statement.lines.iter().filter(|line| line.amount > 0) {
        assert!(line.amount <= rule(line).cap, "{line:?}");
        by_person.entry((&rule(line).id, line.to == Side::Friend, line.who)).or_default().push(line);
    }
    for lines in by_person.values() {
        let rule = rule(lines[0]);
        assert!(lines.iter().map(|line| line.amount).sum::<i64>() <= rule.cap_per_person, "{lines:?}");
    }
    for (spent, budget) in statement.spent.iter().zip(rewards.budget) {
        assert!((0..=budget).contains(spent), "{spent} of {budget}");
    }
    for line in &statement.lines {
        assert_eq!(line.amount == 0, line.state < State::Pending, "{line:?}");
        assert!(line.amount > 0 || !line.why.is_empty(), "{line:?}");
    }
}

fn sums_are_those_of_the_lines(statement: &Statement<'_>) {
    let mut sums: BTreeMap<_, [i64; 3]> = BTreeMap::new();
    let mut spent = [0; 3];
    for line in statement.lines.iter().filter(|line| line.amount > 0) {
        let state = State::OWED.iter().position(|state| *state == line.state).unwrap();
        sums.entry((line.to == Side::Friend, line.who, line.unit as usize)).or_default()[state] += line.amount;
        spent[line.unit as usize] += line.amount;
    }
    let totals = statement.totals.iter().map(|total| ((total.to == Side::Friend, total.who, total.unit as usize), total.amounts));
    assert!(totals.eq(sums)); // in this order, too
    assert_eq!(spent, statement.spent);
}

fn nobody_beyond_the_direct_advocate_is_paid(history: &[Entry<'_>], statement: &Statement<'_>) {
    let mut advocates: BTreeMap<&str, &str> = BTreeMap::new();
    for line in statement.lines.iter().filter(|line| line.amount > 0 && !line.conversion.is_empty()) {
        let of = |entry: &&Entry<'_>| entry.kind == Kind::Conversion && entry.id == line.conversion;
        let conversion = history.iter().filter(of).min().unwrap();
        if line.to == Side::Friend {
            assert_eq!(line.who, conversion.friend);
            continue;
        }
        assert_ne!(line.who, conversion.friend);
        let brought = |entry: &Entry<'_>| entry.friend == conversion.friend && entry.advocate == line.who;
        assert!(history.iter().any(brought), "{line:?}");
        assert_eq!(*advocates.entry(conversion.friend).or_insert(line.who), line.who, "a friend has one advocate");
    }
}

fn order_and_repetition_do_not_matter(rewards: &Rewards, history: &[Entry<'_>], statement: &Statement<'_>, chance: &mut Chance) {
    let mut twice = [history, history].concat();
    chance.shuffle(&mut twice);
    let again = rewards.settle(&twice, Time(START + 3 * DAY));
    assert_eq!(again, *statement);
}

/// A conversion that was refunded whole, or rejected, leaves everything as if it had not been, but for the line that says so.
fn what_is_taken_back_never_was(rewards: &Rewards, history: &[Entry<'_>], now: Time, chance: &mut Chance) {
    let Some(of) = history.iter().map(|entry| entry.id).find(|id| id.starts_with('o')) else { return };
    let without: Vec<_> = history.iter().filter(|entry| entry.id != of && entry.of != of).copied().collect();
    let kind = chance.of(&[Kind::Refund, Kind::Rejected]);
    let later = Time(START + 100 * DAY);
    let mut taken = history.to_vec();
    taken.push(Entry { time: later, kind, id: "taken back", of, ..Entry::default() });
    let (mut taken, without) = (rewards.settle(&taken, now), rewards.settle(&without, now));
    let told = taken.lines.iter().position(|line| line.conversion == of).map(|at| taken.lines.remove(at)).unwrap();
    assert!(
        told.rule.is_none() && told.amount == 0 && ["refund", "rejected", "currency", "self"].contains(&told.why),
        "{told:?}"
    );
    assert_eq!(
        (taken.lines, taken.totals, taken.spent, taken.progress),
        (without.lines, without.totals, without.spent, without.progress)
    );
}

/// Something unclear about a conversion: it owes what it owed, all of it pending; a later approval is as if it had not been.
fn doubt_stops_what_it_is_about_and_changes_no_amount(rewards: &Rewards, history: &[Entry<'_>], statement: &Statement<'_>) {
    let Some(of) = history.iter().map(|entry| entry.id).find(|id| id.starts_with('o')) else { return };
    let about = |days: i64, kind| Entry { time: Time(START + days * DAY), kind, of, ..Entry::default() };
    let (unclear, approved) = (about(100, Kind::Unclear), about(101, Kind::Approved));
    let [doubted, lifted, plain] = [vec![unclear], vec![unclear, approved], vec![approved]].map(|more| [history, &more].concat());
    let [doubted, lifted, plain] = [&doubted, &lifted, &plain].map(|history| rewards.settle(history, Time(START + 3 * DAY)));
    assert_eq!(lifted, plain);
    assert_eq!((doubted.spent, doubted.lines.len()), (statement.spent, statement.lines.len()));
    for (line, before) in doubted.lines.iter().zip(&statement.lines) {
        assert_eq!((line.amount, line.conversion, line.who), (before.amount, before.conversion, before.who));
        assert!(line.state <= before.state, "{line:?}");
        let is_owed = line.conversion == of && line.amount > 0;
        assert!(!is_owed || (line.state, line.why) == (State::Pending, "unclear"), "{line:?}");
    }
}

fn time_moves_states_forward(rewards: &Rewards, history: &[Entry<'_>], statement: &Statement<'_>) {
    for days in [10, 40] {
        let later = rewards.settle(history, Time(START + days * DAY));
        assert_eq!(later.lines.len(), statement.lines.len());
        for (before, after) in statement.lines.iter().zip(&later.lines) {
            assert!(after.state == before.state || (before.state, after.state) == (State::Held, State::Approved), "{after:?}");
            let mut same = *after;
            same.state = before.state;
            assert_eq!(same, *before);
        }
    }
}

/// A conversion as the recount sees it: what is left of it and who brought its friend.
struct Counted<'h> {
    entry: Entry<'h>,
    left: i64,
    advocate: &'h str,
    is_first: bool,
    since: Time,
}

/// What is left after refunds, straight from the definition, with as many passes as it takes.
fn recount_conversions<'h>(history: &[Entry<'h>]) -> Vec<Counted<'h>> {
    let mut unique: BTreeMap<(Kind, &str, &str, Option<Time>), Entry<'h>> = BTreeMap::new();
    for entry in history.iter().filter(|entry| matches!(entry.kind, Kind::Conversion | Kind::Refund)) {
        let nameless = Some(entry.time).filter(|_| entry.id.is_empty());
        let kept = unique.entry((entry.kind, entry.of, entry.id, nameless)).or_insert(*entry);
        *kept = (*kept).min(*entry);
    }
    let is_refund = |entry: &&Entry<'_>| entry.kind == Kind::Refund && entry.currency != "USD";
    let refunds = |of: &str| unique.values().filter(is_refund).filter(|entry| entry.of == of).collect::<Vec<_>>();
    let mut conversions: Vec<_> = unique.values().filter(|entry| entry.kind == Kind::Conversion).collect();
    conversions.sort_by_key(|entry| (entry.time, entry.id));
    let mut bound: BTreeMap<&str, (&str, Time)> = BTreeMap::new();
    let mut known: Vec<&str> = Vec::new();
    let mut counted = Vec::new();
    for entry in conversions {
        let (paid, refunds) = (entry.amount.unwrap_or(0), refunds(entry.id));
        let back: i128 = refunds.iter().map(|refund| i128::from(refund.amount.unwrap_or(i64::MAX))).sum();
        let left = (i128::from(paid) - back).max(0) as i64;
        let is_verdict = |other: &&Entry<'_>| matches!(other.kind, Kind::Approved | Kind::Rejected) && other.currency != "USD";
        let verdicts = history.iter().filter(is_verdict).filter(|other| other.of == entry.id);
        let is_rejected = verdicts.max_by_key(|other| (other.time, other.kind)).is_some_and(|last| last.kind == Kind::Rejected);
        if entry.currency == "USD" || entry.advocate == entry.friend || is_rejected || !refunds.is_empty() && left == 0 {
            continue;
        }
        let is_first = !known.contains(&entry.friend);
        known.push(entry.friend);
        if !entry.advocate.is_empty() {
            bound.entry(entry.friend).or_insert((entry.advocate, entry.time));
        }
        if let Some((advocate, since)) = bound.get(entry.friend) {
            counted.push(Counted { entry: *entry, left, advocate, is_first, since: *since });
        }
    }
    counted
}

/// Rules without groups, recounted one conversion after the other.
fn a_plain_recount_agrees(mut rewards: Rewards, history: &[Entry<'_>], now: Time) {
    rewards.rules.retain(|rule| rule.basis == Basis::Conversion);
    let mut spent = [0; 3];
    let mut given: BTreeMap<_, Vec<(Time, i64)>> = BTreeMap::new();
    let mut expected = Vec::new();
    for counted in recount_conversions(history) {
        for (at, rule) in rewards.rules.iter().enumerate() {
            for side in [0, 1].into_iter().filter(|side| rule.pays[*side]) {
                let who = [counted.advocate, counted.entry.friend][side];
                let before = given.entry((at, side, who)).or_default();
                let (unit, mut amount) = plain_amount(rule, &counted);
                let recent = before.iter().filter(|(time, _)| counted.entry.time.0 - time.0 < rule.window).count();
                if recent >= rule.at_most {
                    amount = 0;
                }
                amount = amount.min(rule.cap_per_person - before.iter().map(|(_, amount)| amount).sum::<i64>());
                if amount > 0 {
                    before.push((counted.entry.time, amount));
                }
                amount = amount.min(rewards.budget[unit as usize] - spent[unit as usize]);
                spent[unit as usize] += amount;
                expected.push((rule.id.as_str(), counted.entry.id, who, unit, amount));
            }
        }
    }
    let statement = rewards.settle(history, now);
    let lines = statement.lines.iter().filter(|line| line.rule.is_some());
    let told: Vec<_> = lines.map(|line| (rule(line).id.as_str(), line.conversion, line.who, line.unit, line.amount)).collect();
    assert_eq!(told, expected);
}

fn plain_amount(rule: &Rule, counted: &Counted<'_>) -> (Unit, i64) {
    let (unit, amount) = match rule.steps[0].worth {
        Worth::Share(points) => (Unit::Money, (i128::from(counted.left) * i128::from(points) / 10_000) as i64),
        Worth::Amount(unit, amount) => (unit, amount),
    };
    let counts = counted.left >= rule.minimum
        && (counted.is_first || !rule.first_only)
        && counted.entry.time.0 - counted.since.0 < rule.duration;
    (unit, if counts { amount.min(rule.cap) } else { 0 })
}
