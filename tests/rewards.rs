//! Rewards, case by case: what each rule grants, and what holds it. Every amount is worked out by hand beside it, in cents.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use serde_json::{Value, json};
use support::rewarded::{DAY, START, about, amounts, friends, lines, only, order, statement, statement_of};

mod kinds {
    use super::*;

    #[test]
    fn a_percentage_is_of_what_the_friend_paid() {
        let cash = |percent: Value| only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": percent }));
        for (percent, paid, reward) in [
            (json!(5), 10_000, 500),                        // 100.00 · 5 %
            (json!(5), 19, 0),                              // 0.95 of a cent
            (json!(5), 20, 1),                              // 1 cent
            (json!(5), 39, 1),                              // 1.95
            (json!(2.5), 9_999, 249),                       // 249.975
            (json!(2.57), 10_000, 257),                     // 2.57 is 2.56999… as a double
            (json!(0.29), 100_000, 290),                    // 0.29 · 100 is 28.999… in doubles
            (json!(0.01), 9_999, 0),                        // 0.9999
            (json!(0.01), 10_000, 1),                       // 1
            (json!(100), 12_345, 12_345),                   // all of it
            (json!(99.99), 1 << 53, 9_006_298_534_815_517), // 2^53 · 9,999 / 10,000 = 9,007,199,254,740,992 − 900,719,925,474.0992 = …517.9008
        ] {
            let statement = statement(&cash(percent.clone()), &[order("o", "f", 0, paid)]);
            assert_eq!(amounts(&statement), [reward], "{percent} % of {paid}");
        }
    }

    #[test]
    fn fixed_rewards_points_and_days_do_not_depend_on_the_amount() {
        for (kind, unit) in [("fixed", "money"), ("points", "points"), ("days", "days")] {
            let rewards = only(json!({ "id": "r", "to": "advocate", "kind": kind, "amount": 30 }));
            let expected = [format!("r a ADA 30 {unit} approved -"), format!("r b ADA 30 {unit} approved -")];
            assert_eq!(lines(&statement(&rewards, &[order("a", "f", 0, 1), order("b", "g", 1, 99_999)])), expected);
        }
    }

    #[test]
    fn both_sides_are_rewarded() {
        let rewards = json!({ "currency": "EUR", "rules": [
            { "id": "hour", "to": "both", "kind": "points", "amount": 1 },
            { "id": "hello", "to": "friend", "kind": "fixed", "amount": 1_000 },
        ] });
        let statement = statement(&rewards, &[order("o", "f", 0, 5_000)]);
        assert_eq!(
            lines(&statement),
            ["hour o ADA 1 points approved -", "hour o f 1 points approved -", "hello o f 1000 money approved -"]
        );
        assert_eq!(
            statement["totals"],
            json!([
                { "to": "advocate", "who": "ADA", "unit": "points", "pending": 0, "held": 0, "approved": 1 },
                { "to": "friend", "who": "f", "unit": "money", "pending": 0, "held": 0, "approved": 1_000 },
                { "to": "friend", "who": "f", "unit": "points", "pending": 0, "held": 0, "approved": 1 },
            ])
        );
        assert_eq!(statement["spent"], json!({ "money": 1_000, "points": 2, "days": 0 }));
    }

    /// Each friend paid 100.00: 30 % are 30.00 from three friends on, 50 % are 50.00 from five on.
    #[test]
    fn four_friends_are_on_the_lower_tier_and_six_on_the_last() {
        let rewards = only(
            json!({ "id": "group", "to": "advocate", "kind": "tiers", "tiers": [{ "friends": 3, "percent": 30 }, { "friends": 5, "percent": 50 }] }),
        );
        for (count, each, why) in [
            (2, 0, json!("tier")),
            (3, 3_000, Value::Null),
            (4, 3_000, Value::Null),
            (5, 5_000, Value::Null),
            (6, 5_000, Value::Null),
        ] {
            let statement = statement(&rewards, &friends(count));
            assert_eq!(amounts(&statement), vec![each; count as usize], "{count} friends");
            assert!(statement["lines"].as_array().unwrap().iter().all(|line| line["why"] == why));
            assert_eq!(statement["spent"]["money"], each * count);
        }
    }

    #[test]
    fn a_group_is_whoever_comes_within_its_days_and_then_the_next_one_begins() {
        let rewards = only(
            json!({ "id": "group", "to": "both", "kind": "tiers", "within_days": 7, "tiers": [{ "friends": 2, "percent": 10 }] }),
        );
        let with = |last: i64| amounts(&statement(&rewards, &[order("a", "f", 0, 1_000), order("b", "g", last, 3_000)]));
        // Both get 10 % of 10.00 and of 30.00; a ms later the second friend is alone in a group of its own.
        assert_eq!(with(7 * DAY - 1), [100, 100, 300, 300]);
        assert_eq!(with(7 * DAY), [0, 0, 0, 0]);
    }

    #[test]
    fn a_friend_counts_once_and_a_purchase_below_the_minimum_not_at_all() {
        let rewards = only(
            json!({ "id": "group", "to": "advocate", "kind": "tiers", "minimum_purchase": 1_000, "tiers": [{ "friends": 2, "percent": 10 }] }),
        );
        let history = [order("a", "f", 0, 1_000), order("b", "f", 1, 9_000), order("c", "g", 2, 999), order("d", "g", 3, 2_000)];
        // f and g are two friends with 10.00 and 20.00.
        let expected = [
            "group a ADA 100 money approved -",
            "group b ADA 0 money none repeat",
            "group c ADA 0 money none minimum",
            "group d ADA 200 money approved -",
        ];
        assert_eq!(lines(&statement(&rewards, &history)), expected);
        assert_eq!(amounts(&statement(&rewards, &history[..3])), [0, 0, 0]);
    }

    /// 50.00 make a friend; a small order between that and another large one makes no second one.
    #[test]
    fn a_friend_who_counted_once_does_not_count_again() {
        let steps = json!([{ "friends": 2, "amount": 9 }]);
        let rewards =
            only(json!({ "id": "m", "to": "advocate", "kind": "milestones", "minimum_purchase": 1_000, "steps": steps }));
        let history = [order("a", "f", 0, 5_000), order("b", "f", 1, 500), order("c", "f", 2, 6_000)];
        assert_eq!(lines(&statement(&rewards, &history)), [""; 0]);
    }

    #[test]
    fn each_milestone_is_paid_once() {
        let rewards = only(
            json!({ "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 2, "amount": 500 }, { "friends": 4, "amount": 30, "unit": "days" }] }),
        );
        let paid = |count: i64| lines(&statement(&rewards, &friends(count)));
        let (two, four) = ("m - ADA 500 money approved -", "m - ADA 30 days approved -");
        assert_eq!(paid(1), [""; 0]);
        assert_eq!(paid(2), [two]);
        assert_eq!(paid(3), [two]);
        assert_eq!(paid(9), [two, four]);
        // Of a friend's second order no friend becomes two.
        assert_eq!(lines(&statement(&rewards, &[order("a", "f", 0, 1), order("b", "f", 1, 1)])), [""; 0]);
    }
}

mod bounds {
    use super::*;

    #[test]
    fn a_cap_holds_one_conversion() {
        let rewards = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5, "cap": 5_000 }));
        // 5 % of 1,000.00 are just 50.00; of 1,000.19 they are 50.0095, so 50.00; of 1,000.20 they are 50.01.
        for (paid, amount, why) in [(99_999, 4_999, "-"), (100_000, 5_000, "-"), (100_019, 5_000, "-"), (100_020, 5_000, "cap")] {
            assert_eq!(
                lines(&statement(&rewards, &[order("o", "f", 0, paid)])),
                [format!("cash o ADA {amount} money approved {why}")]
            );
        }
    }

    #[test]
    fn a_cap_per_person_holds_all_that_a_rule_gives_them() {
        let rewards = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5, "cap_per_person": 1_200 }));
        // 5.00 and 5.00 of 12.00 leave 2.00.
        let expected = [
            "cash o01 ADA 500 money approved -",
            "cash o02 ADA 500 money approved -",
            "cash o03 ADA 200 money approved cap",
            "cash o04 ADA 0 money none cap",
        ];
        assert_eq!(lines(&statement(&rewards, &friends(4))), expected);
        let mut others = friends(2);
        others
            .push(json!({ "id": "z", "type": "conversion", "advocate": "BOB", "friend": "z", "time": START, "amount": 40_000 }));
        assert_eq!(amounts(&statement(&rewards, &others)), [500, 1_200, 500]); // 20.00 are above BOB's own 12.00
    }

    #[test]
    fn a_minimum_is_a_purchase_that_counts() {
        let rewards = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5, "minimum_purchase": 2_000 }));
        let one = |paid: i64| lines(&statement(&rewards, &[order("o", "f", 0, paid)]));
        assert_eq!(one(1_999), ["cash o ADA 0 money none minimum"]);
        assert_eq!(one(2_000), ["cash o ADA 100 money approved -"]);
    }

    #[test]
    fn a_limit_is_of_any_window_of_that_length() {
        let rewards =
            only(json!({ "id": "vip", "to": "advocate", "kind": "days", "amount": 30, "at_most": 3, "within_days": 30 }));
        let at = |fourth: i64| {
            let orders = [("a", 0), ("b", DAY), ("c", 29 * DAY), ("d", fourth)];
            amounts(&statement(&rewards, &orders.map(|(id, after)| order(id, id, after, 100))))
        };
        assert_eq!(at(30 * DAY - 1), [30, 30, 30, 0]); // 3 in less than 30 days before it
        assert_eq!(at(30 * DAY), [30, 30, 30, 30]); // the first is 30 days old
        // The refused one does not count: 4 come within 30 days, the first three are paid, and the fifth is 30 days after the first.
        let orders = [("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 30 * DAY)];
        assert_eq!(amounts(&statement(&rewards, &orders.map(|(id, after)| order(id, id, after, 100)))), [30, 30, 30, 0, 30]);
        let forever = only(json!({ "id": "vip", "to": "advocate", "kind": "days", "amount": 30, "at_most": 1 }));
        assert_eq!(lines(&statement(&forever, &friends(2)))[1], "vip o02 ADA 0 days none limit");
    }

    #[test]
    fn the_first_purchase_all_of_them_or_those_of_a_time() {
        let with = |more: Value| {
            let mut rule = json!({ "id": "r", "to": "advocate", "kind": "percent", "percent": 10 });
            rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let history = [order("a", "f", 0, 100), order("b", "f", 10 * DAY - 1, 200), order("c", "f", 10 * DAY, 300)];
            lines(&statement(&only(rule), &history))
        };
        let (a, b, c) = ("r a ADA 10 money approved -", "r b ADA 20 money approved -", "r c ADA 30 money approved -");
        assert_eq!(with(json!({})), [a, "r b ADA 0 money none repeat", "r c ADA 0 money none repeat"]);
        assert_eq!(with(json!({ "first_purchase_only": false })), [a, b, c]);
        assert_eq!(with(json!({ "duration_days": 10 })), [a, b, "r c ADA 0 money none too-late"]);
    }

    #[test]
    fn a_budget_goes_to_the_oldest_first() {
        let mut rewards = only(json!({ "id": "cash", "to": "both", "kind": "percent", "percent": 5 }));
        rewards["budget"] = json!(1_700);
        // 4 · 5.00 would be 20.00: three are given whole, 2.00 are left for the friend's of the second order.
        let expected = [
            "cash o01 ADA 500 money approved -",
            "cash o01 f01 500 money approved -",
            "cash o02 ADA 500 money approved -",
            "cash o02 f02 200 money approved budget",
            "cash o03 ADA 0 money none budget",
            "cash o03 f03 0 money none budget",
        ];
        let statement_of_three = statement(&rewards, &friends(3));
        assert_eq!(lines(&statement_of_three), expected);
        assert_eq!(
            (&statement_of_three["spent"]["money"], &statement_of_three["budget"]),
            (&json!(1_700), &json!({ "money": 1_700, "points": null, "days": null }))
        );
        // What the first gave back, the next get.
        let mut history = friends(3);
        history.push(about("refund", "o01", 5));
        assert_eq!(amounts(&statement(&rewards, &history)), [0, 500, 500, 500, 200]);
    }

    #[test]
    fn each_unit_has_a_budget_of_its_own_and_ids_decide_between_equal_times() {
        let rewards = json!({ "currency": "EUR", "budget": { "points": 45, "days": 0 }, "rules": [
            { "id": "p", "to": "advocate", "kind": "points", "amount": 30 }, { "id": "d", "to": "friend", "kind": "days", "amount": 1 }, { "id": "m", "to": "friend", "kind": "fixed", "amount": 7 },
        ] });
        let history = [order("b", "f", 0, 1), order("a", "g", 0, 1)];
        assert_eq!(amounts(&statement(&rewards, &history)), [30, 0, 7, 15, 0, 7]);
    }
}

mod states {
    use super::*;

    fn state(rewards: &Value, history: &[Value], now: i64) -> Vec<String> {
        let statement = statement_of(rewards, history, START + now, "");
        statement["lines"].as_array().unwrap().iter().map(|line| line["state"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_reward_is_held_to_the_millisecond() {
        let mut rewards = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5 }));
        rewards["holding_days"] = json!(30);
        let history = [order("o", "f", 5, 100)];
        assert_eq!(state(&rewards, &history, 30 * DAY + 4), ["held"]);
        assert_eq!(state(&rewards, &history, 30 * DAY + 5), ["approved"]);
        assert_eq!(statement(&rewards, &history)["lines"][0]["due"], START + 30 * DAY + 5);
        assert_eq!(state(&rewards, &history, -DAY), ["held"]); // a clock that is behind
    }

    #[test]
    fn a_reviewed_program_pays_what_was_approved() {
        let mut rewards = only(json!({ "id": "hour", "to": "both", "kind": "points", "amount": 1 }));
        rewards["review"] = json!("manual");
        rewards["holding_days"] = json!(2);
        let (o, yes, no) = (order("o", "f", 0, 100), about("approved", "o", DAY), about("rejected", "o", DAY));
        assert_eq!(state(&rewards, std::slice::from_ref(&o), 9 * DAY), ["pending", "pending"]);
        assert_eq!(state(&rewards, &[yes.clone(), o.clone()], DAY), ["held", "held"]);
        assert_eq!(state(&rewards, &[o.clone(), yes.clone()], 2 * DAY), ["approved", "approved"]);
        assert_eq!(state(&rewards, &[o.clone(), no.clone()], 9 * DAY), ["rejected"]);
        // Of two at one time the rejection holds; else the later one.
        assert_eq!(state(&rewards, &[o.clone(), no.clone(), yes.clone()], 9 * DAY), ["rejected"]);
        assert_eq!(state(&rewards, &[about("approved", "o", DAY + 1), o.clone(), no], 9 * DAY), ["approved", "approved"]);
        rewards["review"] = json!("automatic");
        assert_eq!(state(&rewards, &[o, about("rejected", "o", DAY)], 9 * DAY), ["rejected"]);
    }

    /// A tier rests on all its friends: two approved of three do not make it certain.
    #[test]
    fn a_step_is_as_certain_as_the_friends_it_needs() {
        let mut rewards = json!({ "currency": "EUR", "holding_days": 1, "review": "manual", "rules": [
            { "id": "g", "to": "advocate", "kind": "tiers", "tiers": [{ "friends": 2, "percent": 10 }] },
            { "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 2, "amount": 5 }] },
        ] });
        let mut history = friends(3);
        history.push(about("approved", "o01", 0));
        // In time: g of o01, of o02, m of o02, g of o03.
        assert_eq!(state(&rewards, &history, 99 * DAY), ["pending"; 4]);
        history.push(about("approved", "o03", 0));
        assert_eq!(state(&rewards, &history, 99 * DAY), ["approved", "pending", "approved", "approved"]);
        // o03 is a day old at the end of the third day, and all that rests on it with it.
        assert_eq!(state(&rewards, &history, 3 * DAY - 1), ["held", "pending", "held", "held"]);
        rewards["review"] = json!("automatic");
        assert_eq!(state(&rewards, &history[..3], 2 * DAY), ["approved", "approved", "approved", "held"]);
    }
}
