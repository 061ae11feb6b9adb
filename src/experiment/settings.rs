//! What decides besides the payload and the visitor.

use crate::base::{
    json::{Json, children},
    text::cut,
    url,
};
use alloc::{string::String, vec::Vec};

/// Settings of all experiments on a page; GrowthBook's SDKs call them the context.
#[derive(Debug)]
pub struct Settings {
    /// Whether experiments run at all; rules that force a value are not affected.
    pub enabled: bool,
    /// Whether nobody is placed by a hash, so that a test sees what it forces and nothing else.
    pub qa: bool,
    /// Whether comparisons convert values, as specification 0.8.0 has it.
    pub coerces: bool,
    /// Variations given to everybody, by experiment key.
    pub forced: Vec<(String, f64)>,
    /// Variations given for a look, by experiment key; they win.
    pub previews: Vec<(String, f64)>,
    /// Variations that the address asks for, by experiment key.
    pub asked: Vec<(String, Option<usize>)>,
    /// The page's address.
    pub url: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            enabled: true,
            qa: false,
            coerces: false,
            forced: Vec::new(),
            previews: Vec::new(),
            asked: Vec::new(),
            url: String::new(),
        }
    }
}

impl Settings {
    /// Reads the section `experiments` of a site definition.
    pub fn read(section: Option<Json<'_>>) -> Settings {
        let get = |name| section.and_then(|section| section.get(name));
        let mut forced = Vec::new();
        for entry in children(get("forcedVariations")) {
            forced.push((entry.name().into(), entry.number().unwrap_or(-1.0)));
        }
        Settings {
            enabled: get("enabled").and_then(Json::boolean) != Some(false),
            qa: get("qaMode").is_some_and(Json::truthy),
            coerces: get("compat").and_then(Json::string) == Some("0.8"),
            forced,
            ..Settings::default()
        }
    }

    /// Takes the page's address.
    pub fn set_url(&mut self, address: &str) {
        if self.url != address {
            self.asked = asked(address);
            self.url = address.into();
        }
    }

    /// The variation forced for an experiment.
    pub fn forced(&self, key: &str) -> Option<f64> {
        self.previews.iter().chain(&self.forced).find(|(known, _)| known == key).map(|(_, index)| *index)
    }

    /// The variation that the address asks for.
    pub fn asked(&self, key: &str, count: usize) -> Option<usize> {
        let first = self.asked.iter().find(|(known, _)| known == key);
        first.and_then(|(_, index)| *index).filter(|index| *index < count)
    }
}

/// The variations that an address asks for: `?experiment-key=1`. The first pair of a name decides, also one that is
/// no number. Nothing is decoded.
pub fn asked(address: &str) -> Vec<(String, Option<usize>)> {
    let mut found = Vec::new();
    let query = cut(address, b'?').1.map(|rest| cut(cut(rest, b'?').0, b'#').0);
    for pair in url::pieces(query, b'&') {
        let (name, value) = cut(pair, b'=');
        found.push((name.into(), value.and_then(|value| leading_integer(cut(value, b'=').0))));
    }
    found
}

/// The whole number that a text begins with, as JavaScript's `parseInt` reads it; `None` below 0 and for none.
fn leading_integer(text: &str) -> Option<usize> {
    let text = text.strip_prefix("+").unwrap_or(text);
    let zero = text.strip_prefix("-");
    let text = zero.unwrap_or(text);
    let (radix, digits) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, text.get(2..).unwrap_or("")),
        _ => (10, text),
    };
    let mut number = None;
    for digit in digits.chars().map_while(|letter| letter.to_digit(radix)) {
        number = Some(number.unwrap_or(0usize).saturating_mul(radix as usize).saturating_add(digit as usize));
    }
    number.filter(|number| zero.is_none() || *number == 0)
}
