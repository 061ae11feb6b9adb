//! Loyalty tiers: points are earned, expire, and hold a tier for a while.

use serde::{Deserialize, Serialize};

/// Points earned, or taken back with a negative number.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Earning {
    /// When, in the caller's unit.
    pub time: f64,
    /// How many.
    pub points: f64,
}

/// How a programme counts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tiers {
    /// The points from which each tier begins, in ascending order.
    pub from: Vec<f64>,
    /// Points older than this are gone.
    pub expires: f64,
    /// A tier that was reached is held for so long after the points for it are gone.
    pub holds: f64,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// Points that have not expired; never below 0.
    pub points: f64,
    /// The place of the tier in `from`; `None` below the first.
    pub tier: Option<usize>,
    /// How many points are missing to the next tier; `None` in the last one.
    pub to_next: Option<f64>,
}

impl Tiers {
    /// The standing at a time: the highest tier whose points were there at some moment of the holding time that ends now. So an
    /// upgrade counts at once, and a downgrade comes when the holding time is over. Whatever the order of the earnings, and however
    /// often it is asked, the answer is the same.
    ///
    /// ```
    /// use privateer::growth::{Earning, Tiers};
    /// let tiers = Tiers { from: vec![100.0, 500.0], expires: 365.0, holds: 90.0 };
    /// let earned = [Earning { time: 0.0, points: 120.0 }];
    /// assert_eq!(tiers.standing(&earned, 10.0).tier, Some(0));
    /// assert_eq!(tiers.standing(&earned, 400.0).tier, Some(0)); // the points are gone, the tier is held
    /// assert_eq!(tiers.standing(&earned, 460.0).tier, None);
    /// ```
    pub fn standing(&self, earnings: &[Earning], now: f64) -> Standing {
        let since = now - self.holds;
        // Points change when some are earned; between two such times they only expire.
        let moments =
            earnings.iter().map(|earning| earning.time).filter(|time| since < *time && *time <= now).chain([since, now]);
        let tier = moments.filter_map(|moment| self.tier_of(self.points(earnings, moment))).max();
        let points = self.points(earnings, now);
        let to_next = self.from.get(tier.map_or(0, |tier| tier + 1)).map(|from| (from - points).max(0.0));
        Standing { points, tier, to_next }
    }

    fn points(&self, earnings: &[Earning], at: f64) -> f64 {
        let valid = earnings.iter().filter(|earning| at - self.expires < earning.time && earning.time <= at);
        // Not `sum`, whose sum of nothing is -0, which JavaScript shows.
        valid.fold(0.0, |sum: f64, earning| sum + earning.points).max(0.0)
    }

    fn tier_of(&self, points: f64) -> Option<usize> {
        self.from.iter().rposition(|from| points >= *from)
    }
}
