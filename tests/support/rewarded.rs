//! Statements about rewards, in few words.

use super::host::Native;
use privateer::{
    base::json::{Document, Writer},
    referral::reward::answer,
};
use serde_json::{Value, json};

/// 1 March 2026, 00:00 UTC.
pub const START: i64 = 1_772_323_200_000;
pub const DAY: i64 = 86_400_000;

/// The statement about a history, at a time, of a person or of all.
pub fn statement_of(rewards: &Value, history: &[Value], now: i64, person: &str) -> Value {
    let host = Native::seeded(1);
    let read = |value: Value| Document::read(&value.to_string(), u32::MAX, &host).unwrap();
    let program = read(json!({ "rewards": rewards }));
    let question = read(json!({ "history": history, "now": now, "person": person }));
    let mut out = Writer::default();
    answer(program.root().unwrap(), question.root().unwrap(), &mut out);
    serde_json::from_str(&out.finish()).unwrap()
}

/// The same long after, of all, without problems.
pub fn statement(rewards: &Value, history: &[Value]) -> Value {
    let statement = statement_of(rewards, history, START + 1_000 * DAY, "");
    assert_eq!(statement["problems"], json!([]));
    statement
}

/// The lines that owe something or say why not, as texts: rule, conversion, person, amount, unit, state, why.
pub fn lines(statement: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |line: &Value| {
        let amount = format!("{} {}", line["amount"], text(&line["unit"]));
        [text(&line["rule"]), text(&line["conversion"]), text(&line["who"]), amount, text(&line["state"]), text(&line["why"])]
            .join(" ")
    };
    statement["lines"].as_array().unwrap().iter().map(line).collect()
}

pub fn amounts(statement: &Value) -> Vec<i64> {
    statement["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).collect()
}

/// A program of one rule, in euros.
pub fn only(rule: Value) -> Value {
    json!({ "currency": "EUR", "rules": [rule] })
}

/// An order of so many cents by a friend of ADA's, so many ms after the start.
pub fn order(id: &str, friend: &str, after: i64, amount: i64) -> Value {
    json!({ "id": id, "type": "conversion", "advocate": "ADA", "friend": friend, "time": START + after, "amount": amount, "currency": "EUR" })
}

pub fn about(kind: &str, of: &str, after: i64) -> Value {
    json!({ "id": format!("{kind} of {of}"), "type": kind, "of": of, "time": START + after })
}

pub fn refund(of: &str, amount: i64) -> Value {
    json!({ "id": format!("refund of {of}"), "type": "refund", "of": of, "time": START + DAY, "amount": amount })
}

/// Orders of 100.00 by so many friends, a day apart.
pub fn friends(count: i64) -> Vec<Value> {
    (1..=count).map(|n| order(&format!("o{n:02}"), &format!("f{n:02}"), (n - 1) * DAY, 10_000)).collect()
}
