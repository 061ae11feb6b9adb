//! Versions as sortable text.

use crate::base::{
    Host,
    json::{Json, print_number},
};
use alloc::{borrow::Cow, string::String};

/// A text that sorts as the version does; `None` for what is neither text nor number.
///
/// A leading `v` and build data from `+` on do not count; `.` and `-` part the version; a version of three parts
/// sorts after its pre-releases; numeric parts are padded to five places. Source: GrowthBook SDK
/// specification 0.12.0.
pub fn sort_key(value: Json<'_>, host: &dyn Host) -> Option<String> {
    let text = match value.number() {
        Some(number) => Cow::Owned(print_number(number, host)),
        None => value.string()?,
    };
    let text = if text.is_empty() { "0" } else { &text };
    let text = text.strip_prefix('v').unwrap_or(text).split('+').next().unwrap_or("");
    let mut key = String::new();
    let mut parts = 0;
    for part in text.split(is_mark) {
        if parts > 0 {
            key.push('-');
        }
        parts += 1;
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            for _ in part.len()..5 {
                key.push(' ');
            }
        }
        key.push_str(part);
    }
    if parts == 3 {
        key.push_str("-~");
    }
    Some(key)
}

fn is_mark(letter: char) -> bool {
    letter == '.' || letter == '-'
}
