//! How often each rule matched.

use crate::base::json::{Json, Writer, children};
use alloc::{string::String, vec::Vec};

/// How often each rule matched, by rule id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally(Vec<(String, i64)>);

impl Tally {
    /// How often the rule matched.
    pub fn of(&self, rule: &str) -> i64 {
        self.0.iter().find(|(id, _)| id == rule).map_or(0, |(_, count)| *count)
    }

    /// Counts once more.
    pub fn add(&mut self, rule: &str) {
        match self.0.iter_mut().find(|(id, _)| id == rule) {
            Some((_, count)) => *count += 1,
            None => self.0.push((rule.into(), 1)),
        }
    }

    /// Takes what somebody else counted further.
    pub fn follow(&mut self, other: Tally) {
        for (rule, count) in other.0 {
            match self.0.iter_mut().find(|(id, _)| *id == rule) {
                Some((_, known)) => *known = count.max(*known),
                None => self.0.push((rule, count)),
            }
        }
    }

    /// Takes the tally as it was written by [`Tally::write`].
    pub fn read(&mut self, written: Option<Json<'_>>) {
        for member in children(written) {
            if let Some(count) = member.number() {
                self.0.push((member.name().into(), count as i64));
            }
        }
    }

    /// Writes `{"rule id": count}`.
    pub fn write(&self, out: &mut Writer) {
        out.open('{');
        for (rule, count) in &self.0 {
            out.count(rule, *count);
        }
        out.close('}');
    }
}
