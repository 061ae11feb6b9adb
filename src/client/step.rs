//! One step of a visit.

use super::{
    CONSENT_KEY, Client, Effect, Input,
    decide::{KNOWN, Shown, TOLD, TRAITS},
};
use crate::{
    base::{
        Time,
        json::{Document, Json, Writer, merge},
    },
    event::Kind,
    experiment::Sticky,
    referral::code,
    tracking::{campaign, consent::Consent, page::Page, queue::Queue},
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// What happened, and when; returns what is to be done, in order.
    ///
    /// Storing comes before sending, so that an event that was recorded is safe when this returns and its `Save`
    /// effects are carried out.
    pub fn step(&mut self, input: Input, now: Time) -> Vec<Effect> {
        let leaving = matches!(input, Input::Leaving);
        match input {
            Input::Payload(text) => self.take_payload(text),
            Input::Track(name, properties) => self.record(Kind::Track, &name, &properties, now),
            Input::View(page, properties) => self.view(page, &properties, now),
            Input::Identify(user_id, traits) => self.identify(user_id, &traits, now),
            Input::Attributes(values) => self.tell(&values),
            Input::Seen(feature) => self.expose(Shown::Feature(&feature), now),
            Input::Ran(number) => self.expose(Shown::Standalone(number), now),
            Input::Automatic => self.expose(Shown::Automatic, now),
            Input::Preview(feature, variation) => self.preview(&feature, variation),
            Input::Consent(granted) => self.consent_given(granted, now),
            Input::Forget => self.forget(now),
            Input::Attention(looking) => self.engagement.attend(looking, now),
            Input::Leaving => self.leave(now),
            Input::Timer => self.waking = None,
            Input::Flush => self.delivery.hurry(now),
            Input::Answer(answer) => self.answered(answer, now),
        }
        self.settle(leaving, now)
    }

    /// Saves what changed and sends what is due; everything when the page is being left.
    pub(super) fn settle(&mut self, leaving: bool, now: Time) -> Vec<Effect> {
        self.make_advocate();
        self.save_visitor();
        self.send(leaving, now);
        core::mem::take(&mut self.effects)
    }

    pub(super) fn view(&mut self, page: Option<String>, properties: &str, now: Time) {
        if let Some(page) = page {
            self.page = Page(self.object(&page));
        }
        let captured = self.look_at_address(now);
        let properties = self.merged(self.page.location(), properties);
        let title = String::from(self.page.title());
        self.record(Kind::Page, &title, &properties, now);
        self.tell_capture(captured, now);
    }

    /// The page without a page view: on sites that count none.
    pub(super) fn arrive_quietly(&mut self, now: Time) {
        let captured = self.look_at_address(now);
        self.tell_capture(captured, now);
    }

    fn tell_capture(&mut self, captured: bool, now: Time) {
        if captured {
            let mut properties = Writer::begin('{');
            properties.member("code", &self.visitor.incoming);
            self.record(Kind::Track, "Referral Captured", &properties.end('}'), now);
        }
    }

    /// Takes the campaign and the code from the page's address; whether there is a new code.
    fn look_at_address(&mut self, now: Time) -> bool {
        self.refresh_attributes();
        self.session(now);
        let campaign = campaign::of(self.page.url());
        if !campaign.is_empty() {
            self.visitor.session.campaign = campaign;
        }
        self.capture(now)
    }

    /// The first code a visitor arrives with is bound for good; their own does not count.
    fn capture(&mut self, now: Time) -> bool {
        let code = self.site.referral.incoming(self.page.url());
        let new = !code.is_empty() && self.visitor.incoming.is_empty() && self.visitor.code != code;
        let captured = new && self.consent != Consent::Denied;
        if captured {
            self.visitor.incoming = code;
            self.visitor.invited = now;
        }
        captured
    }

    /// Where there is a referral program, every visitor who allows it has a code.
    fn make_advocate(&mut self) {
        if self.site.referral.is_some() && self.consent != Consent::Denied && self.visitor.code.is_empty() {
            self.visitor.code = code::random(&*self.host, self.site.referral.length);
            self.changed = true;
        }
    }

    fn identify(&mut self, user_id: String, traits: &str, now: Time) {
        if self.consent == Consent::Denied {
            return;
        }
        if !user_id.is_empty() {
            self.visitor.user_id = user_id;
        }
        self.visitor.traits = self.merged(self.engine.attributes.layer(TRAITS), traits);
        self.refresh_attributes();
        self.record(Kind::Identify, "", traits, now);
    }

    /// What the page tells takes the place of what it told before.
    fn tell(&mut self, values: &str) {
        let told = self.object(values);
        self.engine.attributes.set(TOLD, told);
    }

    fn leave(&mut self, now: Time) {
        let engaged = self.engagement.take(now);
        if self.site.tracking.engagement && engaged > 0 {
            let mut properties = Writer::begin('{');
            properties.count("engaged_time_msec", engaged);
            self.record(Kind::Track, "Page Engaged", &properties.end('}'), now);
        }
    }

    fn consent_given(&mut self, granted: bool, now: Time) {
        let answer = if granted { Consent::Granted } else { Consent::Denied };
        let before = core::mem::replace(&mut self.consent, answer);
        if before == answer {
            return;
        }
        if !granted {
            self.start_over(now);
        } else {
            self.effects.push(Effect::Erase(CONSENT_KEY.into()));
            self.store_waiting(now);
            self.store_assignments();
            if before == Consent::Denied && self.site.tracking.pageviews {
                self.view(None, "", now);
            }
        }
    }

    fn forget(&mut self, now: Time) {
        self.start_over(now);
        if self.site.tracking.pageviews {
            self.view(None, "", now);
        }
    }

    /// Erases everything and begins with a new visitor; what the page told stays, for it is the page's. Where
    /// recording would begin by itself, a refusal must outlive the page, so this one word is stored.
    fn start_over(&mut self, now: Time) {
        self.effects.push(Effect::EraseAll);
        if self.consent == Consent::Denied && self.site.consent == Consent::Granted {
            self.effects.push(Effect::Save(CONSENT_KEY.into(), "denied".into()));
        }
        self.meet(now);
        self.queue = Queue::default();
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

    /// Rebuilds what is known about the visitor without being told.
    pub(super) fn refresh_attributes(&mut self) {
        let url = self.page.url();
        self.engine.settings.set_url(url);
        if self.adds_known {
            let mut known = Writer::begin('{');
            known.member("id", &self.visitor.anonymous_id).member("url", url);
            known.filled("userId", &self.visitor.user_id);
            let known = self.object(&known.end('}'));
            self.engine.attributes.set(KNOWN, known);
        }
        let traits = self.object(&self.visitor.traits);
        self.engine.attributes.set(TRAITS, traits);
    }

    /// The document in a text; an empty one for what is no JSON.
    pub(super) fn object(&self, text: &str) -> Document {
        Document::read(text, u32::MAX, &*self.host).unwrap_or_default()
    }

    fn merged(&self, earlier: Option<Json<'_>>, later: &str) -> String {
        merge(earlier, self.object(later).root())
    }
}
