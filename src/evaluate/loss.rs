//! How far predictions are from what happened, as one number.

use super::Sample;

/// The mean square of prediction minus outcome (Brier, *Monthly Weather Review* 78 (1950) 1, over two outcomes and halved, as is usual).
/// 0 is perfect, 1 always wrong; whoever always says the base rate p gets p (1 - p).
pub(super) fn brier(sample: &Sample) -> f64 {
    sample.mean(|case| (case.prediction - case.outcome()) * (case.prediction - case.outcome()))
}

/// The mean of -ln(probability given to what happened). Predictions are held at least 2^-52 away from 0 and 1, as scikit-learn does:
/// one sure mistake costs 36, not infinity.
pub(super) fn log_loss(sample: &Sample) -> f64 {
    sample.mean(|case| {
        let held = case.prediction.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        -libm::log(if case.outcome { held } else { 1.0 - held })
    })
}
