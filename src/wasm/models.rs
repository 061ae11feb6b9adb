//! The JavaScript boundary of the module that imports learned models.

use super::failure::Failure;
use crate::{
    error::Error,
    learned::{Calibration, Model},
};
use wasm_bindgen::prelude::*;

/// Turns what a trainer wrote into a model file, which `load` of `privateer/learned` asks in the page: LightGBM's text or dump,
/// XGBoost's JSON, what `privateer_export.py` wrote of a scikit-learn model, PMML's Scorecard, RegressionModel and TreeModel.
///
/// Throws an `Error` with `code`, `path` and a sentence where it would be read otherwise than its trainer reads it.
#[wasm_bindgen(js_name = importModel)]
pub fn import_model(text: &str) -> Result<Vec<u8>, Failure> {
    Ok(Model::import(text)?.bytes().to_vec())
}

/// The same model file with another calibration, given as JSON: how its value becomes a probability that holds.
///
/// * `{ "kind": "sigmoid", "a": -1.2, "b": 0.1, "of": "margin" }`: Platt's, 1 / (1 + e^(a·x + b));
/// * `{ "kind": "isotonic", "xs": [0, 0.5, 1], "ys": [0.1, 0.2, 0.9], "of": "value" }`: straight lines between knots, whose xs rise;
/// * `{ "kind": "none" }`: none.
///
/// `of` says what x is, the model's margin or its value. Throws an `Error` whose `code` is `"model-file"` for a damaged file,
/// `"calibration"` where the numbers are not finite or the knots do not rise, `"wrong-type"` for anything else.
#[wasm_bindgen(js_name = calibrateModel)]
pub fn calibrate_model(file: &[u8], calibration: &str) -> Result<Vec<u8>, Failure> {
    let wrong = |error| Error::new("wrong-type", "calibration", format!("The calibration cannot be read: {error}."));
    let calibration: Calibration = serde_json::from_str(calibration).map_err(wrong)?;
    Ok(Model::read(file)?.calibrated(&calibration)?.bytes().to_vec())
}
