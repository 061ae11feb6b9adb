//! Versions, compared letter by letter.

use crate::base::text::cut;
use core::cmp::Ordering;

/// Compares two versions.
///
/// A leading `v` and build data from `+` on do not count; `.` and `-` part the version; a version of three parts
/// sorts after its pre-releases; numeric parts are padded to five places. Source: GrowthBook SDK specification
/// 0.12.0, which compares the padded texts; here their letters are made one at a time, so that nothing is stored.
pub fn compare(left: &str, right: &str) -> Ordering {
    Letters::of(left).cmp(Letters::of(right))
}

/// The letters of a version's padded text.
struct Letters<'v> {
    rest: &'v [u8],
    /// Spaces that are still to come before the part that begins.
    padding: usize,
    parts: usize,
    /// What follows the last part: it makes a version of three parts sort after its pre-releases.
    end: &'v [u8],
}

impl<'v> Letters<'v> {
    fn of(version: &'v str) -> Letters<'v> {
        let text = if version.is_empty() { "0" } else { version };
        let text = cut(text.strip_prefix("v").unwrap_or(text), b'+').0;
        let mut letters = Letters { rest: text.as_bytes(), padding: 0, parts: 0, end: b"-~" };
        letters.begin_part();
        letters
    }

    fn begin_part(&mut self) {
        self.parts += 1;
        let part = || self.rest.iter().take_while(|byte| !matches!(byte, b'.' | b'-'));
        let length = part().count();
        let numeric = length > 0 && part().all(u8::is_ascii_digit);
        self.padding = if numeric { 5usize.saturating_sub(length) } else { 0 };
    }
}

impl Iterator for Letters<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.padding > 0 {
            self.padding -= 1;
            return Some(b' ');
        }
        if let Some((byte, later)) = self.rest.split_first() {
            self.rest = later;
            if !matches!(byte, b'.' | b'-') {
                return Some(*byte);
            }
            self.begin_part();
            return Some(b'-');
        }
        let (byte, later) = self.end.split_first().filter(|_| self.parts == 3)?;
        self.end = later;
        Some(*byte)
    }
}
