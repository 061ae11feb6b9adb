//! The beginning of a page.

use super::{CONSENT_KEY, Client, Effect, Site, VISITOR_KEY, Visitor, step::Pace};
use crate::{
    base::{
        Host, Time,
        json::{Document, Json},
        random,
    },
    event::Kind,
    experiment::Engine,
    tracking::{
        consent::{Consent, Consents},
        delivery::Delivery,
        engagement::Engagement,
        limit::Limit,
        losses::Losses,
        page::Page,
        queue::Queue,
        window::Window,
    },
};
use alloc::{rc::Rc, string::String, vec::Vec};

impl Client {
    /// A visitor arrives: the site definition's text, the page (see [`Page`]), and what is stored under `privateer.`
    /// and of assignments, but for events: those come by [`Input::Adopt`](super::Input::Adopt), once nobody else has them.
    ///
    /// Never fails. A broken definition is an empty one, with a problem noted; a broken record is a new visitor.
    pub fn begin(site: &str, page: &str, stored: &[(String, String)], host: Rc<dyn Host>, now: Time) -> (Client, Vec<Effect>) {
        let mut problems = Vec::new();
        let mut client = Client {
            host: host.clone(),
            site: Site::read(site, &*host, &mut problems),
            problems,
            page: Page(Document::read(page, u32::MAX, &*host).unwrap_or_default()),
            consent: Consents::default(),
            refused: String::new(),
            visitor: Visitor::new(String::new()),
            touched_at: Time::default(),
            window: Window::default(),
            owner: String::new(),
            engine: Engine::new(host),
            adds_known: true,
            exposes: true,
            is_program: false,
            queue: Queue::default(),
            delivery: Delivery::default(),
            engagement: Engagement::default(),
            limit: Limit::default(),
            losses: Losses::default(),
            given_up: Vec::new(),
            waking: None,
            scores: None,
            referral: None,
            changed: true,
            touched: false,
            effects: Vec::new(),
        };
        client.scores = client.site.scores.take();
        client.referral = client.site.referral.take();
        let kept = client.recall(stored, now);
        client.set_up_experiments(kept);
        client.is_program = client.is_program();
        let effects = client.arrive(now);
        (client, effects)
    }

    /// Takes the visitor that was stored, as far as consent goes; returns what is left to be taken.
    fn recall<'s>(&mut self, stored: &'s [(String, String)], now: Time) -> &'s [(String, String)] {
        let written = self.object(find(stored, VISITOR_KEY));
        let known = written.root().is_some_and(|written| self.visitor.read(written));
        self.consent = match known {
            _ if find(stored, CONSENT_KEY) == "denied" => Consents::all(Consent::Denied),
            true => Consents::all(Consent::Granted),
            false => self.site.consent,
        };
        self.consent.take(written.get("consent"));
        self.refused = self.page.arrival("refused").map_or("", Json::text).into();
        self.consent.take(self.page.arrival("refused"));
        let remembered = self.stores() || self.consent.experiments() == Consent::Granted;
        let stored_id = self.visitor.anonymous_id.clone();
        self.recognise(known && remembered, now);
        self.restore_scores(stored, self.stores() && self.visitor.anonymous_id == stored_id);
        self.restore_touches(now);
        if remembered { stored } else { &[] }
    }

    /// Who it is: whom a server's cookie names, whom this browser knows, whom a link carries here, or somebody new.
    fn recognise(&mut self, known: bool, now: Time) {
        let named = self.page.arrival_text("id");
        if !named.is_empty() && named != self.visitor.anonymous_id {
            self.visitor = Visitor::new(named.into());
        } else if !known && named.is_empty() {
            self.meet(now);
            if let Some(id) = self.carried() {
                self.visitor.anonymous_id = id;
            }
        }
    }

    /// The id by which another domain of the site knows the visitor, as the harness read it from a link.
    fn carried(&self) -> Option<String> {
        let allowed = self.stores() && self.consent.marketing() == Consent::Granted;
        Some(self.page.arrival_text("carried")).filter(|id| allowed && !id.is_empty()).map(String::from)
    }

    /// Somebody never seen before.
    pub(super) fn meet(&mut self, now: Time) {
        self.visitor = Visitor::new(random::uuid(&*self.host, now, 0));
    }

    /// The names by which the page and its window go.
    fn take_names(&mut self, now: Time) {
        self.owner = self.page.arrival_text("owner").into();
        self.new_window(now);
        if let Some(written) = self.page.arrival("window").filter(|_| self.stores()) {
            self.window.read(written, &self.visitor.anonymous_id);
        }
    }

    pub(super) fn new_window(&mut self, now: Time) {
        self.window = Window::new(random::uuid(&*self.host, now, 1));
    }

    fn arrive(&mut self, now: Time) -> Vec<Effect> {
        self.take_names(now);
        self.refresh_attributes();
        if self.site.loading {
            self.effects.push(Effect::Load(self.site.payload_url.clone()));
        }
        if self.site.tracking.pageviews {
            self.view(None, "", now);
        } else {
            self.arrive_quietly(now);
        }
        // Somebody known here comes from where they have another name.
        if let Some(id) = self.carried().filter(|id| *id != self.visitor.anonymous_id) {
            self.record(Kind::Alias, &id, "", now);
        }
        self.settle(Pace::Idle, now)
    }
}

/// The text that is stored under a key; an empty one when there is none.
fn find<'s>(stored: &'s [(String, String)], key: &str) -> &'s str {
    stored.iter().find(|(stored_key, _)| stored_key == key).map_or("", |(_, value)| value)
}
