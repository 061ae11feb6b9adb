//! The site definition: one JSON document that says everything about a site.

use crate::{
    base::{
        Host,
        json::{Document, Json, Section},
    },
    error::Error,
    referral::Program,
    scoring::Model,
    tracking::{Settings, consent::Consent, delivery::Collector},
};
use alloc::{rc::Rc, string::String, vec::Vec};

/// How deep the entries of an inline payload lie: definition, experiments, payload, features, a feature.
const PAYLOAD_ENTRIES: u32 = 4;

/// A site definition, read.
#[derive(Default)]
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
    /// How leads are scored.
    pub scoring: Model,
    /// The referral program.
    pub referral: Program,
    /// What holds until the visitor answers.
    pub consent: Consent,
}

impl Site {
    /// Reads a definition. It always succeeds: what is wrong is noted in `problems` and left out, everything else
    /// works. A text that is no JSON object is an empty definition, and as nobody knows what it wanted, nothing is
    /// stored or sent under it.
    pub fn read(&mut self, text: &str, host: &dyn Host, problems: &mut Vec<Error>) {
        let document = Document::read(text, PAYLOAD_ENTRIES, host).unwrap_or_else(|error| {
            problems.push(error.within("$"));
            Document::default()
        });
        let root = Section::new(document.root(), "$", problems).value();
        let mut experiments = Section::of(root, "$.experiments", problems);
        experiments.take_text("url", &mut self.payload_url);
        if experiments.get("payload").is_some() {
            self.payload_url.clear();
        }
        self.loading = !self.payload_url.is_empty();
        self.tracking.read(Section::of(root, "$.tracking", problems));
        self.collector.read(Section::of(root, "$.delivery", problems));
        if let Some(scoring) = root.and_then(|root| root.get("scoring")) {
            let scoring = document.part(scoring, u32::MAX, host).unwrap_or_else(|error| {
                problems.push(error.within("$.scoring"));
                Document::default()
            });
            self.scoring.read(scoring, problems);
        }
        if root.is_some_and(|root| root.get("referral").is_some()) {
            self.referral.read(Section::of(root, "$.referral", problems));
        }
        self.consent = match root {
            Some(root) => initial(root.get("consent"), problems),
            None => Consent::Pending,
        };
        self.document = Rc::new(document);
    }

    /// The section about experiments.
    pub fn experiments(&self) -> Option<Json<'_>> {
        self.document.get("experiments")
    }
}

/// Whatever cannot be understood is taken for "pending": the careful reading of an unclear wish.
fn initial(wish: Option<Json<'_>>, problems: &mut Vec<Error>) -> Consent {
    let mut section = Section::new(wish, "$.consent", problems);
    let asked = section.get("initial").is_some();
    let Some(word) = section.text("initial") else {
        let silent = !asked && wish.is_none_or(Json::is_object);
        return if silent { Consent::default() } else { Consent::Pending };
    };
    Consent::from_word(word).unwrap_or_else(|| {
        section.problem("unknown-word", "initial", "Consent is \"granted\", \"pending\" or \"denied\".");
        Consent::Pending
    })
}
