//! Platt's calibration: a logistic curve through the scores.

use super::{Sample, sample::Totals};
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The probability of a score f is 1 / (1 + exp(a f + b)): Platt's letters and signs, so `a` is below 0 where higher scores convert more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Platt {
    /// The slope.
    pub a: f64,
    /// The intercept.
    pub b: f64,
}

/// Newton's steps at most; ten are usual.
const STEPS: usize = 100;
/// Where it stops: no derivative is larger than this share of all weight.
const LEVEL: f64 = 1e-15;

impl Platt {
    /// Learns from scores (any finite numbers: probabilities, margins, points) and what became of them.
    ///
    /// It maximises the likelihood of targets that are not quite 0 and 1 (Platt, *Probabilistic outputs for support vector machines*,
    /// 1999): (N+ + 1) / (N+ + 2) for what came true, 1 / (N- + 2) for what did not, N the weight of each. So there is a curve also
    /// where the scores separate both perfectly. Newton's method with step halving on standardised scores, in the stable form of Lin, Lin
    /// and Weng, *Machine Learning* 68 (2007) 267. Where all scores are the same, `a` is 0.
    ///
    /// # Errors
    /// As [`Sample::of_scores`].
    ///
    /// ```
    /// use privateer::evaluate::Platt;
    /// let fitted = Platt::fit(&[-1.0, -1.0, 1.0, 1.0], &[false, false, true, true], None)?;
    /// assert!((fitted.probability(1.0) - 0.75).abs() < 1e-12); // (2 + 1) / (2 + 2)
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn fit(scores: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> Result<Platt, Error> {
        let sample = Sample::of_scores(scores, outcomes, weights)?;
        // Halved and doubled, so that the sum of the largest numbers is still one.
        let mean = 2.0 * sample.mean(|case| case.prediction / 2.0);
        let largest = sample.cases.iter().map(|case| libm::fabs(case.prediction - mean)).fold(0.0, f64::max);
        let spread = if largest > 0.0 {
            largest * libm::sqrt(sample.mean(|case| square((case.prediction - mean) / largest)))
        } else {
            1.0
        };
        let Platt { a, b } = newton(&Problem::new(&sample, mean, spread));
        if largest > 0.0 { Ok(Platt { a: a / spread, b: b - a * (mean / spread) }) } else { Ok(Platt { a: 0.0, b }) }
    }

    /// The calibrated probability of a score.
    pub fn probability(&self, score: f64) -> f64 {
        logistic(-(self.a * score + self.b))
    }
}

/// Standardised scores with their targets and weights.
struct Problem {
    points: Vec<(f64, f64, f64)>,
    start: Platt,
    weight: f64,
}

/// The function and its derivatives at some place.
struct Place {
    loss: f64,
    slope: [f64; 2],
    /// Of the second derivatives: twice by a, mixed, twice by b.
    curve: [f64; 3],
}

impl Place {
    fn steepest(&self) -> f64 {
        libm::fabs(self.slope[0]).max(libm::fabs(self.slope[1]))
    }

    /// Lower; or, as far as the loss has digits, as low and more level: the parameters have twice as many digits so.
    fn is_better_than(&self, other: &Place) -> bool {
        let is_as_low = self.loss <= other.loss * (1.0 + 1e-13);
        self.loss < other.loss * (1.0 - 1e-13) || is_as_low && self.steepest() < other.steepest()
    }
}

impl Problem {
    fn new(sample: &Sample, mean: f64, spread: f64) -> Problem {
        let Totals { positive, negative } = sample.weights;
        let (high, low) = ((positive + 1.0) / (positive + 2.0), 1.0 / (negative + 2.0));
        let target = |outcome: bool| if outcome { high } else { low };
        let standardised = |score: f64| (score - mean) / spread;
        let points = sample.cases.iter().map(|case| (standardised(case.prediction), target(case.outcome), case.weight));
        let start = Platt { a: 0.0, b: libm::log((negative + 1.0) / (positive + 1.0)) };
        Problem { points: points.collect(), start, weight: sample.weight() }
    }

    /// Sums of w (ln(1 + e^-x) + (1 - t) x), x = -(a f + b), and of its derivatives by a and b.
    fn at(&self, at: Platt) -> Place {
        let mut place = Place { loss: 0.0, slope: [0.0; 2], curve: [0.0; 3] };
        for &(score, target, weight) in &self.points {
            let x = -(at.a * score + at.b);
            let p = logistic(x);
            place.loss +=
                weight * (libm::log1p(libm::exp(-libm::fabs(x))) + if x > 0.0 { (1.0 - target) * x } else { -target * x });
            let (pull, stiff) = (weight * (target - p), weight * p * logistic(-x));
            place.slope = [place.slope[0] + pull * score, place.slope[1] + pull];
            place.curve = [place.curve[0] + stiff * score * score, place.curve[1] + stiff * score, place.curve[2] + stiff];
        }
        place
    }
}

fn newton(problem: &Problem) -> Platt {
    let mut now = problem.start;
    let mut place = problem.at(now);
    for _ in 0..STEPS {
        let [da, db] = step(&place);
        if place.steepest() <= LEVEL * problem.weight {
            break;
        }
        let tries =
            (0..60).map(|halved| libm::ldexp(1.0, -halved)).map(|size| Platt { a: now.a + size * da, b: now.b + size * db });
        let better = tries.map(|next| (next, problem.at(next))).find(|(_, next)| next.is_better_than(&place));
        // Nothing is better: the last digit is reached.
        let Some((next, there)) = better else { break };
        (now, place) = (next, there);
    }
    now
}

/// Newton's step, -H⁻¹ g. The tiny addition keeps it finite where all scores are the same.
fn step(Place { slope: [ga, gb], curve: [aa, ab, bb], .. }: &Place) -> [f64; 2] {
    let (aa, bb) = (aa + 1e-12, bb + 1e-12);
    let determinant = aa * bb - ab * ab;
    [-(bb * ga - ab * gb) / determinant, -(aa * gb - ab * ga) / determinant]
}

/// 1 / (1 + e^-x), without overflow.
fn logistic(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + libm::exp(-x)) } else { libm::exp(x) / (1.0 + libm::exp(x)) }
}

fn square(number: f64) -> f64 {
    number * number
}
