//! The JavaScript boundary of the insights build. Its TypeScript is in `insights.d.ts.txt`, word for word as published.

use super::{
    failure::Failure,
    values::{USUAL_CONFIDENCE, read, write},
};
use crate::browser::Page;
use crate::error::Error;
use crate::experiment::{prune, reduce};
use crate::insights::{self, Exposure, Message, Tally};
use js_sys::{Array, JSON, Number};
use serde::Deserialize;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::Storage;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("insights.d.ts.txt");

/// What visitors did; see the TypeScript declarations.
#[wasm_bindgen(skip_typescript)]
#[derive(Default)]
pub struct EventLog {
    log: insights::EventLog,
}

#[wasm_bindgen]
impl EventLog {
    /// An empty log.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> EventLog {
        EventLog::default()
    }

    /// Counts Segment messages.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&mut self, messages: &JsValue) -> Result<(), Failure> {
        for message in messages.dyn_ref::<Array>().ok_or_else(not_an_array)?.iter() {
            add(&mut self.log, &message);
        }
        Ok(())
    }

    /// Counts the messages that a browser keeps under keys that fit.
    #[wasm_bindgen(js_name = addStored, skip_typescript)]
    pub fn add_stored(&mut self, storage: &Storage, prefix: &str) {
        for index in 0..storage.length().unwrap_or(0) {
            let key = storage.key(index).ok().flatten().filter(|key| key.starts_with(prefix));
            let text = key.and_then(|key| storage.get_item(&key).ok().flatten());
            if let Some(text) = text {
                add(&mut self.log, &JSON::parse(&text).unwrap_or(JsValue::NULL));
            }
        }
    }

    /// Messages counted.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn length(&self) -> f64 {
        self.log.len() as f64
    }

    /// Messages that could not be used.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn skipped(&self) -> f64 {
        self.log.skipped() as f64
    }

    /// Experiments seen.
    #[wasm_bindgen(skip_typescript)]
    pub fn experiments(&self) -> Vec<String> {
        self.log.experiments()
    }

    /// Events and how often.
    #[wasm_bindgen(js_name = eventNames, skip_typescript)]
    pub fn event_names(&self) -> Result<JsValue, Failure> {
        write(&self.log.event_names())
    }

    /// An experiment's variations.
    #[wasm_bindgen(skip_typescript)]
    pub fn variations(&self, experiment: &str, goal: &str) -> Result<JsValue, Failure> {
        write(&self.log.variations(experiment, goal))
    }

    /// Visitors of two variations.
    #[wasm_bindgen(skip_typescript)]
    pub fn crossovers(&self, experiment: &str) -> f64 {
        self.log.crossovers(experiment) as f64
    }

    /// A funnel's steps.
    #[wasm_bindgen(skip_typescript)]
    pub fn funnel(&self, steps: JsValue) -> Result<JsValue, Failure> {
        write(&self.log.funnel(&read::<Vec<String>>(steps, "steps", "The steps must be a list of event names.")?))
    }
}

/// A seed that nobody has chosen: 0 where the browser has no secure source.
#[wasm_bindgen(js_name = freshSeed, skip_typescript)]
pub fn fresh_seed() -> u32 {
    getrandom::u32().unwrap_or(0)
}

/// Two variations as JavaScript gives them.
#[derive(Deserialize)]
struct Proportions {
    visitors: [f64; 2],
    conversions: [f64; 2],
    confidence: Option<f64>,
}

/// Compares two conversion rates.
#[wasm_bindgen(js_name = compareProportions, skip_typescript)]
pub fn compare_proportions(input: JsValue) -> Result<JsValue, Failure> {
    let asked: Proportions = read(input, "$", "Give visitors and conversions as two numbers each, control first.")?;
    let both = Tally::pair(asked.visitors, asked.conversions)?;
    write(&insights::compare(both, asked.confidence.unwrap_or(USUAL_CONFIDENCE))?)
}

/// Checks a traffic split.
#[wasm_bindgen(js_name = sampleRatio, skip_typescript)]
pub fn sample_ratio(visitors: JsValue, weights: JsValue) -> Result<JsValue, Failure> {
    let visitors: Vec<f64> = read(visitors, "visitors", "The visitors must be a list of numbers.")?;
    let weights: Vec<f64> = read(weights, "weights", "The weights must be a list of numbers.")?;
    write(&insights::sample_ratio(&visitors, &weights)?)
}

/// Takes what is known of a visitor out of a condition.
#[wasm_bindgen(skip_typescript)]
pub fn prune_condition(condition: &str, attributes: &str, groups: Option<String>) -> Result<String, Failure> {
    Ok(prune::prune_text(condition, attributes, groups.as_deref().unwrap_or("{}"), &Page::default())?)
}

/// Reduces a payload to what matters for a visitor, or for a part of a site.
#[wasm_bindgen(skip_typescript)]
pub fn reduce_payload(input: &str) -> Result<String, Failure> {
    Ok(reduce::reduce_payload(input, &Page::default())?)
}

fn not_an_array() -> Error {
    Error::new("wrong-type", "messages", "The messages must be an array.")
}

#[wasm_bindgen]
extern "C" {
    /// A message or its properties: any object. A wrong type is an absent field, never a throw.
    ///
    /// One getter call for each field takes two thirds of the time that serde-wasm-bindgen takes to fill the same
    /// struct: 80 ms against 122 for 60,000 messages (Node 20, opt-level s). As JSON text they are 21 MB, and writing
    /// that alone takes 53 ms.
    type Fields;
    #[wasm_bindgen(method, getter, js_name = messageId)]
    fn message_id(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn event(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = anonymousId)]
    fn anonymous_id(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn timestamp(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn properties(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn experiment_id(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn variation_id(this: &Fields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn variation_name(this: &Fields) -> JsValue;
}

/// A getter of `null` or `undefined` would throw through the log and leave it locked; so only objects are asked.
fn fields(value: &JsValue) -> Option<&Fields> {
    value.is_object().then(|| value.unchecked_ref())
}

fn add(log: &mut insights::EventLog, message: &JsValue) {
    let Some(message) = fields(message) else { return log.add(Message::default()) };
    let event = message.event().as_string();
    let shown = event.as_deref().filter(|event| *event == insights::EXPERIMENT_VIEWED).and_then(|_| read_exposure(message));
    log.add(Message {
        id: message.message_id().as_string().as_deref(),
        kind: message.kind().as_string().as_deref(),
        event: event.as_deref(),
        visitor: message.anonymous_id().as_string().as_deref(),
        timestamp: message.timestamp().as_string().as_deref(),
        exposure: shown.as_ref().map(|(experiment, variation, name)| Exposure { experiment, variation, name: name.as_deref() }),
    });
}

fn read_exposure(message: &Fields) -> Option<(String, String, Option<String>)> {
    let properties = message.properties();
    let properties = fields(&properties)?;
    let (experiment, variation) = (text(&properties.experiment_id())?, text(&properties.variation_id())?);
    Some((experiment, variation, properties.variation_name().as_string()))
}

/// A key as text; some trackers send indices as numbers.
fn text(value: &JsValue) -> Option<String> {
    let number = || Number::from(value.as_f64()?).to_string_with_radix(10).ok()?.as_string();
    value.as_string().or_else(number)
}
