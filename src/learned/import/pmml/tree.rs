//! PMML's TreeModel: a row goes to the first child whose predicate is true, as long as there is one.

use super::{
    Fields, all,
    cases::{self, Step},
    child, number, path,
    predicate::{Answer, Predicate, Row},
    unsupported,
};
use crate::error::Error;
use crate::learned::draft::{Draft, Part, Tree};
use roxmltree::Node;

/// A node, read. Children are places in the same list, so that no depth is too much.
struct Place {
    id: Option<String>,
    default: Option<String>,
    predicate: Predicate,
    score: Option<f64>,
    cover: f64,
    children: Vec<usize>,
}

/// What becomes of a row when a child's predicate is unknown.
#[derive(Clone, Copy, PartialEq)]
enum Unknown {
    /// It is not true.
    No,
    Last,
    Null,
    Default,
}

pub(super) fn read(model: &Node<'_, '_>, fields: Fields<'_>) -> Result<Draft, Error> {
    let unknown = match model.attribute("missingValueStrategy").unwrap_or("none") {
        "none" => Unknown::No,
        "lastPrediction" => Unknown::Last,
        "nullPrediction" => Unknown::Null,
        "defaultChild" => Unknown::Default,
        other => return Err(unsupported(path(model), format!("The strategy \"{other}\" for missing values is not supported."))),
    };
    let last = match model.attribute("noTrueChildStrategy").unwrap_or("returnNullPrediction") {
        "returnNullPrediction" => false,
        "returnLastPrediction" => true,
        other => {
            return Err(unsupported(path(model), format!("The strategy \"{other}\" for nodes without a true child is unknown.")));
        }
    };
    let class = match model.attribute("functionName") {
        Some("classification") => Some(event(model, &fields)?),
        _ => None,
    };
    let root = child(model, "Node").ok_or_else(|| Error::new("missing-field", path(model), "There is no Node."))?;
    let places = places(root, &fields, class.as_deref())?;
    let nodes = cases::tree(&fields, |row, work| decide(&places, row, unknown, last, work))
        .map_err(|error| error.within(&path(model)))?;
    let mut draft = fields.draft();
    draft.trees.push(Tree { line: None, nodes });
    Ok(draft)
}

/// Of two classes the second is the one whose probability is told.
fn event(model: &Node<'_, '_>, fields: &Fields<'_>) -> Result<String, Error> {
    let [_, event] = fields.target.as_slice() else {
        return Err(unsupported(path(model), "A classification needs a target field with exactly two values."));
    };
    Ok((*event).to_owned())
}

fn places(root: Node<'_, '_>, fields: &Fields<'_>, class: Option<&str>) -> Result<Vec<Place>, Error> {
    let mut places: Vec<Place> = Vec::new();
    let mut open = vec![(root, None)];
    while let Some((node, parent)) = open.pop() {
        let place = places.len();
        if let Some(parent) = parent.and_then(|parent: usize| places.get_mut(parent)) {
            parent.children.push(place);
        }
        places.push(Place {
            id: node.attribute("id").map(str::to_owned),
            default: node.attribute("defaultChild").map(str::to_owned),
            predicate: Predicate::within(&node, fields)?,
            score: score(&node, class)?,
            cover: number(&node, "recordCount")?.unwrap_or(0.0),
            children: Vec::new(),
        });
        // Taken from the end: the first child comes next, with all that is below it.
        let children: Vec<_> = all(&node, "Node").map(|child| (child, Some(place))).collect();
        open.extend(children.into_iter().rev());
    }
    Ok(places)
}

/// A number, or the share of the class.
fn score(node: &Node<'_, '_>, class: Option<&str>) -> Result<Option<f64>, Error> {
    let Some(class) = class else { return number(node, "score") };
    let told: Vec<Node<'_, '_>> = all(node, "ScoreDistribution").collect();
    let Some(own) = told.iter().find(|told| told.attribute("value") == Some(class)) else { return Ok(None) };
    if let Some(probability) = number(own, "probability")? {
        return Ok(Some(probability));
    }
    let mut sum = 0.0;
    for each in &told {
        sum += number(each, "recordCount")?.unwrap_or(0.0);
    }
    Ok(number(own, "recordCount")?.map(|count| count / sum).filter(|share| share.is_finite()))
}

fn decide(places: &[Place], row: &Row, unknown: Unknown, last: bool, work: &mut usize) -> Result<Step, Error> {
    let leaf = |score: Option<f64>, cover| Ok(Step::Leaf(Part::leaf(score.unwrap_or(f64::NAN), cover)));
    let mut place = &places[0];
    match place.predicate.answer(row, work) {
        Answer::Yes => {}
        Answer::Ask(question) => return Ok(Step::Ask(question)),
        Answer::No | Answer::Unknown => return leaf(None, 0.0),
    }
    'down: while !place.children.is_empty() {
        for child in place.children.iter().map(|child| &places[*child]) {
            match (child.predicate.answer(row, work), unknown) {
                (Answer::Yes, _) => {
                    place = child;
                    continue 'down;
                }
                (Answer::Ask(question), _) => return Ok(Step::Ask(question)),
                (Answer::No, _) | (Answer::Unknown, Unknown::No) => {}
                (Answer::Unknown, Unknown::Last) => return leaf(place.score, place.cover),
                (Answer::Unknown, Unknown::Null) => return leaf(None, 0.0),
                (Answer::Unknown, Unknown::Default) => {
                    let default = place
                        .children
                        .iter()
                        .map(|child| &places[*child])
                        .find(|child| child.id.is_some() && child.id == place.default);
                    place = default.ok_or_else(|| Error::new("missing-field", "", "A node has no default child."))?;
                    continue 'down;
                }
            }
        }
        return if last { leaf(place.score, place.cover) } else { leaf(None, 0.0) };
    }
    leaf(place.score, place.cover)
}
