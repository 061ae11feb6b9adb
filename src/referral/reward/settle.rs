//! From a history to a statement.

use super::{
    Entry, Line, Rewards, Side, State, Statement, Total, Unit,
    bind::Case,
    grant::Granted,
    progress::Progress,
    sort::{Key, sorted},
};
use crate::base::Time;
use alloc::vec::Vec;

impl Rewards {
    /// What is owed to everybody. The order of the history does not matter, nor what comes twice in it; `now` decides what is
    /// still held and which groups are open, nothing else: what lies in the future counts too.
    pub fn settle<'h>(&'h self, history: &[Entry<'h>], now: Time) -> Statement<'h> {
        let mut statement = Statement::default();
        let cases = self.cases(history, &mut statement.problems);
        let mut granted = Granted { now, ..Granted::default() };
        granted.lines.extend(cases.iter().filter(|case| !case.refusal.is_empty()).map(refused));
        let cases: Vec<Case<'h>> = cases.into_iter().filter(|case| case.refusal.is_empty()).collect();
        for cases in sorted(&cases, |case| case.key(case.advocate)).chunk_by(|one, other| one.advocate == other.advocate) {
            for (at, rule) in self.rules.iter().enumerate() {
                granted.add(at, rule, cases);
            }
        }
        statement.progress = granted.progress;
        statement.lines = sorted(&granted.lines, |line| Key { rank: line.rank, ..line.key(line.who) });
        statement.lines.chunk_by_mut(|one, other| one.rank == other.rank && one.who == other.who).for_each(hold);
        statement.lines = sorted(&statement.lines, |line| line.key(""));
        statement.spent = self.spend(&mut statement.lines);
        statement.totals = totals(&statement.lines);
        statement
    }

    /// The same of one person alone, an advocate's code or a friend's id; of everybody where it is empty. An advocate without
    /// friends has progress, too.
    pub fn settle_for<'h>(&'h self, history: &[Entry<'h>], now: Time, person: &'h str) -> Statement<'h> {
        let mut statement = self.settle(history, now);
        if person.is_empty() {
            return statement;
        }
        statement.lines.retain(|line| line.who == person);
        statement.totals.retain(|total| total.who == person);
        statement.progress.retain(|progress| progress.who == person);
        if statement.progress.is_empty() {
            let stepped = self.rules.iter().filter(|rule| rule.step(0).is_none());
            statement.progress.extend(stepped.map(|rule| Progress::of(person, rule, &[], now)));
        }
        statement
    }

    /// Gives from the budget, oldest first, and says how much.
    fn spend(&self, lines: &mut [Line<'_>]) -> [i64; 3] {
        let mut spent = [0; 3];
        for line in lines {
            let unit = line.unit as usize;
            if let (Some(spent), Some(budget)) = (spent.get_mut(unit), self.budget.get(unit)) {
                line.limit(budget - *spent, "budget");
                *spent += line.amount;
            }
        }
        spent
    }
}

impl<'h> Line<'h> {
    /// In the order of names, then in time.
    fn key(&self, name: &'h str) -> Key<'h> {
        Key { name, time: self.time.0, id: self.by, ..Key::default() }
    }
}

/// The line of a conversion about which no rule is asked.
fn refused<'h>(case: &Case<'h>) -> Line<'h> {
    Line {
        rule: None,
        conversion: case.entry.id,
        to: Side::Advocate,
        who: case.advocate,
        unit: Unit::Money,
        amount: 0,
        state: case.refused_state(),
        due: case.due,
        friends: 0,
        why: case.refusal,
        time: case.entry.time,
        by: case.entry.id,
        rank: usize::MAX,
    }
}

/// Holds what one rule gives one person, oldest first: so many within the window, and no more than so much in all.
fn hold(lines: &mut [Line<'_>]) {
    let Some(rule) = lines.first().and_then(|line| line.rule) else { return };
    let mut left = rule.cap_per_person;
    let mut times: Vec<Time> = Vec::new();
    for line in lines.iter_mut().filter(|line| line.amount > 0) {
        let earlier = times.len().checked_sub(rule.at_most).and_then(|at| times.get(at));
        if earlier.is_some_and(|earlier| line.time.since(*earlier) < rule.window) {
            line.limit(0, "limit");
        } else {
            line.limit(left, "cap");
            left -= line.amount;
            times.push(line.time);
        }
    }
}

/// What everybody has, person by person.
fn totals<'h>(lines: &[Line<'h>]) -> Vec<Total<'h>> {
    let mut totals: Vec<Total<'h>> = Vec::new();
    let owed: Vec<Line<'h>> = lines.iter().filter(|line| line.amount > 0).copied().collect();
    for line in sorted(&owed, |line| Key { rank: line.to as usize, time: line.unit as i64, ..line.key(line.who) }) {
        let mut total = Total { to: line.to, who: line.who, unit: line.unit, amounts: [0; 3] };
        if let Some(last) = totals.pop_if(|last| (last.to, last.who, last.unit) == (line.to, line.who, line.unit)) {
            total = last;
        }
        for (amount, state) in total.amounts.iter_mut().zip(State::OWED) {
            *amount += if line.state == state { line.amount } else { 0 };
        }
        totals.push(total);
    }
    totals
}
