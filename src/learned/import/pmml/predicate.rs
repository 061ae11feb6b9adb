//! PMML's predicates as questions of two answers, for what is known of a row so far.
//!
//! A comparison with a missing value is unknown (three-valued logic, as SQL has it), so whether a field is missing is asked first.

use super::{Fields, finite, need, path, unsupported};
use crate::error::Error;
use crate::learned::{draft::Ask, kinds::Kind, most};
use roxmltree::Node;
use std::collections::BTreeMap;

/// A predicate, read.
#[derive(Debug)]
pub(super) enum Predicate {
    Always(bool),
    Missing {
        feature: usize,
        is: bool,
    },
    AtMost {
        feature: usize,
        threshold: f64,
        is: bool,
    },
    Among {
        feature: usize,
        categories: Vec<usize>,
        is: bool,
    },
    And(Vec<Predicate>),
    Or(Vec<Predicate>),
    Xor(Vec<Predicate>),
    /// The first that is not unknown.
    Surrogate(Vec<Predicate>),
}

/// What is known of one feature.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Missing,
    /// Above the first, up to the second.
    Number(f64, f64),
    /// Which categories are possible; the last is for those of no list.
    Category(Vec<bool>),
}

/// What is known of a row.
pub(super) type Row = BTreeMap<usize, Known>;

/// What follows from what is known.
pub(super) enum Answer {
    Yes,
    No,
    Unknown,
    /// First this must be asked.
    Ask(Question),
}

#[derive(Clone, Debug)]
pub(super) struct Question {
    pub feature: usize,
    /// `None`: is it there at all?
    pub ask: Option<Ask>,
}

/// Every number that is not missing is at most this.
pub(super) const PRESENT: f64 = f64::INFINITY;

impl Predicate {
    /// The predicate among an element's children.
    pub fn within(node: &Node<'_, '_>, fields: &Fields<'_>) -> Result<Predicate, Error> {
        let found = node.children().find(|child| is_predicate(child));
        let found = found.ok_or_else(|| Error::new("missing-field", path(node), "There is no predicate here."))?;
        Predicate::of(&found, fields, 0)
    }

    fn of(node: &Node<'_, '_>, fields: &Fields<'_>, level: usize) -> Result<Predicate, Error> {
        if level > most::LEVELS {
            return Err(Error::new("too-deep", "$", format!("Predicates nest deeper than {} levels.", most::LEVELS)));
        }
        Ok(match node.tag_name().name() {
            "True" => Predicate::Always(true),
            "False" => Predicate::Always(false),
            "SimplePredicate" => simple(node, fields)?,
            "SimpleSetPredicate" => set(node, fields)?,
            _ => {
                let parts = node
                    .children()
                    .filter(is_predicate)
                    .map(|part| Predicate::of(&part, fields, level + 1))
                    .collect::<Result<_, _>>()?;
                match need(node, "booleanOperator")? {
                    "and" => Predicate::And(parts),
                    "or" => Predicate::Or(parts),
                    "xor" => Predicate::Xor(parts),
                    "surrogate" => Predicate::Surrogate(parts),
                    other => return Err(unsupported(path(node), format!("The operator \"{other}\" is unknown."))),
                }
            }
        })
    }

    /// What it comes to, for what is known; `work` counts what has been looked at.
    pub fn answer(&self, row: &Row, work: &mut usize) -> Answer {
        *work += 1;
        match self {
            Predicate::Always(is) => told(*is),
            Predicate::Missing { feature, is } => match row.get(feature) {
                None => Answer::Ask(Question { feature: *feature, ask: None }),
                Some(known) => told(matches!(known, Known::Missing) == *is),
            },
            Predicate::AtMost { feature, threshold, is } => at_most(row, *feature, *threshold, *is),
            Predicate::Among { feature, categories, is } => {
                *work += categories.len();
                among(row, *feature, categories, *is)
            }
            Predicate::And(parts) => kleene(parts, row, work, false),
            Predicate::Or(parts) => kleene(parts, row, work, true),
            Predicate::Xor(parts) => xor(parts, row, work),
            Predicate::Surrogate(parts) => parts
                .iter()
                .map(|part| part.answer(row, work))
                .find(|answer| !matches!(answer, Answer::Unknown))
                .unwrap_or(Answer::Unknown),
        }
    }
}

fn is_predicate(node: &Node<'_, '_>) -> bool {
    node.is_element()
        && matches!(node.tag_name().name(), "True" | "False" | "SimplePredicate" | "SimpleSetPredicate" | "CompoundPredicate")
}

const fn told(is: bool) -> Answer {
    if is { Answer::Yes } else { Answer::No }
}

/// `or` where one yes decides, `and` where one no does.
fn kleene(parts: &[Predicate], row: &Row, work: &mut usize, decides: bool) -> Answer {
    let mut unknown = false;
    for part in parts {
        match (part.answer(row, work), decides) {
            (Answer::Yes, true) => return Answer::Yes,
            (Answer::No, false) => return Answer::No,
            (Answer::Unknown, _) => unknown = true,
            (Answer::Ask(question), _) => return Answer::Ask(question),
            _ => {}
        }
    }
    if unknown { Answer::Unknown } else { told(!decides) }
}

fn xor(parts: &[Predicate], row: &Row, work: &mut usize) -> Answer {
    let mut odd = false;
    for part in parts {
        match part.answer(row, work) {
            Answer::Yes => odd = !odd,
            Answer::No => {}
            other => return other,
        }
    }
    told(odd)
}

fn at_most(row: &Row, feature: usize, threshold: f64, is: bool) -> Answer {
    match row.get(&feature) {
        None => Answer::Ask(Question { feature, ask: None }),
        Some(Known::Number(_, high)) if *high <= threshold => told(is),
        Some(Known::Number(low, _)) if threshold <= *low => told(!is),
        Some(Known::Number(..)) => Answer::Ask(Question { feature, ask: Some(Ask::AtMost(threshold)) }),
        _ => Answer::Unknown,
    }
}

fn among(row: &Row, feature: usize, categories: &[usize], is: bool) -> Answer {
    let possible = match row.get(&feature) {
        None => return Answer::Ask(Question { feature, ask: None }),
        Some(Known::Category(possible)) => possible,
        _ => return Answer::Unknown,
    };
    let inside = categories.iter().filter(|category| possible[**category]).count();
    let all = possible.iter().filter(|is| **is).count();
    match inside {
        0 => told(!is),
        _ if inside == all => told(is),
        _ => Answer::Ask(Question { feature, ask: Some(Ask::Among(categories.to_vec())) }),
    }
}

fn simple(node: &Node<'_, '_>, fields: &Fields<'_>) -> Result<Predicate, Error> {
    let feature = fields.place(node, need(node, "field")?)?;
    let operator = need(node, "operator")?;
    match operator {
        "isMissing" => return Ok(Predicate::Missing { feature, is: true }),
        "isNotMissing" => return Ok(Predicate::Missing { feature, is: false }),
        _ => {}
    }
    let value = need(node, "value")?;
    if let Kind::Category { .. } = fields.features[feature].kind {
        let is = match operator {
            "equal" => true,
            "notEqual" => false,
            other => {
                return Err(unsupported(
                    path(node),
                    format!("The operator \"{other}\" is not supported for a categorical field."),
                ));
            }
        };
        return Ok(Predicate::Among { feature, categories: fields.category(feature, value).into_iter().collect(), is });
    }
    let at = finite(value)
        .ok_or_else(|| Error::new("wrong-type", path(node), "A numeric field must be compared with a finite number."))?;
    let at_most = |threshold: f64, is| Predicate::AtMost { feature, threshold, is };
    Ok(match operator {
        "lessOrEqual" => at_most(at, true),
        "lessThan" => at_most(at.next_down(), true),
        "greaterThan" => at_most(at, false),
        "greaterOrEqual" => at_most(at.next_down(), false),
        "equal" => Predicate::And(vec![at_most(at, true), at_most(at.next_down(), false)]),
        "notEqual" => Predicate::Or(vec![at_most(at.next_down(), true), at_most(at, false)]),
        other => return Err(unsupported(path(node), format!("The operator \"{other}\" is unknown."))),
    })
}

fn set(node: &Node<'_, '_>, fields: &Fields<'_>) -> Result<Predicate, Error> {
    let feature = fields.place(node, need(node, "field")?)?;
    let is = match need(node, "booleanOperator")? {
        "isIn" => true,
        "isNotIn" => false,
        other => return Err(unsupported(path(node), format!("The operator \"{other}\" is unknown."))),
    };
    if fields.features[feature].kind == Kind::Number {
        return Err(unsupported(path(node), "A set of values is not supported for a numeric field."));
    }
    let array = super::child(node, "Array")
        .ok_or_else(|| Error::new("missing-field", path(node), "There is no Array of values here."))?;
    let mut categories: Vec<usize> = words(&array).iter().filter_map(|word| fields.category(feature, word)).collect();
    categories.sort_unstable();
    categories.dedup();
    Ok(Predicate::Among { feature, categories, is })
}

/// The words of an Array: separated by spaces, in quotation marks where they have spaces themselves.
pub(super) fn words(array: &Node<'_, '_>) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    let mut letters = array.text().unwrap_or("").chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&'"') => word.extend(letters.next()),
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            letter if letter.is_whitespace() && !quoted => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            letter => word.push(letter),
        }
    }
    if begun || !word.is_empty() {
        words.push(word);
    }
    words
}
