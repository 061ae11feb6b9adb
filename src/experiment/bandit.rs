//! Contextual bandits: weights by what is known about the visitor.

use super::{Decider, definition::Experiment};
use crate::base::json::{Document, Json, children};

/// The part of a bandit that a visitor falls into.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'l> {
    /// Its number as the payload has it; `None` where no context fits: number -1.
    pub id: Option<Json<'l>>,
    /// Its weights; `None` where those of the rule stay.
    pub weights: Option<Json<'l>>,
    /// The bandit's version.
    pub version: Option<Json<'l>>,
}

impl<'r> Decider<'r> {
    /// The leaf that sets the weights of an experiment; `None` for an experiment without a bandit.
    pub(super) fn leaf(&self, experiment: &Experiment, document: &Document) -> Option<Leaf<'r>> {
        if experiment.bandit == 0 {
            return None;
        }
        let bandit = self.payload.bandit(document.place(experiment.bandit).string()?)?;
        let contexts = bandit.get("contexts").filter(|contexts| contexts.is_list());
        let fitting = children(contexts).find(|context| match context.get("condition") {
            Some(condition) => self.context().holds(condition),
            None => context.is_object(),
        });
        let version = bandit.get("banditVersion");
        Some(match fitting {
            Some(context) => Leaf { id: context.get("leafId"), weights: context.get("weights"), version },
            None => Leaf { id: None, weights: None, version },
        })
    }
}
