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

/// Visitors that are programs, by what they call themselves: crawlers, previews of shared links, monitors, scanners; and
/// whatever calls itself no browser at all. They decide as everybody does, but count in no experiment. One repetition
/// only, so that the host searches without testing its patience; tests/scripts/bots.test.mjs holds it to both kinds.
const PROGRAMS: &str = include_str!("programs.txt").trim_ascii_end();

const NOT_LOADED: &str = "not-loaded";

/// An exposure to be recorded.
struct Exposure {
    /// What tells it from others: experiment, variation, attribute and its value.
    of: [String; 4],
    properties: String,
    /// What the assignment is called where it is kept; empty where it is not.
    kept: String,
}

/// What was shown.
pub(super) enum Shown<'s> {
    /// A feature.
    Feature(&'s str),
    /// An experiment that stands alone, run by the page.
    Standalone(i64),
    /// The automatic experiments, which run now.
    Automatic,
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
        let code = self.engine.outcome(index, &mut sink);
        (code, sink.due && self.counts())
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
        self.score_is_news();
    }

    /// Something was shown: each experiment behind it is recorded, once per variation and hashed value.
    pub(super) fn expose(&mut self, shown: Shown<'_>, now: Time) {
        if !self.counts() {
            return;
        }
        let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
        match shown {
            Shown::Feature(key) => {
                let Some(index) = self.engine.find(key) else { return };
                self.engine.outcome(index, &mut sink);
            }
            Shown::Standalone(number) => drop(self.engine.run(number, &mut sink)),
            Shown::Automatic => drop(self.engine.run_automatic(&mut sink)),
        }
        let mut exposures = Vec::new();
        for placed in sink.placed.as_deref().unwrap_or_default() {
            exposures.push(self.exposure(placed));
        }
        for track in sink.tracks {
            if let Some(exposure) = replayed(track) {
                exposures.push(exposure);
            }
        }
        for exposure in &exposures {
            self.record_exposure(exposure, now);
        }
    }

    /// Programs count nowhere, and neither does who denied it: both are told nothing now, and may be later.
    fn counts(&self) -> bool {
        self.consent.experiments() != Consent::Denied && !self.is_program && self.exposes
    }

    pub(super) fn is_program(&self) -> bool {
        let agent = self.page.user_agent();
        self.host.matches(PROGRAMS, agent, true)
    }

    /// With consent, assignments that were kept in memory are stored now.
    pub(super) fn store_assignments(&mut self) {
        let Some(sticky) = &self.engine.sticky else { return };
        for document in sticky.documents() {
            let text = document.root().map_or("", Json::text);
            self.effects.push(Effect::Save([STICKY_PREFIX, &Sticky::name(document)].concat(), text.into()));
        }
    }

    fn record_exposure(&mut self, Exposure { of, properties, kept }: &Exposure, now: Time) {
        let [experiment, variation, attribute, value] = of;
        if let Some(sticky) = self.engine.sticky.as_mut().filter(|_| !kept.is_empty())
            && let Some((name, document)) = sticky.keep(attribute, value, kept, variation)
            && self.consent.experiments() == Consent::Granted
        {
            self.effects.push(Effect::Save([STICKY_PREFIX, &name].concat(), document));
        }
        let mark = [experiment, "\n", variation, "\n", attribute, "\n", value].concat();
        if !self.visitor.exposed.contains(&mark) {
            self.record(Kind::Track, "Experiment Viewed", properties, now);
            self.visitor.remember_exposure(mark);
            self.changed = true;
        }
    }

    /// What is recorded of a place in an experiment.
    fn exposure(&self, placed: &Placed<'_>) -> Exposure {
        placed.counted(&self.engine.attributes);
        let (attribute, text) = placed.run.hashed;
        let key = placed.variation_key();
        let of = [&placed.experiment.key, &key, self.engine.attributes.hashed_name(attribute), text.unwrap_or_default()];
        let feature = placed.feature.map(|feature| self.engine.payload.name(feature));
        Exposure::new(of, [placed.name(), placed.variation_name(), feature], placed.to_keep().unwrap_or_default())
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
        self.engine.context()
    }
}

/// An exposure that a server decided; `None` for what is none.
fn replayed(track: Json<'_>) -> Option<Exposure> {
    let (experiment, result) = (track.get("experiment")?, track.get("result")?);
    let index = || result.get("variationId").map_or("0", Json::text);
    let variation = result.get_filled("key").unwrap_or_else(index);
    let value = result.get("hashValue").map_or("", |value| value.string().unwrap_or(value.text()));
    let attribute = result.get_filled("hashAttribute").unwrap_or("id");
    let names = [experiment.get_filled("name"), result.get_filled("name"), result.get_filled("featureId")];
    Some(Exposure::new([experiment.get_string("key")?, variation, attribute, value], names, String::new()))
}

impl Exposure {
    /// Its properties follow Segment's A/B testing specification. The names are the experiment's, the variation's and the
    /// feature's, as far as they have any.
    fn new(of: [&str; 4], names: [Option<&str>; 3], kept: String) -> Exposure {
        let mut out = Writer::begin('{');
        let [experiment, variation, ..] = of;
        out.member("experiment_id", experiment).member("variation_id", variation);
        for (member, name) in ["experiment_name", "variation_name", "feature_id"].iter().zip(names) {
            if let Some(name) = name {
                out.member(member, name);
            }
        }
        Exposure { of: of.map(String::from), properties: out.end('}'), kept }
    }
}
