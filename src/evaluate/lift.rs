//! How much better than chance the first tenth is.

use super::Sample;

/// The share of cases that is acted upon for the lift.
pub const LIFT_SHARE: f64 = 0.1;

/// The lift at a share: of those that came true, the part found among the cases with the highest predictions, over the part that chance
/// finds, which is the share itself. 1 is chance.
///
/// Where the border falls within cases of equal prediction, all of them are taken in part, each the same: that is the mean over all
/// orders in which they could stand. So the part found is the cumulative gains curve, whose points are the ends of ties, with straight
/// lines between; `numpy.interp(0.1, cumulated weight / all weight, cumulated positives / all positives) / 0.1`.
pub(super) fn lift(sample: &Sample, share: f64) -> f64 {
    let wanted = share * sample.weight();
    let (mut taken, mut found) = (0.0, 0.0);
    for (_, group) in sample.ties().rev() {
        let part = ((wanted - taken) / group.sum()).min(1.0);
        found += part * group.positive;
        taken += group.sum();
        if taken >= wanted {
            break;
        }
    }
    found / sample.weights.positive / share
}
