//! Writing links: a code in, a code out, and nothing else changed.

use super::{Program, tags::TAGS};
use crate::base::{
    text::cut,
    url::{self, Address},
};
use alloc::string::String;

/// Who passes a link on.
#[derive(Clone, Copy, Debug)]
pub struct Advocate<'a> {
    /// Their code, as the program writes it.
    pub code: &'a str,
    /// The token that the program's server signed for this code, see [`super::super::signed`]; empty where there is none.
    pub token: &'a str,
}

impl Program {
    /// `address` with the advocate's code, to be passed on by `channel` (see [`super::medium`]; empty for no channel in particular).
    ///
    /// The code takes the place of all codes that are there: of the parameter, whatever it holds, and of aliases that hold a valid
    /// one. Otherwise it stands at the end of the query. Everything else stays byte for byte, but for white space behind the
    /// address, which browsers drop, too.
    ///
    /// A token of somebody's signed link goes, and the advocate's own takes its place, if there is one and links may be signed. The
    /// code of a short link is replaced where it stands.
    ///
    /// A channel adds `utm_source`, `utm_medium` and, for a program with an id, `utm_campaign`, unless the address has them; an
    /// address with a `utm_source` gets none. Only where the campaign is this program's are tags replaced: a friend who passes on
    /// the address they came by does so by a channel of their own.
    pub fn link(&self, address: &str, advocate: Advocate<'_>, channel: &str) -> String {
        let address = address.trim_ascii_end();
        let mut own = String::new();
        let short = self.with_own_path(address, advocate.code);
        if short.is_none() {
            add(&mut own, self.parameter(), advocate.code);
        }
        if self.signed.is_some() && !advocate.token.is_empty() {
            add(&mut own, &self.signed.parameter, advocate.token);
        }
        let again = !channel.is_empty() && self.tag(address, channel, &mut own);
        self.edited(short.as_deref().unwrap_or(address), &own, again)
    }

    /// A short link of somebody else, with one's own code in its place: two codes in one address would be two advocates.
    fn with_own_path(&self, address: &str, code: &str) -> Option<String> {
        let base = url::split(address).base;
        self.code_in_path(if base.starts_with('/') { base } else { Address::of(base).path })?;
        let short = base.strip_suffix('/').unwrap_or(base);
        let last = short.bytes().rposition(|byte| byte == b'/')? + 1;
        self.code_in(&url::decode(short.get(last..)?))?; // where the slash itself is encoded, the code gets no place of its own
        Some([address.get(..last)?, code, address.get(short.len()..)?].concat())
    }

    /// The short link at the origin of a whole address, such as `https://example.com/r/CODE`, and the advocate's
    /// token, if there is one. Where the program has no path for short links, the address itself with the code.
    pub fn short_link(&self, address: &str, advocate: Advocate<'_>) -> String {
        let (scheme, host) = (cut(address, b':').0, Address::of(address).host);
        let short = [scheme, "://", host, &self.links.path, advocate.code].concat(); // no character of a code needs to be encoded
        self.link(if self.links.path.is_empty() { address } else { &short }, advocate, "")
    }

    /// `address` without codes, for the address bar: the parameter and aliases go where they hold a valid code. What holds none,
    /// such as another product's `ref`, stays, and so do tags and the path of a short link, which is where the visitor is. A token goes.
    pub fn without(&self, address: &str) -> String {
        self.edited(address, "", false)
    }

    /// Takes out what carries a code, where `own` is written also what only has the name, and `tags` if they are to go, too.
    fn edited(&self, address: &str, own: &str, tags: bool) -> String {
        url::edit(address, own, |name, value| {
            !own.is_empty() && name == self.parameter()
                || self.signed.is_some() && name == self.signed.parameter
                || tags && TAGS.contains(&name)
                || self.links.parameters.iter().any(|other| *other == name) && self.code_in(value).is_some()
        })
    }

    fn parameter(&self) -> &str {
        self.links.parameters.first().map_or("ref", String::as_str)
    }
}

/// Writes a pair after others.
pub(super) fn add(pairs: &mut String, name: &str, value: &str) {
    if !pairs.is_empty() {
        pairs.push('&');
    }
    for text in [name, "=", &url::encode(value)] {
        pairs.push_str(text);
    }
}
