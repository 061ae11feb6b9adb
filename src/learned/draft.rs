//! A model as importers make it, before it is a file.

use super::{
    kinds::{Calibration, Feature, Kind},
    most,
    run::{FEATURE, NONE, NOWHERE, flag},
};
use crate::error::Error;

/// A model that is still being put together.
#[derive(Debug)]
pub(super) struct Draft {
    pub features: Vec<Feature>,
    /// What a missing value of a feature is taken for; not a number where it stays missing.
    pub defaults: Vec<f64>,
    /// Names of the lines after the features'.
    pub lines: Vec<String>,
    pub codes: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub flags: usize,
    pub link: usize,
    pub scale: f64,
    pub base: f64,
    /// What all of the sum is divided by.
    pub divisor: f64,
    pub calibration: Calibration,
    pub terms: Vec<Term>,
    pub trees: Vec<Tree>,
}

/// What stands behind a scorecard's leaf.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribute {
    pub baseline: f64,
    /// Points are the leaf's number and slope · x of this feature.
    pub slope: f64,
    pub field: u16,
    pub code: u16,
}

/// A part of the sum that is no tree: weight · (x - mean) · (y - mean) · …
#[derive(Debug)]
pub(super) struct Term {
    pub line: usize,
    pub weight: f64,
    /// Features with their means.
    pub factors: Vec<(usize, f64)>,
    /// Whether it adds nothing where a factor is missing. Otherwise the model has no answer then.
    pub lenient: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The line of a characteristic; otherwise the path tells each feature's part.
    pub line: Option<usize>,
    pub nodes: Vec<Part>,
}

/// A node. The first of a tree is its root.
#[derive(Debug)]
pub(super) enum Part {
    Leaf { value: f64, cover: f64, attribute: u16 },
    Split { feature: usize, ask: Ask, missing_right: bool, left: usize, right: usize },
}

/// What a split asks; yes is left.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    AtMost(f64),
    /// The same, where a zero is missing.
    AtMostOrZero(f64),
    Among(Vec<usize>),
}

impl Part {
    pub fn leaf(value: f64, cover: f64) -> Part {
        Part::Leaf { value, cover, attribute: NONE }
    }
}

impl Draft {
    pub fn new(features: Vec<Feature>) -> Draft {
        Draft {
            defaults: vec![f64::NAN; features.len()],
            features,
            lines: Vec::new(),
            codes: Vec::new(),
            attributes: Vec::new(),
            flags: 0,
            link: 0,
            scale: 1.0,
            base: 0.0,
            divisor: 1.0,
            calibration: Calibration::None,
            terms: Vec::new(),
            trees: Vec::new(),
        }
    }

    /// A line of its own; its place among all lines.
    pub fn line(&mut self, name: &str) -> usize {
        self.lines.push(name.to_owned());
        self.features.len() + self.lines.len() - 1
    }

    /// weight · (x - mean), in the feature's own line.
    pub fn add_linear(&mut self, feature: usize, weight: f64, mean: f64) {
        self.terms.push(Term { line: feature, weight, factors: vec![(feature, mean)], lenient: false });
    }

    /// One number a category, and one for what is missing or no category of the list: a tree that halves the list.
    pub fn add_table(&mut self, feature: usize, values: &[f64], missing: f64) {
        let other = || Part::leaf(missing, 0.0);
        let at_most = |threshold: f64, missing_right, left, right| Part::Split {
            feature,
            ask: Ask::AtMost(threshold),
            missing_right,
            left,
            right,
        };
        // Fractions are cut off, so that category k reaches up to the next one.
        let below = |category: usize| (category as f64).next_down();
        let mut nodes = vec![at_most(-1.0, false, 1, 2), other(), at_most(below(values.len()), true, 4, 3), other(), other()];
        let mut open = vec![(4, 0, values.len())];
        while let Some((place, from, to)) = open.pop() {
            if to - from < 2 {
                nodes[place] = values.get(from).map_or_else(other, |value| Part::leaf(*value, 0.0));
                continue;
            }
            let (middle, left) = (from + (to - from) / 2, nodes.len());
            nodes[place] = at_most(below(middle), true, left, left + 1);
            nodes.extend([other(), other()]);
            open.extend([(left, from, middle), (left + 1, middle, to)]);
        }
        self.trees.push(Tree { line: Some(feature), nodes });
    }

    /// The place of a reason code, which may be new.
    pub fn code(&mut self, name: &str) -> u16 {
        let place = self.codes.iter().position(|code| code == name).unwrap_or_else(|| {
            self.codes.push(name.to_owned());
            self.codes.len() - 1
        });
        place as u16 // checked with the rest
    }

    /// What a file cannot hold, or what makes no sense, is refused.
    pub fn check(&self) -> Result<(), Error> {
        let most = |count: usize, most: usize, what: &str| {
            let message = format!("The model has {count} {what}; at most {most} are possible.");
            if count > most { Err(Error::new("too-large", "$", message)) } else { Ok(()) }
        };
        most(self.features.len(), most::FEATURES, "features")?;
        most(self.features.len() + self.lines.len() + self.codes.len(), usize::from(NOWHERE) - 1, "lines and reason codes")?;
        most(self.attributes.len(), usize::from(FEATURE) - 1, "attributes")?;
        for feature in &self.features {
            if let Kind::Category { categories } = &feature.kind {
                most(categories.len(), most::CATEGORIES, "categories in one feature")?;
            }
        }
        let numbers = [self.base, self.divisor, self.scale];
        if numbers.iter().any(|number| !number.is_finite()) || self.divisor == 0.0 {
            return Err(not_finite("$"));
        }
        Ok(())
    }

    pub fn defaults_flag(&self) -> usize {
        if self.defaults.iter().any(|default| !default.is_nan()) { flag::DEFAULTS } else { 0 }
    }
}

pub(super) fn not_finite(path: impl Into<String>) -> Error {
    Error::new("not-finite", path, "A weight, a threshold or a leaf is not a finite number.")
}
