//! LightGBM's text form, as `save_model` writes it.

use super::{
    lightgbm::{Missing, features, numeric, one_sum, set_objective},
    unsupported,
};
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft, Part, Tree, not_finite},
    most,
};
use std::{collections::HashMap, str::FromStr};

/// The lines `name=value` of a section.
struct Section<'a> {
    path: String,
    lines: HashMap<&'a str, &'a str>,
}

pub(super) fn read(text: &str) -> Result<Draft, Error> {
    let (head, after) = text.split_once("\nTree=").map_or((text, None), |(head, after)| (head, Some(after)));
    let body = after.map_or(Ok(""), |after| {
        after
            .split_once("end of trees")
            .map(|(body, _)| body)
            .ok_or_else(|| Error::new("cut-off", "$", "The model's text ends before its \"end of trees\"."))
    })?;
    let head = Section::of("$", head);
    let names: Vec<String> = head.get("feature_names")?.split_whitespace().map(str::to_owned).collect();
    let infos: Vec<&str> = head.get("feature_infos")?.split_whitespace().collect();
    if names.len() != infos.len() {
        return Err(Error::new("wrong-length", "$.feature_infos", "There must be one info for each feature."));
    }
    one_sum(head.one("num_tree_per_iteration")?, "$.num_tree_per_iteration")?;
    let categorical: Vec<bool> = infos.iter().map(|info| *info != "none" && !info.starts_with('[')).collect();
    let mut draft = Draft::new(features(&names, &categorical, lists(text)));

    set_objective(&mut draft, head.lines.get("objective").copied().unwrap_or(""), "$.objective")?;
    let trees = if body.is_empty() { Vec::new() } else { body.split("\nTree=").collect() };
    for (place, text) in trees.iter().enumerate() {
        draft.trees.push(tree(&Section::of(&format!("$.Tree={place}"), text))?);
    }
    if head.lines.contains_key("average_output") {
        draft.divisor = draft.trees.len().max(1) as f64;
    }
    Ok(draft)
}

/// The categories of a pandas data frame's columns, which stand in the last line.
fn lists(text: &str) -> Vec<Vec<String>> {
    let told = text.rfind("pandas_categorical:").and_then(|at| text[at..].lines().next()?.strip_prefix("pandas_categorical:"));
    let lists: Option<Vec<Vec<serde_json::Value>>> = told.and_then(|told| serde_json::from_str(told).ok());
    let name = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    lists.unwrap_or_default().into_iter().map(|list| list.into_iter().map(name).collect()).collect()
}

impl<'a> Section<'a> {
    fn of(path: &str, text: &'a str) -> Section<'a> {
        let lines = text.lines().map(|line| line.split_once('=').unwrap_or((line, ""))).collect();
        Section { path: path.to_owned(), lines }
    }

    fn get(&self, name: &str) -> Result<&'a str, Error> {
        self.lines
            .get(name)
            .copied()
            .ok_or_else(|| Error::new("missing-field", &self.path, format!("There is no line \"{name}=\" here.")))
    }

    fn one<T: FromStr>(&self, name: &str) -> Result<T, Error> {
        self.get(name)?.trim().parse().map_err(|_| self.wrong(name))
    }

    /// A line's numbers, `count` of them.
    fn all<T: FromStr>(&self, name: &str, count: usize) -> Result<Vec<T>, Error> {
        let numbers: Vec<T> = self
            .get(name)?
            .split_whitespace()
            .map(|word| word.parse().map_err(|_| self.wrong(name)))
            .collect::<Result<_, _>>()?;
        if numbers.len() == count {
            return Ok(numbers);
        }
        Err(Error::new(
            "wrong-length",
            format!("{}.{name}", self.path),
            format!("There must be {count} numbers here, not {}.", numbers.len()),
        ))
    }

    fn wrong(&self, name: &str) -> Error {
        Error::new("wrong-type", format!("{}.{name}", self.path), "There must be numbers here.")
    }
}

fn tree(section: &Section<'_>) -> Result<Tree, Error> {
    let leaves: usize = section.one("num_leaves")?;
    if leaves == 0 || leaves > most::SPLITS {
        return Err(Error::new("too-large", &section.path, format!("A tree has 1 to {} leaves, not {leaves}.", most::SPLITS)));
    }
    if section.lines.get("is_linear").is_some_and(|is| is.trim() == "1") {
        return Err(unsupported(&section.path, "LightGBM's linear trees are not supported."));
    }
    let values: Vec<f64> = section.all("leaf_value", leaves)?;
    if values.iter().any(|value| !value.is_finite()) {
        return Err(not_finite(format!("{}.leaf_value", section.path)));
    }
    let covers: Vec<f64> = section.all("leaf_count", leaves).unwrap_or_else(|_| vec![1.0; leaves]);
    let mut nodes = if leaves == 1 { Vec::new() } else { splits(section, leaves - 1)? };
    nodes.extend(values.into_iter().zip(covers).map(|(value, cover)| Part::leaf(value, cover)));
    Ok(Tree { line: None, nodes })
}

/// Splits come first; leaf `k`, which is written as -1 - k, stands at `splits + k`.
fn splits(section: &Section<'_>, count: usize) -> Result<Vec<Part>, Error> {
    let asked: Vec<usize> = section.all("split_feature", count)?;
    let thresholds: Vec<f64> = section.all("threshold", count)?;
    let decisions: Vec<u8> = section.all("decision_type", count)?;
    let (left, right): (Vec<i64>, Vec<i64>) = (section.all("left_child", count)?, section.all("right_child", count)?);
    let sets = if section.one::<usize>("num_cat")? == 0 { Vec::new() } else { sets(section)? };
    let child = |child: i64| if child >= 0 { child as usize } else { count.saturating_add((-1 - child) as usize) };
    (0..count)
        .map(|place| {
            let (ask, missing_right) = question(section, thresholds[place], decisions[place], &sets)?;
            Ok(Part::Split { feature: asked[place], ask, missing_right, left: child(left[place]), right: child(right[place]) })
        })
        .collect()
}

/// Bit 0 of a decision says categorical, bit 1 that the default is left, the two above what is missing.
fn question(section: &Section<'_>, threshold: f64, decision: u8, sets: &[Vec<usize>]) -> Result<(Ask, bool), Error> {
    if decision & 1 != 0 {
        let set = sets.get(threshold as usize).ok_or_else(|| section.wrong("threshold"))?;
        return Ok((Ask::Among(set.clone()), true));
    }
    let missing = match decision >> 2 & 3 {
        0 => Missing::None,
        1 => Missing::Zero,
        2 => Missing::Nan,
        _ => return Err(unsupported(format!("{}.decision_type", section.path), "The kind of missing values is unknown.")),
    };
    Ok(numeric(threshold, missing, decision & 2 != 0))
}

/// Sets of categories: 32 bits a word, those of set `k` from boundary `k` to the next.
fn sets(section: &Section<'_>) -> Result<Vec<Vec<usize>>, Error> {
    let count: usize = section.one("num_cat")?;
    let boundaries: Vec<usize> = section.all("cat_boundaries", count.saturating_add(1))?;
    let words: Vec<u32> = section.all("cat_threshold", boundaries.last().copied().unwrap_or(0))?;
    let set = |from: usize, to: usize| {
        let words = words.get(from..to).ok_or_else(|| section.wrong("cat_boundaries"))?;
        if words.len() * 32 > most::CATEGORIES {
            return Err(Error::new(
                "too-large",
                format!("{}.cat_threshold", section.path),
                format!("A set has more than {} categories.", most::CATEGORIES),
            ));
        }
        Ok((0..32 * words.len()).filter(|bit| words[bit / 32] >> (bit % 32) & 1 != 0).collect())
    };
    boundaries.windows(2).map(|pair| set(pair[0], pair[1])).collect()
}
