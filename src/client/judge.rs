//! The visitor is judged: scores, what they reach, the stage, what is due.
//!
//! On sites that score leads, and on those alone: all of this is code that the page loads when its definition has a model. Where
//! it is not there, each of these functions does nothing, and returns zeros: none may return what is more than a number.

use super::{Client, Effect, SCORED_PREFIX, Site};
use crate::{
    base::{
        Time,
        json::{Document, Json, Writer, children},
        time::{MINUTE, SECOND},
    },
    error::Error,
    event::Kind,
    scoring::{Fact, Ledger, Model, Mood, OWN, Present, Standing, remember, session},
    tracking::consent::Consent,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::cell::Cell;

/// So long after a key was struck the visitor still types.
const TYPING: i64 = 5 * SECOND;
/// So long after an error the visitor is left alone.
const TROUBLE: i64 = MINUTE;
/// So long after a page began not all that is known of the visitor may have been told: what was reached stays.
const SETTLING: i64 = 10 * SECOND;
/// Events that say that something went wrong.
const TROUBLES: [&str; 5] = ["Error Occurred", "Form Validation Failed", "Rage Click", "Dead Click", "Payment Failed"];

/// What a visitor is judged by.
#[derive(Default)]
pub struct Scores {
    model: Model,
    /// The events that scores are made of.
    ledger: Ledger,
    /// Those that may not be stored yet: keys and what is written.
    unstored: Vec<(String, String)>,
    standing: Standing,
    /// Whether the score may be another one now, and the minute it is of.
    pub(super) is_news: bool,
    minute: i64,
    /// When something may be due.
    pub(super) due: Option<Time>,
    /// Until when the visitor is busy.
    calm: Time,
    /// When the page began; `None` as long as it does.
    begun: Option<Time>,
    /// What learned models say, as JSON; empty where none was asked.
    learned: String,
    /// The attribute `score`.
    pub(super) facts: String,
    /// The score as it was told last, and the minute it was told in: until something happens it is told again.
    told: Cell<String>,
    told_in: Cell<i64>,
}

/// What became of a visitor, to be told: `threshold`, `stage` or `trigger`, which one, and the one before.
type News = (&'static str, String, String);

impl Site {
    /// Reads the model, where the definition has one.
    #[inline(never)]
    pub(super) fn scores(document: Result<Document, Error>, problems: &mut Vec<Error>) -> Option<Box<Scores>> {
        let mut scores = Box::<Scores>::default();
        match document {
            Ok(document) => scores.model.read(document, problems),
            Err(error) => problems.push(error.within("$.scoring")),
        }
        Some(scores)
    }
}

impl Client {
    /// Takes the events that were kept to score the visitor by; those of somebody else are erased.
    #[inline(never)]
    pub(super) fn restore_scores(&mut self, stored: &[(String, String)], are_theirs: bool) {
        let Some(scores) = &mut self.scores else { return };
        scores.stand(&self.visitor.standing, &*self.host);
        for (key, value) in stored {
            if let Some(id) = key.strip_prefix(SCORED_PREFIX)
                && !(are_theirs && self.recall_scored(id, value))
            {
                self.effects.push(Effect::Erase(key.clone()));
            }
        }
        self.keep_within_bounds();
    }

    /// Another tab kept an event. What it leads to is that tab's to tell, and comes with the visitor's record: two tabs that see the
    /// same event would both find a trigger due.
    #[inline(never)]
    pub(super) fn hear_scored(&mut self, id: &str, written: &str) {
        let was_news = self.scores.as_ref().is_some_and(|scores| scores.is_news);
        if self.recall_scored(id, written)
            && let Some(scores) = &mut self.scores
        {
            scores.is_news = was_news;
            scores.told = Cell::default();
            self.effects.push(Effect::Tell("score", String::new()));
            self.keep_within_bounds();
        }
    }

    /// Takes an event that was kept; whether it is one of those that count.
    #[inline(never)]
    pub(super) fn recall_scored(&mut self, id: &str, written: &str) -> bool {
        let written = self.object(written);
        let Some(scores) = &mut self.scores else { return false };
        let fact = written.root().and_then(|written| Fact::read(id, written));
        let counts = fact.is_some_and(|fact| scores.model.hear(&mut scores.ledger, fact, &*self.host));
        scores.is_news |= counts;
        counts
    }

    /// Counts an event that was recorded.
    #[inline(never)]
    pub(super) fn count_for_score(&mut self, fact: Fact<'_>, now: Time) {
        let stores = self.stores();
        let Some(scores) = &mut self.scores else { return };
        if TROUBLES.contains(&fact.name) {
            scores.calm = scores.calm.max(now.plus(TROUBLE));
        }
        if self.is_program || !scores.model.take(&mut scores.ledger, fact, &*self.host) {
            return;
        }
        scores.is_news = true;
        let (key, written) = ([SCORED_PREFIX, fact.id].concat(), fact.write());
        if stores {
            self.effects.push(Effect::Save(key, written));
        } else {
            scores.unstored.push((key, written));
        }
        self.keep_within_bounds();
    }

    /// What is too much is forgotten.
    fn keep_within_bounds(&mut self) {
        while let Some(id) = self.scores.as_ref().and_then(|scores| scores.model.surplus(&scores.ledger)).map(String::from) {
            self.unscore(&id);
        }
    }

    /// Forgets an event as far as scores go.
    #[inline(never)]
    pub(super) fn unscore(&mut self, id: &str) {
        let Some(scores) = &mut self.scores else { return };
        let key = [SCORED_PREFIX, id].concat();
        scores.model.erase(&mut scores.ledger, id);
        scores.is_news = true;
        scores.unstored.retain(|(other, _)| *other != key);
        self.effects.push(Effect::Erase(key));
    }

    /// With consent, what was counted in memory is stored.
    #[inline(never)]
    pub(super) fn store_scored(&mut self) {
        if let Some(scores) = &mut self.scores {
            for (key, written) in core::mem::take(&mut scores.unstored) {
                self.effects.push(Effect::Save(key, written));
            }
        }
    }

    /// Another visitor begins.
    #[inline(never)]
    pub(super) fn start_scores_over(&mut self) {
        if let Some(scores) = &mut self.scores {
            let model = core::mem::take(&mut scores.model);
            let learned = core::mem::take(&mut scores.learned);
            **scores = Scores { model, learned, is_news: true, begun: scores.begun, ..Scores::default() };
        }
    }

    /// Takes what another tab wrote of what the visitor reached, if that is later.
    #[inline(never)]
    pub(super) fn follow_standing(&mut self) {
        if let Some(scores) = &mut self.scores {
            scores.stand(&self.visitor.standing, &*self.host);
            self.visitor.standing = scores.standing.write();
            scores.is_news = true;
        }
    }

    #[inline(never)]
    pub(super) fn typed(&mut self, now: Time) {
        if let Some(scores) = &mut self.scores {
            scores.calm = scores.calm.max(now.plus(TYPING));
        }
    }

    fn present<'p>(&'p self, scores: &'p Scores, now: Time) -> Present<'p> {
        Present {
            now,
            since: self.visitor.session.started,
            session: session(&self.visitor.session.id),
            zone: &scores.model.zone,
            host: &*self.host,
        }
    }

    /// Brings the score up to date, where something happened or a minute went by, and tells what it reached.
    #[inline(never)]
    pub(super) fn judge(&mut self, now: Time) {
        let Some(mut scores) = self.scores.take() else { return };
        let minute = now.0.div_euclid(MINUTE);
        let is_due = scores.is_news || minute != scores.minute || scores.due.is_some_and(|due| due <= now);
        let mut news = Vec::new();
        // Attributes are told after a page began, and nothing that was reached may be lost in between. Programs reach nothing, nor
        // does who denied to be recorded.
        let is_quiet = scores.begun.is_none() || self.is_program || self.consent.analytics() == Consent::Denied;
        if is_due {
            scores.told = Cell::default();
            scores.minute = minute;
            if is_quiet {
                self.describe(&mut scores, now);
            } else {
                scores.is_news = false;
                self.look(&mut scores, &mut news, now);
            }
        }
        scores.begun.get_or_insert(now);
        let facts = if news.is_empty() { String::new() } else { scores.facts.clone() };
        self.scores = Some(scores);
        for (kind, id, before) in news {
            self.tell_news(kind, &id, &before, &facts, now);
        }
    }

    fn look(&mut self, scores: &mut Scores, news: &mut Vec<News>, now: Time) {
        let standing = scores.standing.write();
        let may_fall = scores.begun.is_some_and(|begun| now.since(begun) > SETTLING);
        self.reach(scores, news, may_fall, now);
        let next = scores.model.stage(&scores.standing.stage, &self.context_of_visitor(), may_fall).map(String::from);
        if let Some(next) = next {
            let before = core::mem::replace(&mut scores.standing.stage, next.clone());
            news.push(("stage", next, before));
        }
        let mood = Mood { calm: scores.calm, of_day: self.host.of_day(now) };
        let (next, due) = scores.model.due(&scores.ledger, &scores.standing.fired, self.present(scores, now), mood);
        for id in due {
            remember(&mut scores.standing.fired, id, now);
            news.push(("trigger", id.into(), String::new()));
        }
        scores.due = next;
        if scores.standing.write() != standing {
            scores.standing.at = now.max(scores.standing.at.plus(1));
            self.visitor.standing = scores.standing.write();
            self.changed = true;
            self.describe(scores, now);
        }
    }

    /// Brings thresholds up to date.
    fn reach(&mut self, scores: &mut Scores, news: &mut Vec<News>, may_fall: bool, now: Time) {
        self.describe(scores, now);
        let score = scores.model.score(&scores.ledger, &self.context_of_visitor(), self.present(scores, now));
        for id in scores.model.cross(&mut scores.standing.reached, &score, may_fall) {
            news.push(("threshold", id.into(), String::new()));
        }
        if !news.is_empty() {
            self.describe(scores, now); // stages may ask for them
        }
    }

    /// Brings the attribute `score` up to date.
    fn describe(&mut self, scores: &mut Scores, now: Time) {
        let score = scores.model.score(&scores.ledger, &self.context_of_visitor(), self.present(scores, now));
        let facts = scores.model.facts(&score, &scores.standing, &scores.learned, self.present(scores, now));
        if facts != scores.facts {
            scores.facts = facts;
            self.effects.push(Effect::Tell("score", String::new()));
            self.refresh_attributes_with(&scores.facts);
        }
    }

    fn tell_news(&mut self, kind: &'static str, id: &str, before: &str, facts: &str, now: Time) {
        let event = match kind {
            "threshold" => OWN[0],
            "stage" => OWN[1],
            _ => OWN[2],
        };
        let mut properties = Writer::begin('{');
        properties.member(kind, id).filled("from", before);
        let facts = self.object(facts);
        for name in ["total", "grade"] {
            properties.json(name, facts.get(name));
        }
        self.record(Kind::Track, event, &properties.end('}'), now);
        self.effects.push(Effect::Tell(kind, id.into()));
    }

    #[inline(never)]
    pub(super) fn report_score(&self, scores: &Scores, paths: &str, now: Time) -> String {
        if !paths.is_empty() {
            return self.values(paths);
        }
        let minute = now.0.div_euclid(MINUTE);
        let mut told = scores.told.take();
        if told.is_empty() || scores.told_in.get() != minute {
            told = self.score_now(scores, now);
        }
        scores.told_in.set(minute);
        scores.told.set(told.clone());
        told
    }

    fn score_now(&self, scores: &Scores, now: Time) -> String {
        scores.model.report(
            &scores.ledger,
            &scores.standing,
            &scores.learned,
            &self.context_of_visitor(),
            self.present(scores, now),
        )
    }
}

impl Client {
    /// Learned models say something else.
    #[inline(never)]
    pub(super) fn learned(&mut self, said: &str, now: Time) {
        let Some(mut scores) = self.scores.take() else { return };
        let is_object = self.object(said).root().is_some_and(Json::is_object);
        scores.learned = if is_object { said.into() } else { String::new() };
        scores.is_news = true;
        // Rules see it as an attribute, so that has to be there before they are asked.
        self.describe(&mut scores, now);
        self.scores = Some(scores);
    }

    /// The values of attributes at these paths, a JSON list.
    fn values(&self, paths: &str) -> String {
        let paths = self.object(paths);
        let subject = self.context_of_visitor().subject;
        let mut out = Writer::begin('[');
        for path in children(paths.root()) {
            out.raw(subject.attribute(path.string().unwrap_or("")).map_or("null", Json::text));
        }
        out.end(']')
    }
}

impl Scores {
    /// Takes what the visitor reached as it was written, unless what is known is later.
    fn stand(&mut self, written: &str, host: &dyn crate::base::Host) {
        let written = Document::read(written, u32::MAX, host).unwrap_or_default();
        let mut other = Standing::default();
        other.read(written.root().filter(|written: &Json<'_>| written.is_object()));
        self.standing.follow(other);
    }
}
