//! Where an experiment runs: address patterns.

use crate::base::{
    Host,
    json::Json,
    text::cut,
    url::{self, Address},
};
use alloc::string::String;

/// Whether an address is meant by a list of targets `{type, include, pattern}`: one that includes it must match,
/// if there are any such, and none that excludes it may.
pub fn matches(targets: Json<'_>, address: &str, host: &dyn Host) -> bool {
    if targets.item(0).is_none() {
        return false;
    }
    let whole = host.resolve_url(address, "https://_");
    let (mut included, mut includes) = (false, false);
    for target in targets.children() {
        let matched = whole.as_deref().and_then(|whole| matches_one(target, whole, host)).unwrap_or(false);
        let excludes = target.get("include").is_some_and(|include| include.boolean() == Some(false));
        if excludes && matched {
            return false;
        }
        includes |= !excludes;
        included |= matched;
    }
    included || !includes
}

/// Whether a whole address fits one target, whatever follows from that.
fn matches_one(target: Json<'_>, whole: &str, host: &dyn Host) -> Option<bool> {
    let pattern = target.get_string("pattern")?;
    let page = Address::of(whole);
    match target.get_string("type")? {
        "regex" => {
            let rest = cut(whole, b':').1.and_then(|rest| rest.strip_prefix("//")).unwrap_or("");
            let within = rest.get(cut(rest, b'/').0.len()..).unwrap_or("");
            Some(host.matches(pattern, whole, false) || host.matches(pattern, within, false))
        }
        "simple" => matches_simply(pattern, page, host),
        _ => Some(false),
    }
}

/// Host, path, fragment and parameters are compared one by one; `*` stands for any text.
fn matches_simply(pattern: &str, page: Address<'_>, host: &dyn Host) -> Option<bool> {
    let mut first = pattern.bytes().take_while(|byte| !matches!(byte, b':' | b'/' | b'?'));
    let mut wanted = String::from(if first.any(|byte| byte == b'.') { "https://" } else { "" });
    let mut rest = Some(pattern);
    while let Some(pattern) = rest {
        let (piece, later) = cut(pattern, b'*');
        wanted.push_str(piece);
        wanted.push_str(if later.is_some() { WILDCARD } else { "" });
        rest = later;
    }
    let wanted = host.resolve_url(&wanted, "https://_____")?;
    let wanted = Address::of(&wanted);
    let same = |text: &str, pattern: &str| compare(text, pattern, host);
    let mut found = (wanted.host == WILDCARD || same(page.host, wanted.host))
        && same(trimmed(page.path), trimmed(wanted.path))
        && (wanted.fragment.is_empty() || same(page.fragment, wanted.fragment));
    for pair in url::pieces(Some(wanted.query).filter(|query| !query.is_empty()), b'&') {
        let name = url::decode(cut(pair, b'=').0);
        let value = url::decode(cut(pair, b'=').1.unwrap_or(""));
        let own = url::parameter_of(page.query, &name).unwrap_or_default();
        found &= same(&own, &value);
    }
    Some(found)
}

/// What stands for `*` while an address is parsed: a host of that name survives every step.
const WILDCARD: &str = "_____";

/// Slashes at either end do not count.
fn trimmed(path: &str) -> &str {
    let path = path.strip_prefix("/").unwrap_or(path);
    path.strip_suffix("/").unwrap_or(path)
}

/// Whether a whole text fits a pattern, whatever the case of letters.
fn compare(text: &str, pattern: &str, host: &dyn Host) -> bool {
    let (text, pattern) = (host.lower_case(text), host.lower_case(pattern));
    fits(text.as_bytes(), pattern.as_bytes())
}

/// Walks along both; where they part, the last wildcard takes one byte more.
fn fits(text: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut wanted) = (0, 0);
    let mut retry = None;
    while at < text.len() {
        let rest = pattern.get(wanted..).unwrap_or_default();
        if rest.starts_with(WILDCARD.as_bytes()) {
            wanted += WILDCARD.len();
            retry = Some((at, wanted));
        } else if rest.first() == text.get(at) {
            at += 1;
            wanted += 1;
        } else if let Some((start, after)) = retry {
            retry = Some((start + 1, after));
            (at, wanted) = (start + 1, after);
        } else {
            return false;
        }
    }
    pattern.get(wanted..).unwrap_or_default().chunks(WILDCARD.len()).all(|rest| rest == WILDCARD.as_bytes())
}
