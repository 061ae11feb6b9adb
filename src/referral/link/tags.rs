//! Which channel a link was passed on by, in the words of web analytics.

use super::{Program, write::add};
use crate::base::url::parameter;
use alloc::string::String;

/// The channel, its kind, the program.
pub(super) const TAGS: [&str; 3] = ["utm_source", "utm_medium", "utm_campaign"];

impl Program {
    /// Writes the tags that an address is to get behind other pairs. Returns whether they take the place of what an earlier link
    /// of this program wrote.
    pub(super) fn tag(&self, address: &str, channel: &str, pairs: &mut String) -> bool {
        let found = TAGS.map(|name| parameter(address, name));
        let again = match &found {
            [Some(source), Some(kind), Some(campaign)] => kind == medium(source) && *campaign == self.id && source != channel,
            _ => false,
        };
        if again || found[0].is_none() {
            for ((name, old), value) in TAGS.iter().zip(found).zip([channel, medium(channel), &self.id]) {
                if !value.is_empty() && (again || old.is_none()) {
                    add(pairs, name, value);
                }
            }
        }
        again
    }
}

/// The `utm_medium` with which Google Analytics 4 puts a channel into the right group: networks and messengers are Organic Social,
/// `email` is Email, `sms` is SMS, and all else, such as `copy`, `qr`, `share` or a word of the site's own, is Referral (unless
/// Google's list knows the word as a source: `instagram` is social by any medium that nobody paid for).
///
/// `referral` for all would not do: its rule comes before those of e-mail and text messages, and Google's list of networks has no
/// `x` and no `telegram`.
pub fn medium(channel: &str) -> &str {
    match channel {
        "email" | "sms" => channel,
        "whatsapp" | "x" | "facebook" | "linkedin" | "telegram" | "line" | "reddit" | "weibo" | "wechat" => "social",
        _ => "referral",
    }
}
