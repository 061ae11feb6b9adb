//! Our own JSON, for models that have no common form: what `privateer_export.py` writes, and what people may write by hand.

use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft, Part, Term, Tree, not_finite},
    kinds::{Calibration, Feature},
    run::{flag, link},
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "privateer")]
    _privateer: String,
    version: u32,
    /// The program that trained it, for people.
    #[serde(rename = "trainer")]
    _trainer: Option<String>,
    features: Vec<Given>,
    #[serde(default)]
    link: Link,
    #[serde(default = "one")]
    scale: f64,
    #[serde(default)]
    base: f64,
    #[serde(default = "one")]
    divisor: f64,
    /// Whether inputs are rounded to single precision.
    #[serde(default)]
    single: bool,
    #[serde(default)]
    terms: Vec<Sum>,
    #[serde(default)]
    trees: Vec<Nodes>,
    calibration: Option<Calibration>,
}

#[derive(Deserialize)]
struct Given {
    #[serde(flatten)]
    feature: Feature,
    /// What a missing value is taken for.
    missing: Option<f64>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Link {
    #[default]
    Identity,
    Logistic,
    Exp,
    Cloglog,
    Loglog,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Sum {
    Linear {
        feature: usize,
        weight: f64,
        #[serde(default)]
        mean: f64,
    },
    Product {
        factors: Vec<usize>,
        weight: f64,
        name: String,
    },
    Table {
        feature: usize,
        values: Vec<f64>,
        #[serde(default)]
        missing: f64,
    },
    /// Mean and variance, with the class and without; `constant` is ½ ln of the variances' quotient.
    Normal {
        feature: usize,
        none: [f64; 2],
        some: [f64; 2],
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nodes {
    /// The whole leaf is this feature's part of the sum, instead of what each split changes.
    line: Option<usize>,
    /// -1 in a leaf.
    left: Vec<i64>,
    right: Vec<i64>,
    feature: Vec<i64>,
    threshold: Vec<f64>,
    missing_left: Option<Vec<bool>>,
    value: Vec<f64>,
    cover: Option<Vec<f64>>,
}

const fn one() -> f64 {
    1.0
}

pub(super) fn read(text: &str) -> Result<Draft, Error> {
    let written: Written = serde_json::from_str(text)
        .map_err(|error| Error::new("wrong-type", "$", format!("The model cannot be read: {error}.")))?;
    if written.version != 1 {
        return Err(Error::new(
            "unsupported",
            "$.version",
            format!("Version {} of the model's form is unknown: this is version 1.", written.version),
        ));
    }
    let (features, defaults): (Vec<Feature>, Vec<f64>) =
        written.features.into_iter().map(|given| (given.feature, given.missing.unwrap_or(f64::NAN))).unzip();
    let mut draft = Draft { defaults, ..Draft::new(features) };
    draft.flags = if written.single { flag::ROUND } else { 0 };
    draft.link = match written.link {
        Link::Identity => link::IDENTITY,
        Link::Logistic => link::LOGISTIC,
        Link::Exp => link::EXP,
        Link::Cloglog => link::CLOGLOG,
        Link::Loglog => link::LOGLOG,
    };
    (draft.scale, draft.base, draft.divisor) = (written.scale, written.base, written.divisor);
    for (place, sum) in written.terms.into_iter().enumerate() {
        add(&mut draft, sum, &format!("$.terms[{place}]"))?;
    }
    for (place, nodes) in written.trees.iter().enumerate() {
        let tree = tree(nodes, draft.features.len()).map_err(|error| error.within(&format!("$.trees[{place}]")))?;
        draft.trees.push(tree);
    }
    draft.calibration = written.calibration.unwrap_or(Calibration::None);
    Ok(draft)
}

fn add(draft: &mut Draft, sum: Sum, path: &str) -> Result<(), Error> {
    let known = |features: &[usize]| match features.iter().all(|feature| *feature < draft.features.len()) && !features.is_empty()
    {
        true => Ok(()),
        false => Err(Error::new(
            "unknown-feature",
            path,
            format!("A term names a feature that is not there; there are {}.", draft.features.len()),
        )),
    };
    match sum {
        Sum::Linear { feature, weight, mean } => {
            known(&[feature])?;
            draft.add_linear(feature, weight, mean);
        }
        Sum::Product { factors, weight, name } => {
            known(&factors)?;
            let line = draft.line(&name);
            draft.terms.push(Term {
                line,
                weight,
                factors: factors.into_iter().map(|factor| (factor, 0.0)).collect(),
                lenient: false,
            });
        }
        Sum::Table { feature, values, missing } => {
            known(&[feature])?;
            draft.add_table(feature, &values, missing);
        }
        Sum::Normal { feature, none: [none, none_variance], some: [some, some_variance] } => {
            known(&[feature])?;
            if !(none_variance > 0.0 && some_variance > 0.0) {
                return Err(not_finite(path));
            }
            // Squared distances, each by half of its precision; and what the variances say, where the feature is not missing.
            for (mean, weight) in [(none, 0.5 / none_variance), (some, -0.5 / some_variance)] {
                draft.terms.push(Term { line: feature, weight, factors: vec![(feature, mean); 2], lenient: true });
            }
            let constant = 0.5 * (libm::log(none_variance) - libm::log(some_variance));
            let present = Part::Split { feature, ask: Ask::AtMost(f64::MAX), missing_right: true, left: 1, right: 2 };
            draft.trees.push(Tree { line: Some(feature), nodes: vec![present, Part::leaf(constant, 0.0), Part::leaf(0.0, 0.0)] });
        }
    }
    Ok(())
}

fn tree(nodes: &Nodes, features: usize) -> Result<Tree, Error> {
    let count = nodes.left.len();
    let lengths = [nodes.right.len(), nodes.feature.len(), nodes.threshold.len(), nodes.value.len()];
    let also = [nodes.missing_left.as_ref().map(Vec::len), nodes.cover.as_ref().map(Vec::len)];
    if count == 0 || lengths.iter().chain(also.iter().flatten()).any(|length| *length != count) {
        return Err(Error::new(
            "wrong-length",
            "",
            "The lists of a tree must have one entry for each node, and there must be one.",
        ));
    }
    if nodes.line.is_some_and(|line| line >= features) {
        return Err(Error::new("unknown-feature", ".line", format!("A tree's line is a feature; there are {features}.")));
    }
    let size = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let missing_left = |place: usize| nodes.missing_left.as_ref().is_some_and(|left| left[place]);
    let cover = |place: usize| nodes.cover.as_ref().map_or(1.0, |covers| covers[place]);
    let part = |place: usize| match nodes.left[place] {
        -1 => Part::leaf(nodes.value[place], cover(place)),
        left => Part::Split {
            feature: size(nodes.feature[place]),
            ask: Ask::AtMost(nodes.threshold[place]),
            missing_right: !missing_left(place),
            left: size(left),
            right: size(nodes.right[place]),
        },
    };
    Ok(Tree { line: nodes.line, nodes: (0..count).map(part).collect() })
}
