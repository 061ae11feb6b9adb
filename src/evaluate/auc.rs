//! Whether those who will convert are put first.

use super::{Sample, sample::Totals};
use serde::Serialize;

/// What happens when everybody from a prediction on is acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RocPoint {
    /// Acted upon from this prediction on; `None` at the beginning, where nobody is.
    pub threshold: Option<f64>,
    /// The share that is acted upon of those who did not convert, 0 to 1.
    pub false_positive_rate: f64,
    /// The share that is acted upon of those who did, 0 to 1.
    pub true_positive_rate: f64,
}

/// The probability that of a random case that came true and a random one that did not the former has the higher prediction, equal
/// predictions counted as one half: the statistic of Mann and Whitney, *Annals of Mathematical Statistics* 18 (1947) 50, over the number of
/// pairs. From 0 to 1; 0.5 is chance. With weights, pairs weigh the product of both.
pub(super) fn auc(sample: &Sample) -> f64 {
    let (mut won, mut below) = (0.0, 0.0);
    for (_, group) in sample.ties() {
        won += group.positive * (below + group.negative / 2.0);
        below += group.negative;
    }
    won / (sample.weights.positive * sample.weights.negative)
}

/// The receiver operating characteristic: one point for each prediction that occurs, the highest first, after the point where nobody
/// is acted upon. The area under it is the [`auc`].
pub(super) fn roc(sample: &Sample) -> Vec<RocPoint> {
    let mut reached = Totals::default();
    let nobody = RocPoint { threshold: None, false_positive_rate: 0.0, true_positive_rate: 0.0 };
    let points = sample.ties().rev().map(|(threshold, group)| {
        reached = Totals { positive: reached.positive + group.positive, negative: reached.negative + group.negative };
        RocPoint {
            threshold: Some(threshold),
            false_positive_rate: (reached.negative / sample.weights.negative).min(1.0),
            true_positive_rate: (reached.positive / sample.weights.positive).min(1.0),
        }
    });
    core::iter::once(nobody).chain(points).collect()
}
