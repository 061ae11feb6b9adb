//! How alike two names are.

use crate::base::Host;

/// From 0 to 1: Jaro and Winkler's similarity (Winkler, *Proceedings of the Section on Survey Research Methods*, American Statistical
/// Association, 1990), as crate `strsim` has it, of the names in small letters without marks. Words may stand in another order
/// ("Smith, Ann"): the larger one of both readings counts. `None` where a name has no letters.
pub fn similarity(one: &str, other: &str, host: &dyn Host) -> Option<f64> {
    let [one, other] = [one, other].map(|name| small(name, host));
    let [one, other] = [&one, &other].map(|name| words(name));
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let as_written = strsim::jaro_winkler(&one.join(" "), &other.join(" "));
    let [one, other] = [one, other].map(in_order);
    Some(as_written.max(strsim::jaro_winkler(&one, &other)))
}

/// In small letters; only other scripts need the host.
pub(super) fn small(text: &str, host: &dyn Host) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { host.lower_case(text) }
}

fn words(name: &str) -> Vec<&str> {
    name.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn in_order(words: Vec<&str>) -> String {
    let rising = crate::stats::order(words.len(), &|one, other| words[one].cmp(words[other]));
    rising.into_iter().map(|place| words[place]).collect::<Vec<_>>().join(" ")
}
