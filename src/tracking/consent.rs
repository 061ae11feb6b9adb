//! What the visitor allowed, for each purpose.

use crate::base::json::{Json, Writer};

/// May ids and events be stored and sent?
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Consent {
    /// Yes.
    #[default]
    Granted,
    /// Not answered yet: events wait in memory, nothing is stored, nothing is sent.
    Pending,
    /// No: nothing is recorded, stored or sent.
    Denied,
}

impl Consent {
    /// The word in definitions and answers.
    pub fn word(self) -> &'static str {
        match self {
            Consent::Granted => "granted",
            Consent::Pending => "pending",
            Consent::Denied => "denied",
        }
    }

    /// The consent of that word.
    pub fn from_word(word: &str) -> Option<Consent> {
        match word {
            "granted" => Some(Consent::Granted),
            "pending" => Some(Consent::Pending),
            "denied" => Some(Consent::Denied),
            _ => None,
        }
    }
}

/// The purposes, in the order in which their answers are kept.
const PURPOSES: [&str; 3] = ["experiments", "analytics", "marketing"];

/// The answers for the three purposes.
///
/// * `experiments`: assignments are kept, and what was shown is recorded;
/// * `analytics`: events are recorded, stored and sent;
/// * `marketing`: ids of clicks on advertisements are among what is recorded, and visitors are known again on other
///   domains.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Consents([Consent; 3]);

impl Consents {
    /// The same answer for every purpose.
    pub fn all(answer: Consent) -> Consents {
        Consents([answer; 3])
    }

    /// The answer for experiments.
    pub fn experiments(self) -> Consent {
        self.0[0]
    }

    /// The answer for analytics.
    pub fn analytics(self) -> Consent {
        self.0[1]
    }

    /// The answer for marketing.
    pub fn marketing(self) -> Consent {
        self.0[2]
    }

    /// The answers that are others than before.
    pub fn changes(self, before: Consents) -> [Option<Consent>; 3] {
        let mut changes = [None; 3];
        for ((change, answer), earlier) in changes.iter_mut().zip(self.0).zip(before.0) {
            *change = Some(answer).filter(|answer| *answer != earlier);
        }
        changes
    }

    /// Takes the answers of an object such as `{"marketing":"denied"}`; what it does not name stays. Whether every
    /// answer in it is one of the three words.
    pub fn take(&mut self, answers: Option<Json<'_>>) -> bool {
        let mut understood = true;
        for (purpose, answer) in PURPOSES.iter().zip(&mut self.0) {
            if let Some(word) = answers.and_then(|answers| answers.get(purpose)) {
                let said = word.string().and_then(Consent::from_word);
                understood &= said.is_some();
                *answer = said.unwrap_or(*answer);
            }
        }
        understood
    }

    /// Writes the answers as an object of words.
    pub fn write(self, out: &mut Writer) {
        out.open('{');
        for (purpose, answer) in PURPOSES.iter().zip(self.0) {
            out.member(purpose, answer.word());
        }
        out.close('}');
    }

    /// Writes Segment's `context.consent`: a purpose is a category, and only a yes is one.
    pub fn write_context(self, out: &mut Writer) {
        out.key("consent").open('{').key("categoryPreferences").open('{');
        for (purpose, answer) in PURPOSES.iter().zip(self.0) {
            out.flag(purpose, answer == Consent::Granted);
        }
        out.close('}').close('}');
    }
}
