//! Whether a silence is news: by a customer's own pace, not by a number of days that fits nobody.
//!
//! "No purchase for 30 days" calls everybody lost who buys a mattress, and nobody who buys bread. Two rules take its place.

use super::{BgNbd, Purchases};
use crate::{error::Error, stats::sorted};
use serde::Serialize;

/// What a silence means.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Silence {
    /// Longer than this customer's pace explains.
    Alarm(Signs),
    /// Nothing unusual.
    Calm(Signs),
    /// Too little is known to say: never an alarm, and no all-clear either.
    Unknown {
        /// What is missing.
        missing: Missing,
    },
}

/// What the answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Signs {
    /// The time since the last purchase, to the end of what is known.
    pub silence: f64,
    /// The customer's mean time between purchases.
    pub gap: f64,
    /// How probable it is that somebody is silent so long and still a customer: by the own pace the chance of such a gap, by the model P(alive).
    pub chance: f64,
}

/// Why nobody can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// There is no purchase.
    Purchases,
    /// There are fewer gaps between purchases than the rule asks for.
    Gaps,
}

/// When a silence is too long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Patience {
    /// By the customer's own pace.
    Pace {
        /// So many times the mean gap between the own purchases at least…
        times: f64,
        /// …of which there must be so many (at least 1)…
        least: usize,
        /// …and so improbable by chance.
        p: f64,
    },
    /// By a model of all customers.
    Alive {
        /// The model, in the unit of the times.
        model: BgNbd,
        /// An alarm where P(alive) is below this.
        below: f64,
    },
}

impl Default for Patience {
    /// Three times the own gap, of which there are three at least, and less probable than one in ten.
    fn default() -> Patience {
        Patience::Pace { times: 3.0, least: 3, p: 0.1 }
    }
}

/// What it means that somebody was silent since the last of `purchases` until `until`, the end of what is known: the time up to which purchases
/// have been recorded, not today where the record ends before. Times are of one unit, in any order; purchases at the same time are one,
/// those after `until` do not count.
///
/// *By the own pace.* With n gaps of mean m, silence s is an alarm where s ≥ times · m and the chance of such a gap is below p. That chance is
/// (1 + s / (n m))⁻ⁿ: gaps are exponential at a rate known only from these n (the posterior predictive under the prior 1/rate, exact also as
/// a frequency). So three times the gap is a surprise of 12 % after three gaps and of 6 % after twenty.
///
/// *By the model.* P(alive) of [`BgNbd::p_alive`] is below `below`. Whoever bought once has no gap: the model's 1 is no knowledge, so the answer is
/// [`Silence::Unknown`].
///
/// # Errors
/// `not-finite` for a time that is none, or an `until` that is none; `out-of-range` for a rule whose numbers make no sense.
///
/// ```
/// use privateer::growth::{Patience, Silence, silence};
/// // Every 60 days: 100 days are nothing, 250 are news.
/// let purchases = [0.0, 60.0, 120.0, 180.0];
/// assert!(matches!(silence(&purchases, 280.0, &Patience::default())?, Silence::Calm(_)));
/// assert!(matches!(silence(&purchases, 430.0, &Patience::default())?, Silence::Alarm(_)));
/// assert!(matches!(silence(&[0.0], 430.0, &Patience::default())?, Silence::Unknown { .. }));
/// # Ok::<(), privateer::error::Error>(())
/// ```
pub fn silence(purchases: &[f64], until: f64, patience: &Patience) -> Result<Silence, Error> {
    check(purchases, until, patience)?;
    let known: Vec<f64> = purchases.iter().copied().filter(|time| *time <= until).collect();
    let mut times = sorted(&known);
    times.dedup();
    let [Some(first), Some(last)] = [times.first(), times.last()].map(|time| time.copied()) else {
        return Ok(Silence::Unknown { missing: Missing::Purchases });
    };
    let gaps = times.len() - 1;
    let needed = if let Patience::Pace { least, .. } = patience { *least } else { 1 };
    if gaps < needed.max(1) {
        return Ok(Silence::Unknown { missing: Missing::Gaps });
    }
    let (silence, gap, n) = (until - last, (last - first) / gaps as f64, gaps as f64);
    let (chance, is_long) = match patience {
        Patience::Pace { times, p, .. } => {
            let chance = libm::exp(-n * libm::log1p(silence / (n * gap)));
            (chance, silence >= times * gap && chance < *p)
        }
        Patience::Alive { model, below } => {
            let chance = model.p_alive(&Purchases { repeats: n, last: last - first, age: until - first });
            (chance, chance < *below)
        }
    };
    let signs = Signs { silence, gap, chance };
    Ok(if is_long { Silence::Alarm(signs) } else { Silence::Calm(signs) })
}

fn check(purchases: &[f64], until: f64, patience: &Patience) -> Result<(), Error> {
    if let Some(place) = purchases.iter().position(|time| !time.is_finite()) {
        return Err(Error::new("not-finite", format!("purchases[{place}]"), "The time of a purchase must be a finite number."));
    }
    if !until.is_finite() {
        return Err(Error::new("not-finite", "until", "The end of what is known must be a finite number."));
    }
    let is_possible = match patience {
        Patience::Pace { times, p, .. } => *times > 0.0 && *p > 0.0 && *p <= 1.0,
        Patience::Alive { model, below } => model.is_possible() && *below > 0.0 && *below <= 1.0,
    };
    if is_possible {
        Ok(())
    } else {
        Err(Error::new("out-of-range", "patience", "Times and parameters lie above 0, probabilities above 0 and up to 1."))
    }
}
