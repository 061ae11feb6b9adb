//! The site definition: every mistake is told with its code, its place and a sentence, and takes nothing else along.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use serde_json::{Value, json};
use support::visit::Visit;

const PAGE: &str = "https://example.com/";

fn visit(definition: &str) -> Visit {
    Visit::with(definition.into(), PAGE, 1, Default::default())
}

/// The problems told about a definition, as `[code, path]`.
fn told(definition: &Value) -> Value {
    problems(&visit(&definition.to_string())).iter().map(|problem| json!([problem["code"], problem["path"]])).collect()
}

fn problems(visit: &Visit) -> Vec<Value> {
    visit.problems().as_array().unwrap().clone()
}

#[test]
fn the_example_has_no_mistakes() {
    let definition = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/site.json")).unwrap();
    let mut visit = visit(&definition);
    let features: Vec<String> = serde_json::from_str(&visit.client.features_json()).unwrap();
    assert!(!features.is_empty());
    for feature in features {
        assert_ne!(visit.decision(&feature)["source"], "unknownFeature", "{feature}");
    }
    assert_eq!(problems(&visit), [] as [Value; 0]);
}

#[test]
fn what_is_absent_or_null_is_no_mistake() {
    for definition in
        ["{}", r#"{"experiments":null,"tracking":null,"delivery":null,"scoring":null,"referral":null,"consent":null}"#]
    {
        assert_eq!(problems(&visit(definition)), [] as [Value; 0], "{definition}");
    }
    let empty = json!({ "experiments": {}, "tracking": {}, "delivery": {}, "scoring": {}, "referral": {}, "consent": {} });
    assert_eq!(told(&empty), json!([]));
    assert_eq!(told(&json!({ "tracking": { "pageviews": null, "session_idle_minutes": null }, "unheard of": [1] })), json!([]));
}

#[test]
fn each_kind_of_mistake_has_its_code_and_place() {
    for (section, mistake, code, path) in [
        ("experiments", json!([]), "wrong-type", ""),
        ("experiments", json!({ "payload": [] }), "wrong-type", ".payload.features"),
        ("experiments", json!({ "payload": { "features": [] } }), "wrong-type", ".payload.features"),
        ("experiments", json!({ "url": 7 }), "wrong-type", ".url"),
        ("experiments", json!({ "url": "" }), "wrong-type", ".url"),
        ("tracking", json!("everything"), "wrong-type", ""),
        ("tracking", json!({ "pageviews": "yes" }), "wrong-type", ".pageviews"),
        ("tracking", json!({ "clicks": 1 }), "wrong-type", ".clicks"),
        ("tracking", json!({ "forms": [] }), "wrong-type", ".forms"),
        ("tracking", json!({ "engagement": {} }), "wrong-type", ".engagement"),
        ("tracking", json!({ "session_idle_minutes": "30" }), "wrong-type", ".session_idle_minutes"),
        ("tracking", json!({ "session_idle_minutes": 0 }), "out-of-range", ".session_idle_minutes"),
        ("tracking", json!({ "session_idle_minutes": 1441 }), "out-of-range", ".session_idle_minutes"),
        ("delivery", json!("/collect"), "wrong-type", ""),
        ("delivery", json!({ "url": ["/collect"] }), "wrong-type", ".url"),
        ("delivery", json!({ "url": "/collect", "write_key": 7 }), "wrong-type", ".write_key"),
        ("delivery", json!({ "url": "/collect", "gather_ms": -1 }), "out-of-range", ".gather_ms"),
        ("delivery", json!({ "url": "/collect", "batch_events": 0 }), "out-of-range", ".batch_events"),
        ("scoring", json!([]), "wrong-type", ""),
        ("scoring", json!({ "rules": {} }), "wrong-type", ".rules"),
        ("scoring", json!({ "maximum": "100" }), "wrong-type", ".maximum"),
        ("scoring", json!({ "minimum": 10, "maximum": 5 }), "out-of-range", ".minimum"),
        ("referral", json!("ref"), "wrong-type", ""),
        ("referral", json!({ "parameter": 5 }), "wrong-type", ".parameter"),
        ("referral", json!({ "parameter": "a b" }), "wrong-type", ".parameter"),
        ("referral", json!({ "aliases": "ref" }), "wrong-type", ".aliases"),
        ("referral", json!({ "codes": { "length": 3 } }), "out-of-range", ".codes.length"),
        ("referral", json!({ "codes": { "length": 21 } }), "out-of-range", ".codes.length"),
        ("consent", json!("granted"), "wrong-type", ""),
        ("consent", json!({ "initial": "maybe" }), "unknown-word", ".initial"),
        ("consent", json!({ "initial": true }), "wrong-type", ".initial"),
    ] {
        assert_eq!(told(&json!({ section: mistake })), json!([[code, format!("$.{section}{path}")]]), "{section}: {mistake}");
    }
}

/// Codes are for programs; sentences are for whoever keeps the definition, and are pinned here.
#[test]
fn each_kind_of_mistake_has_a_sentence() {
    for (definition, sentence) in [
        (json!({ "scoring": [] }), "An object {…} belongs here."),
        (json!({ "scoring": { "rules": 1 } }), "A list […] belongs here."),
        (json!({ "delivery": { "url": 1 } }), "A text in quotes belongs here."),
        (json!({ "tracking": { "clicks": "true" } }), "true or false belongs here, without quotes."),
        (json!({ "tracking": { "session_idle_minutes": "5" } }), "A number belongs here, without quotes."),
        (json!({ "tracking": { "session_idle_minutes": 5e9 } }), "This number is smaller or larger than what makes sense here."),
        (
            json!({ "consent": { "initial": "yes" } }),
            "Consent is \"granted\", \"pending\" or \"denied\", or one of them for each purpose.",
        ),
        (json!({ "referral": { "parameter": "a=b" } }), "A parameter has letters, digits, - and _ only."),
    ] {
        let problems = problems(&visit(&definition.to_string()));
        assert_eq!((problems.len(), &problems[0]["message"]), (1, &json!(sentence)), "{definition}");
    }
}

/// Each section in turn is of no use at all; all others still do their work.
#[test]
fn a_broken_section_leaves_the_others_working() {
    let definition = json!({
        "experiments": { "payload": { "features": { "hero": { "defaultValue": "plain" } } } },
        "tracking": { "pageviews": true },
        "delivery": { "url": "/collect" },
        "scoring": { "rules": [{ "id": "view", "event": "page", "points": 5 }] },
        "referral": { "parameter": "via" },
        "consent": { "initial": "granted" },
    });
    let works = |section: &str, visit: &mut Visit| match section {
        "experiments" => visit.decision("hero")["value"] == "plain",
        "tracking" => visit.status("recorded") == 1,
        "delivery" => visit.wake.is_some(),
        "scoring" => visit.score()["total"] == 5,
        "referral" => visit.referral()["code"].is_string(),
        _ => visit.client.consent().analytics().word() == "granted",
    };
    let sections = ["experiments", "tracking", "delivery", "scoring", "referral", "consent"];
    assert!(sections.iter().all(|section| works(section, &mut visit(&definition.to_string()))));
    for broken in ["experiments", "tracking", "delivery", "scoring", "referral"] {
        let mut definition = definition.clone();
        definition[broken] = json!("nonsense");
        let mut visit = visit(&definition.to_string());
        assert_eq!(problems(&visit).len(), 1);
        for section in sections.iter().filter(|section| **section != broken) {
            assert!(works(section, &mut visit), "{section} suffers from {broken}");
        }
    }
}

/// The first reading of a definition stops above the depth of a scoring rule's parts.
#[test]
fn a_mistake_deep_in_scoring_is_told() {
    let definition = r#"{"referral":{},"scoring":{"rules":[{"id":"a","event":"x","points":1,"where":{"b":tru}}]}}"#;
    let visit = visit(definition);
    let problems = problems(&visit);
    assert_eq!(problems.len(), 1);
    assert_eq!((&problems[0]["code"], &problems[0]["path"]), (&json!("not-json"), &json!("$.scoring")));
    assert!(visit.referral()["code"].is_string(), "the rest works");
}

#[test]
fn several_mistakes_are_told_at_once() {
    let definition = json!({ "tracking": { "clicks": 1, "forms": 2 }, "referral": { "codes": { "length": 0 } }, "scoring": { "rules": [1, 2] } });
    assert_eq!(told(&definition).as_array().unwrap().len(), 5);
}

#[test]
fn what_is_no_json_is_one_problem_and_an_empty_definition() {
    for (definition, code) in
        [("{", "not-json"), ("", "not-json"), ("{\"scoring\":{},}", "not-json"), ("[]", "wrong-type"), ("7", "wrong-type")]
    {
        let visit = visit(definition);
        let problems = problems(&visit);
        assert_eq!(problems.len(), 1, "{definition}");
        assert_eq!((&problems[0]["code"], &problems[0]["path"]), (&json!(code), &json!("$")), "{definition}");
        assert_eq!(visit.client.features_json(), "[]");
        assert!(visit.stored.is_empty(), "nobody knows what it would have allowed");
    }
}

/// A mistake in a feature is told with its place in the whole definition, like all others.
#[test]
fn a_mistake_in_a_feature_is_placed_in_the_definition() {
    let rules = json!([{ "condition": 5, "force": 1 }]);
    let mut visit = visit(&json!({ "experiments": { "payload": { "features": { "hero": { "rules": rules } } } } }).to_string());
    visit.decision("hero");
    assert_eq!(problems(&visit)[0]["path"], "$.experiments.payload.features.hero.rules[0].condition");
}

/// Mistakes that hands make and JSON does not forgive must be told, not read as something else.
#[test]
fn a_pattern_that_lost_its_backslash_is_told() {
    let definition =
        r#"{"experiments":{"payload":{"features":{"f":{"rules":[{"condition":{"id":{"$regex":"^\d+$"}},"force":1}]}}}}}"#;
    let mut visit = visit(definition);
    visit.decision("f");
    assert_eq!(problems(&visit).len(), 1);
}

/// The page reads decisions with JSON.parse; whatever the definition holds, they must be JSON.
#[test]
fn every_answer_is_json() {
    for value in ["1.", "01", "-0", "1e400", r#""\x""#, r#""\ud800""#, "\"\\\n\"", "[1,]", "tru"] {
        let mut visit = visit(&format!(r#"{{"experiments":{{"payload":{{"features":{{"f":{{"defaultValue":{value}}}}}}}}}}}"#));
        let answer = visit.client.decision_json("f");
        let meant_for_javascript = value == "1e400" || value.contains("\\ud800"); // JSON.parse takes both, serde_json neither
        assert!(meant_for_javascript || serde_json::from_str::<Value>(&answer).is_ok(), "{answer}");
    }
}
