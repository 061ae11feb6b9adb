//! PMML's RegressionModel: a sum of terms, and what becomes of it.

use super::{Fields, all, need, number, path, unsupported};
use crate::error::Error;
use crate::learned::{
    draft::{Draft, Term},
    kinds::Kind,
    run::link,
};
use roxmltree::Node;

/// The largest exponent that is read as a product.
const MOST_FACTORS: f64 = 64.0;

pub(super) fn read(model: &Node<'_, '_>, fields: Fields<'_>) -> Result<Draft, Error> {
    let mut draft = fields.draft();
    let tables: Vec<Node<'_, '_>> = all(model, "RegressionTable").collect();
    let method = model.attribute("normalizationMethod").unwrap_or("none");
    let classes = model.attribute("functionName") == Some("classification");
    match (tables.as_slice(), classes) {
        ([only], false) => add(&mut draft, &fields, only, 1.0)?,
        ([first, second], true) => {
            add(&mut draft, &fields, first, 1.0)?;
            if method == "softmax" {
                // e^y₁ / (e^y₁ + e^y₂) = 1 / (1 + e^(y₂ - y₁))
                add(&mut draft, &fields, second, -1.0)?;
            } else if second.children().any(|child| child.is_element()) || number(second, "intercept")?.unwrap_or(0.0) != 0.0 {
                return Err(unsupported(
                    path(second),
                    format!("With the method \"{method}\" the second of two classes has no terms."),
                ));
            }
        }
        _ => {
            return Err(unsupported(
                path(model),
                "A RegressionModel has one table, or two for the two classes of a classification.",
            ));
        }
    }
    draft.link = match method {
        "none" => link::IDENTITY,
        "softmax" | "logit" => link::LOGISTIC,
        "exp" if !classes => link::EXP,
        "cloglog" => link::CLOGLOG,
        "loglog" => link::LOGLOG,
        other => {
            return Err(unsupported(
                path(model),
                format!(
                    "The normalization method \"{other}\" is not supported: none, softmax, logit, exp, cloglog and loglog are."
                ),
            ));
        }
    };
    Ok(draft)
}

/// A table's terms, each as often as `sign` says.
fn add(draft: &mut Draft, fields: &Fields<'_>, table: &Node<'_, '_>, sign: f64) -> Result<(), Error> {
    draft.base += sign * number(table, "intercept")?.unwrap_or(0.0);
    let coefficient = |node: &Node<'_, '_>| {
        Ok::<f64, Error>(
            sign * number(node, "coefficient")?
                .ok_or_else(|| Error::new("missing-field", path(node), "The coefficient is missing."))?,
        )
    };
    for predictor in all(table, "NumericPredictor") {
        let (feature, weight) = (numeric(fields, &predictor, need(&predictor, "name")?)?, coefficient(&predictor)?);
        let exponent = number(&predictor, "exponent")?.unwrap_or(1.0);
        if exponent == 1.0 {
            draft.add_linear(feature, weight, 0.0);
        } else if exponent.fract() == 0.0 && (1.0..=MOST_FACTORS).contains(&exponent) {
            draft.terms.push(Term { line: feature, weight, factors: vec![(feature, 0.0); exponent as usize], lenient: false });
        } else {
            return Err(unsupported(path(&predictor), format!("An exponent must be a whole number from 1 to {MOST_FACTORS}.")));
        }
    }
    let mut tables: Vec<(usize, Vec<f64>)> = Vec::new();
    for predictor in all(table, "CategoricalPredictor") {
        let name = need(&predictor, "name")?;
        let feature = fields.place(&predictor, name)?;
        let Kind::Category { categories } = &fields.features[feature].kind else {
            return Err(unsupported(path(&predictor), format!("The field \"{name}\" is not categorical.")));
        };
        let weight = coefficient(&predictor)?;
        let place = tables.iter().position(|(known, _)| *known == feature).unwrap_or_else(|| {
            tables.push((feature, vec![0.0; categories.len()]));
            tables.len() - 1
        });
        if let Some(category) = fields.category(feature, need(&predictor, "value")?) {
            tables[place].1[category] += weight;
        }
    }
    // What is missing, or no category of the list, adds nothing.
    for (feature, values) in tables {
        draft.add_table(feature, &values, 0.0);
    }
    for term in all(table, "PredictorTerm") {
        let names = all(&term, "FieldRef").map(|field| need(&field, "field")).collect::<Result<Vec<_>, _>>()?;
        let factors = names.iter().map(|name| Ok((numeric(fields, &term, name)?, 0.0))).collect::<Result<Vec<_>, _>>()?;
        if factors.is_empty() || factors.len() as f64 > MOST_FACTORS {
            return Err(unsupported(path(&term), format!("A term has 1 to {MOST_FACTORS} factors.")));
        }
        let line = draft.line(term.attribute("name").unwrap_or(&names.join(" · ")));
        draft.terms.push(Term { line, weight: coefficient(&term)?, factors, lenient: false });
    }
    Ok(())
}

fn numeric(fields: &Fields<'_>, node: &Node<'_, '_>, name: &str) -> Result<usize, Error> {
    let feature = fields.place(node, name)?;
    match fields.features[feature].kind {
        Kind::Number => Ok(feature),
        Kind::Category { .. } => Err(unsupported(path(node), format!("The field \"{name}\" is not numeric."))),
    }
}
