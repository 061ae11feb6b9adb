//! Reading a time as JavaScript's `toISOString` writes it.

use crate::base::{Time, text::number, time::DAY};

/// `2026-03-01T09:05:00.250Z`, or without the milliseconds; `None` for anything else, such as a day that is on no calendar.
pub(super) fn parse(text: &str) -> Option<Time> {
    let part = |start: usize, end: usize| Some(number(text.get(start..end)?)? as u32);
    // Years from March to February: leap days come last, and the months before one are 153 days in five. 400 years more, so
    // that nothing is negative.
    let (year, month) = (part(0, 4)? + 400, part(5, 7)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + part(8, 10)?;
    let seconds = 3_600 * part(11, 13)? + 60 * part(14, 16)? + part(17, 19)?;
    let ms = if text.len() > 20 { part(20, 23)? } else { 0 };
    let time = Time((i64::from(days) - 146_097 - 719_469) * DAY + i64::from(1_000 * seconds + ms));
    // What was no such text is written otherwise.
    let written = time.iso8601();
    let same = text == written || text.get(..19) == written.get(..19) && text.get(19..) == Some("Z");
    same.then_some(time)
}
