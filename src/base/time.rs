//! Points in time. They are always given; nothing here looks at a clock.

use super::text::push_digits;
use alloc::string::String;

/// Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(pub i64);

/// One second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// Twenty-four hours, in milliseconds.
pub const DAY: i64 = 24 * 60 * MINUTE;

impl Time {
    /// Milliseconds since `earlier`; negative when the clock was set back.
    pub fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This time, `span` milliseconds later.
    #[must_use]
    pub fn plus(self, span: i64) -> Time {
        Time(self.0.saturating_add(span))
    }

    /// ISO 8601 in UTC, such as `2026-03-01T09:05:00.250Z`; years are held within 0 and 9999.
    pub fn iso8601(self) -> String {
        const FIRST: i64 = -62_167_219_200_000;
        const LAST: i64 = 253_402_300_799_999;
        let ms = (self.0.clamp(FIRST, LAST) - FIRST) as u64;
        let (year, month, day) = date((ms / 86_400_000) as u32);
        let of_day = (ms % 86_400_000) as u32;
        let mut text = String::new();
        let mut push = |number: u32, digits, mark| {
            push_digits(&mut text, number.into(), 10, digits);
            text.push(mark);
        };
        push(year, 4, '-');
        push(month, 2, '-');
        push(day, 2, 'T');
        push(of_day / 3_600_000, 2, ':');
        push(of_day / 60_000 % 60, 2, ':');
        push(of_day / 1_000 % 60, 2, '.');
        push(of_day % 1_000, 3, 'Z');
        text
    }
}

/// Year, month and day of the day that is so many days after 1 January of the year 0.
///
/// Years are counted from 1 March, so that a leap day comes last, and from the year -400, so that nothing is negative:
/// Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their application to calendar algorithms", 2023.
fn date(days: u32) -> (u32, u32, u32) {
    let quarters = 4 * (days + 146_037) + 3;
    let century = quarters / 146_097;
    let quarters = (quarters % 146_097) | 3;
    let day_of_year = quarters % 1_461 / 4;
    let fifths = 5 * day_of_year + 2;
    let (month, day) = (fifths / 153, fifths % 153 / 5 + 1);
    let years = century * 100 + quarters / 1_461;
    if month < 10 { (years - 400, month + 3, day) } else { (years - 399, month - 9, day) }
}
