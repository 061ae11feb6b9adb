//! Time stamps as messages carry them.

use crate::base::Time;

/// Reads an ISO 8601 date and time with a zone, such as `2026-03-01T09:05:00.250Z` or `…T10:05:00+01:00`.
///
/// The profile of RFC 3339: years 0000 to 9999, `Z` or an offset. Without a zone the moment is unknown, so such a text
/// is refused, as is anything that is not on the calendar. Digits beyond milliseconds are dropped; a leap second
/// (`:60`) counts as the first of the next minute.
///
/// ```
/// use privateer::{base::Time, insights::parse_time};
/// assert_eq!(parse_time("1970-01-01T01:00:00.5+01:00"), Some(Time(500)));
/// assert_eq!(parse_time("2026-02-29T00:00:00Z"), None);
/// ```
pub fn parse_time(text: &str) -> Option<Time> {
    let (date, clock) = text.split_once(['T', 't'])?;
    let (clock, offset) = split_zone(clock)?;
    Some(Time(86_400_000 * days(date)? + of_day(clock)? - offset))
}

/// Days since 1970-01-01 of `YYYY-MM-DD`, by the proleptic Gregorian calendar.
///
/// Years begin in March here, so that the leap day is the last of its year; 306 days then precede January.
fn days(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    if !(1..=12).contains(&month) || !(1..=month_length(year, month)).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before_month = (153 * month + 2) / 5;
    Some(365 * year + leap_days + before_month + day - 1 - 719_468)
}

fn month_length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Milliseconds since midnight of `HH:MM:SS` with any number of decimals.
fn of_day(clock: &str) -> Option<i64> {
    let (clock, decimals) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    if decimals.is_empty() || !all_digits(decimals) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let ms = decimals.bytes().chain(*b"00").take(3).fold(0, |sum, digit| 10 * sum + i64::from(digit - b'0'));
    Some(1_000 * (3_600 * hour + 60 * minute + second) + ms)
}

/// The clock without its zone, and the zone's offset in milliseconds.
fn split_zone(clock: &str) -> Option<(&str, i64)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let sign = if clock.contains('+') { '+' } else { '-' };
    let (clock, zone) = clock.split_once(sign)?;
    let [hours, minutes] = numbers(zone, ':', [2, 2])?;
    let offset = 60_000 * (60 * hours + minutes);
    (hours < 24 && minutes < 60).then_some((clock, if sign == '+' { offset } else { -offset }))
}

/// Exactly `N` numbers of these widths between marks.
fn numbers<const N: usize>(text: &str, mark: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(mark);
    let mut found = [0; N];
    for (number, width) in found.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width && all_digits(part))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
