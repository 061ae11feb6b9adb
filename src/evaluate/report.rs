//! Everything about some predictions at once.

use super::{Bin, LIFT_SHARE, RocPoint, Sample, auc, bins, lift, loss};
use crate::error::Error;
use serde::Serialize;

/// How good predictions were.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Area under the receiver operating characteristic, 0 to 1; 0.5 is chance. Equal predictions count one half.
    pub auc: f64,
    /// Mean square of prediction minus outcome, 0 to 1; 0 is perfect.
    pub brier: f64,
    /// Mean of -ln(probability given to what happened), 0 to 36; 0 is perfect.
    pub log_loss: f64,
    /// Expected calibration error over the ten bins, 0 to 1; 0 is perfect.
    pub ece: f64,
    /// How many times as many came true among the highest tenth as among as many at random; 0 to 10.
    pub lift_at_10: f64,
    /// The share that came true.
    pub base_rate: f64,
    /// How many cases, those of weight 0 not among them.
    pub n: usize,
    /// Ten bins for a calibration plot.
    pub bins: Vec<Bin>,
    /// The points of the receiver operating characteristic, from nobody to everybody.
    pub roc: Vec<RocPoint>,
}

/// Judges predicted probabilities by what became of them, one outcome and, on request, one weight for each.
///
/// # Errors
/// As [`Sample::of_probabilities`].
///
/// ```
/// use privateer::evaluate::evaluate;
/// let found = evaluate(&[0.9, 0.8, 0.3, 0.1], &[true, false, true, false], None)?;
/// assert_eq!((found.auc, found.base_rate, found.n), (0.75, 0.5, 4)); // three of four pairs stand in the right order
/// assert!((found.brier - 0.2875).abs() < 1e-15); // (0.1² + 0.8² + 0.7² + 0.1²) / 4
/// # Ok::<(), privateer::error::Error>(())
/// ```
pub fn evaluate(predictions: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> Result<Evaluation, Error> {
    let sample = Sample::of_probabilities(predictions, outcomes, weights)?;
    let bins = bins::bins(&sample);
    Ok(Evaluation {
        auc: auc::auc(&sample),
        brier: loss::brier(&sample),
        log_loss: loss::log_loss(&sample),
        ece: bins::ece(&bins),
        lift_at_10: lift::lift(&sample, LIFT_SHARE),
        base_rate: sample.weights.positive / sample.weight(),
        n: sample.cases.len(),
        bins: bins.into_iter().map(|(bin, _)| bin).collect(),
        roc: auc::roc(&sample),
    })
}
