//! Plain JavaScript values in and out of the insights build.

use super::failure::Failure;
use crate::error::Error;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

/// The confidence of an interval when nobody asks for another.
pub(super) const USUAL_CONFIDENCE: f64 = 0.95;

/// A value of this type, or the error `wrong-type` with a sentence.
pub(super) fn read<T: DeserializeOwned>(value: JsValue, path: &str, message: &str) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value).map_err(|_| Error::new("wrong-type", path, message))
}

/// The same, or what holds where there is no value.
pub(super) fn read_or<T: DeserializeOwned>(value: JsValue, otherwise: T, path: &str, message: &str) -> Result<T, Error> {
    if value.is_null() || value.is_undefined() { Ok(otherwise) } else { read(value, path, message) }
}

/// A list of numbers: an array, or a typed one.
pub(super) fn numbers(value: JsValue, path: &str) -> Result<Vec<f64>, Error> {
    read(value, path, "This must be a list of numbers.")
}

pub(super) fn write(answer: &impl Serialize) -> Result<JsValue, Failure> {
    let written = answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    written.map_err(|error| Error::new("unwritable", "", error.to_string()).into())
}
