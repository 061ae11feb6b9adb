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
    pub fn read(document: Document, problems: &mut Vec<Error>) -> Model {
        let mut section = Section::new(document.root(), "$.scoring", problems);
        let mut minimum = section.number("minimum", 0.0, f64::MIN, f64::MAX);
        let maximum = section.number("maximum", 100.0, f64::MIN, f64::MAX);
        if minimum > maximum {
            section.problem("out-of-range", "minimum", "The minimum is above the maximum; it is ignored.");
            minimum = f64::MIN;
        }
        let rules = section.items("rules");
        let mut broken = Vec::new();
        for (index, rule) in rules.clone().enumerate() {
            if let Err(error) = check(rule, rules.clone(), index) {
                section.note(error.within(&[".rules[", &print_integer(index as i64), "]"].concat()));
                broken.push(index);
            }
        }
        Model { document, minimum, maximum, broken }
    }
}

fn check(rule: Json<'_>, rules: Children<'_>, index: usize) -> Result<(), Error> {
    let Some(id) = rule.get_filled("id") else {
        return Err(Error::new("wrong-type", ".id", "A rule needs an id: a text in quotes."));
    };
    if rules.take(index).any(|other| other.get_string("id") == Some(id)) {
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
