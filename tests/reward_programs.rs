//! Reading the rules of rewards: what is refused, where, and why; and that nobody is paid by a guess.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::Document,
    error::Error,
    referral::{
        Program,
        reward::{Basis, MOST, Rewards, Step, Unit, Worth},
    },
};
use serde_json::{Value, json};
use support::{host::Native, rewarded::DAY};

/// The rewards, and what is wrong with them, as the whole program tells it.
fn read(rewards: &Value) -> (Rewards, Vec<Error>) {
    let host = Native::seeded(1);
    let document = Document::read(&json!({ "rewards": rewards }).to_string(), u32::MAX, &host).unwrap();
    let mut problems = Vec::new();
    let (_, rewards) = Program::check(document.root(), &mut problems);
    (rewards, problems)
}

fn told(rewards: &Value) -> Vec<String> {
    read(rewards).1.into_iter().map(|error| format!("{} {}", error.code, error.path)).collect()
}

/// Sound rules and one that is not: what is told of it, and that it alone is left out.
fn told_of_rule(more: Value) -> Vec<String> {
    let mut rule = json!({ "id": "r", "to": "both", "kind": "percent", "percent": 5 });
    rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    rule.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let sound = |id: &str| json!({ "id": id, "to": "friend", "kind": "points", "amount": 1 });
    let rewards = json!({ "currency": "EUR", "rules": [sound("a"), rule, sound("b")] });
    let told = told(&rewards);
    let kept: Vec<_> = read(&rewards).0.rules.into_iter().map(|rule| rule.id).collect();
    assert_eq!(kept, if told.is_empty() { vec!["a", "r", "b"] } else { vec!["a", "b"] }, "{more}");
    told
}

#[test]
fn every_kind_of_rule_is_read() {
    let (rewards, problems) = read(&json!({
        "currency": "EUR", "holding_days": 30, "budget": 500_000, "review": "manual", "levels": 1,
        "rules": [
            { "id": "cash", "to": "advocate", "on": "purchase", "kind": "percent", "percent": 2.57, "cap": 5_000, "cap_per_person": 50_000, "minimum_purchase": 2_000, "duration_days": 365 },
            { "id": "hello", "to": "friend", "kind": "fixed", "amount": 1_000 },
            { "id": "vip", "to": "advocate", "kind": "days", "amount": 30, "at_most": 3, "within_days": 30, "first_purchase_only": false },
            { "id": "group", "to": "both", "kind": "tiers", "within_days": 7, "tiers": [{ "friends": 3, "percent": 30 }, { "friends": 5, "amount": 9, "unit": "points" }] },
            { "id": "ten", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 10, "amount": 5_000, "unit": "money" }] },
        ],
    }));
    assert_eq!(problems, []);
    assert_eq!(
        (rewards.currency.as_str(), rewards.holding, rewards.manual, rewards.budget),
        ("EUR", 30 * DAY, true, [500_000, MOST, MOST])
    );
    let step = |friends, worth| Step { friends, worth };
    let [cash, hello, vip, group, ten] = &rewards.rules[..] else { panic!("five rules") };
    assert_eq!((cash.pays, cash.basis, &cash.steps[..]), ([true, false], Basis::Conversion, &[step(0, Worth::Share(257))][..]));
    assert_eq!(
        (cash.minimum, cash.cap, cash.cap_per_person, cash.duration, cash.first_only),
        (2_000, 5_000, 50_000, 365 * DAY, false)
    );
    assert_eq!(
        (hello.pays, &hello.steps[..], hello.first_only),
        ([false, true], &[step(0, Worth::Amount(Unit::Money, 1_000))][..], true)
    );
    assert_eq!((vip.at_most, vip.window, vip.first_only), (3, 30 * DAY, false));
    assert_eq!((group.pays, group.basis, group.window), ([true, true], Basis::Group, 7 * DAY));
    assert_eq!(group.steps, [step(3, Worth::Share(3_000)), step(5, Worth::Amount(Unit::Points, 9))]);
    assert_eq!((ten.basis, &ten.steps[..]), (Basis::Milestone, &[step(10, Worth::Amount(Unit::Money, 5_000))][..]));
}

#[test]
fn nobody_further_up_is_paid_and_recruitment_is_not() {
    for to in ["grand_advocate", "upline", "level2", "parent", "Sponsor", "ancestors"] {
        assert_eq!(told_of_rule(json!({ "to": to })), ["pyramid $.referral.rewards.rules[1].to"], "{to}");
    }
    for on in ["invite", "invitation", "share", "recruit", "join", "Joined", "signup_as_advocate", "enrolment"] {
        assert_eq!(told_of_rule(json!({ "on": on })), ["pyramid $.referral.rewards.rules[1].on"], "{on}");
    }
    for levels in [json!(2), json!(0), json!(1.5), json!([5, 2]), json!("two"), json!({ "1": 5 })] {
        for name in ["levels", "depth"] {
            let at = |place: &str| [format!("pyramid $.referral.rewards{place}.{name}")];
            assert_eq!(told_of_rule(json!({ name: levels })), at(".rules[1]"), "{levels}");
            let rewards = json!({ name: levels, "rules": [{ "id": "a", "to": "friend", "kind": "points", "amount": 1 }] });
            assert_eq!((told(&rewards), read(&rewards).0.is_some()), (at("").to_vec(), false));
        }
    }
    let (_, problems) = read(&json!({ "rules": [{ "id": "a", "to": "upline", "kind": "points", "amount": 1 }] }));
    assert_eq!(
        problems[0].message,
        "Only a friend's own conversion is paid for, to its advocate or the friend. Pay for recruitment, or further up, is pyramid selling: unlawful in many countries (no legal advice)."
    );
    for fine in [json!({ "levels": 1 }), json!({ "depth": [5] }), json!({ "on": "conversion" }), json!({ "on": "purchase" })] {
        assert_eq!(told_of_rule(fine), [""; 0]);
    }
}

#[test]
fn mistakes_in_a_rule_are_named_and_leave_it_out() {
    let at = "$.referral.rewards.rules[1]";
    for (more, expected) in [
        (json!({ "id": null }), "wrong-type .id"),
        (json!({ "id": "a" }), "duplicate-id .id"),
        (json!({ "to": null }), "wrong-type .to"),
        (json!({ "to": "everybody" }), "unknown-word .to"),
        (json!({ "on": "full moon" }), "unknown-word .on"),
        (json!({ "kind": null }), "wrong-type .kind"),
        (json!({ "kind": "lottery" }), "unknown-word .kind"),
        (json!({ "percent": null }), "wrong-type .percent"),
        (json!({ "percent": "5" }), "wrong-type .percent"),
        (json!({ "percent": 0 }), "out-of-range .percent"),
        (json!({ "percent": 100.01 }), "out-of-range .percent"),
        (json!({ "percent": 2.571 }), "out-of-range .percent"),
        (json!({ "percent": 0.001 }), "out-of-range .percent"),
        (json!({ "kind": "fixed" }), "wrong-type .amount"),
        (json!({ "kind": "fixed", "amount": 0 }), "out-of-range .amount"),
        (json!({ "kind": "fixed", "amount": 9.99 }), "out-of-range .amount"),
        (json!({ "kind": "points", "amount": 1e300 }), "out-of-range .amount"),
        (json!({ "cap": "50" }), "wrong-type .cap"),
        (json!({ "cap_per_person": -1 }), "out-of-range .cap_per_person"),
        (json!({ "minimum_purchase": 0.5 }), "out-of-range .minimum_purchase"),
        (json!({ "first_purchase_only": 1 }), "wrong-type .first_purchase_only"),
        (json!({ "duration_days": 0 }), "out-of-range .duration_days"),
        (json!({ "at_most": 0 }), "out-of-range .at_most"),
        (json!({ "within_days": 40_000 }), "out-of-range .within_days"),
        (json!({ "kind": "tiers" }), "wrong-type .tiers"),
        (json!({ "kind": "tiers", "tiers": { "3": 30 } }), "wrong-type .tiers"),
        (json!({ "kind": "tiers", "tiers": [{ "percent": 30 }] }), "out-of-range .tiers[0].friends"),
        (json!({ "kind": "tiers", "tiers": [{ "friends": 3 }] }), "wrong-type .tiers[0].amount"),
        (
            json!({ "kind": "tiers", "tiers": [{ "friends": 3, "percent": 30 }, { "friends": 3, "percent": 50 }] }),
            "out-of-range .tiers[1].friends",
        ),
        (json!({ "kind": "milestones", "steps": [{ "friends": 3, "amount": 1 }] }), "unknown-word .to"),
        (
            json!({ "kind": "milestones", "to": "advocate", "steps": [{ "friends": 3, "amount": 1, "unit": "cars" }] }),
            "unknown-word .steps[0].unit",
        ),
        (
            json!({ "kind": "milestones", "to": "advocate", "steps": [{ "friends": 3, "percent": 10 }] }),
            "wrong-type .steps[0].amount",
        ),
    ] {
        let told = told_of_rule(more.clone());
        let (code, path) = expected.split_once(' ').unwrap();
        assert_eq!(told.first(), Some(&format!("{code} {at}{path}")), "{more}: {told:?}");
    }
}

#[test]
fn a_mistake_in_what_holds_for_all_pays_nobody() {
    for (name, value, code) in [
        ("currency", json!("euro"), "unknown-word"),
        ("currency", json!(978), "wrong-type"),
        ("holding_days", json!("30"), "wrong-type"),
        ("holding_days", json!(-1), "out-of-range"),
        ("review", json!("sometimes"), "unknown-word"),
        ("budget", json!("5000"), "wrong-type"),
        ("budget", json!(0.5), "out-of-range"),
        ("budget", json!({ "points": -1 }), "out-of-range"),
    ] {
        let mut rewards = json!({ "currency": "EUR", "rules": [{ "id": "a", "to": "friend", "kind": "points", "amount": 1 }] });
        rewards[name] = value.clone();
        let (read, problems) = read(&rewards);
        assert_eq!(problems[0].code, code, "{name}: {value}");
        assert!(problems[0].path.starts_with(&format!("$.referral.rewards.{name}")), "{}", problems[0].path);
        assert!(!read.is_some());
    }
    let without = json!({ "rules": [{ "id": "a", "to": "friend", "kind": "fixed", "amount": 1 }] });
    assert_eq!(told(&without), ["wrong-type $.referral.rewards.rules[0].kind"]); // money without a currency
    assert_eq!(told(&json!([])), ["wrong-type $.referral.rewards"]);
    assert_eq!(told(&json!({ "rules": {} })), ["wrong-type $.referral.rewards.rules"]);
    assert_eq!(told(&json!({})), [""; 0]);
}
