//! Members of messages, found without reading the whole.

/// The text of a member, wherever it stands; nothing when there is none.
pub fn member<'t>(json: &'t str, name: &str) -> &'t str {
    let Some(after) = behind(json, name) else { return "" };
    after.strip_prefix('"').and_then(|text| text.split('"').next()).unwrap_or("")
}

/// The number of a member; 0 when there is none.
pub fn count(json: &str, name: &str) -> i64 {
    let digits = behind(json, name).unwrap_or("");
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().unwrap_or(0)
}

fn behind<'t>(json: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = json;
    while let Some(at) = rest.find(name) {
        let after = &rest[at + name.len()..];
        if rest[..at].ends_with('"') && after.starts_with("\":") {
            return Some(&after[2..]);
        }
        rest = after;
    }
    None
}

/// A page's name and the message id in the key of an event.
pub fn owner_and_id(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix(privateer::client::EVENT_PREFIX)?.split_once('.')
}
