//! LightGBM's JSON, as `dump_model` writes it.

use super::{
    json::At,
    lightgbm::{Missing, features, numeric, one_sum, set_objective},
    unsupported,
};
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft, Part, Tree},
    most,
};

pub(super) fn read(root: &At<'_>) -> Result<Draft, Error> {
    let per_iteration = root.get("num_tree_per_iteration")?;
    one_sum(per_iteration.whole()?, &per_iteration.path)?;
    let names: Vec<String> =
        root.get("feature_names")?.list()?.iter().map(|name| name.text().map(str::to_owned)).collect::<Result<_, _>>()?;
    // A dump names the values of a categorical feature, and none of another one.
    let infos = root.find("feature_infos");
    let is_categorical = |name: &String| {
        infos
            .as_ref()
            .and_then(|infos| infos.find(name)?.value.get("values")?.as_array())
            .is_some_and(|values| !values.is_empty())
    };
    let categorical: Vec<bool> = names.iter().map(is_categorical).collect();
    let mut draft = Draft::new(features(&names, &categorical, lists(root)?));

    if let Some(objective) = root.find("objective") {
        set_objective(&mut draft, objective.text()?, &objective.path)?;
    }
    for tree in root.get("tree_info")?.list()? {
        draft.trees.push(Tree { line: None, nodes: parts(tree.get("tree_structure")?)? });
    }
    if root.find("average_output").map_or(Ok(false), |told| told.truth())? {
        draft.divisor = draft.trees.len().max(1) as f64;
    }
    Ok(draft)
}

fn lists(root: &At<'_>) -> Result<Vec<Vec<String>>, Error> {
    let Some(lists) = root.find("pandas_categorical").filter(|lists| lists.value.is_array()) else { return Ok(Vec::new()) };
    let name = |value: &At<'_>| value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
    lists.list()?.iter().map(|list| Ok(list.list()?.iter().map(name).collect())).collect()
}

/// A tree's nodes, its root first. `json` bounds how deep they nest.
fn parts(root: At<'_>) -> Result<Vec<Part>, Error> {
    let mut nodes: Vec<Part> = Vec::new();
    let mut next = vec![(root, None)]; // with the split whose right child it is
    while let Some((node, parent)) = next.pop() {
        let place = nodes.len();
        if let Some(Part::Split { right, .. }) = parent.and_then(|parent: usize| nodes.get_mut(parent)) {
            *right = place;
        }
        if let Some(value) = node.find("leaf_value") {
            let cover = node.find("leaf_count").map_or(Ok(1.0), |count| count.number())?;
            nodes.push(Part::leaf(value.number()?, cover));
            continue;
        }
        let (ask, missing_right) = question(&node)?;
        let feature = node.get("split_feature")?;
        let asked = usize::try_from(feature.whole()?).map_err(|_| feature.wrong("a feature's number"))?;
        nodes.push(Part::Split { feature: asked, ask, missing_right, left: place + 1, right: 0 });
        next.extend([(node.get("right_child")?, Some(place)), (node.get("left_child")?, None)]);
    }
    Ok(nodes)
}

fn question(node: &At<'_>) -> Result<(Ask, bool), Error> {
    let (decision, threshold) = (node.get("decision_type")?, node.get("threshold")?);
    match decision.text()? {
        "<=" => {
            let missing = node.get("missing_type")?;
            let kind = match missing.text()? {
                "None" => Missing::None,
                "Zero" => Missing::Zero,
                "NaN" => Missing::Nan,
                other => return Err(unsupported(missing.path, format!("The kind of missing values \"{other}\" is unknown."))),
            };
            Ok(numeric(threshold.number()?, kind, node.get("default_left")?.truth()?))
        }
        "==" => Ok((Ask::Among(set(&threshold)?), true)),
        other => Err(unsupported(decision.path, format!("The operator \"{other}\" is unknown."))),
    }
}

/// `"0||3||7"`; a set of one may be a number.
fn set(threshold: &At<'_>) -> Result<Vec<usize>, Error> {
    let text = threshold.value.as_str().map_or_else(|| threshold.value.to_string(), str::to_owned);
    let category = |word: &str| word.trim().parse().ok().filter(|category| *category < most::CATEGORIES);
    text.split("||")
        .map(|word| category(word).ok_or_else(|| threshold.wrong(&format!("categories from 0 to {}", most::CATEGORIES - 1))))
        .collect()
}
