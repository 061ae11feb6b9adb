//! How much of a match's points is left when it is some time ago.

/// What makes points fade. Ages and spans are whole minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decay {
    /// They stay.
    None,
    /// Half of them is left after each such span: 2^(-age / span).
    HalfLife(f64),
    /// They fade evenly, and are gone after the span: 1 - age / span.
    Lifespan(f64),
    /// A share of them is lost at the end of each such span: 1 - share * floor(age / span).
    Steps(f64, f64),
}

impl Decay {
    /// What is left after so many minutes, from 1 (nothing lost) to 0. It never grows with age.
    pub fn left(self, age: f64) -> f64 {
        let left = match self {
            Decay::None => 1.0,
            Decay::HalfLife(span) => halved(age / span),
            Decay::Lifespan(span) => 1.0 - age / span,
            Decay::Steps(span, share) => 1.0 - share * (age / span) as i64 as f64,
        };
        left.max(0.0)
    }
}

/// 2^(-times), for times from 0 on; exact where `times` is whole, within 1e-15 of the value elsewhere.
///
/// Additions, multiplications and divisions alone, which IEEE 754 defines to the last bit: every machine finds the same.
/// The fraction's power is the Taylor series of e^(-x ln 2), whose 18th term is below 1e-16.
fn halved(times: f64) -> f64 {
    let whole = times as u64;
    let exponent = (times - whole as f64) * -core::f64::consts::LN_2;
    let power = (1..18).rev().fold(1.0, |sum, term| 1.0 + sum * exponent / f64::from(term));
    // 2^-1023 and less is nothing that a score could tell from nothing.
    power * f64::from_bits(1023u64.saturating_sub(whole) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_life_is_exact_at_its_multiples() {
        for times in 0..1023 {
            assert_eq!(Decay::HalfLife(1_440.0).left(f64::from(times) * 1_440.0), 0.5f64.powi(times));
        }
        assert_eq!(Decay::HalfLife(1.0).left(1e300), 0.0);
    }

    #[test]
    fn between_its_multiples_it_is_the_power_of_two() {
        for minutes in 0..20_000 {
            let (ours, theirs) = (halved(f64::from(minutes) / 997.0), (-f64::from(minutes) / 997.0).exp2());
            assert!((ours / theirs - 1.0).abs() < 1e-15, "{minutes}");
        }
    }

    #[test]
    fn nothing_grows_with_age() {
        for decay in [Decay::None, Decay::HalfLife(977.0), Decay::Lifespan(9_000.0), Decay::Steps(1_000.0, 0.25)] {
            let left: Vec<f64> = (0..10_000).map(|age| decay.left(f64::from(age))).collect();
            assert!(left.windows(2).all(|pair| pair[1] <= pair[0] && (0.0..=1.0).contains(&pair[1])));
        }
    }
}
