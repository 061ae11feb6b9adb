//! Cases that can be judged.

use crate::{error::Error, stats::order};

/// Predictions with their outcomes, checked. A case of weight 0 is left out; without weights each case weighs 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The cases by rising prediction; of equal predictions in the order given.
    pub(super) cases: Vec<Case>,
    /// The weights of those that came true, and of those that did not; both above 0.
    pub(super) weights: Totals,
}

/// One case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Case {
    pub prediction: f64,
    pub outcome: bool,
    pub weight: f64,
}

/// What came true and what did not, by weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Totals {
    pub positive: f64,
    pub negative: f64,
}

impl Totals {
    pub fn add(self, case: &Case) -> Totals {
        let Totals { positive, negative } = self;
        if case.outcome {
            Totals { positive: positive + case.weight, negative }
        } else {
            Totals { positive, negative: negative + case.weight }
        }
    }

    pub fn sum(self) -> f64 {
        self.positive + self.negative
    }
}

impl Sample {
    /// Predicted probabilities, from 0 to 1, and what became of them.
    ///
    /// # Errors
    /// * `empty`: there are no cases.
    /// * `length-mismatch`: not as many outcomes, or weights, as predictions.
    /// * `not-finite`: a prediction or a weight is no finite number.
    /// * `out-of-range`: a prediction is below 0 or above 1.
    /// * `negative`: a weight is.
    /// * `one-class`: nothing came true, or everything did (what has weight 0 does not count).
    pub fn of_probabilities(predictions: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> Result<Sample, Error> {
        let outside = |prediction: &f64| *prediction < 0.0 || *prediction > 1.0;
        let sample = Sample::of_scores(predictions, outcomes, weights)?;
        match predictions.iter().position(outside) {
            Some(place) => Err(at("out-of-range", "predictions", place, "A probability lies between 0 and 1.")),
            None => Ok(sample),
        }
    }

    /// Scores, which may be any finite numbers, and what became of them.
    ///
    /// # Errors
    /// As [`Sample::of_probabilities`], but for `out-of-range`.
    pub fn of_scores(predictions: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> Result<Sample, Error> {
        check(predictions, outcomes.len(), weights)?;
        let weight = |place: usize| weights.and_then(|weights| weights.get(place)).copied().unwrap_or(1.0);
        let all = predictions.iter().zip(outcomes).enumerate();
        let case = |(place, (prediction, outcome)): (usize, (&f64, &bool))| Case {
            prediction: *prediction,
            outcome: *outcome,
            weight: weight(place),
        };
        let given: Vec<Case> = all.map(case).filter(|case| case.weight > 0.0).collect();
        let rising = order(given.len(), &|one, other| given[one].prediction.total_cmp(&given[other].prediction));
        let cases: Vec<Case> = rising.into_iter().map(|place| given[place]).collect();
        let weights = cases.iter().fold(Totals::default(), Totals::add);
        if weights.positive > 0.0 && weights.negative > 0.0 {
            return Ok(Sample { cases, weights });
        }
        Err(Error::new("one-class", "outcomes", "Some cases must have come true, and some not; these were all alike."))
    }

    /// The weight of all cases.
    pub(super) fn weight(&self) -> f64 {
        self.weights.sum()
    }

    /// The mean over all cases, by their weights.
    pub(super) fn mean(&self, of: impl Fn(&Case) -> f64) -> f64 {
        self.cases.iter().map(|case| case.weight * of(case)).sum::<f64>() / self.weight()
    }

    /// The cases of equal prediction together, by rising prediction: the prediction, and the weights of its outcomes.
    pub(super) fn ties(&self) -> impl DoubleEndedIterator<Item = (f64, Totals)> {
        let groups = self.cases.chunk_by(|one, next| one.prediction == next.prediction);
        groups.filter_map(|group| Some((group.first()?.prediction, group.iter().fold(Totals::default(), Totals::add))))
    }
}

impl Case {
    /// The outcome as a number: 1 for what came true.
    pub fn outcome(&self) -> f64 {
        f64::from(u8::from(self.outcome))
    }
}

fn check(predictions: &[f64], outcomes: usize, weights: Option<&[f64]>) -> Result<(), Error> {
    if predictions.is_empty() {
        return Err(Error::new("empty", "predictions", "There is nothing to judge: give at least two cases."));
    }
    for (name, length) in [("outcomes", outcomes), ("weights", weights.map_or(predictions.len(), <[f64]>::len))] {
        if length != predictions.len() {
            return Err(Error::new("length-mismatch", name, "Give one for each prediction."));
        }
    }
    finite("predictions", predictions)?;
    finite("weights", weights.unwrap_or_default())?;
    match weights.unwrap_or_default().iter().position(|weight| *weight < 0.0) {
        Some(place) => Err(at("negative", "weights", place, "A weight is 0 or more.")),
        None => Ok(()),
    }
}

fn finite(name: &str, numbers: &[f64]) -> Result<(), Error> {
    match numbers.iter().position(|number| !number.is_finite()) {
        Some(place) => Err(at("not-finite", name, place, "This must be a finite number.")),
        None => Ok(()),
    }
}

fn at(code: &'static str, name: &str, place: usize, message: &str) -> Error {
    Error::new(code, format!("{name}[{place}]"), message)
}
