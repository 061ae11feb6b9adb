//! Scoring many leads, for the insights build.

use super::{
    failure::Failure,
    values::{read_or, write},
};
use crate::{
    base::{Host, Time, json::Document},
    browser::Page,
    error::Error,
    insights::{self, LeadScore, Question},
    scoring::Model,
};
use alloc::rc::Rc;
use core::ops::Range;
use js_sys::{Array, JSON};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("leads.d.ts.txt");

/// What leads did and are; see the TypeScript declarations.
#[wasm_bindgen(skip_typescript)]
pub struct Leads {
    leads: insights::Leads,
    host: Rc<dyn Host>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    now: Option<f64>,
    goal: Option<String>,
    from: Option<usize>,
    to: Option<usize>,
}

#[derive(Serialize)]
struct Problem {
    code: &'static str,
    path: String,
    message: String,
}

#[derive(Serialize)]
struct Scored {
    leads: Vec<LeadScore>,
    problems: Vec<Problem>,
}

#[wasm_bindgen]
impl Leads {
    /// Nobody.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Leads {
        Leads { leads: insights::Leads::new(), host: Rc::new(Page::default()) }
    }

    /// Takes Segment messages.
    #[wasm_bindgen(skip_typescript)]
    pub fn take(&mut self, messages: &JsValue) -> Result<(), Failure> {
        let not_an_array = || Error::new("wrong-type", "messages", "The messages must be an array.");
        for message in messages.dyn_ref::<Array>().ok_or_else(not_an_array)?.iter() {
            let text = JSON::stringify(&message).ok().and_then(|text| text.as_string());
            self.leads.take_lines(&text.unwrap_or_else(|| "null".into()), &*self.host);
        }
        Ok(())
    }

    /// Takes Segment messages, one a line.
    #[wasm_bindgen(js_name = takeLines, skip_typescript)]
    pub fn take_lines(&mut self, lines: &str) {
        self.leads.take_lines(lines, &*self.host);
    }

    /// How many there are.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn length(&self) -> f64 {
        self.leads.len() as f64
    }

    /// Messages that could not be used.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn skipped(&self) -> f64 {
        self.leads.skipped() as f64
    }

    /// The scores by a model, its JSON.
    #[wasm_bindgen(skip_typescript)]
    pub fn score(&self, model: &str, asked: JsValue) -> Result<JsValue, Failure> {
        let (scoring, problems) = self.model(model)?;
        let asked = Asked::read(asked)?;
        let leads = self.leads.score(&scoring, &asked.question(), asked.places(), &self.host);
        let problems = problems.into_iter().map(|Error { code, path, message }| Problem { code, path, message }).collect();
        write(&Scored { leads, problems })
    }

    /// The totals alone.
    #[wasm_bindgen(skip_typescript)]
    pub fn totals(&self, model: &str, asked: JsValue) -> Result<Vec<f64>, Failure> {
        let (scoring, _) = self.model(model)?;
        let asked = Asked::read(asked)?;
        Ok(self.leads.totals(&scoring, &asked.question(), asked.places(), &self.host))
    }
}

impl Leads {
    fn model(&self, model: &str) -> Result<(Model, Vec<Error>), Error> {
        let mut problems = Vec::new();
        let mut scoring = Model::default();
        let document = Document::read(model, u32::MAX, &*self.host).map_err(|error| error.within("$.scoring"))?;
        scoring.read(document, &mut problems);
        Ok((scoring, problems))
    }
}

impl Asked {
    fn read(asked: JsValue) -> Result<Asked, Error> {
        read_or(asked, Asked::default(), "options", "The options must be an object.")
    }

    fn question(&self) -> Question<'_> {
        Question { now: self.now.map(|now| Time(now as i64)), goal: self.goal.as_deref() }
    }

    fn places(&self) -> Range<usize> {
        self.from.unwrap_or(0)..self.to.unwrap_or(usize::MAX)
    }
}
