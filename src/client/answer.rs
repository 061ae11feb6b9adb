//! What the page may ask, answered as JSON.

use super::Client;
use crate::{
    base::json::{Json, Writer},
    error::Error,
    tracking::{Settings, consent::Consent},
};
use alloc::string::String;

impl Client {
    /// `{"key","value","source","rule","experiment","variation","variationKey","bucket"}`
    pub fn decision_json(&self, feature: &str) -> String {
        let decision = self.decide(feature);
        let assignment = decision.assignment.as_ref();
        let mut out = Writer::default();
        out.open('{').key("key").string(feature).key("value").raw(decision.value.map_or("null", Json::text));
        out.key("source").string(if self.loading() { "loading" } else { decision.source.word() });
        out.key("rule").string(decision.rule);
        if let Some(assignment) = assignment {
            out.key("experiment").string(assignment.experiment).key("variation").integer(assignment.index as i64);
            out.key("variationKey").string(&assignment.variation_key());
            if let Some(bucket) = assignment.bucket {
                out.key("bucket").number(bucket, &*self.host);
            }
        }
        out.close('}').finish()
    }

    /// The features' keys, a list in the payload's order.
    pub fn features_json(&self) -> String {
        let mut out = Writer::default();
        out.open('[');
        for key in self.features() {
            out.string(key);
        }
        out.close(']').finish()
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
        for Error { code, path, message } in self.problems.iter().chain(self.site.payload.problems()) {
            out.open('{').key("code").string(code).key("path").string(path).key("message").string(message).close('}');
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
