//! The visitor answers, takes an answer back, or wants to be forgotten.

use super::{CONSENT_KEY, Client, Effect};
use crate::{
    base::{Time, json::Writer},
    experiment::{STICKY_PREFIX, Sticky},
    tracking::{
        consent::{Consent, Consents},
        queue::Queue,
    },
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// Takes the answers of an object. What the browser refuses for the visitor, nobody can grant. They are the last ones,
    /// whatever the clock shows.
    pub(super) fn consent_given(&mut self, answers: &str, now: Time) {
        let answers = self.object(answers);
        let mut consent = self.consent;
        consent.take(answers.root());
        self.settle_consent(consent, now.max(self.visitor.answered.plus(1)), now);
    }

    /// Takes the answers that were given at a time. An answer that changes nothing is no later one.
    pub(super) fn settle_consent(&mut self, consent: Consents, answered: Time, now: Time) {
        let stamps = self.stamps();
        let before = core::mem::replace(&mut self.consent, consent);
        let refused = self.object(&self.refused);
        self.consent.take(refused.root());
        let [experiments, analytics, marketing] = self.consent.changes(before);
        if marketing == Some(Consent::Denied) {
            self.visitor.session.source.clicks.clear();
            self.visitor.first.clear();
            self.visitor.last.clear();
        }
        if marketing == Some(Consent::Granted) {
            self.add_clicks(before);
        }
        if experiments == Some(Consent::Denied) {
            self.forget_assignments();
        }
        if before.analytics() == Consent::Pending {
            self.restamp(&stamps);
        }
        match analytics {
            Some(Consent::Granted) => self.begin_storing(before.analytics() == Consent::Denied, now),
            Some(_) => self.start_over(now),
            // Nothing is left that the visitor's id was remembered for.
            None if experiments == Some(Consent::Denied) && !self.stores() => self.start_over(now),
            None => {}
        }
        if experiments == Some(Consent::Granted) {
            self.store_assignments();
        }
        if self.consent != before {
            self.visitor.answered = answered;
            self.changed = true;
        }
    }

    fn begin_storing(&mut self, was_denied: bool, now: Time) {
        self.effects.push(Effect::Erase(CONSENT_KEY.into()));
        self.store_waiting(now);
        self.store_scored();
        if was_denied && self.site.tracking.pageviews {
            self.view(None, "", now);
        } else if was_denied {
            self.arrive_quietly(now);
        }
    }

    /// What brought the visitor was noted without the ids of clicks while there was no consent to marketing.
    fn add_clicks(&mut self, before: Consents) {
        let [known, told] = [before, self.consent].map(|consent| self.touch(consent));
        for touch in [&mut self.visitor.first, &mut self.visitor.last] {
            if *touch == known {
                touch.clone_from(&told);
            }
        }
    }

    /// Events that waited for consent tell what was allowed in the end, and the ids of clicks with it.
    fn restamp(&mut self, before: &[String; 3]) {
        let now = self.stamps();
        for record in self.queue.records_mut() {
            for (old, new) in before.iter().zip(&now) {
                if let Some((before, after)) = around(&record.message, old) {
                    record.message = [before, new, after].concat();
                }
            }
        }
    }

    fn forget_assignments(&mut self) {
        let Some(sticky) = &mut self.engine.sticky else { return };
        for document in sticky.documents() {
            self.effects.push(Effect::Erase([STICKY_PREFIX, &Sticky::name(document)].concat()));
        }
        *sticky = Sticky::new(self.host.clone());
    }

    /// The next visitor's record comes first: where storage is full, an event would take the room that was just made, and tabs
    /// that find no record take that for a refusal.
    pub(super) fn forget(&mut self, now: Time) {
        self.pass_over_address();
        self.start_over(now);
        self.save_visitor(false);
        if self.site.tracking.pageviews {
            self.view(None, "", now);
        }
    }

    /// Erases everything and begins with a new visitor; what the page told stays, for it is the page's. Where
    /// recording would begin by itself, a refusal must outlive the page, so this one word is stored.
    fn start_over(&mut self, now: Time) {
        let answered = self.visitor.answered;
        self.effects.push(Effect::EraseAll);
        self.effects.push(Effect::Abort);
        let remembers = self.site.consent.analytics() == Consent::Granted && self.consent.experiments() != Consent::Granted;
        if remembers && self.consent.analytics() == Consent::Denied {
            self.effects.push(Effect::Save(CONSENT_KEY.into(), "denied".into()));
        }
        self.meet(now);
        self.visitor.answered = answered;
        self.new_window(now);
        self.given_up.clear();
        self.queue = Queue::default();
        self.start_scores_over();
        self.forget_touches();
        self.losses = Default::default();
        self.delivery.start_over();
        self.engine.settings.previews = Vec::new();
        self.engine.attributes.start_over();
        if let Some(sticky) = &mut self.engine.sticky {
            *sticky = Sticky::new(self.host.clone());
        }
        self.engagement.take(now);
        self.refresh_attributes();
        self.changed = true;
    }

    /// What of a message's context depends on consent: the page's address, where the visitor came from, and what was allowed; as
    /// members.
    fn stamps(&self) -> [String; 3] {
        let [mut page, mut source, mut consent] = [(); 3].map(|()| Writer::begin('{'));
        self.write_page(&mut page);
        self.write_source(&mut source);
        self.consent.write_context(&mut consent);
        [page, source, consent].map(|stamp| stamp.text.get(1..).unwrap_or("").into())
    }

    /// The answers as JSON.
    pub fn consent_json(&self) -> String {
        let mut out = Writer::default();
        self.consent.write(&mut out);
        out.text
    }
}

/// What stands before and behind a part of a text; nothing where the part is empty or not there.
fn around<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let is_here = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(part));
    let at = (0..text.len()).find(is_here).filter(|_| !part.is_empty())?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}
