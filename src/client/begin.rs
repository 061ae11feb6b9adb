//! The beginning of a page.

use super::{CONSENT_KEY, Client, EVENT_PREFIX, Effect, Site, VISITOR_KEY, Visitor};
use crate::{
    base::{
        Host, Time,
        json::{Document, Json},
        random,
    },
    experiment::Engine,
    tracking::{
        consent::Consent,
        delivery::Delivery,
        engagement::Engagement,
        page::Page,
        queue::{Queue, Record, State},
    },
};
use alloc::{rc::Rc, string::String, vec::Vec};

impl Client {
    /// A visitor arrives: the site definition's text, the page (see [`Page`]), and all that is stored under `privateer.`.
    ///
    /// Never fails. A broken definition is an empty one, with a problem noted; a broken record is a new visitor.
    pub fn begin(site: &str, page: &str, stored: &[(String, String)], host: Rc<dyn Host>, now: Time) -> (Client, Vec<Effect>) {
        let mut problems = Vec::new();
        let mut client = Client {
            host: host.clone(),
            site: Site::read(site, &*host, &mut problems),
            problems,
            page: Page(Document::read(page, u32::MAX, &*host).unwrap_or_default()),
            consent: Consent::default(),
            visitor: Visitor::new(String::new()),
            engine: Engine::new(host),
            adds_known: true,
            exposes: true,
            is_program: false,
            queue: Queue::default(),
            delivery: Delivery::default(),
            engagement: Engagement::default(),
            waking: None,
            changed: true,
            effects: Vec::new(),
        };
        let kept = client.recall(stored, now);
        client.set_up_experiments(kept);
        client.is_program = client.is_program();
        let effects = client.arrive(now);
        (client, effects)
    }

    /// Takes the visitor and the events that were stored, as far as consent goes; returns what is left to be taken.
    fn recall<'s>(&mut self, stored: &'s [(String, String)], now: Time) -> &'s [(String, String)] {
        let written = self.object(find(stored, VISITOR_KEY));
        let known = written.root().is_some_and(|written| self.visitor.read(written));
        self.consent = match known {
            _ if find(stored, CONSENT_KEY) == "denied" => Consent::Denied,
            true => Consent::Granted,
            false => self.site.consent,
        };
        let granted = self.consent == Consent::Granted;
        if !known || !granted {
            self.meet(now);
        }
        let kept = if granted { stored } else { &[] };
        for (key, value) in kept {
            self.take_event(key, value);
        }
        kept
    }

    /// Somebody never seen before.
    pub(super) fn meet(&mut self, now: Time) {
        self.visitor = Visitor::new(random::uuid(&*self.host, now, 0));
    }

    /// What is no event in the form it was stored in is passed over: a damaged one would have its whole batch refused.
    fn take_event(&mut self, key: &str, value: &str) {
        let state = match value.as_bytes().first() {
            Some(b'd') => State::Delivered,
            Some(b'q') => State::Waiting,
            _ => return,
        };
        let (Some(id), Some(message)) = (key.strip_prefix(EVENT_PREFIX), value.get(1..)) else { return };
        if self.object(message).root().is_some_and(Json::is_object) {
            self.queue.add(Record { id: id.into(), message: message.into(), state });
        }
    }

    fn arrive(&mut self, now: Time) -> Vec<Effect> {
        self.refresh_attributes();
        if self.site.loading {
            self.effects.push(Effect::Load(self.site.payload_url.clone()));
        }
        if self.queue.waiting() > 0 {
            self.delivery.hurry(now);
        }
        if self.site.tracking.pageviews {
            self.view(None, "", now);
        } else {
            self.arrive_quietly(now);
        }
        self.settle(false, now)
    }
}

/// The text that is stored under a key; an empty one when there is none.
fn find<'s>(stored: &'s [(String, String)], key: &str) -> &'s str {
    stored.iter().find(|(stored_key, _)| stored_key == key).map_or("", |(_, value)| value)
}
