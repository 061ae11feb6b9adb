//! What the page may ask, answered as JSON.

use super::{Asked, Client, Visitor};
use crate::{
    base::{Time, json::Writer, text::cut},
    error::Error,
    experiment::{Sink, Sticky},
    tracking::{Settings, consent::Consents},
};
use alloc::string::String;

impl Client {
    /// What a feature is, as GrowthBook's SDKs write it; the source is `loading` while the payload is on its way.
    pub fn decision_json(&mut self, feature: &str) -> String {
        let index = self.engine.find(feature).unwrap_or(usize::MAX);
        let decision = self.engine.decision(index, &mut Sink::default());
        let source = if self.loading() { "loading" } else { decision.source.word() };
        let mut out = Writer::default();
        self.engine.write_decision(&decision, source, &mut out);
        out.text
    }

    /// The features' keys, a list in the payload's order.
    pub fn features_json(&self) -> String {
        let mut out = Writer::begin('[');
        for key in self.engine.payload.keys() {
            out.string(key);
        }
        out.end(']')
    }

    /// The trace of a feature: every rule that was tried and what came of it.
    pub fn trace_json(&mut self, feature: &str) -> String {
        let mut out = Writer::default();
        self.engine.write_trace(feature, &mut out);
        out.text
    }

    /// The result of an experiment of its own, as GrowthBook's SDKs write it; `null` for an unknown number.
    pub fn run_json(&self, number: i64) -> String {
        let mut out = Writer::default();
        match self.engine.run(number, &mut Sink::default()) {
            Some(placed) => self.engine.write_result(&placed, &mut out),
            None => drop(out.raw("null")),
        }
        out.text
    }

    /// `{"results","redirect"}`: what the automatic experiments came to.
    pub fn automatic_json(&self) -> String {
        let found = self.engine.run_automatic(&mut Sink::default());
        let mut out = Writer::begin('{');
        out.key("results").open('[');
        for placed in &found.placed {
            self.engine.write_result(placed, &mut out);
        }
        out.close(']').key("redirect").optional(found.redirect.as_deref());
        out.end('}')
    }

    /// The kept assignments, GrowthBook's documents by name.
    pub fn sticky_json(&self) -> String {
        let mut out = Writer::begin('{');
        if let Some(sticky) = &self.engine.sticky {
            for document in sticky.documents() {
                out.json(&Sticky::name(document), document.root());
            }
        }
        out.end('}')
    }

    /// The score with its reasons, see [`crate::scoring::Model::report`]; hardly anything where the site scores nobody. With `paths`,
    /// a list of texts, the values of the visitor's attributes there, `null` for what is missing.
    pub fn score_json(&self, paths: &str, now: Time) -> String {
        match &self.scores {
            Some(scores) => self.report_score(scores, paths, now),
            None => "{\"total\":null,\"reasons\":[]}".into(),
        }
    }

    /// What the visitor is in the referral program; hardly anything where the site has none.
    pub fn referral_json(&self) -> String {
        let standing = self.referral(Asked::Standing, "");
        if standing.is_empty() { "{\"code\":null,\"link\":null,\"incoming\":null}".into() } else { standing }
    }

    /// What the program owes for a history of conversions, see [`crate::referral::reward::answer`]; `null` without a program,
    /// and for a question that cannot be read.
    pub fn rewards_json(&self, question: &str) -> String {
        let mut out = Writer::default();
        self.settle_rewards(question, &mut out);
        if out.text.is_empty() { "null".into() } else { out.text }
    }

    /// What is asked of the referral program, see [`Asked`]. Without a program, or without a code of the visitor's, an address stays as
    /// it is.
    pub fn referral(&self, asked: Asked, text: &str) -> String {
        let (address, channel) = cut(text, b'\n');
        let mut answer =
            String::from(if matches!(asked, Asked::Code | Asked::Target) && self.referral.is_none() { "" } else { address });
        self.refer(asked, channel.unwrap_or(""), &mut answer);
        answer
    }

    /// `{"recorded","queued","delivered","dropped"}`: the first is the sum of the others.
    pub fn status_json(&self) -> String {
        let (queued, delivered, dropped) = (self.queue.count() as i64, self.visitor.delivered, self.visitor.dropped);
        let mut out = Writer::begin('{');
        out.count("recorded", queued + delivered + dropped).count("queued", queued);
        out.count("delivered", delivered).count("dropped", dropped);
        out.end('}')
    }

    /// `[{"messageId","event","status"}]`: the last events that the collector refused.
    pub fn refusals_json(&self) -> String {
        let mut out = Writer::default();
        self.visitor.write_refusals(&mut out);
        out.text
    }

    /// `{"anonymousId","userId","groupId","sessionId","windowId","firstTouch","lastTouch"}`
    pub fn identity_json(&self) -> String {
        let Visitor { anonymous_id, user_id, group, session, first, last, .. } = &self.visitor;
        let mut out = Writer::begin('{');
        out.member("anonymousId", anonymous_id).filled("userId", user_id).filled("groupId", group);
        out.filled("sessionId", &session.id).filled("windowId", &self.window.id);
        for (name, touch) in [("firstTouch", first), ("lastTouch", last)] {
            out.key(name).raw(if touch.is_empty() { "null" } else { touch });
        }
        out.end('}')
    }

    /// The window, to be read by the next page that it shows.
    pub fn window_json(&self) -> String {
        self.window.write(&self.visitor.anonymous_id)
    }

    /// `[{"code","path","message"}]`
    pub fn problems_json(&self) -> String {
        let mut out = Writer::begin('[');
        let mut write = |errors: &[Error]| {
            for Error { code, path, message } in errors {
                problem(code, path, message, &mut out);
            }
        };
        write(&self.problems);
        self.engine.problems(&mut write);
        for pattern in self.host.refused_patterns() {
            problem("slow-pattern", &pattern, "This pattern takes too long to search; it is answered with no.", &mut out);
        }
        out.end(']')
    }

    /// What the visitor allowed.
    pub fn consent(&self) -> Consents {
        self.consent
    }

    /// What is to be observed.
    pub fn tracking(&self) -> &Settings {
        &self.site.tracking
    }
}

fn problem(code: &str, path: &str, message: &str, out: &mut Writer) {
    out.open('{').member("code", code).member("path", path).member("message", message).close('}');
}
