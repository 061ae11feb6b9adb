//! What LightGBM's two forms have in common.
//!
//! Rules: `tree.h`, `NumericalDecision` and `CategoricalDecision`, of LightGBM 4.7. Left is x <= threshold, in double
//! precision. A missing value is 0 where the node's `missing_type` is None; with Zero, zeros and missing values go the default
//! way; with NaN, missing values do. What is nearly zero is read as zero (`c_api.cpp`, by `kZeroThreshold`). Categories are cut to whole numbers, and left is being in the set; missing values go right.

use super::unsupported;
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft},
    kinds::{Feature, Kind},
    run::{NEARLY_ZERO, link},
};

/// What a missing value is to a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Missing {
    None,
    Zero,
    Nan,
}

/// A numeric split: what it asks, and whether what is missing goes right.
pub(super) fn numeric(threshold: f64, missing: Missing, default_left: bool) -> (Ask, bool) {
    match missing {
        Missing::None => (Ask::AtMost(snapped(threshold)), 0.0 > threshold),
        Missing::Zero => (Ask::AtMostOrZero(threshold), !default_left),
        Missing::Nan => (Ask::AtMost(snapped(threshold)), !default_left),
    }
}

/// A row's nearly zeros are zeros to LightGBM: either all of them go left, or none does.
fn snapped(threshold: f64) -> f64 {
    match threshold {
        _ if (0.0..=NEARLY_ZERO).contains(&threshold) => NEARLY_ZERO,
        _ if (-NEARLY_ZERO..0.0).contains(&threshold) => (-NEARLY_ZERO).next_down(),
        _ => threshold,
    }
}

/// Feature `i` is categorical where its info is a list of numbers; a range is written in brackets.
pub(super) fn features(names: &[String], categorical: &[bool], lists: Vec<Vec<String>>) -> Vec<Feature> {
    // The lists are those of the data frame's categorical columns. Should a column be missing among the infos, whose list is whose cannot be told.
    let fit = lists.len() == categorical.iter().filter(|is| **is).count();
    let mut lists = lists.into_iter();
    let kind = |is: bool, lists: &mut std::vec::IntoIter<Vec<String>>| match is {
        true => Kind::Category { categories: if fit { lists.next().unwrap_or_default() } else { Vec::new() } },
        false => Kind::Number,
    };
    names.iter().zip(categorical).map(|(name, is)| Feature { name: name.clone(), kind: kind(*is, &mut lists) }).collect()
}

/// `binary sigmoid:1` and the like: what becomes of the sum.
pub(super) fn set_objective(draft: &mut Draft, objective: &str, path: &str) -> Result<(), Error> {
    let mut words = objective.split_whitespace();
    let name = words.next().unwrap_or("");
    let rest: Vec<&str> = words.collect();
    let sigmoid = rest.iter().find_map(|word| word.strip_prefix("sigmoid:"));
    match name {
        "binary" => {
            draft.link = link::LOGISTIC;
            let scale = sigmoid.map_or(Ok(1.0), str::parse);
            draft.scale = scale.map_err(|_| unsupported(path, "The objective's sigmoid is no number."))?;
        }
        "cross_entropy" | "xentropy" => draft.link = link::LOGISTIC,
        "poisson" | "gamma" | "tweedie" => draft.link = link::EXP,
        "regression" if rest.contains(&"sqrt") => return Err(unsupported(path, "LightGBM's reg_sqrt is not supported.")),
        "" | "none" | "null" | "custom" | "regression" | "regression_l1" | "huber" | "fair" | "quantile" | "mape"
        | "lambdarank" | "rank_xendcg" => {}
        other => {
            return Err(unsupported(
                path,
                format!("LightGBM's objective \"{other}\" is not supported: only two classes, or one number."),
            ));
        }
    }
    Ok(())
}

/// More than one tree an iteration are more than two classes.
pub(super) fn one_sum(trees_an_iteration: i64, path: &str) -> Result<(), Error> {
    if trees_an_iteration == 1 { Ok(()) } else { Err(unsupported(path, "Models of more than two classes are not supported.")) }
}
