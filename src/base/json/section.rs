//! Reading a definition kindly: a mistake is noted, the default stands in, the rest is read.

use super::{Children, Document, Json, children};
use crate::error::Error;
use alloc::{string::String, vec::Vec};

/// An object of a definition, being read by name.
///
/// What is absent or `null` gives the default in silence; what has the wrong type or range gives the default and
/// a problem.
pub struct Section<'d, 'p> {
    value: Option<Json<'d>>,
    path: &'static str,
    problems: &'p mut Vec<Error>,
}

impl<'d, 'p> Section<'d, 'p> {
    /// The object `value`, found at `path`; absent and `null` are empty objects.
    pub fn new(value: Option<Json<'d>>, path: &'static str, problems: &'p mut Vec<Error>) -> Section<'d, 'p> {
        let section = Section { value: value.filter(|value| value.is_object()), path, problems };
        if value.is_some_and(|value| !value.is_object()) {
            section.problems.push(Error::new("wrong-type", path, "An object {…} belongs here."));
        }
        section
    }

    /// The section at `path` of a definition, such as `$.tracking`.
    pub fn of(root: Option<Json<'d>>, path: &'static str, problems: &'p mut Vec<Error>) -> Section<'d, 'p> {
        Section::new(root.and_then(|root| root.get(path.get(2..)?)), path, problems)
    }

    /// A document that was read, or an empty one and a problem.
    pub fn document(read: Result<Document, Error>, path: &str, problems: &mut Vec<Error>) -> Document {
        read.unwrap_or_else(|error| {
            problems.push(error.within(path));
            Document::default()
        })
    }

    /// The section `name` of this one, found at `path`.
    pub fn below(&mut self, name: &str, path: &'static str) -> Section<'d, '_> {
        Section::new(self.get(name), path, self.problems)
    }

    /// The object itself, if it is one.
    pub fn value(&self) -> Option<Json<'d>> {
        self.value
    }

    /// The member `name`, unread.
    pub fn get(&self, name: &str) -> Option<Json<'d>> {
        self.value?.get(name)
    }

    /// A text that is not empty.
    pub fn text(&mut self, name: &str) -> Option<&'d str> {
        let text = self.get(name)?.string().filter(|text| !text.is_empty());
        self.expect(name, text.is_some(), "A text in quotes belongs here.");
        text
    }

    /// Sets `field` to a text that is not empty.
    pub fn take_text(&mut self, name: &str, field: &mut String) {
        if let Some(text) = self.text(name) {
            *field = text.into();
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        let value = self.get(name);
        let flag = value.and_then(Json::boolean);
        self.expect(name, value.is_none() || flag.is_some(), "true or false belongs here, without quotes.");
        flag.unwrap_or(default)
    }

    /// A number from `least` to `most`.
    pub fn number(&mut self, name: &str, default: f64, least: f64, most: f64) -> f64 {
        let value = self.get(name);
        let number = value.and_then(Json::number);
        self.expect(name, value.is_none() || number.is_some(), "A number belongs here, without quotes.");
        let Some(number) = number else { return default };
        if number >= least && number <= most {
            return number;
        }
        self.problem("out-of-range", name, "This number is smaller or larger than what makes sense here.");
        default
    }

    /// A number from `least` to `most`, without its fraction.
    pub fn whole(&mut self, name: &str, default: u32, least: u32, most: u32) -> i64 {
        self.number(name, default.into(), least.into(), most.into()) as i64
    }

    /// The elements of a list.
    pub fn items(&mut self, name: &str) -> Children<'d> {
        let value = self.get(name);
        let list = value.filter(|value| value.is_list());
        self.expect(name, value.is_none() || list.is_some(), "A list […] belongs here.");
        children(list)
    }

    /// Where problems are noted, for sections within this one.
    pub fn problems(&mut self) -> &mut Vec<Error> {
        self.problems
    }

    /// Notes a problem with the member `name`.
    pub fn problem(&mut self, code: &'static str, name: &str, message: &str) {
        self.problems.push(Error::new(code, [self.path, ".", name].concat(), message));
    }

    fn expect(&mut self, name: &str, fits: bool, message: &str) {
        if !fits {
            self.problem("wrong-type", name, message);
        }
    }
}
