//! A feature, read.

use super::definition::{Experiment, Form, Reader, Rollout, Test, rollout};
use super::line::Line;
use crate::{
    base::json::{Document, Json, print_integer},
    condition::Attributes,
    error::Error,
};
use alloc::vec::Vec;

/// A feature, read on first use.
#[derive(Debug)]
pub struct Feature {
    /// The feature as the payload has it.
    pub document: Document,
    /// What it is called.
    pub key: alloc::string::String,
    /// Its rules, in order.
    pub rules: Vec<Rule>,
    /// What is wrong with it.
    pub problems: Vec<Error>,
}

/// A rule, read. Places are those of the feature's document; 0 where there is nothing.
#[derive(Debug)]
pub struct Rule {
    /// Where it stands.
    pub place: usize,
    /// Prerequisites.
    pub parents: usize,
    /// Parts of lines that the visitor must lie in.
    pub filters: Vec<Line>,
    /// What it does.
    pub action: Action,
}

/// What a rule does.
#[derive(Debug)]
pub enum Action {
    /// Nothing: it has neither a value nor variations.
    Nothing,
    /// Gives a value to those whom the condition means and the rollout reaches.
    Force(usize, Test, Option<Rollout>),
    /// Runs an experiment.
    Run(Experiment),
}

impl Feature {
    /// Reads a feature of a payload; `path` is where it stands, for problems.
    pub fn read(document: Result<Document, Error>, key: &str, path: &str, attributes: &mut Attributes) -> Feature {
        let mut reader = Reader { attributes, problems: Vec::new() };
        let mut document = document.unwrap_or_else(|error| {
            reader.problems.push(error);
            Document::default()
        });
        let mut rules = Vec::new();
        for (index, place) in places_of_rules(&document, &mut reader.problems).into_iter().enumerate() {
            let known = reader.problems.len();
            rules.push(read_rule(&mut reader, &mut document, place, key));
            let step = [".rules[", &print_integer(index as i64), "]"].concat();
            for problem in reader.problems.iter_mut().skip(known) {
                *problem = problem.clone().within(&step);
            }
        }
        let problems = reader.problems.into_iter().map(|problem| problem.within(path)).collect();
        Feature { document, key: key.into(), rules, problems }
    }

    /// The value without any rule.
    pub fn default(&self) -> Option<Json<'_>> {
        self.document.get("defaultValue")
    }

    /// The experiments among the rules.
    pub fn experiments(&self) -> impl Iterator<Item = &Experiment> {
        self.rules.iter().filter_map(|rule| match &rule.action {
            Action::Run(experiment) => Some(experiment),
            _ => None,
        })
    }
}

fn places_of_rules(document: &Document, problems: &mut Vec<Error>) -> Vec<usize> {
    if document.root().is_some_and(|root| !root.is_object()) {
        problems.push(Error::new("wrong-type", "", "A feature is an object {…}."));
    }
    let rules = document.get("rules");
    if rules.is_some_and(|rules| !rules.is_list()) {
        problems.push(Error::new("wrong-type", ".rules", "The rules are a list […]."));
    }
    crate::base::json::children(rules.filter(|rules| rules.is_list())).map(Json::place).collect()
}

fn read_rule(reader: &mut Reader<'_>, document: &mut Document, place: usize, feature: &str) -> Rule {
    let value = document.place(place);
    if !value.is_object() {
        reader.problems.push(Error::new("wrong-type", "", "A rule is an object {…}."));
    }
    let parents = value.get("parentConditions").map_or(0, Json::place);
    let filters = reader.filters(value).unwrap_or_default();
    let action = match value.member("force").map(Json::place) {
        Some(force) => {
            let test = reader.test(document, place);
            Action::Force(force, test, rollout(reader, document.place(place), feature))
        }
        None => match reader.experiment(document, place, feature, Form::Rule) {
            Some(experiment) => Action::Run(experiment),
            None => Action::Nothing,
        },
    };
    Rule { place, parents, filters, action }
}
