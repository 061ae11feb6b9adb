//! The JavaScript boundary of what referrals come to: K, cycles, projections, the tree, boards, waiting lists, costs. Its TypeScript is in
//! `virality.d.ts.txt`.

use super::{
    failure::Failure,
    plain::{amount, count, document, each, flag, number, object, text, time, value},
    values::USUAL_CONFIDENCE,
};
use crate::{
    base::{
        Time,
        json::{Json, Writer, children},
    },
    browser::Page,
    error::Error,
    growth::{self, Follow, Invitation, Projection, Referral, Waiting},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("virality.d.ts.txt");

/// The members of one object, and what answers are written to.
fn asked<'d>(root: Option<Json<'d>>, path: &str) -> Result<Json<'d>, Error> {
    let missing = || Error::new("wrong-type", "", "This must be an object.");
    root.ok_or_else(missing).and_then(object).map_err(|error| error.within(path))
}

fn referral(json: Json<'_>) -> Result<Referral<'_>, Error> {
    Ok(Referral {
        advocate: text(json, "advocate")?.unwrap_or(""),
        friend: text(json, "friend")?.unwrap_or(""),
        time: time(json, "time")?,
        verified: flag(json, "verified")?.unwrap_or(false),
    })
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
    let counts = asked(document.root(), "counts")?;
    let within = |error: Error| error.within("counts");
    let (users, invites) = (count(counts, "users").map_err(within)?, count(counts, "invites").map_err(within)?);
    let message = "This must be a list of whole numbers, 0 or more.";
    let friends = children(counts.get("friends"))
        .map(|friends| friends.number().filter(|number| *number >= 0.0 && *number as u64 as f64 == *number));
    let friends: Option<Vec<u64>> = friends.map(|friends| Some(friends? as u64)).collect();
    let friends = friends.ok_or_else(|| Error::new("wrong-type", "counts.friends", message))?;
    let found = growth::k_factor(users.unwrap_or(0), invites, &friends, confidence.unwrap_or(USUAL_CONFIDENCE));
    let found = found.map_err(|error| if error.path.starts_with('$') { error } else { error.within("counts.") })?;
    let mut out = Writer::begin('{');
    for (name, number) in [("k", found.k), ("low", found.low), ("high", found.high), ("dispersion", found.dispersion)] {
        put(&mut out, name, Some(number));
    }
    put(&mut out, "invites_per_user", found.invites_per_user);
    out.key("conversion");
    match found.conversion {
        None => out.raw("null"),
        Some(conversion) => {
            out.open('{');
            for (name, number) in [("rate", conversion.rate), ("low", conversion.low), ("high", conversion.high)] {
                put(&mut out, name, Some(number));
            }
            out.close('}')
        }
    };
    value(&out.end('}'))
}

/// From sign-up to sign-up.
#[wasm_bindgen(js_name = viralCycleTime, skip_typescript)]
pub fn viral_cycle_time(referrals: &JsValue, options: &JsValue) -> Result<JsValue, Failure> {
    let (referrals, options) = (document(referrals, "referrals")?, document(options, "options")?);
    let referrals = each(referrals.root(), "referrals", &referral)?;
    let options = options.root().filter(|options| options.is_object());
    let within = |error: Error| error.within("options");
    let [span, until] = ["span", "until"].map(|name| options.map_or(Ok(None), |options| time(options, name)).map_err(within));
    let follow = span?.zip(until?).map(|(span, until)| Follow { span: span.0, until });
    let joined = children(options.and_then(|options| options.get("joined")));
    let joined: Vec<(&str, Time)> = joined.filter_map(|time| Some((time.name(), Time(time.number()? as i64)))).collect();
    let found = growth::cycle(&Invitation::of(&referrals, &joined), follow);
    let mut out = Writer::begin('{');
    put(&mut out, "mean", Some(found.mean));
    put(&mut out, "median", Some(found.median));
    out.count("friends", found.friends as i64).count("unknown", found.unknown as i64);
    out.count("impossible", found.impossible as i64).count("open", found.open as i64);
    value(&out.end('}'))
}

/// Users to come.
#[wasm_bindgen(js_name = projectReferrals, skip_typescript)]
pub fn project_referrals(projection: &JsValue) -> Result<JsValue, Failure> {
    let document = document(projection, "projection")?;
    let asked = asked(document.root(), "projection")?;
    let within = |error: Error| error.within("projection");
    let [start, k, cycle] = ["start", "k", "cycle"].map(|name| number(asked, name).map_err(within));
    let projection =
        Projection { start: start?.unwrap_or(f64::NAN), k: k?.unwrap_or(f64::NAN), cycle: cycle?.unwrap_or(f64::NAN) };
    projection.check().map_err(|error| error.within("projection."))?;
    let mut out = Writer::begin('{');
    put(&mut out, "limit", projection.limit());
    out.key("totals").open('[');
    for time in children(asked.get("times")) {
        out.number(projection.total(time.number().unwrap_or(f64::NAN)), &Page::default());
    }
    out.close(']');
    value(&out.end('}'))
}

/// Who brought whom.
#[wasm_bindgen(js_name = referralTree, skip_typescript)]
pub fn referral_tree(referrals: &JsValue) -> Result<JsValue, Failure> {
    let document = document(referrals, "referrals")?;
    let referrals = each(document.root(), "referrals", &referral)?;
    let tree = growth::tree(&referrals);
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
pub fn leaderboard(referrals: &JsValue, most: Option<u32>) -> Result<JsValue, Failure> {
    let document = document(referrals, "referrals")?;
    let referrals = each(document.root(), "referrals", &referral)?;
    let mut out = Writer::begin('[');
    for leader in growth::leaderboard(&referrals).iter().take(most.map_or(usize::MAX, |most| most as usize)) {
        out.open('{')
            .count("rank", leader.rank as i64)
            .member("advocate", leader.advocate)
            .count("verified", leader.verified as i64);
        put_time(&mut out, "reached", leader.reached);
        out.close('}');
    }
    value(&out.end(']'))
}

fn waiting(json: Json<'_>) -> Result<Waiting<'_>, Error> {
    let nobody = || Error::new("wrong-type", ".id", "Whoever waits needs an id.");
    Ok(Waiting {
        id: text(json, "id")?.ok_or_else(nobody)?,
        joined: time(json, "joined")?,
        points: number(json, "points")?.unwrap_or(0.0),
    })
}

/// Who is next.
#[wasm_bindgen(skip_typescript)]
pub fn waitlist(people: &JsValue, referrals: &JsValue, points: Option<f64>) -> Result<JsValue, Failure> {
    let (people, referrals) = (document(people, "waiting")?, document(referrals, "referrals")?);
    let people = each(people.root(), "waiting", &waiting)?;
    let referrals = each(referrals.root(), "referrals", &referral)?;
    let mut out = Writer::begin('[');
    for place in growth::waitlist(&people, &referrals, points.unwrap_or(1.0)) {
        out.open('{').count("position", place.position as i64).member("id", place.id);
        put(&mut out, "points", Some(place.points));
        out.count("friends", place.friends as i64).count("moved", place.moved).close('}');
    }
    value(&out.end(']'))
}

/// What a referred customer cost, in minor units.
#[wasm_bindgen(js_name = costPerReferred, skip_typescript)]
pub fn cost_per_referred(costs: &JsValue) -> Result<Option<f64>, Failure> {
    let document = document(costs, "costs")?;
    let costs = asked(document.root(), "costs")?;
    let within = |error: Error| error.within("costs");
    let [rewards, other] = ["rewards", "other"].map(|name| amount(costs, name).map_err(within));
    let customers = count(costs, "customers").map_err(within)?.unwrap_or(0);
    Ok(growth::cost_per_referred(rewards?.unwrap_or(0), other?.unwrap_or(0), customers).map(|cost| cost as f64))
}
