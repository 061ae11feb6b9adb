//! PMML's Scorecard: each characteristic adds the points of its first attribute that holds; where none holds, the card has no
//! answer. Reason codes: the distance from the baseline, summed for each code.

use super::{
    Fields, all,
    cases::{self, Step},
    child, finite, named, need, number, path,
    predicate::{Answer, Predicate},
    unsupported,
};
use crate::error::Error;
use crate::learned::{
    draft::{Attribute, Draft, Part, Tree},
    most,
    run::{NONE, flag},
};
use roxmltree::Node;

/// One attribute of a characteristic, read.
struct Case {
    predicate: Predicate,
    points: f64,
    attribute: u16,
}

pub(super) fn read(model: &Node<'_, '_>, fields: Fields<'_>) -> Result<Draft, Error> {
    let mut draft = fields.draft();
    draft.base = number(model, "initialScore")?.unwrap_or(0.0);
    match model.attribute("reasonCodeAlgorithm").unwrap_or("pointsBelow") {
        "pointsBelow" => {}
        "pointsAbove" => draft.flags |= flag::ABOVE,
        other => return Err(unsupported(path(model), format!("The reason code algorithm \"{other}\" is unknown."))),
    }
    let list = child(model, "Characteristics")
        .ok_or_else(|| Error::new("missing-field", path(model), "There are no Characteristics."))?;
    for (place, characteristic) in all(&list, "Characteristic").enumerate() {
        let name = characteristic.attribute("name").map_or_else(|| format!("characteristic {}", place + 1), str::to_owned);
        let line = draft.line(&name);
        let cases = all(&characteristic, "Attribute")
            .map(|attribute| case(&mut draft, &fields, model, &characteristic, &attribute))
            .collect::<Result<Vec<_>, _>>()?;
        let nodes = cases::tree(&fields, |row, work| Ok(first(&cases, row, work)))
            .map_err(|error| error.within(&path(&characteristic)))?;
        draft.trees.push(Tree { line: Some(line), nodes });
    }
    Ok(draft)
}

/// The first attribute whose predicate is true; what is unknown is not.
fn first(cases: &[Case], row: &super::predicate::Row, work: &mut usize) -> Step {
    for case in cases {
        match case.predicate.answer(row, work) {
            Answer::Yes => return Step::Leaf(Part::Leaf { value: case.points, cover: 0.0, attribute: case.attribute }),
            Answer::Ask(question) => return Step::Ask(question),
            Answer::No | Answer::Unknown => {}
        }
    }
    Step::Leaf(Part::leaf(f64::NAN, 0.0))
}

fn case(
    draft: &mut Draft,
    fields: &Fields<'_>,
    card: &Node<'_, '_>,
    characteristic: &Node<'_, '_>,
    attribute: &Node<'_, '_>,
) -> Result<Case, Error> {
    let predicate = Predicate::within(attribute, fields)?;
    let (points, slope, field) = match child(attribute, "ComplexPartialScore") {
        Some(complex) => {
            let line = complex
                .children()
                .find(Node::is_element)
                .ok_or_else(|| Error::new("missing-field", path(&complex), "There is no expression here."))?;
            let Line { base, slope, field } = line_of(&line, fields, 0)?;
            (base, slope, field.map_or(NONE, |field| field as u16))
        }
        None => (
            number(attribute, "partialScore")?
                .ok_or_else(|| Error::new("missing-field", path(attribute), "The attribute has no partialScore."))?,
            0.0,
            NONE,
        ),
    };
    // Code and baseline stand at the attribute, the characteristic or the card.
    let mut baseline = None;
    let mut code = None;
    for (node, name) in [(attribute, "baselineScore"), (characteristic, "baselineScore"), (card, "baselineScore")] {
        baseline = baseline.or(number(node, name)?);
        code = code.or(node.attribute("reasonCode"));
    }
    let explains = card.attribute("useReasonCodes") != Some("false");
    let code = code.filter(|_| explains && baseline.is_some()).map_or(NONE, |code| draft.code(code));
    let attribute = Attribute { baseline: baseline.unwrap_or(0.0), slope, field, code };
    let place = draft.attributes.iter().position(|known| *known == attribute).unwrap_or_else(|| {
        draft.attributes.push(attribute);
        draft.attributes.len() - 1
    });
    if place >= usize::from(NONE) {
        return Err(Error::new("too-large", path(card), "The card has too many attributes."));
    }
    Ok(Case { predicate, points, attribute: place as u16 })
}

/// base + slope · field.
#[derive(Clone, Copy)]
struct Line {
    base: f64,
    slope: f64,
    field: Option<usize>,
}

/// An expression, where it is a straight line in one field: sums and differences of lines, products and quotients with constants.
fn line_of(node: &Node<'_, '_>, fields: &Fields<'_>, level: usize) -> Result<Line, Error> {
    let refuse = || unsupported(path(node), "A ComplexPartialScore must be a straight line in one field.");
    if level > most::LEVELS {
        return Err(Error::new("too-deep", "$", format!("Expressions nest deeper than {} levels.", most::LEVELS)));
    }
    match node.tag_name().name() {
        "Constant" => Ok(Line { base: node.text().and_then(finite).ok_or_else(refuse)?, slope: 0.0, field: None }),
        "FieldRef" => Ok(Line { base: 0.0, slope: 1.0, field: Some(fields.place(node, need(node, "field")?)?) }),
        "Apply" if !node.has_attribute("mapMissingTo") && !node.has_attribute("defaultValue") => {
            let parts: Vec<Node<'_, '_>> =
                node.children().filter(|child| child.is_element() && !named(child, "Extension")).collect();
            let [one, other] = parts.as_slice() else { return Err(refuse()) };
            let (one, other) = (line_of(one, fields, level + 1)?, line_of(other, fields, level + 1)?);
            combine(need(node, "function")?, one, other).ok_or_else(refuse)
        }
        _ => Err(refuse()),
    }
}

fn combine(function: &str, one: Line, other: Line) -> Option<Line> {
    let field = match (one.field, other.field) {
        (Some(one), Some(other)) if one != other => return None,
        (one, other) => one.or(other),
    };
    let line = |base, slope| Some(Line { base, slope, field });
    match function {
        "+" => line(one.base + other.base, one.slope + other.slope),
        "-" => line(one.base - other.base, one.slope - other.slope),
        "*" if one.field.is_none() => line(one.base * other.base, one.base * other.slope),
        "*" if other.field.is_none() => line(one.base * other.base, one.slope * other.base),
        "/" if other.field.is_none() && other.base != 0.0 => line(one.base / other.base, one.slope / other.base),
        _ => None,
    }
}
