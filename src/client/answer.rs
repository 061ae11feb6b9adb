//! What the page may ask, answered as JSON.

use super::Client;
use crate::{
    base::json::Writer,
    error::Error,
    experiment::{Decision, Sink, Source, Sticky},
    tracking::{Settings, consent::Consent},
};
use alloc::string::String;

impl Client {
    /// What a feature is, as GrowthBook's SDKs write it; the source is `loading` while the payload is on its way.
    pub fn decision_json(&mut self, feature: &str) -> String {
        let loading = self.loading();
        let index = self.engine.find(feature);
        let decider = self.engine.decider();
        let decision = match index {
            Some(index) => decider.decide(index, &mut Sink::default()),
            None => Decision::plain(None, Source::UnknownFeature),
        };
        let mut out = Writer::default();
        decider.write_decision(&decision, if loading { "loading" } else { decision.source.word() }, &mut out);
        out.finish()
    }

    /// The features' keys, a list in the payload's order.
    pub fn features_json(&self) -> String {
        let mut out = Writer::default();
        out.open('[');
        for key in self.engine.payload.keys() {
            out.string(key);
        }
        out.close(']').finish()
    }

    /// The trace of a feature: every rule that was tried and what came of it.
    pub fn trace_json(&mut self, feature: &str) -> String {
        let mut out = Writer::default();
        self.engine.write_trace(feature, &mut out);
        out.finish()
    }

    /// The result of an experiment of its own, as GrowthBook's SDKs write it; `null` for an unknown number.
    pub fn run_json(&self, number: i64) -> String {
        let mut out = Writer::default();
        match self.engine.run(number, &mut Sink::default()) {
            Some(placed) => self.engine.decider().write_result(&placed, &mut out),
            None => drop(out.raw("null")),
        }
        out.finish()
    }

    /// `{"results","redirect"}`: what the automatic experiments came to.
    pub fn automatic_json(&self) -> String {
        let found = self.engine.run_automatic(&mut Sink::default());
        let mut out = Writer::default();
        out.open('{').key("results").open('[');
        for placed in &found.placed {
            self.engine.decider().write_result(placed, &mut out);
        }
        out.close(']').key("redirect").optional(found.redirect.as_deref()).close('}').finish()
    }

    /// The kept assignments, GrowthBook's documents by name.
    pub fn sticky_json(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        for (name, document) in self.engine.sticky.iter().flat_map(Sticky::documents) {
            out.key(name).raw(document);
        }
        out.close('}').finish()
    }

    /// `{"total","reasons":[{"rule","label","points","count"}]}`; the total is `null` when the site scores nobody.
    pub fn score_json(&self) -> String {
        let score = self.site.scoring.as_ref().map(|model| model.score(&self.visitor.tally, &self.context_of_visitor()));
        let mut out = Writer::default();
        out.open('{').key("total");
        match &score {
            Some(score) => out.number(score.total, &*self.host),
            None => out.raw("null"),
        };
        out.key("reasons").open('[');
        for reason in score.iter().flat_map(|score| &score.reasons) {
            out.open('{').key("rule").string(&reason.rule).key("label").string(&reason.label);
            out.key("points").number(reason.points, &*self.host).key("count").integer(reason.count).close('}');
        }
        out.close(']').close('}').finish()
    }

    /// `{"code","link","incoming"}`
    pub fn referral_json(&self) -> String {
        let mut out = Writer::default();
        let code = self.visitor.code.as_deref().filter(|_| self.site.referral.is_some());
        let incoming = self.visitor.incoming.as_ref().map(|(code, _)| code.as_str());
        out.open('{').key("code").optional(code).key("link").optional(code.map(|_| self.link(self.page.url())).as_deref());
        out.key("incoming").optional(incoming).close('}').finish()
    }

    /// An address with the visitor's code; unchanged when there is no code.
    pub fn link(&self, address: &str) -> String {
        match (&self.site.referral, &self.visitor.code) {
            (Some(program), Some(code)) => program.link(address, code),
            _ => address.into(),
        }
    }

    /// `{"recorded","queued","delivered","dropped"}`
    pub fn status_json(&self) -> String {
        let queued = self.queue.waiting() as i64;
        let visitor = &self.visitor;
        let mut out = Writer::default();
        out.open('{');
        let counts =
            [("recorded", visitor.recorded), ("queued", queued), ("delivered", visitor.delivered), ("dropped", visitor.dropped)];
        for (name, count) in counts {
            out.key(name).integer(count);
        }
        out.close('}').finish()
    }

    /// `[{"code","path","message"}]`
    pub fn problems_json(&self) -> String {
        let mut out = Writer::default();
        out.open('[');
        let mut write = |errors: &[Error]| {
            for Error { code, path, message } in errors {
                out.open('{').key("code").string(code).key("path").string(path).key("message").string(message).close('}');
            }
        };
        write(&self.problems);
        self.engine.problems(&mut write);
        for pattern in self.host.refused_patterns() {
            let message = "This pattern takes too long to search; it is answered with no.";
            out.open('{').key("code").string("slow-pattern").key("path").string(&pattern);
            out.key("message").string(message).close('}');
        }
        out.close(']').finish()
    }

    /// What the visitor allowed.
    pub fn consent(&self) -> Consent {
        self.consent
    }

    /// What is to be observed.
    pub fn tracking(&self) -> &Settings {
        &self.site.tracking
    }
}
