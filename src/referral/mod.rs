//! Referrals: a code for every advocate, links that carry it, and the friend who arrives with one.

pub mod attribution;
pub mod code;
#[cfg(feature = "insights")]
pub mod fraud;
#[cfg(feature = "insights")]
pub mod graph;
pub mod link;
pub mod reward;
pub mod signed;
pub mod touch;

use crate::{
    base::{
        Host,
        json::{Json, Section},
    },
    condition,
    error::Error,
};
use alloc::{string::String, vec::Vec};
use attribution::Attribution;
use code::{Codes, Kind};
use link::Links;
use reward::Rewards;
use signed::Signed;

/// A sentence for people about what the page does not say in full: its constants lie in what every page loads. Mistakes have their
/// code and path there, and their sentence where programs are edited, codes are made by the thousand, and rewards are paid.
const fn sentence(text: &'static str) -> &'static str {
    if cfg!(feature = "page") { "" } else { text }
}

/// A referral program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Its id, in links and to whoever signs them; empty where it has none.
    pub id: String,
    /// Where its codes stand in addresses.
    pub links: Links,
    /// How codes look, and who makes them.
    pub codes: Codes,
    /// Who is credited.
    pub attribution: Attribution,
    /// The event that is a friend's conversion; empty where the program has none.
    pub conversion: String,
    /// What it says of signed links.
    pub signed: Signed,
}

impl Program {
    /// Reads the section `referral` of a site definition.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        section.take_text("program", &mut self.id);
        section.take_text("conversion", &mut self.conversion);
        self.links.read(&mut section);
        self.codes.read(section.below("codes", "$.referral.codes"));
        self.signed.read(section.below("signed", "$.referral.signed"));
        self.attribution.read(section.below("attribution", "$.referral.attribution"), &self.conversion);
    }

    /// Reads a whole definition, the rules of rewards and the condition for inviting included: what is wrong is noted in `problems`. A
    /// page needs less of it, and reads the rest when it is asked for.
    pub fn check(definition: Option<Json<'_>>, problems: &mut Vec<Error>) -> (Program, Rewards) {
        let (mut program, mut rewards) = (Program::default(), Rewards::default());
        program.read(Section::new(definition, "$.referral", problems));
        let section = |name| definition.and_then(|definition| definition.get(name));
        rewards.read(Section::new(section("rewards"), "$.referral.rewards", problems));
        #[cfg(feature = "insights")]
        fraud::Rules::default().read(Section::new(section("fraud"), "$.referral.fraud", problems));
        if let Some(when) = section("invite").and_then(|invite| invite.get("when"))
            && let Err(error) = condition::check(when)
        {
            problems.push(error.within("$.referral.invite.when"));
        }
        (program, rewards)
    }

    /// A code, repaired, as the program writes it; `None` for what is none.
    pub fn normalise(&self, typed: &str) -> Option<String> {
        self.codes.normalise(typed)
    }

    /// The code that a visitor typed, as the program writes it; `None` for what is none, and where only signed links count.
    pub fn typed(&self, typed: &str) -> Option<String> {
        if self.signed.required { None } else { self.normalise(typed) }
    }

    /// Whether a code is the user's, on every device: derived from who they are, or given by a server. Others are the browser's.
    pub fn follows_user(&self) -> bool {
        self.codes.kind != Kind::Random
    }

    /// A new code for an advocate, without any of the `blocked` words: at random, or derived from the id of a user who said who they are.
    /// Empty where that is not known yet, where no code can be derived of it, and where a server gives codes; also where codes are derived
    /// and the words could not be had, for without them a code may be another one than on other devices.
    pub fn make_code(&self, user_id: &str, blocked: &str, host: &dyn Host) -> String {
        match self.codes.kind {
            Kind::Random => self.codes.random(host, blocked),
            Kind::Derived if !user_id.is_empty() && !blocked.is_empty() => {
                self.codes.derived(&self.id, user_id, blocked).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}
