//! The JavaScript boundary of what referrals come to: K, cycles, projections, the tree, boards, waiting lists, costs. Its TypeScript is in
//! `virality.d.ts.txt`.

use super::{
    failure::Failure,
    plain::{Fields, document, each, value},
    values::USUAL_CONFIDENCE,
};
use crate::{
    base::{
        Time,
        json::{Document, Writer, children},
    },
    browser::Page,
    error::Error,
    growth::{self, Follow, Invitation, Projection, Referral, Waiting},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("virality.d.ts.txt");

fn referrals(document: &Document) -> Result<Vec<Referral<'_>>, Error> {
    let mut all = Vec::new();
    each(document.root(), "referrals", &mut |fields| {
        all.push(Referral {
            advocate: fields.text("advocate").unwrap_or(""),
            friend: fields.text("friend").unwrap_or(""),
            time: fields.time("time"),
            verified: fields.flag("verified") == Some(true),
        });
    })?;
    Ok(all)
}

/// A member that is a number; `null` where there is none, or none that JSON has.
fn put(out: &mut Writer, name: &str, number: Option<f64>) {
    out.key(name).number(number.unwrap_or(f64::NAN), &Page::default());
}

fn put_time(out: &mut Writer, name: &str, time: Option<Time>) {
    put(out, name, time.map(|time| time.0 as f64));
}

/// New users per user.
#[wasm_bindgen(js_name = kFactor, skip_typescript)]
pub fn k_factor(counts: &JsValue, confidence: Option<f64>) -> Result<JsValue, Failure> {
    let document = document(counts, "counts")?;
    let mut fields = Fields::of(document.root());
    let (users, invites) = (fields.count("users").unwrap_or(0), fields.count("invites"));
    let friends = fields.counts("friends");
    fields.check("counts")?;
    let found = growth::k_factor(users, invites, &friends, confidence.unwrap_or(USUAL_CONFIDENCE));
    let found = found.map_err(|error| if error.path.starts_with('$') { error } else { error.within("counts.") })?;
    let mut out = Writer::begin('{');
    for (name, number) in [("k", found.k), ("low", found.low), ("high", found.high), ("dispersion", found.dispersion)] {
        put(&mut out, name, Some(number));
    }
    put(&mut out, "invites_per_user", found.invites_per_user);
    out.key("conversion");
    if let Some(conversion) = found.conversion {
        out.open('{');
        for (name, number) in [("rate", conversion.rate), ("low", conversion.low), ("high", conversion.high)] {
            put(&mut out, name, Some(number));
        }
        out.close('}');
    } else {
        out.raw("null");
    }
    value(&out.end('}'))
}

/// From sign-up to sign-up.
#[wasm_bindgen(js_name = viralCycleTime, skip_typescript)]
pub fn viral_cycle_time(records: &JsValue, options: &JsValue) -> Result<JsValue, Failure> {
    let (records, options) = (document(records, "referrals")?, document(options, "options")?);
    let mut fields = Fields::of(options.root());
    let (span, until) = (fields.whole("span"), fields.time("until"));
    let joined = children(fields.get("joined"));
    let joined: Vec<(&str, Time)> = joined.filter_map(|time| Some((time.name(), Time(time.number()? as i64)))).collect();
    fields.check("options")?;
    let follow = span.zip(until).map(|(span, until)| Follow { span, until });
    let found = growth::cycle(&Invitation::of(&referrals(&records)?, &joined), follow);
    let mut out = Writer::begin('{');
    put(&mut out, "mean", Some(found.mean));
    put(&mut out, "median", Some(found.median));
    for (name, friends) in
        [("friends", found.friends), ("unknown", found.unknown), ("impossible", found.impossible), ("open", found.open)]
    {
        out.count(name, friends as i64);
    }
    value(&out.end('}'))
}

/// Users to come.
#[wasm_bindgen(js_name = projectReferrals, skip_typescript)]
pub fn project_referrals(projection: &JsValue) -> Result<JsValue, Failure> {
    let document = document(projection, "projection")?;
    let mut fields = Fields::of(document.root());
    let [start, k, cycle] = ["start", "k", "cycle"].map(|name| fields.number(name).unwrap_or(f64::NAN));
    let times = children(fields.get("times"));
    fields.check("projection")?;
    let projection = Projection { start, k, cycle };
    projection.check().map_err(|error| error.within("projection."))?;
    let mut out = Writer::begin('{');
    put(&mut out, "limit", projection.limit());
    out.key("totals").open('[');
    for time in times {
        out.number(projection.total(time.number().unwrap_or(f64::NAN)), &Page::default());
    }
    out.close(']');
    value(&out.end('}'))
}

/// Who brought whom.
#[wasm_bindgen(js_name = referralTree, skip_typescript)]
pub fn referral_tree(records: &JsValue) -> Result<JsValue, Failure> {
    let document = document(records, "referrals")?;
    let tree = growth::tree(&referrals(&document)?);
    let mut out = Writer::begin('{');
    out.key("generations").open('[');
    for people in &tree.generations {
        out.integer(*people as i64);
    }
    out.close(']').key("members").open('[');
    for member in &tree.members {
        out.open('{').member("id", member.id).key("advocate");
        out.optional(member.advocate.and_then(|place| tree.members.get(place)).map(|advocate| advocate.id));
        out.count("generation", member.generation as i64).count("friends", member.friends as i64);
        out.count("descendants", member.descendants as i64).close('}');
    }
    out.close(']').key("cut").open('[');
    for cut in &tree.cut {
        out.open('{').count("record", cut.record as i64).member("why", cut.why.word()).close('}');
    }
    out.close(']');
    value(&out.end('}'))
}

/// Who brought most.
#[wasm_bindgen(skip_typescript)]
pub fn leaderboard(records: &JsValue, most: Option<u32>) -> Result<JsValue, Failure> {
    let document = document(records, "referrals")?;
    let mut out = Writer::begin('[');
    for leader in growth::leaderboard(&referrals(&document)?).iter().take(most.map_or(usize::MAX, |most| most as usize)) {
        out.open('{')
            .count("rank", leader.rank as i64)
            .member("advocate", leader.advocate)
            .count("verified", leader.verified as i64);
        put_time(&mut out, "reached", leader.reached);
        out.close('}');
    }
    value(&out.end(']'))
}

fn waiting(document: &Document) -> Result<Vec<Waiting<'_>>, Error> {
    let mut all = Vec::new();
    each(document.root(), "waiting", &mut |fields| {
        let (id, joined, points) = (fields.text("id"), fields.time("joined"), fields.number("points").unwrap_or(0.0));
        match id {
            Some(id) => all.push(Waiting { id, joined, points }),
            None => fields.note(Error::new("wrong-type", ".id", "Whoever waits needs an id.")),
        }
    })?;
    Ok(all)
}

/// Who is next.
#[wasm_bindgen(skip_typescript)]
pub fn waitlist(people: &JsValue, records: &JsValue, points: Option<f64>) -> Result<JsValue, Failure> {
    let (people, records) = (document(people, "waiting")?, document(records, "referrals")?);
    let mut out = Writer::begin('[');
    for place in growth::waitlist(&waiting(&people)?, &referrals(&records)?, points.unwrap_or(1.0)) {
        out.open('{').count("position", place.position as i64).member("id", place.id);
        put(&mut out, "points", Some(place.points));
        out.count("friends", place.friends as i64).count("moved", place.moved).close('}');
    }
    value(&out.end(']'))
}

/// What a referred customer cost, in minor units.
#[wasm_bindgen(js_name = costPerReferred, skip_typescript)]
pub fn cost_per_referred(costs: &JsValue) -> Result<JsValue, Failure> {
    let document = document(costs, "costs")?;
    let mut fields = Fields::of(document.root());
    let [rewards, other] = ["rewards", "other"].map(|name| fields.whole(name).unwrap_or(0));
    let customers = fields.count("customers").unwrap_or(0);
    fields.check("costs")?;
    Ok(growth::cost_per_referred(rewards, other, customers).map_or(JsValue::NULL, |cost| (cost as f64).into()))
}
