//! What the site's program owes for a history of conversions, for a preview in the page.
//!
//! Code that the page loads when it asks for it first, see [`super::judge`].

use super::Client;
use crate::{base::json::Writer, referral::reward};

impl Client {
    /// A statement, see [`reward::answer`]; nothing where the site has no program.
    #[inline(never)]
    pub(super) fn settle_rewards(&self, question: &str, out: &mut Writer) {
        let question = self.object(question);
        let program = self.referral.as_deref().and_then(|referral| referral.definition.root());
        if let Some((program, question)) = program.zip(question.root()) {
            reward::answer(program, question, out);
        }
    }
}
