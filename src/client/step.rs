//! One step of a visit.

use super::{
    Client, Effect, Input, Visitor,
    decide::{KNOWN, Shown, TOLD, TRAITS},
};
use crate::{
    base::{
        Time,
        json::{Document, Json, Writer, merge},
    },
    event::Kind,
    tracking::{
        campaign,
        consent::{Consent, Consents},
        page::{ARRIVAL, Page},
        session::Source,
    },
};
use alloc::{string::String, vec::Vec};

/// How much time there is for what is not urgent.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Pace {
    /// Somebody waits for the step to return: nothing is sent, and of the visitor only what is new is saved.
    Busy,
    /// Nobody waits: what is due is sent.
    Idle,
    /// The page goes, and another one of the site comes, which sends what is left.
    Going,
    /// The page is being left for good: everything is sent.
    Leaving,
}

impl Pace {
    fn of(input: &Input) -> Pace {
        match input {
            Input::Leaving(true) => Pace::Going,
            Input::Leaving(false) => Pace::Leaving,
            Input::Timer | Input::Flush | Input::Online | Input::Answer(_) | Input::Adopt(_) => Pace::Idle,
            _ => Pace::Busy,
        }
    }
}

impl Client {
    /// What happened, and when; returns what is to be done, in order.
    ///
    /// Storing comes before sending, so that an event that was recorded is safe when this returns and its `Save`
    /// effects are carried out.
    pub fn step(&mut self, input: Input<'_>, now: Time) -> Vec<Effect> {
        let pace = Pace::of(&input);
        self.credit(now);
        match input {
            Input::Payload(text) => self.take_payload(text),
            Input::Track(name, properties, time) => {
                self.record_at(Kind::Track, name, properties, time.unwrap_or(now), now);
            }
            Input::View(page, properties) => self.view(page, properties, now),
            Input::Identify(user_id, traits) => self.identify(user_id, traits, now),
            Input::Alias(id, previous) => self.alias(id, previous, now),
            Input::Group(id, traits) => self.group(id, traits, now),
            Input::NewSession => self.new_session(now),
            Input::Attributes(values) => self.tell(values),
            Input::Seen(feature) => self.expose(Shown::Feature(feature), now),
            Input::Ran(number) => self.expose(Shown::Standalone(number), now),
            Input::Automatic => self.expose(Shown::Automatic, now),
            Input::Preview(feature, variation) => self.preview(feature, variation),
            Input::Consent(answers) => self.consent_given(answers, now),
            Input::Forget => self.forget(now),
            Input::Attention(looking) => self.engagement.attend(looking, now),
            Input::Leaving(_) => self.leave(now),
            Input::Adopt(stored) => self.adopt(stored, now),
            Input::Suspend(owner) => self.suspend(owner, now),
            Input::Visitor(written) => self.follow(written, now),
            Input::Scored(id, written) => self.hear_scored(id, written),
            Input::Unscore(id) => self.unscore(id),
            Input::Typing => self.typed(now),
            Input::Learned(said) => self.learned(said, now),
            Input::Described(page) => self.page = Page(self.object(page)),
            Input::Code(typed) => self.take_code(typed, now),
            Input::Timer => self.waking = None,
            Input::Flush => self.delivery.hurry(now),
            Input::Online => self.delivery.online(now),
            Input::Answer(answer) => self.answered(&answer, now),
        }
        self.settle(pace, now)
    }

    /// Saves what changed and sends what is due.
    pub(super) fn settle(&mut self, pace: Pace, now: Time) -> Vec<Effect> {
        self.make_advocate();
        self.judge(now);
        self.report_losses(now);
        self.erase_given_up();
        self.save_visitor(false);
        self.send(pace, now);
        // While a batch is under way its answer is to come, and is written down anyway.
        self.save_visitor(pace != Pace::Busy && (pace != Pace::Idle || !self.queue.is_sending()));
        core::mem::take(&mut self.effects)
    }

    pub(super) fn view(&mut self, page: Option<&str>, properties: &str, now: Time) {
        if let Some(page) = page {
            self.page = Page(self.object(page));
        }
        let captured = self.look_at_address(now);
        let properties = self.merged(self.page.location(), properties);
        let title = String::from(self.page.title());
        self.record(Kind::Page, &title, &properties, now);
        self.tell_touch(captured, now);
    }

    /// The page without a page view: on sites that count none.
    pub(super) fn arrive_quietly(&mut self, now: Time) {
        let captured = self.look_at_address(now);
        self.tell_touch(captured, now);
    }

    /// Takes the campaign and the code from the page's address; whether a friend's link led here.
    fn look_at_address(&mut self, now: Time) -> bool {
        self.refresh_attributes();
        self.session(now);
        self.take_source(now);
        self.take_link(now)
    }

    /// What brought the visitor here: a campaign counts at any time, the channel when the session begins with this page.
    fn take_source(&mut self, now: Time) {
        let url = self.page.url();
        let mut source = Source { campaign: campaign::of(url), ..Source::default() };
        if let Some(arrival) = self.page.0.get(ARRIVAL) {
            arrival.take_text("channel", &mut source.channel);
            arrival.take_json("clicks", &mut source.clicks);
        }
        let present = &self.visitor.session.source;
        let is_news = !source.is_unknown() && (source.campaign != present.campaign || source.clicks != present.clicks);
        if is_news && !present.is_unknown() && self.site.tracking.session_on_campaign {
            self.new_session(now);
        }
        if is_news || !source.channel.is_empty() && self.visitor.session.started == now {
            self.visitor.session.source = source;
            self.take_touch(now);
        }
    }

    /// Remembers what brought the visitor first, and what did last. A direct visit is no touch after another one.
    fn take_touch(&mut self, now: Time) {
        self.touched_at = now;
        let touch = self.touch(self.consent);
        if !self.visitor.session.source.is_direct() || self.visitor.last.is_empty() {
            self.visitor.last = touch.clone();
        }
        if self.visitor.first.is_empty() {
            self.visitor.first = touch;
        }
        self.changed = true;
    }

    /// The present touch, with what may be told of it.
    pub(super) fn touch(&self, consent: Consents) -> String {
        let mut out = Writer::begin('{');
        out.member("time", &self.touched_at.iso8601()).filled("referrer", self.page.referrer()).member("url", self.page.url());
        self.visitor.session.source.write(consent, &mut out);
        out.end('}')
    }

    fn identify(&mut self, user_id: &str, traits: &str, now: Time) {
        if self.consent.analytics() == Consent::Denied {
            return;
        }
        let known = &self.visitor.user_id;
        // Somebody else has traits of their own, as with Segment.
        let is_another = !known.is_empty() && !user_id.is_empty() && known != user_id;
        let earlier = self.engine.attributes.layer(TRAITS).filter(|_| !is_another);
        self.visitor.traits = self.merged(earlier, traits);
        if !user_id.is_empty() {
            self.visitor.user_id = user_id.into();
        }
        self.identified(now);
        self.refresh_attributes();
        self.record(Kind::Identify, "", traits, now);
    }

    /// From now on the visitor goes by another id.
    fn alias(&mut self, id: &str, previous: &str, now: Time) {
        if self.consent.analytics() == Consent::Denied || id.is_empty() {
            return;
        }
        let known = if self.visitor.user_id.is_empty() { &self.visitor.anonymous_id } else { &self.visitor.user_id };
        let previous = if previous.is_empty() { known.clone() } else { previous.into() };
        self.visitor.user_id = id.into();
        self.identified(now);
        self.refresh_attributes();
        self.record(Kind::Alias, &previous, "", now);
    }

    fn group(&mut self, id: &str, traits: &str, now: Time) {
        if self.consent.analytics() == Consent::Denied || id.is_empty() {
            return;
        }
        self.visitor.group = id.into();
        self.identified(now);
        self.record(Kind::Group, id, traits, now);
    }

    /// What another tab wrote. Of the visitor's answers, the later ones hold.
    fn follow(&mut self, written: &str, now: Time) {
        let written = self.object(written);
        let mut other = Visitor::default();
        if !written.root().is_some_and(|written| other.read(written)) || other.anonymous_id != self.visitor.anonymous_id {
            return;
        }
        if other.answered > self.visitor.answered {
            let mut answers = Consents::default();
            answers.take(written.get("consent"));
            self.settle_consent(answers, other.answered, now);
            self.visitor.answered = other.answered;
        }
        self.changed |= self.visitor.follow(other);
        self.follow_standing();
        self.follow_touches(now);
        self.refresh_attributes();
    }

    /// The visitor said something of themselves: it holds until they say something else, in whichever tab, whatever the clock shows.
    pub(super) fn identified(&mut self, now: Time) {
        self.visitor.identified = now.max(self.visitor.identified.plus(1));
        self.changed = true;
    }

    /// What the page tells takes the place of what it told before.
    fn tell(&mut self, values: &str) {
        let told = self.object(values);
        self.engine.attributes.set(TOLD, told);
        self.score_is_news();
    }

    fn leave(&mut self, now: Time) {
        let engaged = self.engagement.take(now);
        if self.site.tracking.engagement && engaged > 0 {
            let mut properties = Writer::begin('{');
            properties.count("engaged_time_msec", engaged);
            self.record(Kind::Track, "Page Engaged", &properties.end('}'), now);
        }
    }

    /// Rebuilds what is known about the visitor without being told.
    pub(super) fn refresh_attributes(&mut self) {
        let facts = self.scores.as_ref().map_or(String::new(), |scores| scores.facts.clone());
        self.score_is_news();
        self.refresh_attributes_with(&facts);
    }

    /// The score may be another one, for it is made of what is known, too.
    pub(super) fn score_is_news(&mut self) {
        if let Some(scores) = &mut self.scores {
            scores.is_news = true;
        }
    }

    /// The same, where the score is this one.
    pub(super) fn refresh_attributes_with(&mut self, facts: &str) {
        let url = self.page.address();
        self.engine.settings.set_url(url);
        let mut known = Writer::begin('{');
        if self.adds_known {
            known.member("id", &self.visitor.anonymous_id).member("url", url);
            known.filled("userId", &self.visitor.user_id);
        }
        if !facts.is_empty() {
            known.key("score").raw(facts);
        }
        let known = self.object(&known.end('}'));
        self.engine.attributes.set(KNOWN, known);
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
