//! Who is meant: the condition language and the hash, case by case.
//!
//! GrowthBook's shared suite runs when its file is there, see `support::cases`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{
        hash,
        json::{Document, Json},
    },
    condition::{Context, Groups, Subject, Truth, check},
};
use serde_json::{Value, json};
use support::{cases::cases, host::Native};

struct Saved(Document);

impl Groups for Saved {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        self.0.get(id)
    }
}

fn evaluate_with(condition: &Value, attributes: &Value, groups: &Value) -> Truth {
    let host = Native::seeded(0);
    let read = |value: &Value| Document::read(&value.to_string(), u32::MAX, &host).unwrap();
    let (condition, attributes, groups) = (read(condition), read(attributes), Saved(read(groups)));
    let condition = condition.root().unwrap();
    if check(condition).is_err() {
        return Truth::No;
    }
    about(&attributes, &groups, &host).evaluate(condition)
}

fn about<'c>(attributes: &'c Document, groups: &'c Saved, host: &'c Native) -> Context<'c> {
    Context { subject: Subject::Object(attributes.root()), groups, host, coerces: false }
}

fn evaluate(condition: Value, attributes: Value) -> Truth {
    evaluate_with(&condition, &attributes, &json!({}))
}

mod shared_suite {
    use super::*;

    #[test]
    fn conditions() {
        for section in ["evalCondition", "savedGroupReferencesV2.evalCondition", "savedGroupReferencesRemote.evalCondition"] {
            let cases = cases(section).unwrap_or_default();
            let failed: Vec<&Value> = cases.iter().filter(|case| !holds_as_expected(case)).collect();
            assert!(failed.is_empty(), "{section}: {} of {} fail: {failed:#?}", failed.len(), cases.len());
        }
    }

    #[test]
    fn hashes() {
        for case in cases("hash").unwrap_or_default() {
            let [seed, value] = [&case[0], &case[1]].map(|text| text.as_str().unwrap());
            let place = hash::place(value, seed, case[2].as_f64().unwrap());
            assert_eq!(place, case[3].as_f64(), "{case}");
        }
    }

    fn holds_as_expected(case: &Value) -> bool {
        let groups = if case[4].is_object() { case[4].clone() } else { json!({}) };
        (evaluate_with(&case[1], &case[2], &groups) == Truth::Yes) == case[3].as_bool().unwrap()
    }
}

/// `[attribute's test, values that pass, values that do not]`; a missing attribute is written `null`.
/// Expected outcomes: GrowthBook SDK specification 0.12.0, worked by hand.
#[test]
fn each_operator() {
    for (test, pass, fail) in [
        (json!("a"), json!(["a"]), json!(["A", "", null, 1, true, ["a"], {"a": "a"}])),
        (json!(5), json!([5, 5.0]), json!(["5", 6, null, true, [5]])),
        (json!(null), json!([null]), json!([0, "", false, [], {}])),
        (json!([1, {"a": 2}]), json!([[1, {"a": 2}]]), json!([[{"a": 2}, 1], [1], [1, {"a": 2}, 3], 1])),
        (json!({"a": 1, "b": 2}), json!([{"b": 2, "a": 1}]), json!([{"a": 1}, {"a": 1, "b": 2, "c": 3}, [1, 2], null])),
        (json!({"$eq": 1}), json!([1]), json!(["1", null, [1], true])),
        (json!({"$eq": null}), json!([null]), json!([0, ""])),
        (json!({"$ne": 1}), json!(["1", null, [1], 2]), json!([1])),
        (json!({"$lt": 10}), json!([9, -1e300]), json!([10, 11, "9", null, true, [9]])),
        (json!({"$lte": 10}), json!([10]), json!([10.5, null])),
        (json!({"$gt": 10}), json!([10.000001, 1e300]), json!([10, "11", null])),
        (json!({"$gte": 10}), json!([10]), json!([9.999, null])),
        (json!({"$lt": "9"}), json!(["10", ""]), json!(["9", "91", 8])),
        // By UTF-16 code units the emoji (first unit U+D83D) comes before U+FF5E, by code points after it.
        (json!({"$lt": "\u{ff5e}"}), json!(["\u{1f600}", "z"]), json!(["\u{ff5e}a"])),
        (json!({"$gt": 1, "$lt": 3}), json!([2]), json!([1, 3])),
        (
            json!({"$veq": "1.2.3"}),
            json!(["1.2.3", "v1.2.3", "1-2-3", "1.2.3+build"]),
            json!(["1.2.3-rc", "1.2", "1..2.3", null, 1]),
        ),
        (json!({"$vne": "1.2.3"}), json!(["1.2.4", null, 1]), json!(["v1.2.3"])),
        (json!({"$vlt": "1.10.0"}), json!(["1.9.9", "1.10.0-rc.1"]), json!(["1.10.0", "1.10.1", null])),
        (json!({"$vlte": "1.10.0"}), json!(["1.10.0", "v1.10.0"]), json!(["1.10.1", null])),
        (json!({"$vgt": "1.2.3-rc.1"}), json!(["1.2.3", "1.2.3-rc.2"]), json!(["1.2.2", "1.2.3-alpha"])),
        (json!({"$vgte": "20260909.9.9"}), json!(["20260910.1.1"]), json!(["20260909.9.8"])),
        (json!({"$vgt": 1}), json!([2]), json!(["2", 1])),
        (json!({"$exists": true}), json!([0, "", false, []]), json!([null])),
        (json!({"$exists": false}), json!([null]), json!([0, "", false])),
        (json!({"$in": ["a", 1]}), json!(["a", 1, ["z", 1]]), json!(["1", "b", null, [], ["z"]])),
        (json!({"$in": [null]}), json!([null]), json!(["null"])),
        (json!({"$in": "abc"}), json!([]), json!(["a", "abc", null])),
        (json!({"$nin": ["a", 1]}), json!(["b", null, []]), json!(["a", ["z", 1]])),
        (json!({"$nin": "abc"}), json!([]), json!(["x", null])),
        (json!({"$nin": [null]}), json!([0]), json!([null])),
        (json!({"$regex": "^a+(?=b)"}), json!(["aab"]), json!(["baab", "aac", null, 5])),
        (json!({"$regex": "("}), json!([]), json!(["(", "", null])),
        (json!({"$elemMatch": {"$gt": 2}}), json!([[1, 3]]), json!([[1, 2], 3, null, [], [null], ["3"]])),
        (json!({"$elemMatch": {"$eq": 0}}), json!([[0]]), json!([[null], [""]])),
        (json!({"$elemMatch": {"a": 1, "b": {"$lt": 5}}}), json!([[{"a": 2}, {"a": 1, "b": 3}]]), json!([[{"a": 1}, {"b": 3}]])),
        (json!({"$elemMatch": {"$or": [{"a": 1}, {"a": 2}]}}), json!([[{"a": 2}]]), json!([[{"a": 3}], [1]])),
        (json!({"$elemMatch": {"$not": {"$gt": 2}}}), json!([[1, 3]]), json!([[3, 4], []])),
        (json!({"$elemMatch": 3}), json!([]), json!([[3]])),
        (json!({"$not": {"$gt": 2}}), json!([2, null, "3"]), json!([3])),
        (json!({"$not": {}}), json!([]), json!([1, null])),
        (json!({"$all": ["a", {"$gt": 2}]}), json!([["a", 3]]), json!([["a"], [3], ["a", 2], "a", null, []])),
        (json!({"$all": []}), json!([[], [1]]), json!([null, "a"])),
        (json!({"$alli": ["A", 1]}), json!([["a", 1]]), json!([["a"], ["a", "1"], null])),
        (json!({"$size": 2}), json!([[1, 2], [[], null]]), json!([[1], 2, "ab", null, {"a": 1, "b": 2}])),
        (json!({"$size": {"$gt": 0}}), json!([[1]]), json!([[], null])),
        (json!({"$type": "null"}), json!([null]), json!([0, "null"])),
        (json!({"$type": "array"}), json!([[]]), json!([{}, "array"])),
        (json!({"$type": "object"}), json!([{}]), json!([[], null])),
        (json!({"$ini": ["ÉA", 1]}), json!(["éa", "Éa", 1, ["x", "éA"]]), json!(["ea", "1", null, []])),
        (json!({"$nini": ["A"]}), json!(["b", null]), json!(["a", ["x", "A"]])),
        (json!({"$regexi": "^a+b$"}), json!(["AAb"]), json!(["ba", null, 5])),
        (json!({}), json!([1, null]), json!([])),
        (json!({"$or": [{"$eq": 1}]}), json!([]), json!([1, null])),
    ] {
        let outcome = |value: &Value| evaluate(json!({ "x": test }), json!({ "x": value }));
        for value in pass.as_array().unwrap() {
            assert_eq!(outcome(value), Truth::Yes, "{value} is meant by {test}");
        }
        for value in fail.as_array().unwrap() {
            assert_eq!(outcome(value), Truth::No, "{value} is not meant by {test}");
        }
    }
}

#[test]
fn a_missing_attribute_is_null() {
    for test in
        [json!(null), json!({"$exists": false}), json!({"$ne": 1}), json!({"$in": [null]}), json!({"$gt": 1}), json!("null")]
    {
        let condition = json!({ "x": test });
        assert_eq!(evaluate(condition.clone(), json!({})), evaluate(condition, json!({ "x": null })), "{test}");
    }
}

#[test]
fn elements_may_be_null_or_lists() {
    let null = json!({ "t": [null] });
    assert_eq!(evaluate(json!({ "t": { "$all": [{ "$exists": false }] } }), null.clone()), Truth::Yes);
    assert_eq!(evaluate(json!({ "t": { "$all": [{ "$exists": true }] } }), null), Truth::No);
    let lists = json!({ "m": [[2], [1, 1]] });
    assert_eq!(evaluate(json!({ "m": { "$elemMatch": { "0": { "$gt": 1 } } } }), lists.clone()), Truth::Yes);
    assert_eq!(evaluate(json!({ "m": { "$elemMatch": { "length": 2 } } }), lists.clone()), Truth::Yes);
    assert_eq!(evaluate(json!({ "m": { "$elemMatch": { "length": 3 } } }), lists), Truth::No);
}

#[test]
fn conditions_join() {
    let (yes, no, unknown) = (json!({ "a": 1 }), json!({ "a": 2 }), json!({ "a": { "$later": 1 } }));
    let outcomes = [(&yes, Truth::Yes), (&no, Truth::No), (&unknown, Truth::Unknown)];
    let is = |condition: Value| evaluate(condition, json!({ "a": 1 }));
    for (left, first) in outcomes {
        assert_eq!(is(json!({ "$not": left })), !first);
        for (right, second) in outcomes {
            // Kleene's logic: with No < Unknown < Yes, "and" is the least and "or" the greatest.
            let rank = |truth: Truth| truth as u8;
            let least = if rank(first) < rank(second) { first } else { second };
            let greatest = if rank(first) < rank(second) { second } else { first };
            assert_eq!(is(json!({ "$and": [left, right] })), least, "{left} and {right}");
            assert_eq!(is(json!({ "$or": [left, right] })), greatest, "{left} or {right}");
            assert_eq!(is(json!({ "$nor": [left, right] })), !greatest, "{left} nor {right}");
        }
    }
    for (empty, outcome) in [("$and", Truth::Yes), ("$or", Truth::Yes), ("$nor", Truth::No)] {
        assert_eq!(is(json!({ empty: [] })), outcome, "{empty} of nothing");
    }
}

#[test]
fn paths_lead_through_objects_and_lists() {
    let attributes = json!({ "a": { "b": [{ "c": 7 }] }, "a.b": 1, "tags": ["x", "y"], "": 3 });
    for (path, value) in [("a.b.0.c", json!(7)), ("tags.1", json!("y"))] {
        assert_eq!(evaluate(json!({ path: value }), attributes.clone()), Truth::Yes, "{path}");
    }
    for path in
        ["a.b.1.c", "a.b.00.c", "a.b.-1", "a.x.y", "tags.x", "tags.0.0", "a.constructor", "__proto__", "toString", "a.b.+0"]
    {
        assert_eq!(evaluate(json!({ path: { "$exists": true } }), attributes.clone()), Truth::No, "{path}");
    }
}

#[test]
fn inherited_names_are_names_like_any_other() {
    let attributes = json!({ "constructor": "x", "__proto__": { "admin": true } });
    assert_eq!(evaluate(json!({ "constructor": "x", "__proto__.admin": true }), attributes), Truth::Yes);
    assert_eq!(evaluate(json!({ "admin": true }), json!({ "__proto__": { "admin": true } })), Truth::No);
}

#[test]
fn groups_have_members() {
    let groups = json!({ "team": ["ann", 7], "constructor": ["x"] });
    let is = |test: Value, value: Value| evaluate_with(&json!({ "id": test }), &json!({ "id": value }), &groups);
    for (value, member) in
        [(json!("ann"), true), (json!(7), true), (json!("7"), false), (json!(null), false), (json!(["bob", 7]), true)]
    {
        assert_eq!(is(json!({ "$inGroup": "team" }), value.clone()), Truth::from(member), "{value}");
        assert_eq!(is(json!({ "$notInGroup": "team" }), value.clone()), Truth::from(!member), "{value}");
    }
    for nobody in [json!("crew"), json!("toString"), json!(5), json!(null)] {
        assert_eq!(is(json!({ "$inGroup": nobody }), json!("ann")), Truth::No);
        assert_eq!(is(json!({ "$notInGroup": nobody }), json!("ann")), Truth::Yes);
    }
}

#[test]
fn what_means_nothing_is_found_and_located() {
    for (condition, path) in [
        (json!([]), ""),
        (json!("everybody"), ""),
        (json!({ "$or": {} }), ".$or"),
        (json!({ "$and": [{ "a": 1 }, null] }), ".$and[1]"),
        (json!({ "$nor": [{ "$not": { "$and": 1 } }] }), ".$nor[0].$not.$and"),
    ] {
        let document = Document::read(&condition.to_string(), u32::MAX, &Native::seeded(0)).unwrap();
        let error = check(document.root().unwrap()).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("malformed-condition", path), "{condition}");
        assert_eq!(evaluate(json!({ "$not": condition }), json!({})), Truth::No, "and is nobody, also negated");
    }
}

/// The same condition means the same whoever wrote the JSON: many libraries escape what is not ASCII.
#[test]
fn escaped_names_are_the_same_names() {
    let host = Native::seeded(0);
    let read = |text: &str| Document::read(text, u32::MAX, &host).unwrap();
    let condition = read(r#"{"pr\u00e9nom":{"\u0024in":["Zo\u00eb"]},"\u0024not":{"a\u002eb":1}}"#);
    let attributes = read(r#"{"prénom":"Zoë","a":{"b":2}}"#);
    assert_eq!(about(&attributes, &Saved(read("{}")), &host).evaluate(condition.root().unwrap()), Truth::Yes);
}

/// GrowthBook SDK specification 0.12.0, section `hash`: version 1 and 2, and versions nobody knows.
#[test]
fn hashes_by_version() {
    for (value, seed, version, place) in [
        ("a", "", 1.0, Some(0.22)),
        ("d", "ef", 1.0, Some(0.652)),
        ("b", "seed", 1.0, Some(0.156)),
        ("a", "", 0.0, None),
        ("a", "", 3.0, None),
        ("a", "", 1.5, None),
        ("a", "", f64::NAN, None),
    ] {
        assert_eq!(hash::place(value, seed, version), place, "{value} {seed} {version}");
    }
    // FNV-1a of nothing is the offset basis 2166136261 (Fowler, Noll, Vo): version 1 gives …261.
    assert_eq!(hash::place("", "", 1.0), Some(0.261));
}
