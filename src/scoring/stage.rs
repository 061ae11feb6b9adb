//! Where in their life a customer is: a machine of stages, each with a condition, which may be entered again.

use super::Model;
use crate::{base::json::children, condition::Context};
use alloc::string::String;

/// A stage.
#[derive(Debug)]
pub(super) struct Stage {
    pub id: String,
    /// Where its condition on the visitor's attributes stands; the score is one of them.
    pub when: usize,
    /// Where the list of the stages stands from which it may be entered; from anywhere where there is none.
    pub from: Option<usize>,
}

impl Model {
    /// The stage that follows the present one: of those whose condition holds and that may be entered from here the last in the
    /// model's order; the present one where there is none. Unless `may_fall`, no earlier stage is entered.
    pub fn stage<'m>(&'m self, present: &str, context: &Context<'_>, may_fall: bool) -> Option<&'m str> {
        let may_enter = |stage: &&Stage| {
            let from = stage.from.map(|place| self.document.place(place));
            stage.id == present || from.is_none_or(|from| children(Some(from)).any(|from| from.string() == Some(present)))
        };
        let holds = |stage: &&Stage| context.holds(self.document.place(stage.when));
        let later = self.stages.iter().rev().take_while(|stage| may_fall || stage.id != present);
        let next = later.filter(may_enter).find(holds)?;
        (next.id != present).then_some(&next.id)
    }
}
