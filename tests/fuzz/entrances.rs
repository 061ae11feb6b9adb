//! Where texts from outside come in, and what must hold there whatever they are.

use super::support::{
    engine::{Engine, TOLD},
    host::Native,
    visit::Visit,
};
use privateer::{
    base::json::{Document, Json, Writer},
    client::{Asked, Client, Input, VISITOR_KEY},
    condition::{self, Context, Groups, Subject, Truth},
    experiment::{Reason, Sink, Sticky, prune::prune_text, reduce::reduce_payload},
};
use serde_json::Value;
use std::collections::BTreeMap;

const PAGE: &str = "https://example.com/a?exp-4=1&ref=ABCD2345&utm_source=x";

/// A site that records and scores at once, and whose payload is still to come.
const RECORDING: &str = r#"{
    "experiments": { "url": "/payload" }, "delivery": { "url": "/collect" }, "consent": { "initial": "granted" },
    "scoring": { "rules": [{ "id": "a", "event": "A", "where": { "plan": "team" }, "points": 1 }] },
    "referral": { "conversion": "A", "rewards": { "currency": "EUR", "rules": [
        { "id": "a", "to": "both", "kind": "percent", "percent": 5, "cap": 50 },
        { "id": "b", "to": "advocate", "kind": "tiers", "within_days": 7, "tiers": [{ "friends": 1, "percent": 30 }] }
    ] } }
}"#;

/// Every mistake that a definition can have.
const CODES: [&str; 8] =
    ["ambiguous-rule", "duplicate-id", "malformed-condition", "not-json", "out-of-range", "too-deep", "weak-hash", "wrong-type"];

#[derive(Clone, Copy, Debug)]
pub enum Entrance {
    Payload,
    Attributes,
    Condition,
    Experiment,
    Site,
    Reduction,
    /// What the page says during a visit, what the browser had stored, and what comes over the network.
    Visit,
}

pub const ENTRANCES: [Entrance; 7] = [
    Entrance::Payload,
    Entrance::Attributes,
    Entrance::Condition,
    Entrance::Experiment,
    Entrance::Site,
    Entrance::Reduction,
    Entrance::Visit,
];

/// What is in order around an input.
#[derive(Clone)]
pub struct Around {
    pub payload: String,
    pub visitor: String,
}

/// Lets a text in, and asks whatever can be asked afterwards.
pub fn open(entrance: Entrance, text: &str, around: &Around) {
    assert_read_as_json(text);
    match entrance {
        Entrance::Payload => payload(text, &around.visitor),
        Entrance::Attributes => payload(&around.payload, text),
        Entrance::Condition => condition(text, around),
        Entrance::Experiment => experiment(text, around),
        Entrance::Site => site(text),
        Entrance::Reduction => reduction(text),
        Entrance::Visit => visit(text, around),
    }
}

/// What serde_json reads is read; what it refuses is refused, except numbers too large for a double, half surrogates,
/// and the one level by which its limit is lower. A refusal has a name.
fn assert_read_as_json(text: &str) {
    match (Document::read(text, u32::MAX, &Native::seeded(0)), serde_json::from_str::<Value>(text)) {
        (Ok(_), Ok(_)) => {}
        (Ok(_), Err(error)) => assert!(is_lenience(&error.to_string()), "read although {error}"),
        (Err(error), Ok(_)) => panic!("refused: {error:?}"),
        (Err(error), Err(_)) => assert!(["not-json", "too-deep"].contains(&error.code), "{error:?}"),
    }
}

fn is_lenience(message: &str) -> bool {
    ["number out of range", "lone leading surrogate", "unexpected end of hex escape", "recursion limit"]
        .iter()
        .any(|known| message.contains(known))
}

/// An answer is JSON. What was put into it may make it deeper than we read ourselves.
fn assert_answer(answer: &str) {
    if let Err(error) = Document::read(answer, u32::MAX, &Native::seeded(0)) {
        assert_eq!(error.code, "too-deep", "{answer}");
    }
    assert_reads(answer);
}

fn assert_reads(answer: &str) {
    if let Err(error) = serde_json::from_str::<Value>(answer) {
        assert!(is_lenience(&error.to_string()), "{error}: {answer}");
    }
}

fn payload(text: &str, visitor: &str) {
    let mut engine = engine(text, visitor);
    let keys: Vec<String> = engine.engine.payload.keys().take(20).map(str::to_owned).collect();
    for key in &keys {
        let first = decided(&mut engine, key);
        assert_eq!(first, decided(&mut engine, key), "{key} is decided alike when asked again");
        assert_answer(&first);
    }
    engine.engine.run_automatic(&mut Sink::default());
    for error in engine.errors() {
        assert!(CODES.contains(&error.code) && error.path.starts_with('$') && error.message.ends_with('.'), "{error:?}");
    }
    assert_reduced_alike(&mut engine, &keys, text, visitor);
}

/// A payload reduced by what is known of a visitor serves that visitor the same values.
fn assert_reduced_alike(engine: &mut Engine, keys: &[String], text: &str, visitor: &str) {
    let input = format!(r#"{{"payload":{text},"attributes":{visitor}}}"#);
    let Ok(reduced) = reduce_payload(&input, &Native::seeded(0)) else { return };
    let mut other = self::engine(&reduced, visitor);
    for key in keys {
        assert_eq!(served(&mut other, key), served(engine, key), "{key}, reduced to {reduced}");
    }
}

fn engine(payload: &str, visitor: &str) -> Engine {
    let mut engine = Engine::load(payload);
    let visitor = Document::read(visitor, u32::MAX, &Native::seeded(0)).unwrap_or_default();
    engine.engine.attributes.set(TOLD, visitor);
    engine
}

/// The decision on a feature, and how it came about.
fn decided(engine: &mut Engine, key: &str) -> String {
    let mut out = Writer::default();
    out.open('[');
    engine.engine.find(key);
    if let Some(index) = engine.engine.payload.find(key) {
        let decision = engine.engine.decision(index, &mut Sink::default());
        engine.engine.write_decision(&decision, decision.source.word(), &mut out);
    }
    let mut trace = Writer::default();
    engine.engine.write_trace(key, &mut trace);
    out.raw(&trace.finish()).close(']').finish()
}

fn served(engine: &mut Engine, key: &str) -> String {
    let decision = engine.engine.decide(key, &mut Sink::default());
    decision.value.map_or("null", Json::text).to_owned()
}

struct Saved(Document);

impl Groups for Saved {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        self.0.get("savedGroups")?.get(id)
    }
}

/// A condition means the same alone, without what half of the attributes decide of it, and as a rule's: the rule's is
/// numbered beforehand and finds attributes by number, the others find them by name.
fn condition(text: &str, around: &Around) {
    let host = Native::seeded(0);
    let read = |text: &str| Document::read(text, u32::MAX, &host);
    let (visitor, groups) = (read(&around.visitor).unwrap(), Saved(read(&around.payload).unwrap()));
    let Ok(document) = read(text) else { return };
    let Some(root) = document.root().filter(|root| root.truthy()) else { return };
    let context = Context { subject: Subject::Object(visitor.root()), groups: &groups, host: &host, coerces: false };
    let holds = |condition| condition::check(condition).is_ok() && context.evaluate(condition) == Truth::Yes;
    let alone = holds(root);
    let saved = groups.0.get("savedGroups").map_or("{}", Json::text);
    if root.is_object() {
        let known = known_part(&around.visitor);
        let pruned = prune_text(text, &known, saved, &host).unwrap();
        let left = pruned == "true" || pruned != "false" && holds(read(&pruned).unwrap().root().unwrap());
        assert_eq!(left, alone, "pruned by {known} to {pruned}");
    }
    let rule = format!(r#"{{"condition":{text},"force":1}}"#);
    let mut engine =
        Engine::load(&format!(r#"{{"features":{{"f":{{"defaultValue":0,"rules":[{rule}]}}}},"savedGroups":{saved}}}"#));
    let ruled = engine.ask("f", &around.visitor, |decision| decision.value.and_then(Json::number) == Some(1.0));
    // The rule stands four levels deeper, and may be too deep there.
    assert!(ruled == alone || engine.problems().iter().any(|(code, _)| code == "too-deep"), "{alone} alone");
}

/// Half of what is known of a visitor.
fn known_part(visitor: &str) -> String {
    let members: serde_json::Map<String, Value> = serde_json::from_str(visitor).unwrap();
    Value::Object(members.into_iter().step_by(2).collect()).to_string()
}

fn experiment(text: &str, around: &Around) {
    let mut engine = engine(&around.payload, &around.visitor);
    let Some(number) = engine.engine.experiment(text) else { return };
    assert_eq!(engine.engine.experiment(text), Some(number), "one text is one experiment");
    let run = || engine.engine.run(number, &mut Sink::default()).unwrap().run;
    let (shown, again) = (run(), run());
    assert_eq!((shown.reason, shown.index), (again.reason, again.index));
    let standalone = engine.engine.standalone(number).unwrap();
    // There may be more ranges than variations; nobody is shown one that is not there.
    assert!(shown.index < standalone.experiment.count.max(1), "{shown:?}");
    // Whoever is placed by the hash alone is assigned that variation without being a visitor.
    if let (Reason::Hashed, Some(id), 0) = (shown.reason, shown.hashed.1, standalone.experiment.bandit) {
        assert_eq!(engine.engine.assign(standalone, id), Some(shown.index), "{shown:?}");
    }
    let ids = b"user-1\nuser-2\n\nuser-\xf0\x9f\x98\x80\n\xff\n".as_slice();
    let assigned = engine.engine.assign_many(standalone, ids);
    assert!(assigned.iter().all(|variation| *variation < standalone.experiment.count as i16));
    assert!(assigned.len() == 5 && assigned[2] == -1 && assigned[4] == -1, "{assigned:?}");
}

fn site(text: &str) {
    let mut visit = Visit::with(text.into(), PAGE, 1, BTreeMap::new());
    visit.happens(Input::Attributes(r#"{"id":"user-1","plan":"team"}"#));
    ask_everything(&mut visit.client);
    visit.track("Plan Chosen");
    visit.pass(60_000);
    visit.reload(PAGE);
    ask_everything(&mut visit.client);
    assert_batches(&visit);
}

fn ask_everything(client: &mut Client) {
    let features = client.features_json();
    assert_answer(&features);
    let keys: Vec<String> = client.engine().payload.keys().take(10).map(str::to_owned).collect();
    for key in &keys {
        [client.decision_json(key), client.trace_json(key)].iter().for_each(|answer| assert_answer(answer));
    }
    let answers = [
        client.automatic_json(),
        client.sticky_json(),
        client.score_json("", privateer::base::Time(1_800_000_000_000)),
        client.referral_json(),
        client.status_json(),
        client.problems_json(),
    ];
    answers.iter().for_each(|answer| assert_answer(answer));
    for asked in [Asked::Link, Asked::Short, Asked::Clean, Asked::Code] {
        client.referral(asked, PAGE);
    }
    assert_owed(client, r#"[{"id":"a","type":"conversion","advocate":"22222222","friend":"f","time":1,"amount":999}]"#);
}

/// A site without a program owes nothing.
fn assert_owed(client: &Client, history: &str) {
    let owed = client.rewards_json(&["{\"now\":9,\"history\":", history, "}"].concat());
    if !owed.is_empty() {
        assert_answer(&owed);
    }
}

fn assert_batches(visit: &Visit) {
    visit.sent.iter().for_each(|sent| assert_reads(&sent.body));
}

fn reduction(text: &str) {
    let host = Native::seeded(0);
    match reduce_payload(text, &host) {
        Ok(reduced) => assert_answer(&reduced),
        Err(error) => assert!(CODES.contains(&error.code), "{error:?}"),
    }
    let mut sticky = Sticky::new(std::rc::Rc::new(host));
    sticky.add(text);
    sticky.keep("id", "user-1", "exp-4__0", "1");
    sticky.documents().iter().for_each(|document| assert_answer(document.root().unwrap().text()));
}

/// The same text wherever the page, the storage and the network could bring it.
fn visit(text: &str, around: &Around) {
    let stored = [VISITOR_KEY, "gbStickyBuckets__id||user-1"].map(|key| (key.to_owned(), text.to_owned()));
    let mut visit = Visit::with(RECORDING.into(), PAGE, 1, BTreeMap::from(stored));
    for input in [
        Input::Payload(text.into()),
        Input::Payload(around.payload.clone()),
        Input::Attributes(text),
        Input::Track(text, text, None),
        Input::Track("A", text, None),
        Input::View(Some(text), text),
        Input::Identify(text, text),
        Input::Seen(text),
        Input::Preview(text, Some(1)),
        Input::Automatic,
        Input::Code(text),
    ] {
        visit.happens(input);
    }
    ask_everything(&mut visit.client);
    assert_owed(&visit.client, text);
    visit.happens(Input::Flush);
    visit.reload(text);
    visit.happens(Input::Leaving(false));
    assert_batches(&visit);
    visit.stored.iter().filter(|(key, _)| key.as_str() == VISITOR_KEY).for_each(|(_, record)| assert_answer(record));
}
