//! Decisions, exposures, and assignments that are kept.

use super::{Client, Effect};
use crate::{
    base::{
        Time,
        json::{Json, Writer},
    },
    condition::Context,
    error::Error,
    event::Kind,
    experiment::{Engine, Placed, STICKY_PREFIX, Settings, Sink, Sticky, value_of},
    tracking::consent::Consent,
};
use alloc::{string::String, vec::Vec};

/// Layers of attributes; a later one wins.
pub(super) const KNOWN: usize = 0;
pub(super) const TRAITS: usize = 1;
pub(super) const TOLD: usize = 2;
const OVERRIDING: usize = 3;

/// Visitors that are programs: crawlers, previews of shared links, monitors. They decide as everybody does, but count
/// in no experiment.
const PROGRAMS: &str = "bot\\b|bot/|crawl|spider|slurp|facebookexternalhit|lighthouse|pingdom|whatsapp|embedly";

const NOT_LOADED: &str = "not-loaded";

/// An exposure to be recorded.
struct Exposure {
    /// What tells it from others.
    mark: String,
    properties: String,
    /// What is to be kept of the assignment: attribute, value, assignment, variation.
    kept: Option<[String; 4]>,
}

impl Client {
    /// The engine that decides.
    pub fn engine(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// Whether the payload is still on its way.
    pub fn loading(&self) -> bool {
        self.site.loading
    }

    /// The number of a feature's outcome, and whether showing it is news: then [`super::Input::Seen`] is due.
    pub fn glance(&self, index: usize) -> (u32, bool) {
        let mut sink = Sink::default();
        let decision = self.engine.decider().decide(index, &mut sink);
        (decision.code, sink.due && self.counts())
    }

    /// The value of the outcome of a number, as JSON.
    pub fn outcome(&self, index: usize, code: u32) -> &str {
        let value = self.engine.payload.feature(index).and_then(|feature| value_of(feature, code));
        value.map_or("null", Json::text)
    }

    /// Takes the experiments' part of the site definition and what was kept of assignments.
    pub(super) fn set_up_experiments(&mut self, stored: &[(String, String)]) {
        let section = self.site.experiments();
        let get = |name| section.and_then(|section| section.get(name));
        let host = self.host.clone();
        let known = get("known").and_then(Json::boolean) != Some(false);
        let groups = get("remoteGroupIds").map(|ids| ["{\"__gb_remoteGroupIds\":", ids.text(), "}"].concat());
        self.engine.settings = Settings::read(section);
        self.engine.sticky = (get("sticky").and_then(Json::boolean) != Some(false)).then(|| Sticky::new(host));
        if let Some(sticky) = &mut self.engine.sticky {
            for (_, document) in stored.iter().filter(|(key, _)| key.starts_with(STICKY_PREFIX)) {
                sticky.add(document);
            }
        }
        self.adds_known = known;
        self.exposes = get("exposures").and_then(Json::boolean) != Some(false);
        let payload = get("payload").map(Json::place);
        if let Some(groups) = groups {
            let groups = self.object(&groups);
            self.engine.attributes.set(OVERRIDING, groups);
        }
        if let Some(root) = payload {
            self.engine.load(self.site.document.clone(), root, "$.experiments.payload");
        }
    }

    /// Takes a document of assignments that were kept before.
    pub fn keep_assignments(&mut self, document: &str) {
        if let Some(sticky) = &mut self.engine.sticky {
            sticky.add(document);
        }
    }

    /// Takes the payload that was loaded from its address; an empty text says that it could not be, and leaves all
    /// as it was: it may still come.
    pub(super) fn take_payload(&mut self, text: String) {
        self.problems.retain(|problem| problem.code != NOT_LOADED);
        if text.is_empty() {
            let message = "Nothing could be loaded from this address yet.";
            self.problems.push(Error::new(NOT_LOADED, "$.experiments.url", message));
            return;
        }
        self.site.loading = false;
        self.engine.load_text(text, "$.experiments.url → $");
    }

    /// A feature was shown: each experiment behind it is recorded, once per variation and hashed value.
    pub(super) fn expose(&mut self, feature: &str, now: Time) {
        let Some(index) = self.engine.find(feature).filter(|_| self.counts()) else { return };
        let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
        self.engine.decider().decide(index, &mut sink);
        let exposures = self.exposures(sink);
        self.record_exposures(exposures, now);
    }

    /// An experiment that stands alone was run by the page.
    pub(super) fn expose_standalone(&mut self, number: i64, now: Time) {
        if self.counts() {
            let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
            self.engine.run(number, &mut sink);
            let exposures = self.exposures(sink);
            self.record_exposures(exposures, now);
        }
    }

    /// The automatic experiments run; they count.
    pub(super) fn expose_automatic(&mut self, now: Time) {
        if self.counts() {
            let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
            self.engine.run_automatic(&mut sink);
            let exposures = self.exposures(sink);
            self.record_exposures(exposures, now);
        }
    }

    fn exposures(&self, sink: Sink<'_>) -> Vec<Exposure> {
        let mut exposures = Vec::new();
        for placed in sink.placed.unwrap_or_default() {
            exposures.push(self.exposure(&placed));
        }
        for track in sink.tracks {
            if let Some(exposure) = replayed(track) {
                exposures.push(exposure);
            }
        }
        exposures
    }

    /// Programs count nowhere, and neither does who denied it: both are told nothing now, and may be later.
    fn counts(&self) -> bool {
        self.consent != Consent::Denied && !self.is_program && self.exposes
    }

    pub(super) fn is_program(&self) -> bool {
        let agent = self.page.user_agent();
        self.host.matches(PROGRAMS, agent, true)
    }

    /// With consent, assignments that were kept in memory are stored now.
    pub(super) fn store_assignments(&mut self) {
        let Some(sticky) = &self.engine.sticky else { return };
        for (name, document) in sticky.documents() {
            self.effects.push(Effect::Save([STICKY_PREFIX, name].concat(), document.into()));
        }
    }

    fn record_exposures(&mut self, exposures: Vec<Exposure>, now: Time) {
        for Exposure { mark, properties, kept } in exposures {
            if let (Some([attribute, value, assignment, variation]), Some(sticky)) = (kept, &mut self.engine.sticky)
                && let Some((name, document)) = sticky.keep(&attribute, &value, &assignment, &variation)
                && self.consent == Consent::Granted
            {
                self.effects.push(Effect::Save([STICKY_PREFIX, &name].concat(), document));
            }
            if !self.visitor.exposed.contains(&mark) {
                self.record(Kind::Track, "Experiment Viewed", &properties, now);
                self.visitor.remember_exposure(mark);
            }
        }
    }

    /// What is recorded of a place in an experiment, by Segment's A/B testing specification.
    fn exposure(&self, placed: &Placed<'_>) -> Exposure {
        let key = placed.variation_key();
        let experiment = placed.experiment.key.as_str();
        let feature = placed.feature.map(|feature| self.engine.payload.name(feature));
        let properties = properties(experiment, &key, [placed.name(), placed.variation_name(), feature]);
        let (attribute, text) = placed.run.hashed;
        let (name, text) = (self.engine.attributes.hashed_name(attribute), text.unwrap_or_default());
        placed.counted(&self.engine.attributes);
        Exposure {
            mark: [experiment, "\n", &key, "\n", name, "\n", text].concat(),
            properties,
            kept: placed.to_keep().map(|assignment| [name.into(), text.into(), assignment, key]),
        }
    }

    /// Forces a variation in every experiment of a feature, or ends that.
    pub(super) fn preview(&mut self, feature: &str, variation: Option<usize>) {
        let Some(index) = self.engine.find(feature) else { return };
        let Some(found) = self.engine.payload.feature(index) else { return };
        let previews = &mut self.engine.settings.previews;
        for experiment in found.experiments() {
            previews.retain(|(other, _)| *other != experiment.key);
            if let Some(variation) = variation {
                previews.push((experiment.key.clone(), variation as f64));
            }
        }
    }

    /// What conditions on the visitor see.
    pub(super) fn context_of_visitor(&self) -> Context<'_> {
        self.engine.payload.begin_decision();
        self.engine.decider().context()
    }
}

/// An exposure that a server decided; `None` for what is none.
fn replayed(track: Json<'_>) -> Option<Exposure> {
    let (experiment, result) = (track.get("experiment")?, track.get("result")?);
    let key = experiment.get_string("key")?;
    let index = || result.get("variationId").map_or("0", Json::text);
    let variation = result.get_filled("key").unwrap_or_else(index);
    let value = result.get("hashValue").map_or("", |value| value.string().unwrap_or(value.text()));
    let attribute = result.get_filled("hashAttribute").unwrap_or("id");
    let names = [experiment.get_filled("name"), result.get_filled("name"), result.get_filled("featureId")];
    Some(Exposure {
        mark: [key, "\n", variation, "\n", attribute, "\n", value].concat(),
        properties: properties(key, variation, names),
        kept: None,
    })
}

/// The names are the experiment's, the variation's and the feature's, as far as they have any.
fn properties(experiment: &str, variation: &str, [own, shown, feature]: [Option<&str>; 3]) -> String {
    let mut out = Writer::begin('{');
    out.member("experiment_id", experiment).member("variation_id", variation);
    for (member, name) in [("experiment_name", own), ("variation_name", shown), ("feature_id", feature)] {
        if let Some(name) = name {
            out.member(member, name);
        }
    }
    out.end('}')
}
