//! 10,000 random models and histories, scored step by step natively: the same numbers as in Node and in each browser, which
//! tests/page/score-replay.test.mjs holds to the same digest.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{base::Time, client::Input};
use serde_json::{Value, json};
use support::visit::{START, Visit};

const STREAMS: u32 = 10_000;
const DIGEST: u32 = 0x9825_0c22;
const MINUTE: i64 = 60_000;
const MEASURES: [&str; 6] = ["count", "distinct", "sum", "since", "streak", "first"];

/// Mulberry32 (Tommy Ettinger), as in tests/page/support/streams.js.
struct Random(u32);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let state = self.0;
        let mut mixed = (state ^ state >> 15).wrapping_mul(state | 1);
        mixed ^= mixed.wrapping_add((mixed ^ mixed >> 7).wrapping_mul(mixed | 61));
        (mixed ^ mixed >> 14) % bound
    }
}

fn rule(index: u32, random: &mut Random) -> Value {
    let event = ["A", "B", "*"][random.below(3) as usize];
    let points = (f64::from(random.below(240)) - 80.0) / 4.0;
    let measure = MEASURES[random.below(6) as usize];
    let mut rule = json!({ "id": format!("r{index}"), "event": event, "points": points, "measure": measure, "of": "n" });
    match random.below(4) {
        1 => rule["decay"] = json!({ "half_life_days": 3 }),
        2 => rule["decay"] = json!({ "lifespan_days": 10 }),
        3 => rule["decay"] = json!({ "step_days": 2, "step_loss": 0.25 }),
        _ => {}
    }
    if random.below(3) == 0 {
        rule["window_days"] = json!(1 + random.below(20));
    }
    if random.below(3) == 0 {
        rule["cooldown_minutes"] = json!(random.below(600));
    }
    for (one_in, name, value) in
        [(4, "at_least", json!(2)), (4, "once", json!(true)), (3, "maximum_a_day", json!(15)), (3, "maximum", json!(25))]
    {
        if random.below(one_in) == 0 {
            rule[name] = value;
        }
    }
    rule
}

fn line(score: &Value) -> String {
    // ECMAScript prints a whole number without its fraction.
    let print = |number: &Value| number.as_f64().map_or("null".into(), |number| number.to_string());
    let reasons = score["reasons"].as_array().unwrap().iter();
    let reasons = reasons
        .map(|reason| format!("{}:{}:{}", reason["rule"].as_str().unwrap(), print(&reason["points"]), print(&reason["count"])));
    format!("{} {}\n", print(&score["total"]), reasons.collect::<Vec<_>>().join(" "))
}

#[test]
fn natively_every_score_is_the_one_that_browsers_find() {
    let mut digest = 0x811c_9dc5_u32;
    for seed in 0..STREAMS {
        let mut random = Random(seed);
        let rules: Vec<Value> = (0..1 + random.below(5)).map(|index| rule(index, &mut random)).collect();
        let site = json!({ "scoring": { "minimum": -100, "rules": rules }, "tracking": { "pageviews": false } });
        let mut visit = Visit::begin(&site, "https://example.com/", 1);
        let mut now = START;
        for _ in 0..1 + random.below(9) {
            now = Time(now.0 + i64::from(random.below(3_000)) * MINUTE);
            let event = ["A", "B", "C"][random.below(3) as usize];
            visit.now = now;
            visit.happens(Input::Track(event, &json!({ "n": random.below(5) }).to_string(), None));
            for byte in line(&visit.score()).bytes() {
                digest = (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
    }
    assert_eq!(format!("{digest:x}"), format!("{DIGEST:x}"));
}
