//! The beginning of a page.

use super::{CONSENT_KEY, Client, EVENT_PREFIX, Effect, Input, Site, VISITOR_KEY, Visitor};
use crate::{
    base::{
        Host, Time,
        json::{Document, Json},
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
        let site = Site::read(site, &host, &mut problems);
        let known =
            find(stored, VISITOR_KEY).and_then(|text| Visitor::read(Document::read(text, u32::MAX, &*host).ok()?.root()?));
        let consent = match (&known, find(stored, CONSENT_KEY)) {
            (_, Some("denied")) => Consent::Denied,
            (Some(_), _) => Consent::Granted,
            _ => site.consent,
        };
        let page = Page(Document::read(page, u32::MAX, &*host).unwrap_or_default());
        let mut client = Client {
            page,
            visitor: known.filter(|_| consent == Consent::Granted).unwrap_or_else(|| Visitor::new(&*host, now)),
            queue: if consent == Consent::Granted { queue(stored, &*host) } else { Queue::default() },
            engine: Engine::new(host.clone()),
            adds_known: true,
            exposes: true,
            is_program: false,
            delivery: Delivery::default(),
            engagement: Engagement::default(),
            waking: None,
            changed: true,
            effects: Vec::new(),
            host,
            site,
            problems,
            consent,
        };
        let kept = if client.consent == Consent::Granted { stored } else { &[] };
        client.set_up_experiments(kept);
        client.is_program = client.is_program();
        let effects = client.arrive(now);
        (client, effects)
    }

    fn arrive(&mut self, now: Time) -> Vec<Effect> {
        self.refresh_attributes();
        self.effects.extend(self.site.payload_url.clone().map(Effect::Load));
        if self.queue.waiting() > 0 {
            self.delivery.hurry(now);
        }
        if self.site.tracking.pageviews {
            return self.step(Input::View(None, String::new()), now);
        }
        self.arrive_quietly(now);
        self.settle(now)
    }
}

fn find<'s>(stored: &'s [(String, String)], key: &str) -> Option<&'s str> {
    stored.iter().find(|(stored_key, _)| stored_key == key).map(|(_, value)| value.as_str())
}

/// What is no event in the form it was stored in is passed over: a damaged one would have its whole batch refused.
fn queue(stored: &[(String, String)], host: &dyn Host) -> Queue {
    let mut queue = Queue::default();
    for (key, value) in stored {
        let state = match value.as_bytes().first() {
            Some(b'd') => State::Delivered,
            Some(b'q') => State::Waiting,
            _ => continue,
        };
        let whole = |message: &&str| {
            Document::read(message, u32::MAX, host).is_ok_and(|message| message.root().is_some_and(Json::is_object))
        };
        let message = value.get(1..).filter(whole);
        if let (Some(id), Some(message)) = (key.strip_prefix(EVENT_PREFIX), message) {
            queue.add(Record { id: id.into(), message: message.into(), state });
        }
    }
    queue
}
