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
pub struct Site {
    /// The definition itself, read as far as the payload's entries.
    pub document: Rc<Document>,
    /// The address the payload comes from, when it is not part of the definition.
    pub payload_url: Option<String>,
    /// Whether nothing can be decided yet.
    pub loading: bool,
    /// What is observed.
    pub tracking: Settings,
    /// Where events go.
    pub collector: Option<Collector>,
    /// How leads are scored; `None` when they are not.
    pub scoring: Option<Model>,
    /// The referral program, if there is one.
    pub referral: Option<Program>,
    /// What holds until the visitor answers.
    pub consent: Consent,
}

impl Site {
    /// Reads a definition. It always succeeds: what is wrong is noted in `problems` and left out, everything else
    /// works. A text that is no JSON object is an empty definition, and as nobody knows what it wanted, nothing is
    /// stored or sent under it.
    pub fn read(text: &str, host: &Rc<dyn Host>, problems: &mut Vec<Error>) -> Site {
        let document = Document::read(text, PAYLOAD_ENTRIES, &**host).unwrap_or_else(|error| {
            problems.push(error.within("$"));
            Document::default()
        });
        let root = Section::new(document.root(), "$", problems).value();
        let section = |name| root.and_then(|root| root.get(name));
        let experiments = Section::new(section("experiments"), "$.experiments", problems).value();
        let inline = experiments.and_then(|experiments| experiments.get("payload"));
        let url = Section::new(experiments, "$.experiments", problems).text("url").filter(|_| inline.is_none());
        Site {
            loading: url.is_some(),
            payload_url: url.map(String::from),
            tracking: Settings::read(Section::new(section("tracking"), "$.tracking", problems)),
            collector: Collector::read(Section::new(section("delivery"), "$.delivery", problems)),
            scoring: section("scoring").map(|scoring| {
                let section = document.part(scoring, u32::MAX, &**host).unwrap_or_else(|error| {
                    problems.push(error.within("$.scoring"));
                    Document::default()
                });
                Model::read(section, problems)
            }),
            referral: section("referral").map(|referral| Program::read(Section::new(Some(referral), "$.referral", problems))),
            consent: match root {
                Some(_) => initial(section("consent"), problems),
                None => Consent::Pending,
            },
            document: Rc::new(document),
        }
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
