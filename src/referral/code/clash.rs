//! The odds that two random codes are the same.

use super::Codes;

/// So few codes are multiplied out one by one.
const FEW: f64 = 1_000.0;

/// The odds of any clash among `codes` that are drawn at random out of `space`, all equally likely: 1 - ∏ᵢ₌₁ᵏ⁻¹ (1 - i/N).
///
/// To about 12 digits, tiny odds as well as large ones. Up to 1,000 codes by the product itself, as the sum of ln(1 - i/N); beyond, that sum
/// by the formula of Euler and Maclaurin (NIST DLMF 2.10.1), with the integral as a series where codes are few among many, so that
/// nothing cancels out. 1 for more codes than there are; 0 for fewer than two.
///
/// ```
/// # use privateer::referral::code::clash_odds;
/// assert!((clash_odds(365.0, 23.0) - 0.507297234324).abs() < 1e-12); // the birthday problem: von Mises 1939
/// ```
pub fn clash_odds(space: f64, codes: f64) -> f64 {
    let last = codes - 1.0;
    match () {
        () if space.is_nan() || last.is_nan() => f64::NAN,
        () if last < 1.0 => 0.0,
        () if last >= space => 1.0,
        () if codes <= FEW => -libm::expm1(one_by_one(space, last)),
        () => -libm::expm1(at_once(space, last)),
    }
}

fn one_by_one(space: f64, last: f64) -> f64 {
    (1..=last as u32).map(|step| libm::log1p(-f64::from(step) / space)).sum()
}

/// Σᵢ₌₀ᵐ f(i) with f(x) = ln(1 - x/N): ∫f + (f(0) + f(m))/2 + (f'(m) - f'(0))/12 - (f'''(m) - f'''(0))/720 + …; more terms would add less than
/// 10⁻⁹ where more than 30 codes are left over, and nothing is left of the odds of no clash where fewer are.
fn at_once(space: f64, last: f64) -> f64 {
    let left = space - last;
    let first = last / (space * left);
    let third = 2.0 * (1.0 / (left * left * left) - 1.0 / (space * space * space));
    integral(space, last / space) + libm::log1p(-last / space) / 2.0 - first / 12.0 + third / 720.0
}

/// ∫ ln(1 - x/N) from 0 to rN: -N ((1 - r) ln(1 - r) + r), which is -N Σⱼ r^(j+1) / (j(j+1)).
fn integral(space: f64, share: f64) -> f64 {
    if share > 0.1 {
        return -space * ((1.0 - share) * libm::log1p(-share) + share);
    }
    let mut power = share;
    let mut sum = 0.0;
    for term in 1..=16 {
        power *= share;
        sum += power / f64::from(term * (term + 1));
    }
    -space * sum
}

impl Codes {
    /// How many random codes of this length there are, blocked ones included.
    pub fn space(&self) -> f64 {
        (0..self.free()).map(|_| f64::from(self.alphabet.size())).product()
    }

    /// The odds of any clash among so many random codes; see [`clash_odds`]. Blocked words leave a little fewer codes, and make the odds larger
    /// by that share: with the published list by 7 % of themselves.
    pub fn clash_odds(&self, codes: f64) -> f64 {
        clash_odds(self.space(), codes)
    }
}
