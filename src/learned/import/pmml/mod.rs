//! PMML: Scorecard, RegressionModel, and the simple part of TreeModel.
//!
//! Read after the specification of PMML 4.4 (dmg.org). What changes an answer and is not read here is refused: derived fields,
//! treatment of outliers, several models in one.

mod cases;
mod predicate;
mod regression;
mod scorecard;
mod tree;

use super::unsupported;
use crate::error::Error;
use crate::learned::{
    draft::Draft,
    kinds::{Feature, Kind},
    most,
};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::HashMap;

/// The fields of a model: what a row is made of.
struct Fields<'a> {
    places: HashMap<&'a str, usize>,
    features: Vec<Feature>,
    defaults: Vec<f64>,
    /// The categories of what is predicted.
    target: Vec<&'a str>,
}

pub(super) fn read(text: &str) -> Result<Draft, Error> {
    let options = ParsingOptions { nodes_limit: 4_000_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Error::new("not-xml", "$", format!("The model is not readable as XML: {error}.")))?;
    let root = document.root_element();
    if !root.has_tag_name(root_name(&root)) || root.tag_name().name() != "PMML" {
        return Err(unsupported("$", "This XML is no PMML."));
    }
    let models: Vec<Node<'_, '_>> =
        root.children().filter(|node| node.is_element() && node.children().any(|child| named(&child, "MiningSchema"))).collect();
    let [model] = models.as_slice() else { return Err(unsupported("$.PMML", "There must be exactly one model.")) };
    if model.attribute("isScorable") == Some("false") {
        return Err(unsupported(path(model), "The model says that it is not scorable."));
    }
    let fields = Fields::of(&root, model)?;
    match model.tag_name().name() {
        "Scorecard" => scorecard::read(model, fields),
        "RegressionModel" => regression::read(model, fields),
        "TreeModel" => tree::read(model, fields),
        other => Err(unsupported(
            path(model),
            format!("PMML's {other} is not supported: Scorecard, RegressionModel and TreeModel are."),
        )),
    }
}

fn root_name<'a>(root: &Node<'a, '_>) -> &'a str {
    root.tag_name().name()
}

fn named(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(node: &Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| named(child, name))
}

fn all<'a, 'input>(node: &Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| named(child, name))
}

/// Where an element is, as `$.PMML.Scorecard.Characteristics.Characteristic[2]`.
fn path(node: &Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|each| {
            let before = each.prev_siblings().skip(1).filter(|other| other.tag_name() == each.tag_name()).count();
            let alone = before == 0 && !each.next_siblings().skip(1).any(|other| other.tag_name() == each.tag_name());
            if alone { each.tag_name().name().to_owned() } else { format!("{}[{before}]", each.tag_name().name()) }
        })
        .collect();
    steps.push("$".to_owned());
    steps.reverse();
    steps.join(".")
}

fn need<'a>(node: &Node<'a, '_>, name: &str) -> Result<&'a str, Error> {
    node.attribute(name).ok_or_else(|| Error::new("missing-field", path(node), format!("The attribute \"{name}\" is missing.")))
}

fn number(node: &Node<'_, '_>, name: &str) -> Result<Option<f64>, Error> {
    let Some(text) = node.attribute(name) else { return Ok(None) };
    finite(text)
        .map(Some)
        .ok_or_else(|| Error::new("wrong-type", path(node), format!("The attribute \"{name}\" must be a finite number.")))
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

impl<'a> Fields<'a> {
    fn of(root: &Node<'a, '_>, model: &Node<'a, '_>) -> Result<Fields<'a>, Error> {
        let derived = ["TransformationDictionary", "LocalTransformations"];
        let found = [root, model]
            .into_iter()
            .flat_map(|node| node.children())
            .find(|node| derived.iter().any(|name| named(node, name)) && node.children().any(|child| child.is_element()));
        if let Some(found) = found {
            return Err(unsupported(path(&found), "Derived fields are not supported: compute them before."));
        }
        let dictionary: HashMap<&str, Node<'a, '_>> = child(root, "DataDictionary")
            .into_iter()
            .flat_map(|dictionary| all(&dictionary, "DataField").collect::<Vec<_>>())
            .filter_map(|field| Some((field.attribute("name")?, field)))
            .collect();
        let mut fields = Fields { places: HashMap::new(), features: Vec::new(), defaults: Vec::new(), target: Vec::new() };
        let schema =
            child(model, "MiningSchema").ok_or_else(|| Error::new("missing-field", path(model), "There is no MiningSchema."))?;
        for mining in all(&schema, "MiningField") {
            let name = need(&mining, "name")?;
            let field = dictionary.get(name).ok_or_else(|| unknown_field(&mining, name))?;
            match mining.attribute("usageType").unwrap_or("active") {
                "active" => fields.add(name, field, &mining, model)?,
                "target" | "predicted" => fields.target = values(field),
                _ => {}
            }
        }
        Ok(fields)
    }

    fn add(&mut self, name: &'a str, field: &Node<'a, '_>, mining: &Node<'a, '_>, model: &Node<'a, '_>) -> Result<(), Error> {
        if mining.attribute("outliers").is_some_and(|outliers| outliers != "asIs") {
            return Err(unsupported(path(mining), "The treatment of outliers is not supported."));
        }
        let continuous = field
            .attribute("optype")
            .map_or(!matches!(field.attribute("dataType"), Some("string" | "boolean")), |kind| kind == "continuous");
        let kind = if continuous { Kind::Number } else { Kind::Category { categories: categories(name, field, model)? } };
        let default = match (mining.attribute("missingValueReplacement"), &kind) {
            (None, _) => f64::NAN,
            (Some(text), Kind::Number) => finite(text)
                .ok_or_else(|| Error::new("wrong-type", path(mining), "The replacement of missing values must be a number."))?,
            (Some(text), Kind::Category { categories }) => {
                categories.iter().position(|category| category == text).map_or(-1.0, |place| place as f64)
            }
        };
        if self.places.insert(name, self.features.len()).is_some() {
            return Err(Error::new("duplicate", path(mining), format!("The field \"{name}\" is there twice.")));
        }
        self.features.push(Feature { name: name.to_owned(), kind });
        self.defaults.push(default);
        Ok(())
    }

    /// The place of an element's field.
    fn place(&self, node: &Node<'_, '_>, name: &str) -> Result<usize, Error> {
        self.places.get(name).copied().ok_or_else(|| unknown_field(node, name))
    }

    /// The place of a category; one that is not in the list is nobody's.
    fn category(&self, feature: usize, name: &str) -> Option<usize> {
        match &self.features[feature].kind {
            Kind::Category { categories } => categories.iter().position(|category| category == name),
            Kind::Number => None,
        }
    }

    fn draft(&self) -> Draft {
        Draft { defaults: self.defaults.clone(), ..Draft::new(self.features.clone()) }
    }
}

fn unknown_field(node: &Node<'_, '_>, name: &str) -> Error {
    Error::new("unknown-feature", path(node), format!("The field \"{name}\" is no active field of the model."))
}

/// The valid values of a field.
fn values<'a>(field: &Node<'a, '_>) -> Vec<&'a str> {
    all(field, "Value")
        .filter(|value| value.attribute("property").unwrap_or("valid") == "valid")
        .filter_map(|value| value.attribute("value"))
        .collect()
}

/// A field's categories: those of the dictionary, else those that the model asks for, in the order in which it does.
fn categories(name: &str, field: &Node<'_, '_>, model: &Node<'_, '_>) -> Result<Vec<String>, Error> {
    let mut found: Vec<String> = values(field).into_iter().map(str::to_owned).collect();
    if found.is_empty() {
        let mut seen = std::collections::HashSet::new();
        let mentions =
            model.descendants().filter(|node| ["field", "name"].iter().any(|attribute| node.attribute(*attribute) == Some(name)));
        for node in mentions {
            let own = node.attribute("value").map(str::to_owned);
            let listed = child(&node, "Array").map(|array| predicate::words(&array)).unwrap_or_default();
            found.extend(own.into_iter().chain(listed).filter(|word| seen.insert(word.clone())));
        }
    }
    if found.len() > most::CATEGORIES {
        return Err(Error::new(
            "too-large",
            path(field),
            format!("The field has {} categories; at most {} are possible.", found.len(), most::CATEGORIES),
        ));
    }
    Ok(found)
}
