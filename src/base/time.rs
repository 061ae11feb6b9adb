//! Points in time. They are always given; nothing here looks at a clock.

use alloc::string::String;

/// Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(pub i64);

/// One second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;

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
    ///
    /// Days to dates by Howard Hinnant's `civil_from_days`, <https://howardhinnant.github.io/date_algorithms.html>.
    pub fn iso8601(self) -> String {
        const FIRST: i64 = -62_167_219_200_000;
        const LAST: i64 = 253_402_300_799_999;
        let ms = self.0.clamp(FIRST, LAST);
        let (days, of_day) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let fields = [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (of_day / 3_600_000, 2, ':'),
            (of_day / 60_000 % 60, 2, ':'),
            (of_day / 1_000 % 60, 2, '.'),
            (of_day % 1_000, 3, 'Z'),
        ];
        let mut text = String::with_capacity(24);
        for (number, digits, mark) in fields {
            push_padded(&mut text, number, digits);
            text.push(mark);
        }
        text
    }
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn push_padded(text: &mut String, number: i64, digits: u32) {
    for place in (0..digits).rev() {
        text.push((b'0' + (number / 10_i64.pow(place) % 10) as u8) as char);
    }
}
