//! A feature, read.

use super::{
    definition::{Experiment, Form, Reader, Rollout, Test},
    fields::Fields,
    line::Line,
};
use crate::{
    base::json::{Document, Json, Word, print_integer},
    condition::Attributes,
    error::Error,
};
use alloc::{boxed::Box, vec::Vec};
use core::cell::Cell;

/// A feature, read on first use.
#[derive(Debug)]
pub struct Feature {
    /// The feature as the payload has it.
    pub document: Document,
    /// Which one of the payload it is.
    pub index: usize,
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
    /// Exposures that a server decided, for a rule that forces a value; nothing once they were recorded.
    pub tracks: Cell<usize>,
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
    Run(Box<Experiment>),
}

impl Feature {
    /// Reads a feature of a payload; the paths of its problems are relative to it.
    pub fn read(document: Result<Document, Error>, (index, key): (usize, &str), attributes: &mut Attributes) -> Feature {
        let mut problems = Vec::new();
        let document = document.unwrap_or_else(|error| {
            problems.push(error);
            Document::default()
        });
        let mut reader = Reader { attributes, problems: &mut problems };
        let mut rules = Vec::new();
        if let Some(list) = list_of_rules(&document, reader.problems) {
            rules.reserve_exact(list.children().count());
            for (index, rule) in list.children().enumerate() {
                let known = reader.problems.len();
                rules.push(read_rule(&mut reader, rule, key));
                for problem in reader.problems.iter_mut().skip(known) {
                    *problem = problem.clone().within(&[".rules[", &print_integer(index as i64), "]"].concat());
                }
            }
        }
        Feature { document, index, rules, problems }
    }

    /// The value without any rule.
    pub fn default(&self) -> Option<Json<'_>> {
        self.document.get("defaultValue")
    }

    /// The experiments among the rules.
    pub fn experiments(&self) -> impl Iterator<Item = &Experiment> {
        self.rules.iter().filter_map(|rule| match &rule.action {
            Action::Run(experiment) => Some(&**experiment),
            _ => None,
        })
    }
}

fn list_of_rules<'d>(document: &'d Document, problems: &mut Vec<Error>) -> Option<Json<'d>> {
    if document.root().is_some_and(|root| !root.is_object()) {
        problems.push(Error::new("wrong-type", "", "A feature is an object {…}."));
    }
    let rules = document.get("rules");
    if rules.is_some_and(|rules| !rules.is_list()) {
        problems.push(Error::new("wrong-type", ".rules", "The rules are a list […]."));
    }
    rules.filter(|rules| rules.is_list())
}

fn read_rule(reader: &mut Reader<'_>, rule: Json<'_>, feature: &str) -> Rule {
    if !rule.is_object() {
        reader.problems.push(Error::new("wrong-type", "", "A rule is an object {…}."));
    }
    let fields = Fields::of(rule);
    let action = match fields.member(Word::Force) {
        Some(force) => Action::Force(force.place(), reader.test(&fields), reader.rollout(&fields, feature)),
        None => match reader.experiment(&fields, feature, Form::Rule) {
            Some(experiment) => Action::Run(Box::new(experiment)),
            None => Action::Nothing,
        },
    };
    Rule {
        place: rule.place(),
        parents: fields.filled(Word::ParentConditions),
        tracks: Cell::new(fields.filled(Word::Tracks)),
        filters: reader.filters(&fields),
        action,
    }
}
