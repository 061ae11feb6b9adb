//! Contextual bandits: weights by what is known about the visitor.

use super::{Engine, definition::Experiment};
use crate::base::json::{Document, Json, children};

/// The part of a bandit that a visitor falls into.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'l> {
    bandit: Json<'l>,
    /// `None` where no context fits: then the weights of the rule stay.
    context: Option<Json<'l>>,
}

impl<'l> Leaf<'l> {
    /// Its number as the payload has it; `None` where no context fits: number -1.
    pub fn id(&self) -> Option<Json<'l>> {
        self.context?.get("leafId")
    }

    /// Its weights; `None` where those of the rule stay.
    pub fn weights(&self) -> Option<Json<'l>> {
        self.context?.get("weights")
    }

    /// The bandit's version.
    pub fn version(&self) -> Option<Json<'l>> {
        self.bandit.get("banditVersion")
    }
}

impl Engine {
    /// The leaf that sets the weights of an experiment; `None` for an experiment without a bandit.
    pub(super) fn leaf<'r>(&'r self, experiment: &Experiment, document: &Document) -> Option<Leaf<'r>> {
        if experiment.bandit == 0 {
            return None;
        }
        let bandit = self.payload.bandit(document.place(experiment.bandit).string()?)?;
        let mut leaf = Leaf { bandit, context: None };
        for context in children(bandit.get("contexts").filter(|contexts| contexts.is_list())) {
            let fits = match context.get("condition") {
                Some(condition) => self.context().holds(condition),
                None => context.is_object(),
            };
            if fits {
                leaf.context = Some(context);
                break;
            }
        }
        Some(leaf)
    }
}
