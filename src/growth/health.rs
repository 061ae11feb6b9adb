//! How a customer is: a score from 0 to 100 of weighted parts.

use serde::{Deserialize, Serialize};

/// One part of a customer's health.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Part {
    /// What it counts for; only its share of all weights matters.
    pub weight: f64,
    /// From 0 to 100; what is beyond is taken for the nearer end. `None`, or no number: not known.
    pub score: Option<f64>,
}

/// The weights of a common scorecard: activity, feature penetration, service, feedback.
pub const PRESET: [f64; 4] = [40.0, 30.0, 20.0, 10.0];

/// A customer's health.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Health {
    /// From 0 to 100.
    pub score: f64,
    /// The share of all weights whose parts are known, from 0 to 1. Below 1 the score speaks of these alone.
    pub known: f64,
}

/// The health of some parts: the mean of those that are known, by their weights. What is not known is neither good nor bad, so it
/// is left out and told (`known`), not counted as 0. `None` where nothing is known.
///
/// Weights that are negative or no numbers count as 0.
///
/// ```
/// use privateer::growth::{Part, PRESET, health};
/// let parts = |scores: [Option<f64>; 4]| PRESET.iter().zip(scores).map(|(weight, score)| Part { weight: *weight, score }).collect::<Vec<_>>();
/// // 0.4 · 90 + 0.3 · 80 + 0.2 · 70 + 0.1 · 60 = 36 + 24 + 14 + 6
/// assert_eq!(health(&parts([Some(90.0), Some(80.0), Some(70.0), Some(60.0)])).unwrap().score, 80.0);
/// let found = health(&parts([Some(90.0), Some(80.0), None, None])).unwrap();
/// assert_eq!((found.score, found.known), (6_000.0 / 70.0, 0.7)); // (40 · 90 + 30 · 80) / 70
/// ```
pub fn health(parts: &[Part]) -> Option<Health> {
    let weight = |part: &Part| if part.weight > 0.0 && part.weight.is_finite() { part.weight } else { 0.0 };
    let known: Vec<(f64, f64)> = parts
        .iter()
        .filter_map(|part| Some((weight(part), part.score.filter(|score| !score.is_nan())?.clamp(0.0, 100.0))))
        .collect();
    let all: f64 = parts.iter().map(weight).sum();
    let heard: f64 = known.iter().map(|(weight, _)| weight).sum();
    if heard <= 0.0 {
        return None;
    }
    let sum: f64 = known.iter().map(|(weight, score)| weight * score).sum();
    Some(Health { score: sum / heard, known: heard / all })
}

/// A figure as a part's score: 0 at `worst`, 100 at `best`, linear between, the nearer end beyond. `worst` may be the larger one.
/// `None` where a bound or the figure is no number, or both bounds are the same.
///
/// ```
/// use privateer::growth::scaled;
/// assert_eq!(scaled(15.0, 0.0, 20.0), Some(75.0)); // days of use in a month
/// assert_eq!(scaled(6.0, 10.0, 0.0), Some(40.0)); // open tickets: fewer are better
/// assert_eq!(scaled(25.0, 0.0, 20.0), Some(100.0));
/// ```
pub fn scaled(figure: f64, worst: f64, best: f64) -> Option<f64> {
    let share = (figure - worst) / (best - worst);
    (share.is_finite() && figure.is_finite()).then(|| (100.0 * share).clamp(0.0, 100.0))
}
