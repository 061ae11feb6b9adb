//! The site definition: one JSON document that says everything about a site.

use crate::{
    base::{
        Host,
        json::{Document, Json, Section},
    },
    error::Error,
    experiment::Payload,
    referral::Program,
    scoring::Model,
    tracking::{Settings, consent::Consent, delivery::Collector},
};
use alloc::{rc::Rc, string::String, vec::Vec};

/// A site definition, read.
pub struct Site {
    /// Features and experiments; empty until a payload given by address has arrived.
    pub payload: Payload,
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
        let document = Document::read(text, u32::MAX, &**host).unwrap_or_else(|error| {
            problems.push(error.within("$"));
            Document::default()
        });
        let document = Rc::new(document);
        let root = Section::new(document.root(), "$", problems).value();
        let section = |name| root.and_then(|root| root.get(name));
        let experiments = Section::new(section("experiments"), "$.experiments", problems).value();
        let inline = experiments.and_then(|experiments| experiments.get("payload"));
        let url = Section::new(experiments, "$.experiments", problems).text("url").filter(|_| inline.is_none());
        Site {
            payload: payload(inline.map_or("{}", Json::text), "$.experiments.payload", host, problems),
            loading: url.is_some(),
            payload_url: url.map(String::from),
            tracking: Settings::read(Section::new(section("tracking"), "$.tracking", problems)),
            collector: Collector::read(Section::new(section("delivery"), "$.delivery", problems)),
            scoring: section("scoring").map(|_| Model::read(document.clone(), problems)),
            referral: section("referral").map(|referral| Program::read(Section::new(Some(referral), "$.referral", problems))),
            consent: match root {
                Some(_) => initial(section("consent"), problems),
                None => Consent::Pending,
            },
        }
    }

    /// Takes the payload that was loaded from its address; an empty text says that it could not be.
    pub fn take_payload(&mut self, text: &str, host: &Rc<dyn Host>, problems: &mut Vec<Error>) {
        self.loading = false;
        if text.is_empty() {
            problems.push(Error::new("not-loaded", "$.experiments.url", "Nothing could be loaded from this address."));
            return;
        }
        self.payload = payload(text, "$.experiments.url → $", host, problems);
    }
}

fn payload(text: &str, path: &'static str, host: &Rc<dyn Host>, problems: &mut Vec<Error>) -> Payload {
    Payload::load(text, path, host.clone()).unwrap_or_else(|error| {
        problems.push(error);
        Payload::empty(host.clone())
    })
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
