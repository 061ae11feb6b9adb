//! The JavaScript boundary of `growth`: what customers are worth, how they are, who is leaving. Its TypeScript is in `growth.d.ts.txt`.

use super::{
    failure::Failure,
    values::{USUAL_CONFIDENCE, numbers, read, read_or, write},
};
use crate::growth::{self, Activity, Alarm, BgNbd, Customer, Earning, Events, Part, Patience, Purchases, Segment, Tiers};
use crate::stats::critical;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("growth.d.ts.txt");

/// Scores with what they come to.
#[derive(Serialize)]
struct Scored {
    r: u8,
    f: u8,
    m: u8,
    fm: u8,
    segment: Segment,
}

/// Scores all customers.
#[wasm_bindgen(skip_typescript)]
pub fn rfm(customers: JsValue) -> Result<JsValue, Failure> {
    let message = "The customers must be a list of objects with recency, frequency and monetary.";
    let scores = growth::rfm(&read::<Vec<Customer>>(customers, "customers", message)?);
    let scored = scores.into_iter().map(|rfm| Scored { r: rfm.r, f: rfm.f, m: rfm.m, fm: rfm.fm(), segment: rfm.segment() });
    write(&scored.collect::<Vec<_>>())
}

/// A customer's health.
#[wasm_bindgen(js_name = customerHealth, skip_typescript)]
pub fn customer_health(parts: JsValue) -> Result<JsValue, Failure> {
    let parts: Vec<Part> = read(parts, "parts", "The parts must be a list of objects with weight and score.")?;
    write(&growth::health(&parts))
}

/// A figure as a part's score.
#[wasm_bindgen(js_name = scaledFigure, skip_typescript)]
pub fn scaled_figure(figure: f64, worst: f64, best: f64) -> Result<JsValue, Failure> {
    write(&growth::scaled(figure, worst, best))
}

/// Counts what the alarms ask for.
#[wasm_bindgen(js_name = customerActivity, skip_typescript)]
pub fn customer_activity(events: JsValue, now: f64, window: Option<f64>) -> Result<JsValue, Failure> {
    let events: Events =
        read(events, "events", "The events must be an object with since, and lists of days in key, value and other.")?;
    write(&events.activity(now, window.unwrap_or(28.0)))
}

/// The level of alarm, 0 for none.
#[wasm_bindgen(js_name = churnAlarm, skip_typescript)]
pub fn churn_alarm(activity: JsValue, when: JsValue) -> Result<u8, Failure> {
    let activity: Activity = read(activity, "activity", "The activity must be what customerActivity gives.")?;
    let when = read_or(when, Alarm::default(), "when", "The alarm's limits must be numbers: fall, least, p, weeks, idle_days.")?;
    Ok(growth::alarm(&activity, &when).map_or(0, |level| level as u8))
}

/// Either way to be patient; what is not given is as usual.
#[derive(Deserialize)]
struct Waiting {
    times: Option<f64>,
    least: Option<usize>,
    p: Option<f64>,
    model: Option<BgNbd>,
    below: Option<f64>,
}

impl Waiting {
    fn patience(self) -> Patience {
        match self.model {
            Some(model) => Patience::Alive { model, below: self.below.unwrap_or(0.5) },
            None => Patience::Pace { times: self.times.unwrap_or(3.0), least: self.least.unwrap_or(3), p: self.p.unwrap_or(0.1) },
        }
    }
}

/// What a silence means.
#[wasm_bindgen(js_name = customerSilence, skip_typescript)]
pub fn customer_silence(purchases: JsValue, until: f64, patience: JsValue) -> Result<JsValue, Failure> {
    let message = "Patience is an object with times, least and p, or with a model and below.";
    let waiting: Option<Waiting> = read(patience, "patience", message)?;
    let patience = waiting.map_or_else(Patience::default, Waiting::patience);
    write(&growth::silence(&numbers(purchases, "purchases")?, until, &patience)?)
}

/// Learns a shop's model.
#[wasm_bindgen(js_name = fitBgNbd, skip_typescript)]
pub fn fit_bg_nbd(customers: JsValue) -> Result<JsValue, Failure> {
    write(&BgNbd::fit(&read::<Vec<Purchases>>(customers, "customers", PURCHASES)?)?)
}

const PURCHASES: &str = "The customers must be a list of objects with repeats, last and age.";

/// What a model says of a customer.
#[derive(Serialize)]
struct Outlook {
    p_alive: f64,
    expected: f64,
}

/// What a shop's model says of its customers.
#[wasm_bindgen(js_name = customerOutlook, skip_typescript)]
pub fn customer_outlook(model: JsValue, customers: JsValue, time: f64) -> Result<JsValue, Failure> {
    let model: BgNbd = read(model, "model", "The model must be what fitBgNbd gives: r, alpha, a and b.")?;
    let customers: Vec<Purchases> = read(customers, "customers", PURCHASES)?;
    model.check()?;
    Purchases::check(&customers)?;
    let outlook = |customer: &Purchases| Outlook { p_alive: model.p_alive(customer), expected: model.expected(customer, time) };
    write(&customers.iter().map(outlook).collect::<Vec<_>>())
}

/// A survey's net promoter score.
#[wasm_bindgen(js_name = netPromoterScore, skip_typescript)]
pub fn net_promoter_score(answers: JsValue, confidence: Option<f64>) -> Result<JsValue, Failure> {
    let confidence = confidence.unwrap_or(USUAL_CONFIDENCE);
    critical(confidence)?;
    write(&growth::nps(&numbers(answers, "answers")?, confidence))
}

/// Where somebody stands in a loyalty programme.
#[wasm_bindgen(js_name = tierStanding, skip_typescript)]
pub fn tier_standing(programme: JsValue, earnings: JsValue, now: f64) -> Result<JsValue, Failure> {
    let programme: Tiers = read(programme, "programme", "The programme must be an object with from, expires and holds.")?;
    let earnings: Vec<Earning> = read(earnings, "earnings", "The earnings must be a list of objects with time and points.")?;
    write(&programme.standing(&earnings, now))
}

/// A field as JavaScript gives it.
#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    order: i32,
    #[serde(default)]
    after: String,
}

/// What is known of somebody's answers.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answers {
    known: Vec<String>,
    asked: Vec<String>,
    most: Option<usize>,
    tries: Option<usize>,
}

/// The fields to ask for next.
#[wasm_bindgen(js_name = nextFields, skip_typescript)]
pub fn next_fields(fields: JsValue, answers: JsValue) -> Result<Vec<String>, Failure> {
    let fields: Vec<Field> =
        read(fields, "fields", "The fields must be a list of objects with a name, and if need be order and after.")?;
    let answers =
        read_or(answers, Answers::default(), "answers", "Known and asked must be lists of names, most and tries whole numbers.")?;
    let list: Vec<_> = fields.iter().map(|Field { name, order, after }| growth::Field { name, order: *order, after }).collect();
    let [known, asked] = [&answers.known, &answers.asked].map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
    let next = growth::next_fields(&list, &known, &asked, answers.most.unwrap_or(1), answers.tries.unwrap_or(3));
    Ok(next.into_iter().map(str::to_owned).collect())
}

/// The part of a scoring model that parts a customer's life in one of four ways.
#[wasm_bindgen(skip_typescript)]
pub fn lifecycle(name: &str) -> Option<String> {
    growth::LIFECYCLES.iter().find(|(other, _)| *other == name).map(|(_, model)| (*model).into())
}
