//! The regularised incomplete gamma functions, lower P(a, x) and upper Q(a, x) = 1 - P(a, x).

use core::f64::consts::PI;

/// Where series and fraction stop: the next term no longer changes the sum.
const SMALLEST: f64 = f64::EPSILON / 4.0;
/// Steps grow like the square root of `a`; this is enough for a = 1e9, and an end in any case.
const STEPS: u32 = 1_000_000;

/// P(a, x) for a > 0 and x >= 0: the series below the mode, the complement of the fraction above.
pub(super) fn lower(a: f64, x: f64) -> f64 {
    if x < a + 1.0 { series(a, x) } else { 1.0 - fraction(a, x) }
}

/// Q(a, x) for a > 0 and x >= 0, accurate relatively in the upper tail.
pub(super) fn upper(a: f64, x: f64) -> f64 {
    if x < a + 1.0 { 1.0 - series(a, x) } else { fraction(a, x) }
}

/// P(a, x) as x^a e^-x / Γ(a+1) · (1 + x/(a+1) + x²/((a+1)(a+2)) + ...) (NIST DLMF 8.11.4).
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut next) = (1.0, 1.0, a);
    for _ in 0..STEPS {
        next += 1.0;
        term *= x / next;
        sum += term;
        if term < sum * SMALLEST {
            break;
        }
    }
    sum * prefactor(a, x)
}

/// Q(a, x) by Legendre's continued fraction in its even form (NIST DLMF 8.9.2), summed by Lentz's method as modified
/// by Thompson and Barnett, *J. Comput. Phys.* 64 (1986) 490.
fn fraction(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        return 0.0;
    }
    let tiny = f64::MIN_POSITIVE / f64::EPSILON;
    let mut odd = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / odd);
    let mut value = d;
    for step in 1..STEPS {
        let step = f64::from(step);
        let partial = step * (a - step);
        odd += 2.0;
        d = 1.0 / nonzero(partial * d + odd, tiny);
        c = nonzero(odd + partial / c, tiny);
        value *= c * d;
        if libm::fabs(c * d - 1.0) < 2.0 * f64::EPSILON {
            break;
        }
    }
    value * a * prefactor(a, x)
}

fn nonzero(value: f64, tiny: f64) -> f64 {
    if libm::fabs(value) < tiny { tiny } else { value }
}

/// x^a e^-x / Γ(a+1), without the cancellation of large logarithms: Loader, *Fast and Accurate Computation of
/// Binomial Probabilities* (2000), the Poisson density at `a` with mean `x`.
fn prefactor(a: f64, x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { libm::exp(-stirling_error(a) - deviance(a, x)) / libm::sqrt(2.0 * PI * a) }
}

/// ln Γ(a+1) minus Stirling's approximation, (a + 1/2) ln a - a + ln(2π)/2.
///
/// From 15 on by Stirling's series (Abramowitz and Stegun 6.1.41), whose next term is below 1e-17 there.
fn stirling_error(a: f64) -> f64 {
    if a < 15.0 {
        return libm::lgamma(a + 1.0) - (a + 0.5) * libm::log(a) + a - libm::log(2.0 * PI) / 2.0;
    }
    let square = a * a;
    let terms = [1.0 / 156.0, -691.0 / 360_360.0, 1.0 / 1_188.0, -1.0 / 1_680.0, 1.0 / 1_260.0, -1.0 / 360.0, 1.0 / 12.0];
    terms.iter().fold(0.0, |sum, term| term + sum / square) / a
}

/// a ln(a/x) + x - a, Loader's bd0: by a series where both are close and the plain form would cancel.
fn deviance(a: f64, x: f64) -> f64 {
    let difference = a - x;
    if libm::fabs(difference) >= 0.1 * (a + x) {
        return a * libm::log(a / x) + x - a;
    }
    // With v = (a-x)/(a+x): ln(a/x) = 2 (v + v³/3 + v⁵/5 + ...).
    let v = difference / (a + x);
    let mut power = 2.0 * a * v;
    let mut sum = difference * v;
    for odd in 1..1_000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * odd + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}
