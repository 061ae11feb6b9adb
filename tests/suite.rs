//! GrowthBook's shared suite, natively: features, experiments, bandits, assignments that are kept, redirects.
//!
//! It runs when its file is there, see `support::cases`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::{Document, Writer},
    experiment::{Decision, Engine, Placed, STICKY_PREFIX, Settings, Sink, Source, Sticky},
};
use serde_json::{Map, Value, json};
use support::{cases::cases, host::Native};

const TOLD: usize = 2;
const OVERRIDING: usize = 3;

fn read(value: &Value) -> Document {
    Document::read(&value.to_string(), u32::MAX, &Native::seeded(0)).unwrap()
}

/// An engine in the circumstances that a case calls its context.
fn engine(context: &Value) -> Engine {
    let mut engine = Engine::new(Native::shared(0));
    let settings = read(context);
    engine.settings = Settings::read(settings.root());
    engine.settings.set_url(context["url"].as_str().unwrap_or(""));
    let payload: Map<String, Value> = ["features", "savedGroups", "contextualBandits", "experiments"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), context.get(name)?.clone())))
        .collect();
    engine.load_text(Value::from(payload).to_string(), "$");
    engine.attributes.set(TOLD, read(&context["attributes"]));
    if context["remoteGroupIds"].is_array() {
        engine.attributes.set(OVERRIDING, read(&json!({ "__gb_remoteGroupIds": context["remoteGroupIds"] })));
    }
    engine
}

/// What JavaScript would take for the same: numbers are doubles.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len() && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// Runs the cases of sections; `answer` gives what is found, and what was expected, of a case.
fn all(sections: &[&str], answer: impl Fn(&Value) -> (Value, Value)) {
    for section in sections {
        let cases = cases(section).unwrap_or_default();
        let answers = cases.iter().map(|case| (case, answer(case)));
        let failed: Vec<String> = answers
            .filter(|(_, (found, expected))| !same(found, expected))
            .map(|(case, (found, expected))| format!("{}\n  found    {found}\n  expected {expected}", case[0]))
            .collect();
        assert!(failed.is_empty(), "{section}: {} of {} fail\n{}", failed.len(), cases.len(), failed.join("\n"));
    }
}

#[test]
fn features() {
    let sections = ["feature", "contextualBandit", "savedGroupReferencesV2.feature", "savedGroupReferencesRemote.feature"];
    all(&sections, |case| {
        let mut engine = engine(&case[1]);
        let index = engine.find(case[2].as_str().unwrap());
        let mut out = Writer::default();
        let decision = match index {
            Some(index) => engine.decision(index, &mut Sink::default()),
            None => Decision::plain(None, Source::UnknownFeature),
        };
        engine.write_decision(&decision, decision.source.word(), &mut out);
        (serde_json::from_str(&out.text).unwrap(), case[3].clone())
    });
}

#[test]
fn experiments() {
    all(&["run", "savedGroupReferencesV2.run"], |case| {
        let mut engine = engine(&case[1]);
        let number = engine.experiment(&case[2].to_string());
        let found = number
            .and_then(|number| engine.run(number, &mut Sink::default()))
            .map_or(Value::Null, |placed| json!([value(&placed), placed.run.is_in(), placed.run.is_hashed()]));
        (found, json!([case[3], case[4], case[5]]))
    });
}

fn value(placed: &Placed<'_>) -> Value {
    placed.value().map_or(Value::Null, |value| serde_json::from_str(value.text()).unwrap())
}

#[test]
fn assignments_that_are_kept() {
    all(&["stickyBucket"], |case| {
        let mut engine = engine(&case[1]);
        let mut sticky = Sticky::new(Native::shared(0));
        let given = case[1]["stickyBucketAssignmentDocs"].as_object().into_iter().flat_map(Map::values);
        case[2].as_array().unwrap().iter().chain(given).for_each(|document| sticky.add(&document.to_string()));
        engine.sticky = Some(sticky);
        let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
        let index = engine.find(case[3].as_str().unwrap()).unwrap();
        let decision = engine.decision(index, &mut sink);
        let result = decision.placed.as_ref().map_or(Value::Null, |placed| {
            let mut out = Writer::default();
            engine.write_result(placed, &mut out);
            serde_json::from_str(&out.text).unwrap()
        });
        let keep: Vec<[String; 4]> = sink
            .placed
            .iter()
            .flatten()
            .filter_map(|placed| {
                let (attribute, text) = placed.run.hashed;
                Some([engine.attributes.hashed_name(attribute).into(), text?.into(), placed.to_keep()?, placed.variation_key()])
            })
            .collect();
        let sticky = engine.sticky.as_mut().unwrap();
        for [attribute, value, assignment, variation] in keep {
            sticky.keep(&attribute, &value, &assignment, &variation);
        }
        let documents: Map<String, Value> = sticky
            .documents()
            .iter()
            .map(|document| (Sticky::name(document), document.root().unwrap().text()))
            // The suite's service was only asked for documents of this visitor.
            .filter(|(name, _)| case[5].get(name).is_some())
            .map(|(name, document)| (name, serde_json::from_str(document).unwrap()))
            .collect();
        (json!([result, documents]), json!([case[4], case[5]]))
    });
    assert_eq!(STICKY_PREFIX, "gbStickyBuckets__", "the place where GrowthBook's SDKs store them");
}

#[test]
fn redirects() {
    all(&["urlRedirect"], |case| {
        let engine = engine(&case[1]);
        let automatic = engine.run_automatic(&mut Sink::default());
        let found: Vec<Value> = automatic
            .placed
            .iter()
            .map(|placed| {
                let plain = value(placed)["urlRedirect"].as_str().unwrap_or("").to_owned();
                json!({ "inExperiment": placed.run.is_in(), "urlRedirect": plain, "urlWithParams": automatic.redirect.clone().unwrap_or_default() })
            })
            .collect();
        (json!(found), case[2].clone())
    });
}
