//! What is asked of whoever runs the core: a browser, a server, a test.

use alloc::string::String;

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

    /// Whether an ECMAScript regular expression is found anywhere in `text`; `false` for an invalid pattern.
    fn matches(&self, pattern: &str, text: &str) -> bool;

    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}
