//! Links that carry a visitor to another domain of the same site.

use super::Client;
use crate::{
    base::{Time, hash::Fnv, json::print_integer, text, url},
    tracking::consent::Consent,
};
use alloc::string::String;

/// The query parameter that carries a visitor.
const PARAMETER: &str = "_pv";

/// So long such a link is good, in milliseconds.
const GOOD_FOR_MS: i64 = 3 * 60 * 1_000;

impl Client {
    /// `<time>.<check>.<id>`: who the visitor is, for another domain, within three minutes and in the same browser. Empty
    /// without a yes to marketing.
    ///
    /// The check is made from the id, the time, and the browser's name, language and time zone. A link that was passed on
    /// makes nobody else this visitor; it is no secret, and proves nothing against somebody who wants to forge one.
    pub fn link_token(&self, now: Time) -> String {
        if !self.carries() {
            return String::new();
        }
        let time = print_integer(now.0);
        let id = &self.visitor.anonymous_id;
        [time.as_str(), ".", &self.check(&time, id), ".", id].concat()
    }

    /// The visitor that the page's address carries, if it is good.
    pub(super) fn carried(&self, now: Time) -> Option<String> {
        let token = url::parameter(self.page.url(), PARAMETER).filter(|_| self.carries())?;
        let (time, rest) = text::cut(&token, b'.');
        let (check, id) = text::cut(rest?, b'.');
        let age = now.since(Time(text::number(time)?));
        let good = (-GOOD_FOR_MS..=GOOD_FOR_MS).contains(&age) && check == self.check(time, id?);
        id.filter(|id| good && !id.is_empty()).map(String::from)
    }

    fn carries(&self) -> bool {
        self.stores() && self.consent.marketing() == Consent::Granted
    }

    fn check(&self, time: &str, id: &str) -> String {
        let said = |name| self.page.0.root().and_then(|page| page.get_string(name)).unwrap_or("");
        let hash = |salt: &str| {
            let hash = [salt, time, id, self.page.user_agent(), said("locale"), said("timezone")];
            hash.into_iter().fold(Fnv::START, Fnv::text)
        };
        let mut out = String::new();
        for salt in ["1", "2"] {
            text::push_digits(&mut out, hash(salt).number().into(), 16, 8);
        }
        out
    }
}
