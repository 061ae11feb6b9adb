//! Rewards of a referral program, for the insights build: on servers, and where a program is edited.

use super::{failure::Failure, values::read_or};
use crate::{
    base::json::{Document, Writer},
    browser::Page,
    error::Error,
    referral::{Program, reward},
};
use js_sys::{Array, Date, JSON};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("rewards.d.ts.txt");

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    now: Option<f64>,
    advocate: Option<String>,
    friend: Option<String>,
}

/// What is owed to whom by a history; see the TypeScript declarations.
#[wasm_bindgen(js_name = settleRewards, skip_typescript)]
pub fn settle_rewards(program: &JsValue, history: &JsValue, asked: JsValue) -> Result<JsValue, Failure> {
    if !Array::is_array(history) {
        return Err(Error::new("wrong-type", "history", "The history must be an array.").into());
    }
    let asked = read_or(asked, Asked::default(), "options", "The options must be an object.")?;
    let mut question = Writer::begin('{');
    question.key("history").raw(&text(history)).count("now", asked.now.unwrap_or_else(Date::now) as i64);
    question.member("person", &asked.advocate.or(asked.friend).unwrap_or_default());
    let (program, question) = (document(&text(program), "program")?, document(&question.end('}'), "history")?);
    let mut out = Writer::default();
    if let (Some(program), Some(question)) = (program.root(), question.root()) {
        reward::answer(program, question, &mut out);
    }
    parsed(&out.text)
}

/// What is wrong with a program, all its parts; see the TypeScript declarations.
#[wasm_bindgen(js_name = checkReferral, skip_typescript)]
pub fn check_referral(program: &JsValue) -> Result<JsValue, Failure> {
    let document = document(&text(program), "program")?;
    let mut problems = Vec::new();
    Program::check(document.root(), &mut problems);
    let mut out = Writer::default();
    reward::write_problems(&problems, &mut out);
    parsed(&out.text)
}

/// A value as JSON; what has none is `null`.
fn text(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "null".into())
}

fn document(text: &str, name: &str) -> Result<Document, Error> {
    Document::read(text, u32::MAX, &Page::default()).map_err(|error| error.within(name))
}

fn parsed(text: &str) -> Result<JsValue, Failure> {
    JSON::parse(text).map_err(|_| Error::new("unwritable", "", "The answer is no JSON.").into())
}
