//! Reading a model: finding the rules that must not be used.

use super::Model;
use crate::{
    base::json::{Children, Document, Json, Section, print_integer},
    condition,
    error::Error,
};
use alloc::vec::Vec;

impl Model {
    /// Takes the section `scoring` of a site definition; rules with mistakes are left out and noted.
    pub fn read(&mut self, document: Document, problems: &mut Vec<Error>) {
        let mut section = Section::new(document.root(), "$.scoring", problems);
        self.scores = true;
        self.minimum = section.number("minimum", 0.0, f64::MIN, f64::MAX);
        self.maximum = section.number("maximum", 100.0, f64::MIN, f64::MAX);
        if self.minimum > self.maximum {
            section.problem("out-of-range", "minimum", "The minimum is above the maximum; it is ignored.");
            self.minimum = f64::MIN;
        }
        let rules = section.items("rules");
        for (index, rule) in rules.clone().enumerate() {
            match check(rule, rules.clone()) {
                Ok(()) => self.rules.push(rule.place()),
                Err(error) => problems.push(error.within(&["$.scoring.rules[", &print_integer(index as i64), "]"].concat())),
            }
        }
        self.document = document;
    }
}

/// `rules` are all rules, this one and earlier ones among them.
fn check(rule: Json<'_>, rules: Children<'_>) -> Result<(), Error> {
    if let Some([code, path, message]) = mistake(rule, rules) {
        return Err(Error::new(code, *path, *message));
    }
    check_condition(rule, "where")?;
    check_condition(rule, "attributes")
}

fn mistake(rule: Json<'_>, mut rules: Children<'_>) -> Option<&'static [&'static str; 3]> {
    let Some(id) = rule.get_filled("id") else {
        return Some(&["wrong-type", ".id", "A rule needs an id: a text in quotes."]);
    };
    if rules.find(|other| other.get_string("id") == Some(id)).is_some_and(|first| first.place() < rule.place()) {
        return Some(&["duplicate-id", ".id", "An earlier rule has the same id; this one is left out."]);
    }
    if !rule.get_number("points").is_some_and(f64::is_finite) {
        return Some(&["wrong-type", ".points", "Points are a number, without quotes."]);
    }
    let one = rule.get_filled("event").is_some() != rule.get("attributes").is_some();
    if one { None } else { Some(&["ambiguous-rule", "", "A rule needs either an event or attributes."]) }
}

fn check_condition(rule: Json<'_>, name: &str) -> Result<(), Error> {
    match rule.get(name) {
        Some(condition) => condition::check(condition).map_err(|error| error.within(&[".", name].concat())),
        None => Ok(()),
    }
}
