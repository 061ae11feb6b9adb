//! Which campaign brought the visitor.

use crate::base::{json::Writer, url};
use alloc::string::String;

/// Query parameters and the names that Segment's `context.campaign` gives them.
const FIELDS: [(&str, &str); 5] = [
    ("utm_source", "source"),
    ("utm_medium", "medium"),
    ("utm_campaign", "name"),
    ("utm_term", "term"),
    ("utm_content", "content"),
];

/// The campaign in an address as Segment's `context.campaign`, `{"source":…,"medium":…,"name":…,"term":…,"content":…}`
/// without what is absent; empty when the address names none. Empty parameters do not count.
pub fn of(address: &str) -> String {
    let mut out = Writer::begin('{');
    for (parameter, name) in &FIELDS {
        if let Some(value) = url::parameter(address, parameter).filter(|value| !value.is_empty()) {
            out.member(name, &value);
        }
    }
    if out.text.len() > 1 { out.end('}') } else { String::new() }
}
