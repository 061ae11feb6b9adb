//! What is asked of whoever runs the core: a browser, a server, a test.

use super::{Time, time::DAY};
use alloc::{string::String, vec::Vec};

/// Abilities that a JavaScript engine has anyway, and that would cost the page kilobytes to bring again.
///
/// Correctly rounded decimal numbers alone take 13 KB of tables; a regular expression engine with ECMAScript's
/// rules far more. Random bytes are given here too, so that the core names no source of its own and a seeded
/// host replays a visit exactly.
pub trait Host {
    /// The double nearest to a JSON number's text, as ECMAScript's `Number(text)`.
    fn parse_number(&self, text: &str) -> f64;

    /// The shortest text that reads back as `number`, as ECMAScript's `String(number)`.
    fn print_number(&self, number: f64) -> String;

    /// Whether an ECMAScript regular expression is found anywhere in `text`, `folded`: whatever the case of letters;
    /// `false` for an invalid pattern, and for one that would take too long.
    fn matches(&self, pattern: &str, text: &str, folded: bool) -> bool;

    /// The text in small letters, as ECMAScript's `toLowerCase`.
    fn lower_case(&self, text: &str) -> String;

    /// An address, relative to `base`, as the URL standard writes it whole (`URL.href`); `None` for what is none.
    fn resolve_url(&self, address: &str, base: &str) -> Option<String>;

    /// How much of the visitor's own day is over, in ms.
    fn of_day(&self, time: Time) -> i64 {
        time.0.rem_euclid(DAY)
    }
    /// Patterns that took too long, and are answered `false` since.
    fn refused_patterns(&self) -> Vec<String> {
        Vec::new()
    }

    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// The number of the day that it is in a time zone (an IANA name), growing by one at each midnight; by UTC where the
    /// zone is unknown.
    fn day(&self, time: Time, _zone: &str) -> i64 {
        time.0.div_euclid(DAY)
    }
}
