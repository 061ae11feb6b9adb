//! Isotonic calibration: the best probabilities that rise with the score.

use super::Sample;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Scores nearer to each other than this are one, as in scikit-learn.
const SAME: f64 = 1e-15;

/// A calibration by steps and the straight lines between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Isotonic {
    /// Scores, rising.
    pub scores: Vec<f64>,
    /// The probability at each of them, never falling.
    pub probabilities: Vec<f64>,
}

impl Isotonic {
    /// Learns from scores and what became of them. Equal scores are taken together, with their mean outcome; then neighbours that fall
    /// are pooled until nothing does ([`increasing`]). Only the ends of level stretches are kept. Needs a thousand cases or more to be
    /// better than [`super::Platt`] (Niculescu-Mizil and Caruana, ICML 2005).
    ///
    /// # Errors
    /// As [`Sample::of_scores`].
    ///
    /// ```
    /// use privateer::evaluate::Isotonic;
    /// let fitted = Isotonic::fit(&[1.0, 2.0, 3.0, 4.0], &[false, true, false, true], None)?;
    /// assert_eq!([0.0, 1.5, 2.5, 9.0].map(|score| fitted.probability(score)), [0.0, 0.25, 0.5, 1.0]);
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn fit(scores: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> Result<Isotonic, Error> {
        let sample = Sample::of_scores(scores, outcomes, weights)?;
        let mut points: Vec<(f64, f64, f64)> = Vec::new();
        for (score, group) in sample.ties() {
            match points.last_mut() {
                Some((first, positive, weight)) if score - *first < SAME => {
                    *positive += group.positive;
                    *weight += group.sum();
                }
                _ => points.push((score, group.positive, group.sum())),
            }
        }
        let rates: Vec<f64> = points.iter().map(|(_, positive, weight)| positive / weight).collect();
        let weights: Vec<f64> = points.iter().map(|(_, _, weight)| *weight).collect();
        Ok(Isotonic::of(points.iter().map(|(score, _, _)| *score).zip(increasing(&rates, &weights)).collect()))
    }

    /// The ends of the level stretches.
    fn of(points: Vec<(f64, f64)>) -> Isotonic {
        let within = |place: usize| {
            let at = |place: usize| points.get(place).map(|(_, probability)| *probability);
            place > 0 && at(place - 1) == at(place) && at(place) == at(place + 1)
        };
        let kept = points.iter().enumerate().filter(|(place, _)| !within(*place));
        let (scores, probabilities) = kept.map(|(_, point)| *point).unzip();
        Isotonic { scores, probabilities }
    }

    /// The calibrated probability of a score: on the straight line between the learned ones, and beyond them that of the nearer end. Not
    /// a number for what is none, and where there are no points.
    pub fn probability(&self, score: f64) -> f64 {
        let after = self.scores.partition_point(|other| *other < score);
        let point = |place: usize| Some((*self.scores.get(place)?, *self.probabilities.get(place)?));
        match (after.checked_sub(1).and_then(point), point(after)) {
            _ if score.is_nan() => f64::NAN,
            (_, Some((right, to))) if right == score => to,
            // Rounded up, the last digit would be above the next point's.
            (Some((left, from)), Some((right, to))) => (from + (to - from) * ((score - left) / (right - left))).min(to),
            (Some((_, nearest)), None) | (None, Some((_, nearest))) => nearest,
            (None, None) => f64::NAN,
        }
    }
}

/// The sequence that never falls and is nearest to `values`, by the weighted sum of squares: pool adjacent violators (Ayer, Brunk, Ewing,
/// Reid and Silverman, *Annals of Mathematical Statistics* 26 (1955) 641). Weights are above 0, one for each value.
///
/// ```
/// use privateer::evaluate::increasing;
/// assert_eq!(increasing(&[1.0, 3.0, 2.0, 4.0], &[1.0; 4]), [1.0, 2.5, 2.5, 4.0]);
/// ```
pub fn increasing(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    for (value, weight) in values.iter().zip(weights) {
        let mut block = Block { mean: *value, sum: value * weight, weight: *weight, length: 1 };
        while let Some(before) = blocks.pop_if(|before| before.mean >= block.mean) {
            block = before.with(block);
        }
        blocks.push(block);
    }
    blocks.iter().flat_map(|block| core::iter::repeat_n(block.mean, block.length)).collect()
}

/// Neighbours that have one value.
#[derive(Clone, Copy)]
struct Block {
    mean: f64,
    /// Of value times weight: exact for counts, where a mean carried along would gather rounding.
    sum: f64,
    weight: f64,
    length: usize,
}

impl Block {
    fn with(self, next: Block) -> Block {
        let (sum, weight) = (self.sum + next.sum, self.weight + next.weight);
        // What is level stays as it is, to the last digit.
        let mean = if self.mean == next.mean { self.mean } else { sum / weight };
        Block { mean, sum, weight, length: self.length + next.length }
    }
}
