//! The JavaScript boundary of activation. Its TypeScript is in `growth.d.ts.txt`.

use super::{
    failure::Failure,
    values::{numbers, read, write},
};
use crate::{
    error::Error,
    growth::{self, Reached},
    insights::parse_time,
};
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// Whether something was reached, and when.
#[derive(Serialize)]
struct Answer {
    state: &'static str,
    at: Option<f64>,
}

impl From<Reached> for Answer {
    fn from(reached: Reached) -> Answer {
        match reached {
            Reached::At(time) => Answer { state: "reached", at: Some(time) },
            Reached::Not => Answer { state: "not", at: None },
            Reached::Open => Answer { state: "open", at: None },
        }
    }
}

#[derive(Deserialize)]
struct Within {
    beginning: f64,
    times: usize,
    span: f64,
    now: f64,
}

/// So many times within a span.
#[wasm_bindgen(js_name = reachedWithin, skip_typescript)]
pub fn reached_within(events: JsValue, goal: JsValue) -> Result<JsValue, Failure> {
    let goal: Within = read(goal, "goal", "The goal must be an object with beginning, times, span and now.")?;
    write(&Answer::from(growth::within(goal.beginning, &numbers(events, "events")?, goal.times, goal.span, goal.now)))
}

#[derive(Deserialize)]
struct Row {
    first: i64,
    length: usize,
    span: i64,
    today: i64,
    #[serde(default)]
    business_days: bool,
}

const DAYS: &str = "The days must be a list of whole numbers, as localDays gives them.";

/// So many days in a row.
#[wasm_bindgen(js_name = reachedInARow, skip_typescript)]
pub fn reached_in_a_row(days: JsValue, goal: JsValue) -> Result<JsValue, Failure> {
    let goal: Row = read(goal, "goal", "The goal must be an object with first, length, span and today as whole numbers.")?;
    let days: Vec<i64> = read(days, "days", DAYS)?;
    write(&Answer::from(growth::in_a_row(goal.first, &days, goal.length, goal.span, goal.today, goal.business_days)))
}

/// The longest run of days.
#[wasm_bindgen(js_name = longestStreak, skip_typescript)]
pub fn longest_streak(days: JsValue, business_days: Option<bool>) -> Result<f64, Failure> {
    Ok(growth::streak(&read::<Vec<i64>>(days, "days", DAYS)?, business_days.unwrap_or(false)) as f64)
}

#[derive(Deserialize)]
struct Use {
    module: String,
    time: f64,
}

/// How many modules were used lately.
#[wasm_bindgen(js_name = featureBreadth, skip_typescript)]
pub fn feature_breadth(uses: JsValue, span: f64, now: f64) -> Result<f64, Failure> {
    let uses: Vec<Use> = read(uses, "uses", "The uses must be a list of objects with module and time.")?;
    let uses: Vec<(&str, f64)> = uses.iter().map(|each| (each.module.as_str(), each.time)).collect();
    Ok(growth::breadth(&uses, span, now) as f64)
}

#[wasm_bindgen]
extern "C" {
    /// The browser knows when clocks change; a table of ours would be old tomorrow.
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, time: f64) -> Result<String, JsValue>;
}

/// The days of some moments in a time zone, as whole days since 1970-01-01.
#[wasm_bindgen(js_name = localDays, skip_typescript)]
pub fn local_days(times: JsValue, zone: JsValue) -> Result<Vec<f64>, Failure> {
    let times = numbers(times, "times")?;
    let days = match zone.as_f64() {
        Some(offset) => times.iter().map(|time| growth::local_day(*time, offset)).collect(),
        None => {
            let calendar = calendar(&zone).ok_or_else(|| {
                Error::new("unknown-zone", "zone", "Give an IANA time zone, such as Europe/Berlin, or minutes ahead of UTC.")
            })?;
            times.iter().map(|time| day_of(&calendar, *time)).collect::<Vec<Option<i64>>>()
        }
    };
    let all: Option<Vec<f64>> = days.into_iter().map(|day| day.map(|day| day as f64)).collect();
    Ok(all.ok_or_else(|| Error::new("not-finite", "times", "A time must be milliseconds since 1970."))?)
}

/// Prints days of a zone as month/day/year; `None` for a zone that the browser does not know.
fn calendar(zone: &JsValue) -> Option<DateTimeFormat> {
    let zone = zone.as_string()?;
    let options = Object::new();
    for (name, value) in [("timeZone", zone.as_str()), ("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    DateTimeFormat::new("en-US", &options).ok()
}

fn day_of(calendar: &DateTimeFormat, time: f64) -> Option<i64> {
    let printed = calendar.format(time).ok()?;
    let mut parts = printed.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let midnight = parse_time(&format!("{year:0>4}-{month}-{day}T00:00:00Z"))?;
    growth::local_day(midnight.0 as f64, 0.0)
}
