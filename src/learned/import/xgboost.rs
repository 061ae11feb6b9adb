//! XGBoost's JSON, as `save_model("….json")` writes it.
//!
//! Left is x < threshold with both in single precision, so it is x <= the next smaller single precision number; missing values go
//! the way of `default_left`. Right is being in a node's set of categories; a category that is none, such as -1, goes left.
//! Leaves are added to the base in single precision. `base_score` is on the value's scale, and is since 3.0 written as a list.

use super::{json::At, unsupported};
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft, Part, Tree},
    kinds::{Feature, Kind},
    most,
    run::{flag, link},
};

pub(super) fn read(root: &At<'_>) -> Result<Draft, Error> {
    let learner = root.get("learner")?;
    let param = learner.get("learner_model_param")?;
    for (name, most) in [("num_class", 1), ("num_target", 1)] {
        if let Some(count) = param.find(name).filter(|count| count.whole().is_ok_and(|count| count > most)) {
            return Err(unsupported(count.path, "Models of more than two classes, or of several targets, are not supported."));
        }
    }
    let mut draft = Draft::new(features(&learner, &param)?);
    draft.flags = flag::ROUND | flag::SINGLE;
    let objective = learner.get("objective")?.get("name")?;
    let (link, margin) = objective_of(&objective)?;
    draft.link = link;
    let base = base_score(&param.get("base_score")?)?;
    draft.base = margin(base);
    if !draft.base.is_finite() {
        return Err(Error::new(
            "not-finite",
            "$.learner.learner_model_param.base_score",
            "The base score has no margin under this objective.",
        ));
    }
    booster(&mut draft, &learner.get("gradient_booster")?)?;
    Ok(draft)
}

fn booster(draft: &mut Draft, booster: &At<'_>) -> Result<(), Error> {
    let name = booster.get("name")?;
    match name.text()? {
        "gbtree" => read_trees(draft, &booster.get("model")?, |_| Ok(1.0)),
        "dart" => {
            let weights = booster.get("weight_drop")?.numbers()?;
            let model = booster.get("gbtree")?.get("model")?;
            read_trees(draft, &model, |place| weights.get(place).copied().ok_or_else(|| model.wrong("as many trees as weights")))
        }
        "gblinear" => {
            let weights = booster.get("model")?.get("weights")?;
            let numbers = weights.numbers()?;
            if numbers.len() != draft.features.len() + 1 {
                return Err(weights.wrong("one weight a feature, and a bias"));
            }
            draft.base += numbers.last().copied().unwrap_or(0.0);
            (0..draft.features.len()).for_each(|feature| draft.add_linear(feature, numbers[feature], 0.0));
            Ok(())
        }
        other => Err(unsupported(name.path, format!("The booster \"{other}\" is unknown."))),
    }
}

fn read_trees(draft: &mut Draft, model: &At<'_>, weight: impl Fn(usize) -> Result<f64, Error>) -> Result<(), Error> {
    for (place, at) in model.get("trees")?.list()?.iter().enumerate() {
        draft.trees.push(tree(at, weight(place)?)?);
    }
    Ok(())
}

fn tree(at: &At<'_>, weight: f64) -> Result<Tree, Error> {
    let (left, right) = (at.get("left_children")?.wholes()?, at.get("right_children")?.wholes()?);
    let (asked, numbers) = (at.get("split_indices")?.wholes()?, at.get("split_conditions")?.numbers()?);
    let defaults: Vec<bool> = at.get("default_left")?.list()?.iter().map(At::truth).collect::<Result<_, _>>()?;
    let covers = at.find("sum_hessian").map_or(Ok(vec![1.0; left.len()]), |covers| covers.numbers())?;
    let kinds = at.find("split_type").map_or(Ok(vec![0; left.len()]), |kinds| kinds.wholes())?;
    let lengths = [right.len(), asked.len(), numbers.len(), defaults.len(), covers.len(), kinds.len()];
    if left.is_empty() || lengths.iter().any(|length| *length != left.len()) {
        return Err(Error::new(
            "wrong-length",
            &at.path,
            "The lists of a tree must have one entry for each node, and there must be one.",
        ));
    }
    let mut sets = sets(at, left.len())?;
    let size = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let part = |place: usize| {
        if left[place] == -1 {
            // A dart's tree counts as much as its weight, in single precision.
            return Ok(Part::leaf(f64::from(weight as f32 * numbers[place] as f32), covers[place]));
        }
        let (feature, left, right) = (size(asked[place]), size(left[place]), size(right[place]));
        if kinds[place] == 1 {
            let set = sets.get_mut(place).and_then(Option::take).ok_or_else(|| at.wrong("a set for each categorical node"))?;
            return Ok(Part::Split { feature, ask: Ask::Among(set), missing_right: defaults[place], left: right, right: left });
        }
        let threshold = numbers[place] as f32;
        if !threshold.is_finite() {
            return Err(Error::new(
                "not-finite",
                format!("{}.split_conditions[{place}]", at.path),
                "A threshold is beyond single precision.",
            ));
        }
        Ok(Part::Split {
            feature,
            ask: Ask::AtMost(f64::from(threshold.next_down())),
            missing_right: !defaults[place],
            left,
            right,
        })
    };
    Ok(Tree { line: None, nodes: (0..left.len()).map(part).collect::<Result<_, _>>()? })
}

/// The categories of each categorical node, by the node's number.
fn sets(at: &At<'_>, count: usize) -> Result<Vec<Option<Vec<usize>>>, Error> {
    let mut sets = vec![None; count];
    let Some(nodes) = at.find("categories_nodes") else { return Ok(sets) };
    let (starts, sizes) = (at.get("categories_segments")?.wholes()?, at.get("categories_sizes")?.wholes()?);
    let categories = at.get("categories")?;
    let known: Vec<usize> = categories
        .wholes()?
        .into_iter()
        .map(|category| usize::try_from(category).ok().filter(|category| *category < most::CATEGORIES))
        .collect::<Option<_>>()
        .ok_or_else(|| categories.wrong(&format!("categories from 0 to {}", most::CATEGORIES - 1)))?;
    for (place, node) in nodes.wholes()?.into_iter().enumerate() {
        let part = || {
            let start = usize::try_from(*starts.get(place)?).ok()?;
            known.get(start..start.checked_add(usize::try_from(*sizes.get(place)?).ok()?)?)
        };
        let set = usize::try_from(node).ok().and_then(|node| sets.get_mut(node));
        let (Some(set), Some(part)) = (set, part()) else { return Err(nodes.wrong("nodes with a part of the categories")) };
        *set = Some(part.to_vec());
    }
    Ok(sets)
}

fn features(learner: &At<'_>, param: &At<'_>) -> Result<Vec<Feature>, Error> {
    let texts = |name: &str| -> Result<Vec<&str>, Error> {
        learner.find(name).map_or(Ok(Vec::new()), |list| list.list()?.iter().map(At::text).collect())
    };
    let count = param.get("num_feature")?;
    let size = usize::try_from(count.whole()?).ok().filter(|size| *size <= most::FEATURES);
    let size = size.ok_or_else(|| count.wrong(&format!("a number of features up to {}", most::FEATURES)))?;
    let (names, types) = (texts("feature_names")?, texts("feature_types")?);
    if [names.len(), types.len()].iter().any(|length| *length != 0 && *length != size) {
        return Err(Error::new(
            "wrong-length",
            &learner.path,
            format!("There must be {size} names and types of features, or none."),
        ));
    }
    let feature = |place: usize| Feature {
        name: names.get(place).map_or_else(|| format!("f{place}"), |name| (*name).to_owned()),
        kind: if types.get(place) == Some(&"c") {
            Kind::Category { categories: categories(learner, place).unwrap_or_default() }
        } else {
            Kind::Number
        },
    };
    Ok((0..size).map(feature).collect())
}

/// The names of a data frame's categories, where the model keeps them (since 3.1).
fn categories(learner: &At<'_>, place: usize) -> Option<Vec<String>> {
    let list = learner.value.pointer("/gradient_booster/model/cats/enc")?.get(place)?;
    let (values, offsets) = (list.get("values")?.as_array()?, list.get("offsets").and_then(|offsets| offsets.as_array()));
    let Some(offsets) = offsets else { return Some(values.iter().map(ToString::to_string).collect()) };
    let bytes: Vec<u8> = values.iter().map(|value| value.as_i64().map(|byte| byte as u8)).collect::<Option<_>>()?;
    let ends: Vec<usize> = offsets.iter().map(|end| usize::try_from(end.as_u64()?).ok()).collect::<Option<_>>()?;
    ends.windows(2).map(|pair| Some(String::from_utf8_lossy(bytes.get(pair[0]..pair[1])?).into_owned())).collect()
}

/// `"[5E-1]"`, `"5E-1"` or a number.
fn base_score(at: &At<'_>) -> Result<f64, Error> {
    let Some(text) = at.value.as_str() else { return at.number() };
    let one = text.trim_start_matches('[').trim_end_matches(']');
    one.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| at.wrong("one finite number"))
}

type Margin = fn(f64) -> f64;

/// The link, and the margin of a base score.
fn objective_of(objective: &At<'_>) -> Result<(usize, Margin), Error> {
    // As XGBoost computes it, in single precision: -ln(1/p - 1).
    let logit: Margin = |p| f64::from(-(libm::log(f64::from(1.0 / p as f32 - 1.0)) as f32));
    let log: Margin = |mean| f64::from(libm::log(mean) as f32);
    let same: Margin = |base| f64::from(base as f32);
    Ok(match objective.text()? {
        "binary:logistic" | "reg:logistic" => (link::LOGISTIC, logit),
        "binary:logitraw" => (link::IDENTITY, same),
        "count:poisson" | "reg:gamma" | "reg:tweedie" => (link::EXP, log),
        "reg:squarederror"
        | "reg:linear"
        | "reg:absoluteerror"
        | "reg:pseudohubererror"
        | "reg:squaredlogerror"
        | "rank:pairwise"
        | "rank:ndcg"
        | "rank:map" => (link::IDENTITY, same),
        other => {
            return Err(unsupported(
                &objective.path,
                format!("XGBoost's objective \"{other}\" is not supported: only two classes, or one number."),
            ));
        }
    })
}
