//! Reading a time as JavaScript's `toISOString` writes it.

use crate::base::{Time, text::number, time::DAY};

/// `2026-03-01T09:05:00.250Z`, or without the milliseconds; `None` for anything else, such as a day that is on no calendar.
pub(super) fn parse(text: &str) -> Option<Time> {
    let part = |start: usize, end: usize| number(text.get(start..end)?);
    let (year, month) = (part(0, 4)?, part(5, 7)?);
    // Years from March to February: leap days come last, and the months before one are 153 days in five.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5;
    let days = days + part(8, 10)? - 719_469;
    let seconds = 3_600 * part(11, 13)? + 60 * part(14, 16)? + part(17, 19)?;
    let time = Time(days * DAY + 1_000 * seconds + if text.len() > 20 { part(20, 23)? } else { 0 });
    // What was no such text is written otherwise.
    let written = time.iso8601();
    let same = text == written || text.get(..19) == written.get(..19) && text.get(19..) == Some("Z");
    same.then_some(time)
}
