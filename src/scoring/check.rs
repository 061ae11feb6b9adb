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
                Err(error) => section.note(error.within(&[".rules[", &print_integer(index as i64), "]"].concat())),
            }
        }
        self.document = document;
    }
}

/// `rules` are all rules, this one and earlier ones among them.
fn check(rule: Json<'_>, mut rules: Children<'_>) -> Result<(), Error> {
    let Some(id) = rule.get_filled("id") else {
        return Err(Error::new("wrong-type", ".id", "A rule needs an id: a text in quotes."));
    };
    if rules.find(|other| other.get_string("id") == Some(id)).is_some_and(|first| first.place() < rule.place()) {
        return Err(Error::new("duplicate-id", ".id", "An earlier rule has the same id; this one is left out."));
    }
    if !rule.get_number("points").is_some_and(f64::is_finite) {
        return Err(Error::new("wrong-type", ".points", "Points are a number, without quotes."));
    }
    if rule.get_filled("event").is_some() == rule.get("attributes").is_some() {
        return Err(Error::new("ambiguous-rule", "", "A rule needs either an event or attributes."));
    }
    for name in ["where", "attributes"] {
        if let Some(condition) = rule.get(name) {
            condition::check(condition).map_err(|error| error.within(name).within("."))?;
        }
    }
    Ok(())
}
