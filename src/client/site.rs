//! The site definition: one JSON document that says everything about a site.

use super::{Referral, Scores};
use crate::{
    base::{
        Host, hash,
        json::{Document, Json, Section},
    },
    error::Error,
    tracking::{
        Settings,
        consent::{Consent, Consents},
        delivery::Collector,
    },
};
use alloc::{boxed::Box, rc::Rc, string::String, vec::Vec};

/// How deep the entries of an inline payload lie: definition, experiments, payload, features, a feature.
const PAYLOAD_ENTRIES: u32 = 4;

/// A site definition, read.
pub struct Site {
    /// The definition itself, read as far as the payload's entries.
    pub document: Rc<Document>,
    /// The address the payload comes from; empty when it is part of the definition.
    pub payload_url: String,
    /// Whether nothing can be decided yet.
    pub loading: bool,
    /// What is observed.
    pub tracking: Settings,
    /// Where events go.
    pub collector: Collector,
    /// How leads are scored, until the visitor arrives.
    pub(super) scores: Option<Box<Scores>>,
    /// The referral program, until the visitor arrives.
    pub(super) referral: Option<Box<Referral>>,
    /// What holds until the visitor answers.
    pub consent: Consents,
}

impl Site {
    /// Reads a definition. It always succeeds: what is wrong is noted in `problems` and left out, everything else
    /// works. A text that is no JSON object is an empty definition, and as nobody knows what it wanted, nothing is
    /// stored or sent under it.
    pub fn read(text: &str, host: &dyn Host, problems: &mut Vec<Error>) -> Site {
        let document = Section::document(Document::read(text, PAYLOAD_ENTRIES, host), "$", problems);
        let root = Section::new(document.root(), "$", problems).value();
        let mut payload_url = String::new();
        let mut experiments = Section::of(root, "$.experiments", problems);
        experiments.take_text("url", &mut payload_url);
        if experiments.get("payload").is_some() {
            payload_url.clear();
        }
        let mut site = Site {
            loading: !payload_url.is_empty(),
            payload_url,
            tracking: Settings::read(Section::of(root, "$.tracking", problems)),
            collector: Collector::default(),
            scores: None,
            referral: None,
            consent: Consents::all(Consent::Pending),
            document: Rc::default(),
        };
        site.collector.read(Section::of(root, "$.delivery", problems));
        if let Some(scoring) = root.and_then(|root| root.get("scoring")) {
            site.scores = Site::scores(document.part(scoring, u32::MAX, host), problems);
        }
        if let Some(referral) = root.and_then(|root| root.get("referral")) {
            site.referral = Site::referral(document.part(referral, u32::MAX, host), problems);
        }
        site.consent = initial(root, problems);
        site.document = Rc::new(document);
        site
    }

    /// The share of visitors of whom an event of this name is recorded, where that is not everybody.
    pub fn sample(&self, event: &str) -> Option<f64> {
        self.document.get("tracking")?.get("sample")?.get_number(event)
    }

    /// Whether a visitor is among those: who is, is so on every page.
    pub fn samples(&self, event: &str, visitor: &str) -> bool {
        let place = || hash::place(visitor, event, 2.0).unwrap_or_default();
        self.sample(event).is_none_or(|share| place() < share)
    }

    /// The section about experiments.
    pub fn experiments(&self) -> Option<Json<'_>> {
        self.document.get("experiments")
    }
}

/// Whatever cannot be understood is taken for "pending": the careful reading of an unclear wish.
fn initial(root: Option<Json<'_>>, problems: &mut Vec<Error>) -> Consents {
    let understood = problems.len();
    let mut section = Section::of(root, "$.consent", problems);
    let wish = section.get("initial");
    let mut consents = Consents::all(Consent::Granted);
    let clear = match wish.filter(|wish| wish.is_object()) {
        Some(answers) => consents.take(Some(answers)),
        None => {
            let answer = Consent::from_word(section.text("initial").unwrap_or("granted"));
            consents = Consents::all(answer.unwrap_or_default());
            answer.is_some()
        }
    };
    if !clear {
        section.problem(
            "unknown-word",
            "initial",
            "Consent is \"granted\", \"pending\" or \"denied\", or one of them for each purpose.",
        );
    }
    if root.is_some() && problems.len() == understood { consents } else { Consents::all(Consent::Pending) }
}
