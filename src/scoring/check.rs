//! Reading a model: finding the rules that must not be used.

use super::Model;
use crate::{
    base::json::{Document, Json, Section, print_integer},
    condition,
    error::Error,
};
use alloc::vec::Vec;

impl Model {
    /// Reads the section `scoring` of a site definition; rules with mistakes are left out and noted.
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
        for (index, rule) in rules.iter().enumerate() {
            if let Err(error) = check(*rule, rules.get(..index).unwrap_or_default()) {
                section.note(error.within(&[".rules[", &print_integer(index as i64), "]"].concat()));
                broken.push(index);
            }
        }
        Model { document, minimum, maximum, broken }
    }
}

fn check(rule: Json<'_>, earlier: &[Json<'_>]) -> Result<(), Error> {
    let id = rule
        .get("id")
        .and_then(Json::filled)
        .ok_or_else(|| Error::new("wrong-type", ".id", "A rule needs an id: a text in quotes."))?;
    if earlier.iter().any(|other| other.get("id").and_then(Json::string).as_ref() == Some(&id)) {
        return Err(Error::new("duplicate-id", ".id", "An earlier rule has the same id; this one is left out."));
    }
    if rule.get("points").and_then(Json::number).is_none() {
        return Err(Error::new("wrong-type", ".points", "Points are a number, without quotes."));
    }
    if rule.get("event").and_then(Json::filled).is_some() == rule.get("attributes").is_some() {
        return Err(Error::new("ambiguous-rule", "", "A rule needs either an event or attributes."));
    }
    for name in ["where", "attributes"] {
        if let Some(condition) = rule.get(name) {
            condition::check(condition).map_err(|error| error.within(name).within("."))?;
        }
    }
    Ok(())
}
