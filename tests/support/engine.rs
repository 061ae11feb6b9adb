//! The engine as tests of its rules ask it.

use super::host::Native;
use privateer::{
    base::{
        Host,
        json::{Document, Json},
    },
    error::Error,
    experiment::{self, Decision, Sink, Source},
};
use serde_json::{Value, json};
use std::rc::Rc;

/// Where the page's own attributes stand.
pub const TOLD: usize = 2;

/// The engine with one payload, asked for one visitor after another.
pub struct Engine {
    pub engine: experiment::Engine,
    host: Rc<dyn Host>,
}

impl Engine {
    pub fn new(payload: &Value) -> Engine {
        Engine::load(&payload.to_string())
    }

    pub fn load(payload: &str) -> Engine {
        let host = Native::shared(0);
        let mut engine = experiment::Engine::new(host.clone());
        engine.load_text(payload.into(), "$");
        Engine { engine, host }
    }

    /// One experiment alone, called `experiment`.
    pub fn of(rule: Value) -> Engine {
        Engine::new(&json!({ "features": { "experiment": { "defaultValue": "default", "rules": [rule] } } }))
    }

    pub fn ask<T>(&mut self, feature: &str, attributes: &str, answer: impl Fn(Decision<'_>) -> T) -> T {
        self.engine.attributes.set(TOLD, Document::read(attributes, u32::MAX, &*self.host).unwrap());
        answer(self.engine.decide(feature, &mut Sink::default()))
    }

    pub fn source(&mut self, feature: &str) -> Source {
        self.ask(feature, r#"{"id":"a"}"#, |decision| decision.source)
    }

    pub fn value(&mut self, feature: &str, attributes: &Value) -> Value {
        let text = |decision: Decision<'_>| decision.value.map_or("null", Json::text).to_owned();
        serde_json::from_str(&self.ask(feature, &attributes.to_string(), text)).unwrap()
    }

    pub fn variation(&mut self, id: &str) -> Option<usize> {
        let attributes = json!({ "id": id }).to_string();
        self.ask("experiment", &attributes, |decision| decision.placed.map(|placed| placed.run.index))
    }

    pub fn errors(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        self.engine.problems(&mut |some| errors.extend_from_slice(some));
        errors
    }

    /// Their codes and paths.
    pub fn problems(&self) -> Vec<(String, String)> {
        self.errors().into_iter().map(|error| (error.code.to_owned(), error.path)).collect()
    }
}

/// `visitor-0`, `visitor-1`, …
pub fn ids(count: u32) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("visitor-{number}"))
}
