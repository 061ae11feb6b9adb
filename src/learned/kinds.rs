//! What a model takes and what it tells.

use serde::{Deserialize, Serialize};

/// One number of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Its name, as the trainer knew it.
    pub name: String,
    /// What its number means.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What a feature's number means. Not a number is a missing value, of either kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// A number.
    Number,
    /// The place of a category in the list, from 0; -1 for one that is not in it. The list is empty where the trainer wrote
    /// none: then the number is the trainer's own code.
    Category {
        /// The categories' names.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        categories: Vec<String>,
    },
}

/// How a value becomes a probability that holds: fitted on rows that the model had not seen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Calibration {
    /// None: the value is the link of the margin.
    None,
    /// Platt's: 1 / (1 + e^(a·x + b)). A larger x is more likely where `a` is negative.
    Sigmoid {
        /// The slope, with its sign turned.
        a: f64,
        /// The offset.
        b: f64,
        /// What x is.
        of: Of,
    },
    /// Straight lines between knots, whose xs rise; beyond the ends, the ends.
    Isotonic {
        /// Where the knots are.
        xs: Vec<f64>,
        /// What is likely there.
        ys: Vec<f64>,
        /// What x is.
        of: Of,
    },
}

/// What a calibration is of: what it was fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// The model's margin.
    Margin,
    /// Its value.
    Value,
}

/// An answer, with its sum.
///
/// Law: `base`, then each of `contributions` in order, then `rounding`, added from the left, is `margin` to the last bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The probability, the expected number, the points. Not a number where the model has no answer.
    pub value: f64,
    /// The sum before link and calibration: log odds, as a rule.
    pub margin: f64,
    /// What the sum is for nobody in particular.
    pub base: f64,
    /// What each line adds: each feature first, then what belongs to no single one (a scorecard's characteristics, products).
    pub contributions: Vec<f64>,
    /// What the trainer's order of adding leaves: some units of the last place.
    pub rounding: f64,
    /// A scorecard's reason codes, the strongest first. None for other models.
    pub reasons: Vec<Reason>,
}

/// Why somebody has not more points (or, with `pointsAbove`, not fewer).
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The card's word for it.
    pub code: String,
    /// Points from the baselines of all characteristics with this code, 0 or more.
    pub points: f64,
}
