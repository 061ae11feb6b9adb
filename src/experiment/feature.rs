//! A feature, read.

use super::{
    definition::{Experiment, Form, Reader, Rollout, Test},
    fields::Fields,
    line::Line,
};
use crate::{
    base::json::{Document, Json, Word, children},
    error::Error,
};
use alloc::{boxed::Box, vec::Vec};
use core::cell::Cell;

/// More rules than this are refused, all of them; an outcome is a number of 31 bits.
const MOST_RULES: usize = 65_536;

/// A feature, read on first use.
#[derive(Debug)]
pub struct Feature {
    /// The feature as the payload has it.
    pub document: Document,
    /// Which one of the payload it is.
    pub index: usize,
    /// Its rules, in order.
    pub rules: Vec<Rule>,
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
    /// Reads a feature of a payload: its index and its key.
    pub fn read(document: Document, (index, key): (usize, &str), reader: &mut Reader<'_>) -> Feature {
        let mut rules = Vec::new();
        if document.root().is_some_and(|root| !root.is_object()) {
            reader.problem(Error::new("wrong-type", "", "A feature is an object {…}."));
        }
        let list = document.get("rules");
        if list.is_some_and(|list| !list.is_list()) {
            reader.problem(Error::new("wrong-type", ".rules", "The rules are a list […]."));
        }
        let count = list.map_or(0, Json::length);
        if count > MOST_RULES {
            reader.problem(Error::new("out-of-range", ".rules", "A feature has at most 65,536 rules."));
        }
        rules.reserve_exact(count.min(MOST_RULES)); // most have one or two
        for rule in children(list.filter(|list| list.is_list() && count <= MOST_RULES)) {
            reader.rule = Some(rules.len());
            rules.push(read_rule(reader, rule, key));
        }
        Feature { document, index, rules }
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

fn read_rule(reader: &mut Reader<'_>, rule: Json<'_>, feature: &str) -> Rule {
    if !rule.is_object() {
        reader.problem(Error::new("wrong-type", "", "A rule is an object {…}."));
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
        parents: reader.parents(&fields),
        tracks: Cell::new(fields.filled(Word::Tracks)),
        filters: reader.filters(&fields),
        action,
    }
}
