//! A tree out of cases: whoever decides says what must be asked next, until there is nothing left to ask.
//!
//! So a list of attributes, whose predicates may be of any kind and may overlap, becomes the tree that asks each question once.

use super::{
    Fields,
    predicate::{Known, PRESENT, Question, Row},
};
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Part},
    kinds::Kind,
    most,
};

/// What a decision comes to, for what is known of a row.
pub(super) enum Step {
    Leaf(Part),
    Ask(Question),
}

/// What may be looked at for one tree.
const MOST_WORK: usize = 20_000_000;

/// The tree of `decide`, which is given what is known and counts its work.
pub(super) fn tree(
    fields: &Fields<'_>,
    mut decide: impl FnMut(&Row, &mut usize) -> Result<Step, Error>,
) -> Result<Vec<Part>, Error> {
    let mut nodes: Vec<Part> = vec![Part::leaf(0.0, 0.0)];
    let mut open = vec![(0, Row::new())];
    let mut work = 0;
    while let Some((place, row)) = open.pop() {
        work += row.len() + 1;
        if nodes.len() > most::PLACES || work > MOST_WORK {
            return Err(Error::new("too-large", "", "The predicates come to more cases than can be told apart."));
        }
        match decide(&row, &mut work)? {
            Step::Leaf(leaf) => nodes[place] = leaf,
            Step::Ask(Question { feature, ask }) => {
                let (left, right) = (nodes.len(), nodes.len() + 1);
                let (yes, no) = outcomes(fields, &row, feature, ask.as_ref());
                nodes.extend([Part::leaf(0.0, 0.0), Part::leaf(0.0, 0.0)]);
                let ask = ask.unwrap_or(Ask::AtMost(PRESENT));
                nodes[place] = Part::Split { feature, ask, missing_right: true, left, right };
                open.extend([(left, yes), (right, no)]);
            }
        }
    }
    Ok(nodes)
}

/// What is known after a yes, and after a no.
fn outcomes(fields: &Fields<'_>, row: &Row, feature: usize, ask: Option<&Ask>) -> (Row, Row) {
    let after = |known: Known| {
        let mut row = row.clone();
        row.insert(feature, known);
        row
    };
    let everything = || match &fields.features[feature].kind {
        Kind::Number => Known::Number(f64::NEG_INFINITY, f64::INFINITY),
        Kind::Category { categories } => Known::Category(vec![true; categories.len() + 1]),
    };
    let (yes, no) = match (ask, row.get(&feature)) {
        (Some(Ask::AtMost(threshold)), Some(Known::Number(low, high))) => {
            (Known::Number(*low, *threshold), Known::Number(*threshold, *high))
        }
        (Some(Ask::Among(categories)), Some(Known::Category(possible))) => {
            let mut no = possible.clone();
            let mut yes = vec![false; possible.len()];
            for category in categories {
                yes[*category] = possible[*category];
                no[*category] = false;
            }
            (Known::Category(yes), Known::Category(no))
        }
        _ => (everything(), Known::Missing),
    };
    (after(yes), after(no))
}
