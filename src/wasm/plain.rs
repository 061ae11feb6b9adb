//! Plain JavaScript objects in and out as JSON text.
//!
//! For objects with many members: `serde-wasm-bindgen` brings code of its own for each type that it fills, our own reader of JSON is
//! there anyway, and one text crosses sooner than a million members.

use super::failure::Failure;
use crate::{
    base::{
        Time,
        json::{Document, Json, children},
    },
    browser::Page,
    error::Error,
};
use js_sys::JSON;
use wasm_bindgen::JsValue;

/// A value as a document; what has no JSON, such as `undefined`, is `null`.
pub(super) fn document(value: &JsValue, path: &str) -> Result<Document, Error> {
    let unwritable = |_| Error::new("wrong-type", path, "This must be plain objects, lists, texts and numbers.");
    let text = if value.is_undefined() { None } else { JSON::stringify(value).map_err(unwritable)?.as_string() };
    Document::of(text.unwrap_or_else(|| "null".into()), u32::MAX, &Page::default()).map_err(|error| error.within(path))
}

/// What JSON text stands for.
pub(super) fn value(text: &str) -> Result<JsValue, Failure> {
    Ok(JSON::parse(text).unwrap_or(JsValue::NULL))
}

/// Every element of a list, which has to be an object; the first mistake, with its place. Absent and `null` are an empty list.
pub(super) fn each<'d, T>(
    list: Option<Json<'d>>,
    path: &str,
    read: &dyn Fn(Json<'d>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let list = list.filter(|list| !list.is_null());
    if list.is_some_and(|list| !list.is_list()) {
        return Err(Error::new("wrong-type", path, "This must be a list."));
    }
    let mut all = Vec::with_capacity(list.map_or(0, Json::length));
    for element in children(list) {
        let one = object(element).and_then(read);
        all.push(one.map_err(|error| at(error, path, all.len()))?);
    }
    Ok(all)
}

fn at(error: Error, path: &str, place: usize) -> Error {
    let place = crate::base::json::print_integer(place as i64);
    error.within(&[path, "[", &place, "]"].concat())
}

/// The value, if it is an object.
pub(super) fn object(value: Json<'_>) -> Result<Json<'_>, Error> {
    if value.is_object() { Ok(value) } else { Err(Error::new("wrong-type", "", "This must be an object.")) }
}

/// What is absent or `null` is `None`; what is not of the type is a mistake.
fn member<'d, T>(object: Json<'d>, name: &str, kind: &str, read: fn(Json<'d>) -> Option<T>) -> Result<Option<T>, Error> {
    let Some(value) = object.get(name) else { return Ok(None) };
    let wrong = || Error::new("wrong-type", [".", name].concat(), ["This must be ", kind, "."].concat());
    read(value).map(Some).ok_or_else(wrong)
}

/// A text. Ids may be numbers, which are texts of their digits.
pub(super) fn text<'d>(object: Json<'d>, name: &str) -> Result<Option<&'d str>, Error> {
    member(object, name, "a text", |value| value.string().or_else(|| value.number().map(|_| value.text())))
}

pub(super) fn number(object: Json<'_>, name: &str) -> Result<Option<f64>, Error> {
    member(object, name, "a number", Json::number)
}

/// A whole number of 0 or more that a double holds exactly.
pub(super) fn count(object: Json<'_>, name: &str) -> Result<Option<u64>, Error> {
    member(object, name, "a whole number of 0 or more", |value| whole(value).and_then(|number| u64::try_from(number).ok()))
}

/// A whole number that a double holds exactly.
pub(super) fn amount(object: Json<'_>, name: &str) -> Result<Option<i64>, Error> {
    member(object, name, "a whole number, in minor units", whole)
}

fn whole(value: Json<'_>) -> Option<i64> {
    let number = value.number()?;
    let is_whole = number as i64 as f64 == number && (number as i64).unsigned_abs() <= 1 << 53;
    is_whole.then_some(number as i64)
}

/// Milliseconds since 1970.
pub(super) fn time(object: Json<'_>, name: &str) -> Result<Option<Time>, Error> {
    let ms = member(object, name, "a time, in milliseconds since 1970", Json::number)?;
    Ok(ms.map(|ms| Time(ms as i64)))
}

pub(super) fn flag(object: Json<'_>, name: &str) -> Result<Option<bool>, Error> {
    member(object, name, "true or false", Json::boolean)
}
