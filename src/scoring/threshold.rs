//! What a score has to reach to count as reached, and to fall below to be lost again.

use super::{Model, Score};
use alloc::{string::String, vec::Vec};

/// Where a score counts for something, such as a lead that marketing calls qualified.
#[derive(Debug)]
pub(super) struct Threshold {
    pub id: String,
    /// Whose points.
    pub axis: usize,
    /// Reached at so many thousandths.
    pub at: i64,
    /// Lost below so many. Between the two nothing changes, so that a score that wavers is reported once.
    pub below: i64,
}

impl Model {
    /// Brings the ids of the reached thresholds up to date; those that were reached just now. A disqualified lead, and one
    /// that is not scored, reaches nothing.
    ///
    /// Unless `may_fall`, none is lost: not all that is known may have been told yet.
    pub fn cross<'m>(&'m self, reached: &mut Vec<String>, score: &Score<'_>, may_fall: bool) -> Vec<&'m str> {
        let mut news = Vec::new();
        let mut now = Vec::new();
        for Threshold { id, axis, at, below } in &self.thresholds {
            let was = reached.contains(id);
            let points = score.axes.get(*axis).copied().flatten().filter(|_| score.disqualified.is_empty());
            if was && !may_fall && score.disqualified.is_empty()
                || points.is_some_and(|points| points >= if was { *below } else { *at })
            {
                now.push(id.clone());
                if !was {
                    news.push(id.as_str());
                }
            }
        }
        *reached = now;
        news
    }
}
