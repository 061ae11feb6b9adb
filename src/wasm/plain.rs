//! Plain JavaScript objects in and out as JSON text.
//!
//! For objects with many members: `serde-wasm-bindgen` brings code of its own for each type that it fills, our own reader of JSON is
//! there anyway, and one text crosses sooner than a million members.

use super::failure::Failure;
use crate::{
    base::{
        Time,
        json::{Document, Json, children, print_integer},
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

/// An object that is being read. What is absent or `null` is `None`; so is what is of another type, and the first of that is noted.
pub(super) struct Fields<'d> {
    json: Option<Json<'d>>,
    mistake: Option<Error>,
}

impl<'d> Fields<'d> {
    /// The object at a place, or none.
    pub fn of(json: Option<Json<'d>>) -> Fields<'d> {
        let json = json.filter(|json| !json.is_null());
        let mistake = json.filter(|json| !json.is_object()).map(|_| wrong("", "an object"));
        Fields { json, mistake }
    }

    /// A member as it is.
    pub fn get(&self, name: &str) -> Option<Json<'d>> {
        self.json?.get(name)
    }

    /// The first mistake, if there was one.
    pub fn check(self, path: &str) -> Result<(), Error> {
        self.mistake.map_or(Ok(()), |error| Err(error.within(path)))
    }

    /// Notes a mistake.
    pub fn note(&mut self, error: Error) {
        self.mistake.get_or_insert(error);
    }

    fn member<T>(&mut self, name: &str, kind: &str, read: impl Fn(Json<'d>) -> Option<T>) -> Option<T> {
        let member = self.get(name)?;
        let value = read(member);
        if value.is_none() {
            self.note(wrong(name, kind));
        }
        value
    }

    /// A text. Ids may be numbers, which are texts of their digits.
    pub fn text(&mut self, name: &str) -> Option<&'d str> {
        self.member(name, "a text", |value| value.string().or_else(|| value.number().map(|_| value.text())))
    }

    pub fn flag(&mut self, name: &str) -> Option<bool> {
        self.member(name, "true or false", Json::boolean)
    }

    pub fn number(&mut self, name: &str) -> Option<f64> {
        self.member(name, "a number", Json::number)
    }

    /// A whole number that a double holds exactly.
    pub fn whole(&mut self, name: &str) -> Option<i64> {
        self.member(name, "a whole number", whole)
    }

    /// The same, of 0 or more.
    pub fn count(&mut self, name: &str) -> Option<u64> {
        self.member(name, "a whole number of 0 or more", |value| u64::try_from(whole(value)?).ok())
    }

    /// A list of them; an empty one where there is none.
    pub fn counts(&mut self, name: &str) -> Vec<u64> {
        let all = |list: Json<'d>| {
            if !list.is_list() {
                return None;
            }
            list.children().map(|value| u64::try_from(whole(value)?).ok()).collect()
        };
        self.member(name, "a list of whole numbers of 0 or more", all).unwrap_or_default()
    }

    /// Milliseconds since 1970.
    pub fn time(&mut self, name: &str) -> Option<Time> {
        self.member(name, "a time in milliseconds since 1970", Json::number).map(|ms| Time(ms as i64))
    }

    /// An object that is a member, or none, read by itself; its mistakes are noted here.
    pub fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Fields<'d>) -> T) -> T {
        let mut inner = Fields::of(self.get(name));
        let value = read(&mut inner);
        if let Err(error) = inner.check(&[".", name].concat()) {
            self.note(error);
        }
        value
    }

    /// Takes the objects of a list that is a member.
    pub fn each(&mut self, name: &str, take: &mut dyn FnMut(&mut Fields<'d>)) {
        if let Err(error) = each(self.get(name), &[".", name].concat(), take) {
            self.note(error);
        }
    }
}

/// Takes every object of a list; the first mistake, with its place. Absent and `null` are an empty list.
pub(super) fn each<'d>(list: Option<Json<'d>>, path: &str, take: &mut dyn FnMut(&mut Fields<'d>)) -> Result<(), Error> {
    let list = list.filter(|list| !list.is_null());
    if list.is_some_and(|list| !list.is_list()) {
        return Err(wrong("", "a list").within(path));
    }
    for (place, element) in children(list).enumerate() {
        let mut fields = Fields::of(Some(element));
        if element.is_null() {
            fields.note(wrong("", "an object"));
        }
        take(&mut fields);
        if fields.mistake.is_some() {
            return fields.check(&[path, "[", &print_integer(place as i64), "]"].concat());
        }
    }
    Ok(())
}

fn wrong(name: &str, kind: &str) -> Error {
    let path = if name.is_empty() { name.into() } else { [".", name].concat() };
    Error::new("wrong-type", path, ["This must be ", kind, "."].concat())
}

fn whole(value: Json<'_>) -> Option<i64> {
    let number = value.number()?;
    let whole = number as i64;
    (whole as f64 == number && whole.unsigned_abs() <= 1 << 53).then_some(whole)
}
