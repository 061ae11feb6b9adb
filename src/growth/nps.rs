//! Net promoter score: would you recommend us, from 0 to 10?

use crate::stats::Normal;
use serde::Serialize;

/// The score of a survey. Shares are of all answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Nps {
    /// How many answered from 0 to 6.
    pub detractors: u64,
    /// How many answered 7 or 8.
    pub passives: u64,
    /// How many answered 9 or 10.
    pub promoters: u64,
    /// 100 · (share of promoters − share of detractors), from −100 to 100.
    pub score: f64,
    /// The interval that holds the score of everybody asked so, in `level` of all surveys.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The score of some answers; `None` without any. What is no whole number from 0 to 10 is no answer.
///
/// Promoters and detractors are the two ways in which pairs can differ, so the interval is the adjusted Wald interval for paired
/// shares, with one more of both (Bonett and Price, Journal of Educational and Behavioral Statistics 37, 2012): p = (promoters + 1) /
/// (n + 2), d = (detractors + 1) / (n + 2), p - d ± z · √((p + d - (p - d)²) / (n + 2)). It is never empty, also where all answered alike.
///
/// ```
/// use privateer::growth::nps;
/// let found = nps(&[10.0, 9.0, 8.0, 3.0], 0.95).unwrap();
/// assert_eq!((found.promoters, found.passives, found.detractors, found.score), (2, 1, 1, 25.0));
/// assert!(nps(&[], 0.95).is_none());
/// ```
pub fn nps(answers: &[f64], level: f64) -> Option<Nps> {
    let count = |low: f64, high: f64| {
        answers.iter().filter(|answer| answer.fract() == 0.0 && (low..=high).contains(*answer)).count() as u64
    };
    let (detractors, passives, promoters) = (count(0.0, 6.0), count(7.0, 8.0), count(9.0, 10.0));
    let n = (detractors + passives + promoters) as f64;
    if n == 0.0 {
        return None;
    }
    let score = 100.0 * (promoters as f64 - detractors as f64) / n;
    let z = -Normal::quantile((1.0 - level) / 2.0);
    let total = n + 2.0;
    let [p, d] = [promoters, detractors].map(|answers| (answers as f64 + 1.0) / total);
    let half = z * libm::sqrt((p + d - (p - d) * (p - d)) / total);
    let [low, high] = [-half, half].map(|half| (100.0 * (p - d + half)).clamp(-100.0, 100.0));
    Some(Nps { detractors, passives, promoters, score, low, high })
}
