//! A visitor of a site that scores leads, and counts no page views.

use super::visit::Visit;
use privateer::client::Input;
use serde_json::{Value, json};

pub const PAGE: &str = "https://example.com/";
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

pub fn scored(scoring: &Value) -> Visit {
    Visit::begin(&json!({ "scoring": scoring, "tracking": { "pageviews": false } }), PAGE, 1)
}

pub fn done(visit: &mut Visit, properties: Value) {
    visit.happens(Input::Track("Done", &properties.to_string(), None));
}
