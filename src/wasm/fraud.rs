//! The JavaScript boundary of `referral::fraud`. Its TypeScript is in `fraud.d.ts.txt`.

use super::{
    failure::Failure,
    plain::{Fields, document, each, value},
};
use crate::{
    base::json::{Section, Writer},
    browser::Page,
    error::Error,
    referral::fraud::{self, Email, Fact, Lists, Person, Referral, Rules, Verdict},
};
use core::cell::Cell;
use js_sys::Function;
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("fraud.d.ts.txt");

#[wasm_bindgen]
extern "C" {
    /// Lists of domains, which are asked and never copied.
    type Asked;
    #[wasm_bindgen(method, getter)]
    fn disposable(this: &Asked) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn public(this: &Asked) -> JsValue;
}

/// Judges referrals.
#[wasm_bindgen(js_name = judgeReferrals, skip_typescript)]
pub fn judge_referrals(referrals: &JsValue, rules: &JsValue, lists: &JsValue) -> Result<JsValue, JsValue> {
    let lists: Option<&Asked> = lists.is_object().then(|| lists.unchecked_ref());
    let thrown = Cell::new(None);
    let [disposable, public] =
        [lists.map(Asked::disposable), lists.map(Asked::public)].map(|asked| asked.and_then(|asked| asked.dyn_into().ok()));
    let has = |list: &Option<Function>, domain: &str| ask(list.as_ref(), domain, &thrown);
    let (is_disposable, is_public) = (|domain: &str| has(&disposable, domain), |domain: &str| has(&public, domain));
    let lists = Lists {
        disposable: disposable.is_some().then_some(&is_disposable as &dyn Fn(&str) -> bool),
        public: public.is_some().then_some(&is_public as &dyn Fn(&str) -> bool),
    };
    let judged = judged(referrals, rules, &lists)?;
    thrown.take().map_or(Ok(judged), Err)
}

/// What a list answers; what it throws, the first time, is kept.
fn ask(list: Option<&Function>, domain: &str, thrown: &Cell<Option<JsValue>>) -> bool {
    let Some(answer) = list.map(|list| list.call1(&JsValue::NULL, &domain.into())) else { return false };
    answer.map_or_else(
        |error| {
            thrown.set(Some(thrown.take().unwrap_or(error)));
            false
        },
        |answer| answer.is_truthy(),
    )
}

fn judged(referrals: &JsValue, rules: &JsValue, lists: &Lists<'_>) -> Result<JsValue, Failure> {
    let (referrals, rules) = (document(referrals, "referrals")?, document(rules, "rules")?);
    let (mut problems, mut used) = (Vec::new(), Rules::default());
    used.read(Section::new(rules.root().filter(|rules| !rules.is_null()), "$.referral.fraud", &mut problems));
    let mut all = Vec::new();
    each(referrals.root(), "referrals", &mut |fields| all.push(referral(fields)))?;
    let mut out = Writer::begin('{');
    out.key("verdicts").open('[');
    for verdict in fraud::judge(&all, &used, lists, &Page::default()) {
        write_verdict(&mut out, &verdict);
    }
    out.close(']').key("problems").open('[');
    for Error { code, path, message } in &problems {
        out.open('{').member("code", code).member("path", path).member("message", message).close('}');
    }
    out.close(']');
    value(&out.end('}'))
}

fn referral<'d>(fields: &mut Fields<'d>) -> Referral<'d> {
    let mut facts = Vec::new();
    fields.each("facts", &mut |fields| facts.push(fact(fields)));
    Referral {
        advocate: person(fields, "advocate"),
        friend: person(fields, "friend"),
        touched: fields.time("touched"),
        signed_up: fields.time("signed_up"),
        converted: fields.time("converted"),
        customer: fields.flag("customer"),
        repeat: fields.flag("repeat"),
        user_agent: fields.text("user_agent"),
        bot: fields.flag("bot"),
        preview: fields.flag("preview"),
        prefetch: fields.flag("prefetch"),
        webdriver: fields.flag("webdriver"),
        same_ip: fields.flag("same_ip"),
        same_payment: fields.flag("same_payment"),
        facts,
    }
}

fn person<'d>(fields: &mut Fields<'d>, name: &str) -> Person<'d> {
    fields.within(name, |fields| {
        let [id, email, name, device] = ["id", "email", "name", "device"].map(|part| fields.text(part));
        Person { id, email, name, device }
    })
}

fn fact<'d>(fields: &mut Fields<'d>) -> Fact<'d> {
    let [id, label, evidence] = ["id", "label", "evidence"].map(|part| fields.text(part).unwrap_or(""));
    let points = fields.whole("points");
    if id.is_empty() || points.is_none() {
        fields.note(Error::new("wrong-type", "", "A fact needs an id, and points, a whole number."));
    }
    Fact { id, label, points: points.unwrap_or(0), evidence }
}

fn write_verdict(out: &mut Writer, verdict: &Verdict) {
    out.open('{').count("score", verdict.score).member("level", verdict.level.word()).flag("flagged", verdict.flagged());
    out.key("reasons").open('[');
    for reason in &verdict.reasons {
        out.open('{').member("id", &reason.id).member("label", &reason.label);
        out.count("points", reason.points).member("evidence", &reason.evidence).close('}');
    }
    out.close(']').key("unknown").open('[');
    for signal in &verdict.unknown {
        out.string(signal);
    }
    out.close(']').close('}');
}

/// An address in the form in which two of one mailbox are equal.
#[wasm_bindgen(js_name = normalEmail, skip_typescript)]
pub fn normal_email(address: &str) -> Option<String> {
    Email::read(address, &Page::default()).map(|email| email.address())
}
