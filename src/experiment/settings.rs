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
    /// Variations that the address asks for, by experiment key; NaN where what it asks for is no number.
    pub asked: Vec<(String, f64)>,
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
        given(&self.previews, key).or_else(|| given(&self.forced, key))
    }

    /// The variation that the address asks for.
    pub fn asked(&self, key: &str, count: usize) -> Option<usize> {
        given(&self.asked, key).filter(|index| *index < count as f64).map(|index| index as usize)
    }
}

/// The first variation given for an experiment.
fn given(variations: &[(String, f64)], key: &str) -> Option<f64> {
    variations.iter().find(|(known, _)| known == key).map(|(_, index)| *index)
}

/// The variations that an address asks for: `?experiment-key=1`. The first pair of a name decides, also one that is
/// no number. Nothing is decoded.
pub fn asked(address: &str) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let query = cut(address, b'?').1.map(|rest| cut(cut(rest, b'?').0, b'#').0);
    for pair in url::pieces(query, b'&') {
        let (name, value) = cut(pair, b'=');
        found.push((name.into(), leading_integer(cut(value.unwrap_or(""), b'=').0)));
    }
    found
}

/// The whole number that a text begins with, as JavaScript's `parseInt` reads it; NaN below 0 and for none.
fn leading_integer(text: &str) -> f64 {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let (radix, first) = if matches!(bytes, [b'0', b'x' | b'X', ..]) { (16, 2) } else { (10, 0) };
    let mut number = f64::NAN;
    for byte in bytes.iter().skip(first) {
        let Some(digit) = char::from(*byte).to_digit(radix) else { break };
        number = number.max(0.0) * f64::from(radix) + f64::from(digit);
    }
    if number > 0.0 && text.starts_with('-') { f64::NAN } else { number }
}
