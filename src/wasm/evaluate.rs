//! The JavaScript boundary of `evaluate`. Its TypeScript is in `evaluate.d.ts.txt`.

use super::{
    failure::Failure,
    values::{numbers, read, read_or, write},
};
use crate::{
    error::Error,
    evaluate::{Isotonic, Platt},
};
use core::fmt;
use serde::{Deserialize, Deserializer, de};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("evaluate.d.ts.txt");

/// What is judged, or learned from.
struct Cases {
    predictions: Vec<f64>,
    outcomes: Vec<bool>,
    weights: Option<Vec<f64>>,
}

impl Cases {
    fn read(predictions: JsValue, outcomes: JsValue, weights: JsValue) -> Result<Cases, Error> {
        let outcomes: Vec<Outcome> = read(outcomes, "outcomes", "The outcomes must be a list of true and false, or of 1 and 0.")?;
        Ok(Cases {
            predictions: numbers(predictions, "predictions")?,
            outcomes: outcomes.into_iter().map(|Outcome(outcome)| outcome).collect(),
            weights: read_or(weights, None, "weights", "The weights must be a list of numbers.")?,
        })
    }
}

/// Judges predictions.
#[wasm_bindgen(skip_typescript)]
pub fn evaluate(predictions: JsValue, outcomes: JsValue, weights: JsValue) -> Result<JsValue, Failure> {
    let cases = Cases::read(predictions, outcomes, weights)?;
    write(&crate::evaluate::evaluate(&cases.predictions, &cases.outcomes, cases.weights.as_deref())?)
}

/// Learns Platt's curve.
#[wasm_bindgen(js_name = fitPlatt, skip_typescript)]
pub fn fit_platt(scores: JsValue, outcomes: JsValue, weights: JsValue) -> Result<JsValue, Failure> {
    let cases = Cases::read(scores, outcomes, weights)?;
    write(&Platt::fit(&cases.predictions, &cases.outcomes, cases.weights.as_deref())?)
}

/// Platt's curve at some scores.
#[wasm_bindgen(js_name = applyPlatt, skip_typescript)]
pub fn apply_platt(curve: JsValue, scores: JsValue) -> Result<Vec<f64>, Failure> {
    let curve: Platt = read(curve, "curve", "The curve must be what fitPlatt gave: a and b.")?;
    Ok(numbers(scores, "scores")?.into_iter().map(|score| curve.probability(score)).collect())
}

/// Learns an isotonic calibration.
#[wasm_bindgen(js_name = fitIsotonic, skip_typescript)]
pub fn fit_isotonic(scores: JsValue, outcomes: JsValue, weights: JsValue) -> Result<JsValue, Failure> {
    let cases = Cases::read(scores, outcomes, weights)?;
    write(&Isotonic::fit(&cases.predictions, &cases.outcomes, cases.weights.as_deref())?)
}

/// An isotonic calibration at some scores.
#[wasm_bindgen(js_name = applyIsotonic, skip_typescript)]
pub fn apply_isotonic(steps: JsValue, scores: JsValue) -> Result<Vec<f64>, Failure> {
    let steps: Isotonic = read(steps, "steps", "The steps must be what fitIsotonic gave: scores and probabilities.")?;
    Ok(numbers(scores, "scores")?.into_iter().map(|score| steps.probability(score)).collect())
}

/// True or false, also as 1 or 0; nothing else, for what is "0.5 true" is a mistake.
struct Outcome(bool);

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Outcome, D::Error> {
        from.deserialize_any(Truth)
    }
}

struct Truth;

impl de::Visitor<'_> for Truth {
    type Value = Outcome;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("true, false, 1 or 0")
    }

    fn visit_bool<E: de::Error>(self, outcome: bool) -> Result<Outcome, E> {
        Ok(Outcome(outcome))
    }

    fn visit_i64<E: de::Error>(self, outcome: i64) -> Result<Outcome, E> {
        self.visit_f64(outcome as f64)
    }

    fn visit_f64<E: de::Error>(self, outcome: f64) -> Result<Outcome, E> {
        match outcome {
            1.0 => Ok(Outcome(true)),
            0.0 => Ok(Outcome(false)),
            _ => Err(E::custom("neither 1 nor 0")),
        }
    }
}
