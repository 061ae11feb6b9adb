//! Payloads reduced by what is known of a visitor, case by case.
//!
//! GrowthBook's shared suite runs when its file is there, see `support::cases`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::experiment::{prune::prune_text, reduce::reduce_payload};
use serde_json::{Value, json};
use support::{cases::cases, host::Native};

fn pruned(condition: &Value, attributes: &Value, groups: &Value) -> Value {
    let host = Native::seeded(0);
    let [condition, attributes, groups] = [condition, attributes, groups].map(Value::to_string);
    serde_json::from_str(&prune_text(&condition, &attributes, &groups, &host).unwrap()).unwrap()
}

fn reduced(input: &Value) -> Value {
    serde_json::from_str(&reduce_payload(&input.to_string(), &Native::seeded(0)).unwrap()).unwrap()
}

mod shared_suite {
    use super::*;

    #[test]
    fn conditions() {
        for case in cases("pruneCondition").unwrap_or_default() {
            let groups = case.get(4).cloned().unwrap_or_default();
            assert_eq!(pruned(&case[1], &case[2], &groups), case[3], "{}", case[0]);
        }
    }

    #[test]
    fn payloads() {
        for case in cases("reducePayload").unwrap_or_default() {
            assert_eq!(reduced(&case[1]), case[2], "{}", case[0]);
        }
    }
}

mod conditions {
    use super::*;

    #[test]
    fn a_null_attribute_is_known() {
        let condition = json!({"plan": {"$exists": false}, "country": "US"});
        assert_eq!(pruned(&condition, &json!({"plan": null}), &json!({})), json!({"country": "US"}));
    }

    #[test]
    fn what_is_decided_is_decided_by_the_first_member_that_can() {
        let known = json!({"id": "1"});
        let cases = [
            (json!({"$or": [{"country": "US"}, {"id": "1"}]}), json!(true)),
            (json!({"$nor": [{"country": "US"}, {"id": "1"}]}), json!(false)),
            (json!({"$nor": [{"country": "US"}, {"id": "2"}]}), json!({"$nor": [{"country": "US"}]})),
            (json!({"$not": {"id": "1", "country": "US"}}), json!({"$not": {"country": "US"}})),
            (json!({"$and": []}), json!(true)),
            (json!({"$or": [{}, {"country": "US"}]}), json!(true)),
        ];
        for (condition, expected) in cases {
            assert_eq!(pruned(&condition, &known, &json!({})), expected, "{condition}");
        }
    }

    #[test]
    fn a_malformed_condition_stays_as_it_is_wherever_the_mistake_is() {
        let known = json!({"id": "1", "tags": ["a"]});
        let groups = json!({"g": {"type": "condition", "condition": {"$not": null}}});
        let conditions = [
            json!(null),
            json!({"id": "2", "$and": null}),
            json!({"$or": [{"id": "1"}, {"$not": null}]}),
            json!({"id": "2", "$savedGroup": {"id": "g"}}),
            json!({"$not": {"tags": {"$elemMatch": {"$and": null}}}}),
        ];
        for condition in conditions {
            assert_eq!(pruned(&condition, &known, &groups), condition);
        }
    }

    #[test]
    fn groups_that_cannot_be_resolved_have_no_members() {
        let groups = json!({
            "old": ["1"], "empty": null, "unlisted": {"type": "list", "attributeKey": "id"},
            "anybody": {"type": "list", "values": ["1"]}, "nothing": {"type": "condition"}
        });
        let references = [
            json!("old"),
            json!({"id": 1}),
            json!({"id": "old"}),
            json!({"id": "empty"}),
            json!({"id": "missing"}),
            json!({"id": "unlisted"}),
            json!({"id": "anybody"}),
            json!({"id": "nothing"}),
            json!({"id": "anybody", "attributeKey": 1}),
        ];
        for reference in references {
            assert_eq!(pruned(&json!({"$savedGroup": reference}), &json!({"id": "1"}), &groups), json!(false), "{reference}");
        }
    }

    #[test]
    fn remote_groups_are_for_the_page_to_decide() {
        let groups = json!({"g": {"type": "remote", "attributeKey": "id"}});
        let condition = json!({"$savedGroup": {"id": "g"}});
        assert_eq!(pruned(&condition, &json!({"id": "1"}), &groups), condition);
    }

    #[test]
    fn a_mistake_tells_which_text_it_is_in() {
        let host = Native::seeded(0);
        for (texts, path) in
            [(["{", "{}", "{}"], "condition"), (["{}", "{", "{}"], "attributes"), (["{}", "{}", ""], "savedGroups")]
        {
            let error = prune_text(texts[0], texts[1], texts[2], &host).unwrap_err();
            assert_eq!((error.code, &*error.path), ("not-json", path));
        }
    }

    #[test]
    fn groups_lead_on_no_further_than_when_they_are_evaluated() {
        let group = |next: u32| json!({"type": "condition", "condition": {"$savedGroup": {"id": next.to_string()}}});
        let groups = Value::Object((0..5000).map(|id: u32| (id.to_string(), group(id + 1))).collect());
        let condition = json!({"$savedGroup": {"id": "0"}});
        assert_eq!(pruned(&condition, &json!({}), &groups), condition);
    }
}

mod payloads {
    use super::*;

    #[test]
    fn without_a_payload_there_is_nothing_to_reduce() {
        for (input, code) in [("{}", "wrong-type"), (r#"{"payload":[]}"#, "wrong-type"), ("{", "not-json")] {
            assert_eq!(reduce_payload(input, &Native::seeded(0)).unwrap_err().code, code);
        }
    }

    #[test]
    fn an_empty_payload_gets_its_sections() {
        let empty = json!({"features": {}, "experiments": [], "savedGroups": {}});
        assert_eq!(reduced(&json!({"payload": {}})), empty);
        assert_eq!(reduced(&json!({"payload": {"features": null, "experiments": {}, "savedGroups": []}})), empty);
    }

    #[test]
    fn prerequisites_may_go_round_in_a_circle() {
        let feature = |parent: &str| json!({"rules": [{"parentConditions": [{"id": parent}]}]});
        let features = json!({"a": feature("b"), "b": feature("a"), "c": feature("missing")});
        assert_eq!(reduced(&json!({"payload": {"features": features}}))["features"], features);
    }

    #[test]
    fn bandits_keep_the_contexts_that_can_apply() {
        let leaf = |id: u32, condition: Value| json!({"leafId": id, "condition": condition, "weights": [1, 0]});
        let contexts = [leaf(1, json!({"id": "2"})), leaf(2, json!({"id": "1", "a": 1})), leaf(3, json!({"id": "1"}))];
        let payload = json!({
            "experiments": [{"key": "e", "contextualBanditRef": "used"}],
            "contextualBandits": {"used": {"banditVersion": 1, "contexts": contexts}, "unused": {}}
        });
        let left = [leaf(2, json!({"a": 1})), leaf(3, json!({}))];
        let reduced = reduced(&json!({"payload": payload, "attributes": {"id": "1"}}));
        assert_eq!(reduced["contextualBandits"], json!({"used": {"banditVersion": 1, "contexts": left}}));
    }

    #[test]
    fn a_rule_scoped_elsewhere_goes_with_its_prerequisites() {
        let payload = json!({"features": {
            "f": {"metadata": {"allProjects": true}, "rules": [
                {"metadata": {"projects": ["p2"]}, "parentConditions": [{"id": "parent"}], "force": 1}
            ]},
            "parent": {"metadata": {"projects": ["p2"]}}
        }});
        let reduced = reduced(&json!({"payload": payload, "include": {"projects": ["p1"]}}));
        assert_eq!(reduced["features"], json!({"f": {"metadata": {"allProjects": true}, "rules": []}}));
    }

    #[test]
    fn groups_behind_a_prerequisites_condition_stay_as_written() {
        let groups = json!({
            "outer": {"type": "condition", "condition": {"$savedGroup": {"id": "inner"}, "value": 1}},
            "inner": {"type": "condition", "condition": {"value": 1, "plan": "pro"}},
            "list": {"type": "list", "attributeKey": "id", "values": ["unused"]},
            "unused": ["1"]
        });
        let rule = json!({
            "condition": {"$savedGroup": {"id": "inner"}, "x": {"$inGroup": "list"}},
            "parentConditions": [{"id": "p", "condition": {"$savedGroup": {"id": "outer"}}}]
        });
        let payload = json!({"features": {"f": {"rules": [rule]}}, "savedGroups": groups});
        let reduced = reduced(&json!({"payload": payload, "attributes": {"value": 1}}));
        let mut left = groups;
        left.as_object_mut().unwrap().remove("unused");
        assert_eq!(reduced["savedGroups"], left);
    }
}
