//! What the visitor allowed.

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
