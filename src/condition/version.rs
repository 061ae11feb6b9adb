//! Versions as sortable text.

use crate::base::{
    Host,
    json::{Json, print_number},
    text::cut,
};
use alloc::string::String;

/// A text that sorts as the version does; `None` for what is neither text nor number.
///
/// A leading `v` and build data from `+` on do not count; `.` and `-` part the version; a version of three parts
/// sorts after its pre-releases; numeric parts are padded to five places. Source: GrowthBook SDK
/// specification 0.12.0.
pub fn sort_key(value: Json<'_>, host: &dyn Host) -> Option<String> {
    let printed = value.number().map(|number| print_number(number, host));
    let text = if let Some(printed) = &printed { printed } else { value.string()? };
    let text = if text.is_empty() { "0" } else { text };
    let mut key = String::new();
    let mut parts = 0;
    let mut rest = Some(cut(text.strip_prefix('v').unwrap_or(text), b'+').0);
    while let Some(text) = rest {
        let (part, later) = first_part(text);
        push_part(&mut key, part, parts > 0);
        parts += 1;
        rest = later;
    }
    if parts == 3 {
        key.push_str("-~");
    }
    Some(key)
}

/// Numeric parts are padded, so that they sort as numbers do.
fn push_part(key: &mut String, part: &str, marked: bool) {
    if marked {
        key.push('-');
    }
    if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
        for _ in part.len()..5 {
            key.push(' ');
        }
    }
    key.push_str(part);
}

/// Up to the first mark, `.` or `-`, and what follows it.
fn first_part(text: &str) -> (&str, Option<&str>) {
    let (by_dot, by_dash) = (cut(text, b'.'), cut(text, b'-'));
    if by_dot.0.len() < by_dash.0.len() { by_dot } else { by_dash }
}
