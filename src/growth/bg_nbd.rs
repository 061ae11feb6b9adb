//! Whether somebody who buys now and then is still a customer: the BG/NBD model.

use crate::error::Error;
use serde::{Deserialize, Serialize};

/// How the customers of a shop buy and leave: while they are alive at a rate of their own, and after each purchase they leave with a
/// probability of their own. Rates are gamma distributed over customers (shape `r`, scale 1 / `alpha`), probabilities beta (`a`, `b`).
///
/// Fader, Hardie and Lee, *Counting Your Customers the Easy Way*, Marketing Science 24 (2005) 275. All four are above 0. `alpha` is a
/// time: it, and all times of customers, are of one unit, the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BgNbd {
    /// Shape of the purchase rates: the smaller, the more customers differ.
    pub r: f64,
    /// The mean rate is `r / alpha` purchases a unit of time.
    pub alpha: f64,
    /// The mean probability to leave after a purchase is `a / (a + b)`.
    pub a: f64,
    /// See `a`.
    pub b: f64,
}

/// A customer's purchases. Several in one unit that the shop does not tell apart (a day, as a rule) are one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Purchases {
    /// How many purchases after the first one.
    pub repeats: f64,
    /// The time from the first purchase to the last one; 0 without repeats.
    pub last: f64,
    /// The time from the first purchase to the end of what is known, at least `last`. To the end of the data, not to today: what was
    /// not recorded is no silence.
    pub age: f64,
}

/// Terms of the series at most: for horizons beyond a million times what was observed there is no answer.
const TERMS: u32 = 20_000_000;

impl Purchases {
    /// That the numbers of all customers can be.
    ///
    /// # Errors
    /// `impossible`, with the place of the first whose numbers cannot.
    pub fn check(customers: &[Purchases]) -> Result<(), Error> {
        let Some(place) = customers.iter().position(|customer| !customer.are_possible()) else { return Ok(()) };
        let message = "Repeats are a whole number, and 0 <= last <= age; last is 0 exactly where repeats are.";
        Err(Error::new("impossible", format!("customers[{place}]"), message))
    }

    /// Whether the numbers can be: finite, whole repeats, 0 ≤ last ≤ age, and repeats only after the first purchase.
    pub fn are_possible(&self) -> bool {
        let Purchases { repeats, last, age } = *self;
        let whole = repeats >= 0.0 && repeats.is_finite() && libm::trunc(repeats) == repeats;
        whole && 0.0 <= last && last <= age && age.is_finite() && (repeats > 0.0) == (last > 0.0)
    }
}

impl BgNbd {
    /// That all four parameters are finite and above 0.
    ///
    /// # Errors
    /// `out-of-range` where they are not.
    pub fn check(&self) -> Result<(), Error> {
        if self.is_possible() { Ok(()) } else { Err(Error::new("out-of-range", "model", "All four parameters lie above 0.")) }
    }

    /// Whether all four parameters are finite and above 0.
    pub fn is_possible(&self) -> bool {
        [self.r, self.alpha, self.a, self.b].iter().all(|number| *number > 0.0 && number.is_finite())
    }

    /// The probability that somebody has not left yet, in (0, 1]; the longer the silence, the smaller. (Below 1e-300 it is 0.)
    ///
    /// 1 / (1 + a / (b + x - 1) · ((α + T) / (α + t))^(r + x)) for x repeats, the last at t, at age T (Fader and Hardie, *Computing P(alive)
    /// using the BG/NBD model*, 2008). **It is 1 without repeats, however long ago the first purchase was**: the model lets nobody leave
    /// before they come back. So of those it says nothing; [`super::silence`] answers accordingly.
    ///
    /// ```
    /// use privateer::growth::{BgNbd, Purchases};
    /// let shop = BgNbd { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258 }; // CDNOW, in weeks
    /// let seldom = Purchases { repeats: 2.0, last: 30.43, age: 38.86 };
    /// assert!((shop.p_alive(&seldom) - 0.7266).abs() < 1e-4);
    /// ```
    pub fn p_alive(&self, customer: &Purchases) -> f64 {
        1.0 / (1.0 + libm::exp(self.ln_odds_left(customer)))
    }

    /// ln of the odds that they have left; minus infinity without repeats.
    fn ln_odds_left(&self, Purchases { repeats, last, age }: &Purchases) -> f64 {
        if *repeats == 0.0 {
            return f64::NEG_INFINITY;
        }
        // ln((α + T) / (α + t)), which keeps its digits where both are close.
        let silence = libm::log1p((age - last) / (self.alpha + last));
        libm::log(self.a / (self.b + repeats - 1.0)) + (self.r + repeats) * silence
    }

    /// How many purchases to expect of somebody in the `time` from now on, 0 or more. For somebody of whom nothing is known, such as
    /// tomorrow's new customer, all of [`Purchases`] is 0.
    ///
    /// Equation 10 of the paper times P(alive), in a form without its singularities (at a = 1 and a + b + x = 1) and its overflow. With z =
    /// t / (α + T + t), Euler's transformation of the hypergeometric function (NIST DLMF 15.8.1) turns
    /// ((a+b+x-1) / (a-1)) · (1 - (1-z)^(r+x) · ₂F₁(r+x, b+x; a+b+x-1; z)) into
    /// (a+b+x-1) · (1 - (1-z)^(a-1)) / (a-1) - (1-z)^(a-1) · (a+b-1-r) · z · Σ (a+b-r)ₖ (a)ₖ / ((a+b+x)ₖ (2)ₖ) zᵏ.
    /// Not a number for a time that is negative or infinite, and where the series does not end in 20 million terms: horizons a million times as long as what was observed.
    ///
    /// ```
    /// use privateer::growth::{BgNbd, Purchases};
    /// let shop = BgNbd { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258 };
    /// let seldom = Purchases { repeats: 2.0, last: 30.43, age: 38.86 };
    /// assert!((shop.expected(&seldom, 39.0) - 1.226).abs() < 1e-3); // in the next 39 weeks
    /// ```
    pub fn expected(&self, customer: &Purchases, time: f64) -> f64 {
        if !(time >= 0.0 && time.is_finite()) {
            return f64::NAN;
        }
        let BgNbd { r, alpha, a, b } = *self;
        let before = alpha + customer.age;
        let z = time / (before + time);
        let ln_rest = -libm::log1p(time / before); // ln(1 - z)
        let all = a + b + customer.repeats;
        let series = series([a + b - r, a, all], z);
        let level = (all - 1.0) * -expm1_over(a - 1.0, ln_rest);
        let bend = libm::exp((a - 1.0) * ln_rest) * (a + b - 1.0 - r) * z * series;
        (level - bend).max(0.0) * self.p_alive(customer)
    }

    /// ln of the likelihood of a customer's purchases (equation 6 of the paper).
    pub fn ln_likelihood(&self, customer: &Purchases) -> f64 {
        let BgNbd { r, alpha, a, b } = *self;
        let x = customer.repeats;
        let buying = libm::lgamma(r + x) - libm::lgamma(r) + r * libm::log(alpha);
        let staying = libm::lgamma(a + b) + libm::lgamma(b + x) - libm::lgamma(b) - libm::lgamma(a + b + x);
        let alive = -(r + x) * libm::log(alpha + customer.age);
        buying + staying + alive + ln_1p_exp(self.ln_odds_left(customer))
    }
}

/// (e^(k y) - 1) / k, which is y where k is 0.
fn expm1_over(k: f64, y: f64) -> f64 {
    if k == 0.0 { y } else { libm::expm1(k * y) / k }
}

/// ln(1 + e^y), without overflow.
fn ln_1p_exp(y: f64) -> f64 {
    if y > 0.0 { y + libm::log1p(libm::exp(-y)) } else { libm::log1p(libm::exp(y)) }
}

/// Σ (above₁)ₖ (above₂)ₖ / ((below)ₖ (2)ₖ) zᵏ, 0 ≤ z < 1.
fn series([one, other, below]: [f64; 3], z: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 0..TERMS {
        let k = f64::from(k);
        let ratio = (one + k) * (other + k) / ((below + k) * (2.0 + k)) * z;
        term *= ratio;
        sum += term;
        // What is left is less than a geometric series with the larger of z and the last ratio.
        if libm::fabs(term) <= f64::EPSILON / 8.0 * libm::fabs(sum) * (1.0 - z.max(libm::fabs(ratio))) {
            return sum;
        }
    }
    f64::NAN
}
