//! Which channel a link was passed on by, in the words of web analytics.

use super::{Program, write::add};
use crate::base::url::{parameter, pieces};
use alloc::string::String;

/// The channel, its kind, the program.
pub(super) const TAGS: [&str; 3] = ["utm_source", "utm_medium", "utm_campaign"];

/// Networks and messengers.
const SOCIAL: &str = "whatsapp x facebook linkedin telegram line reddit weibo wechat";

impl Program {
    /// Writes the tags that an address is to get behind other pairs. Returns whether they take the place of those that are there.
    pub(super) fn tag(&self, address: &str, channel: &str, pairs: &mut String) -> bool {
        let source = parameter(address, "utm_source");
        let again = source.as_ref().is_some_and(|source| source != channel) && self.is_campaign_of(address);
        let mut put = |name, value: &str| {
            if again || !value.is_empty() && source.is_none() && parameter(address, name).is_none() {
                add(pairs, name, value);
            }
        };
        put("utm_source", channel);
        put("utm_medium", medium(channel));
        put("utm_campaign", &self.id);
        again
    }

    fn is_campaign_of(&self, address: &str) -> bool {
        parameter(address, "utm_campaign").is_some_and(|campaign| !campaign.is_empty() && campaign == self.id)
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
        _ if pieces(Some(SOCIAL), b' ').any(|name| name == channel) => "social",
        _ => "referral",
    }
}
