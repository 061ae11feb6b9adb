//! What became of conversions: refunds, quarrels, second advocates, and how far advocates are. Amounts are worked out by hand, in cents.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use serde_json::{Value, json};
use support::rewarded::{DAY, START, about, amounts, friends, lines, only, order, refund, statement, statement_of};

mod history {
    use super::*;

    fn cash() -> Value {
        only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5, "minimum_purchase": 2_000, "cap": 5_000 }))
    }

    #[test]
    fn a_refund_takes_back_its_part_and_all_of_them_everything() {
        let o = order("o", "f", 0, 10_000);
        let with = |refunds: &[Value]| lines(&statement(&cash(), &[std::slice::from_ref(&o), refunds].concat()));
        let second = json!({ "id": "second", "type": "refund", "of": "o", "time": START, "amount": 3_000 });
        assert_eq!(with(&[refund("o", 1)]), ["cash o ADA 499 money approved refund"]); // 5 % of 99.99 are 4.9995
        assert_eq!(with(&[refund("o", 4_000)]), ["cash o ADA 300 money approved refund"]); // 5 % of 60.00
        assert_eq!(with(&[refund("o", 4_000), second.clone()]), ["cash o ADA 150 money approved refund"]); // of 30.00
        assert_eq!(with(&[refund("o", 4_000), refund("o", 4_000)]), ["cash o ADA 300 money approved refund"]); // told twice
        assert_eq!(with(&[refund("o", 8_001)]), ["cash o ADA 0 money none minimum"]); // 19.99 are left
        assert_eq!(with(&[refund("o", 10_000)]), ["- o ADA 0 money clawed-back refund"]);
        assert_eq!(with(&[refund("o", 8_000), second]), ["- o ADA 0 money clawed-back refund"]); // 110.00 of 100.00
        assert_eq!(with(&[about("refund", "o", 0)]), ["- o ADA 0 money clawed-back refund"]); // no amount: everything
        let before = statement(&cash(), &[refund("o", 4_000), o.clone()]);
        assert_eq!(lines(&before), ["cash o ADA 300 money approved refund"]);
    }

    /// 1,200.00 would bring 60.00 and are held at 50.00; 1,000.00 that are left bring 50.00 whole.
    #[test]
    fn a_capped_reward_is_recomputed() {
        let history = |left: i64| [order("o", "f", 0, 120_000), refund("o", 120_000 - left)];
        assert_eq!(lines(&statement(&cash(), &history(110_000))), ["cash o ADA 5000 money approved cap"]);
        assert_eq!(lines(&statement(&cash(), &history(100_000))), ["cash o ADA 5000 money approved refund"]);
        assert_eq!(lines(&statement(&cash(), &history(99_980))), ["cash o ADA 4999 money approved refund"]);
    }

    #[test]
    fn tiers_and_milestones_fall_when_a_friend_gives_everything_back() {
        let rewards = json!({ "currency": "EUR", "rules": [
            { "id": "g", "to": "advocate", "kind": "tiers", "tiers": [{ "friends": 3, "percent": 30 }, { "friends": 5, "percent": 50 }] },
            { "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 5, "amount": 700 }] },
        ] });
        let mut history = friends(5);
        assert_eq!(statement(&rewards, &history)["spent"]["money"], 5 * 5_000 + 700);
        history.push(about("refund", "o02", 9 * DAY));
        let fallen = statement(&rewards, &history);
        assert_eq!(fallen["spent"]["money"], 4 * 3_000);
        assert_eq!(lines(&fallen)[1], "- o02 ADA 0 money clawed-back refund");
        history.push(about("rejected", "o03", 9 * DAY));
        history.push(about("refund", "o04", 9 * DAY));
        assert_eq!(statement(&rewards, &history)["spent"]["money"], 0); // two friends
    }

    #[test]
    fn what_was_refunded_was_no_first_purchase_and_binds_nobody() {
        let mut second = order("b", "f", 2, 4_000);
        second["advocate"] = json!("BOB");
        let history = [order("a", "f", 1, 10_000), second];
        let expected = ["cash a ADA 500 money approved -", "cash b ADA 0 money none repeat"];
        assert_eq!(lines(&statement(&cash(), &history)), expected);
        let refunded = [&history[..], &[refund("a", 10_000)]].concat();
        assert_eq!(
            lines(&statement(&cash(), &refunded)),
            ["- a ADA 0 money clawed-back refund", "cash b BOB 200 money approved -"]
        );
    }

    #[test]
    fn a_conversion_without_an_amount_is_one_too() {
        let rewards = only(json!({ "id": "p", "to": "advocate", "kind": "points", "amount": 3 }));
        let mut signed_up = order("o", "f", 0, 0);
        assert_eq!(lines(&statement(&rewards, &[signed_up.clone()])), ["p o ADA 3 points approved -"]);
        signed_up.as_object_mut().unwrap().remove("amount");
        assert_eq!(lines(&statement(&rewards, &[signed_up.clone()])), ["p o ADA 3 points approved -"]);
        assert_eq!(lines(&statement(&rewards, &[signed_up, about("refund", "o", 1)])), ["- o ADA 0 money clawed-back refund"]);
    }

    #[test]
    fn a_friend_has_one_advocate() {
        let rewards =
            only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5, "first_purchase_only": false }));
        let with = |id: &str, after: i64, advocate: Value| {
            let mut order = order(id, "f", after, 10_000);
            order["advocate"] = advocate;
            order
        };
        // The first code binds. Later orders with another code or none are the first advocate's; earlier ones are nobody's.
        let history =
            [with("a", 0, Value::Null), with("b", 1, json!("ADA")), with("c", 2, json!("BOB")), with("d", 3, Value::Null)];
        let expected = [
            "- a - 0 money none no-advocate",
            "cash b ADA 500 money approved -",
            "cash c ADA 500 money approved already-bound",
            "cash d ADA 500 money approved -",
        ];
        assert_eq!(lines(&statement(&rewards, &history)), expected);
        // Who has bought before is no new customer.
        let first = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5 }));
        assert_eq!(lines(&statement(&first, &history))[1], "cash b ADA 0 money none repeat");
    }

    #[test]
    fn nobody_is_paid_for_themselves() {
        let mut own = order("o", "ADA", 0, 10_000);
        assert_eq!(lines(&statement(&cash(), &[own.clone()])), ["- o ADA 0 money none self"]);
        own["advocate"] = json!("BOB");
        assert_eq!(lines(&statement(&cash(), &[own])), ["cash o BOB 500 money approved -"]);
    }

    /// ADA brought bob, who brought cleo, who brought dan: each order pays the one who brought its friend, and no other.
    #[test]
    fn chains_pay_the_direct_advocate_only() {
        let rewards = json!({ "currency": "EUR", "rules": [
            { "id": "cash", "to": "advocate", "kind": "percent", "percent": 5 },
            { "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 2, "amount": 9 }] },
        ] });
        let by = |advocate: &str, friend: &str, after: i64| {
            let mut order = order(friend, friend, after, 10_000);
            order["advocate"] = json!(advocate);
            order
        };
        let history = [by("ADA", "bob", 0), by("bob", "cleo", 1), by("cleo", "dan", 2)];
        let expected =
            ["cash bob ADA 500 money approved -", "cash cleo bob 500 money approved -", "cash dan cleo 500 money approved -"];
        assert_eq!(lines(&statement(&rewards, &history)), expected);
    }

    #[test]
    fn another_currency_is_not_converted() {
        let mut dollars = order("o", "f", 0, 10_000);
        dollars["currency"] = json!("USD");
        assert_eq!(
            lines(&statement(&cash(), &[dollars.clone(), order("p", "f", 1, 10_000)])),
            ["- o ADA 0 money none currency", "cash p ADA 500 money approved -"]
        );
        // Points have no currency.
        let points = json!({ "rules": [{ "id": "p", "to": "advocate", "kind": "points", "amount": 3 }] });
        assert_eq!(amounts(&statement(&points, &[dollars])), [3]);
    }

    #[test]
    fn the_earliest_of_an_id_holds_and_the_quarrel_is_told() {
        let history =
            [order("o", "f", 2, 90_000), order("o", "f", 1, 10_000), order("o", "g", 1, 20_000), order("o", "f", 1, 10_000)];
        for turn in 0..4 {
            let mut turned = history.to_vec();
            turned.rotate_left(turn);
            let told = statement_of(&cash(), &turned, START + DAY, "");
            assert_eq!(lines(&told), ["cash o ADA 500 money approved -"]); // of equal times f comes before g
            assert_eq!((&told["problems"][0]["code"], &told["problems"][0]["path"]), (&json!("conflict"), &json!("o")));
        }
        assert_eq!(statement(&cash(), &[order("o", "f", 1, 10_000), order("o", "f", 1, 10_000)])["spent"]["money"], 500);
    }

    #[test]
    fn bad_entries_are_told_and_nothing_else_is_lost() {
        let good = order("o", "f", 0, 10_000);
        let bad = |name: &str, value: Value| {
            let mut entry = order("p", "g", 0, 10_000);
            entry[name] = value;
            entry
        };
        for (entry, code, path) in [
            (json!(7), "wrong-type", ""),
            (bad("id", Value::Null), "wrong-type", ".id"),
            (bad("id", json!(1)), "wrong-type", ".id"),
            (bad("type", json!("click")), "unknown-word", ".type"),
            (bad("friend", json!("")), "wrong-type", ".friend"),
            (bad("time", json!("yesterday")), "wrong-type", ".time"),
            (bad("time", json!("2026-02-30T00:00:00.000Z")), "wrong-type", ".time"),
            (bad("time", json!(1e300)), "wrong-type", ".time"),
            (bad("amount", json!(-1)), "out-of-range", ".amount"),
            (bad("amount", json!(99.5)), "out-of-range", ".amount"),
            (bad("amount", json!(1u64 << 54)), "out-of-range", ".amount"),
            (bad("amount", json!("100")), "wrong-type", ".amount"),
            (json!({ "id": "r", "type": "refund", "time": START }), "wrong-type", ".of"),
        ] {
            let told = statement_of(&cash(), &[entry.clone(), good.clone()], START, "");
            assert_eq!(lines(&told), ["cash o ADA 500 money approved -"], "{entry}");
            let problems: Vec<_> =
                told["problems"].as_array().unwrap().iter().map(|problem| (&problem["code"], &problem["path"])).collect();
            assert_eq!(problems, [(&json!(code), &json!(format!("$.history[0]{path}")))], "{entry}");
        }
        let told = statement_of(&cash(), &[about("refund", "x", 0), good], START, "");
        assert_eq!(
            (&told["problems"][0]["code"], &told["problems"][0]["path"], amounts(&told)),
            (&json!("unknown-conversion"), &json!("x"), vec![500])
        );
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for (text, ms) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("1970-01-01T00:00:01Z", 1_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T12:30:15.250Z", 951_827_415_250), // date -u -d 2000-02-29T12:30:15 +%s
            ("2026-03-01T00:00:00Z", START),
            ("0000-01-01T00:00:00.000Z", -62_167_219_200_000), // the first that JavaScript writes with four digits
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] {
            let mut entry = order("o", "f", 0, 10_000);
            entry["time"] = json!(text);
            assert_eq!(statement(&cash(), &[entry])["lines"][0]["due"], ms, "{text}");
        }
    }
}

/// Money does not go out on doubt: 5 % of 100.00 are 5.00, which wait.
mod doubt {
    use super::*;

    fn told(review: &str, entries: &[Value]) -> (Vec<String>, Vec<String>) {
        let mut rewards = only(json!({ "id": "cash", "to": "advocate", "kind": "percent", "percent": 5 }));
        rewards["review"] = json!(review);
        let mut history = [&[order("o", "f", 0, 10_000), order("p", "g", 1, 10_000)], entries].concat();
        let statement = statement_of(&rewards, &history, START + 9 * DAY, "");
        history.reverse();
        assert_eq!(lines(&statement_of(&rewards, &history, START + 9 * DAY, "")), lines(&statement));
        let problem = |problem: &Value| format!("{} {}", problem["code"].as_str().unwrap(), problem["path"].as_str().unwrap());
        (lines(&statement), statement["problems"].as_array().unwrap().iter().map(problem).collect())
    }

    fn back(more: Value) -> Value {
        let mut refund = json!({ "id": "r", "type": "refund", "of": "o", "time": START + DAY, "amount": 4_000 });
        refund.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        refund
    }

    const WAITS: &str = "cash o ADA 500 money pending unclear";
    const PAID: &str = "cash o ADA 500 money approved -";
    const OTHER: &str = "cash p ADA 500 money approved -";
    const PART: &str = "cash o ADA 300 money approved refund"; // 5 % of the 60.00 that are left

    #[test]
    fn refunds_of_two_conversions_may_share_an_id() {
        let both = told("automatic", &[back(json!({})), back(json!({ "of": "p", "amount": 8_000 }))]);
        // 5 % of the 20.00 that are left of p.
        assert_eq!(both, (vec![PART.into(), "cash p ADA 100 money approved refund".into()], vec![]));
    }

    #[test]
    fn a_refund_needs_no_id() {
        let nameless = |time: i64, amount: i64| back(json!({ "id": null, "time": START + time, "amount": amount }));
        let of = |refunds: &[Value]| told("automatic", refunds).0[0].clone();
        assert_eq!(of(&[nameless(1, 4_000)]), PART);
        assert_eq!(of(&[nameless(1, 4_000), nameless(1, 4_000)]), PART); // told twice
        assert_eq!(of(&[nameless(1, 4_000), nameless(2, 4_000)]), "cash o ADA 100 money approved refund"); // 20.00 are left
        let without = json!({ "type": "refund", "of": "o", "time": START, "amount": 4_000 });
        assert_eq!(told("automatic", &[without]), (vec![PART.into(), OTHER.into()], vec![]));
    }

    #[test]
    fn what_cannot_be_used_stops_its_conversion() {
        for (entry, problem) in [
            (back(json!({ "amount": -1 })), "out-of-range $.history[2].amount"),
            (back(json!({ "amount": "all" })), "wrong-type $.history[2].amount"),
            (back(json!({ "time": "yesterday" })), "wrong-type $.history[2].time"),
            (back(json!({ "id": 7 })), "wrong-type $.history[2].id"),
            (back(json!({ "type": "chargeback" })), "unknown-word $.history[2].type"),
            (back(json!({ "type": "approved", "time": "soon" })), "wrong-type $.history[2].time"),
            (back(json!({ "currency": "USD" })), "currency r"),
            (back(json!({ "currency": "USD", "id": null })), "currency o"),
            (back(json!({ "currency": "USD", "type": "approved" })), "currency o"),
            (back(json!({ "currency": 978 })), "wrong-type $.history[2].currency"),
        ] {
            assert_eq!(
                told("automatic", std::slice::from_ref(&entry)),
                (vec![WAITS.into(), OTHER.into()], vec![problem.into()]),
                "{entry}"
            );
        }
        // Points have no currency, but a refund in another one than its conversion's says nothing about what is left.
        let points = only(json!({ "id": "p", "to": "advocate", "kind": "points", "amount": 3, "minimum_purchase": 9_000 }));
        let history = [order("o", "f", 0, 10_000), back(json!({ "currency": "JPY", "amount": 200 }))];
        let points = statement_of(&json!({ "rules": points["rules"] }), &history, START + 9 * DAY, "");
        assert_eq!(lines(&points), ["p o ADA 3 points pending unclear"]);
        // About a conversion that is not there it stops nothing.
        let nobody = told("automatic", &[back(json!({ "of": "x", "amount": -1 }))]);
        assert_eq!(nobody, (vec![PAID.into(), OTHER.into()], vec!["out-of-range $.history[2].amount".into()]));
    }

    #[test]
    fn one_refund_with_two_amounts_stops_its_conversion() {
        let of = |entries: &[Value]| told("automatic", entries);
        let later =
            |currency: &str, amount: i64| back(json!({ "time": START + 2 * DAY, "currency": currency, "amount": amount }));
        let (first, second) = (back(json!({ "currency": "EUR" })), later("EUR", 5_000));
        let waits = "cash o ADA 300 money pending unclear";
        assert_eq!(of(&[first.clone(), second.clone()]), (vec![waits.into(), OTHER.into()], vec!["conflict r".into()]));
        assert_eq!(of(&[first.clone(), second.clone(), about("approved", "o", 2 * DAY)]).0[0], waits);
        assert_eq!(of(&[first.clone(), second, about("approved", "o", 2 * DAY + 1)]).0[0], PART);
        // The same at another time is odd, but no doubt about money; in another currency it is.
        assert_eq!(of(&[first.clone(), later("EUR", 4_000)]), (vec![PART.into(), OTHER.into()], vec!["conflict r".into()]));
        assert_eq!(of(&[first, later("USD", 4_000)]).0[0], waits);
    }

    #[test]
    fn a_later_approval_lifts_it_and_no_earlier_one() {
        let line = |review: &str, entries: &[Value]| told(review, entries).0[0].clone();
        for review in ["automatic", "manual"] {
            for unclear in [back(json!({ "amount": -1 })), back(json!({ "currency": "USD" }))] {
                assert_eq!(line(review, &[unclear.clone(), about("approved", "o", DAY)]), WAITS);
                assert_eq!(line(review, &[unclear.clone(), about("approved", "o", DAY + 1)]), PAID);
                assert!(line(review, &[unclear.clone(), about("rejected", "o", 0)]).ends_with("0 money rejected rejected"));
                assert_eq!(line(review, &[unclear, back(json!({ "amount": null }))]), "- o ADA 0 money clawed-back refund");
            }
        }
        let elsewhere = [about("rejected", "o", 0), back(json!({ "type": "rejected", "currency": "USD" }))];
        assert!(line("manual", &elsewhere).ends_with("0 money rejected rejected")); // it takes no rejection back
        // Nothing is known to be later than what has no time: it waits until the entry is mended.
        let timeless = back(json!({ "time": "yesterday" }));
        assert_eq!(line("automatic", &[timeless, about("approved", "o", 8 * DAY)]), WAITS);
        assert_eq!(line("automatic", &[back(json!({})), back(json!({ "amount": -1 }))]), "cash o ADA 300 money pending unclear");
    }

    /// A tier of two rests on both friends; and of a capped reward that waits, the wait is told.
    #[test]
    fn what_rests_on_it_waits_too() {
        let mut rule = json!({ "id": "g", "to": "advocate", "kind": "tiers", "tiers": [{ "friends": 2, "percent": 10 }] });
        let history = [order("o", "f", 1, 10_000), order("p", "g", 0, 10_000), back(json!({ "amount": -1 }))];
        let lines_of = |rule: &Value| lines(&statement_of(&only(rule.clone()), &history, START + 9 * DAY, ""));
        assert_eq!(lines_of(&rule), ["g p ADA 1000 money pending -", "g o ADA 1000 money pending unclear"]);
        rule["cap"] = json!(700);
        assert_eq!(lines_of(&rule), ["g p ADA 700 money pending cap", "g o ADA 700 money pending unclear"]);
        rule["cap_per_person"] = json!(700);
        assert_eq!(lines_of(&rule)[1], "g o ADA 0 money none cap");
    }
}

mod progress {
    use super::*;

    fn progress_of(rewards: &Value, history: &[Value], now: i64, person: &str) -> Value {
        statement_of(rewards, history, START + now, person)["progress"].clone()
    }

    #[test]
    fn it_says_what_is_missing() {
        let rewards = only(
            json!({ "id": "g", "to": "advocate", "kind": "tiers", "within_days": 7, "tiers": [{ "friends": 3, "percent": 30 }, { "friends": 5, "percent": 12.5 }] }),
        );
        let sentence = |count: i64| progress_of(&rewards, &friends(count), count * DAY, "ADA")[0]["sentence"].clone();
        assert_eq!(
            [0, 1, 2, 3, 4, 5].map(sentence),
            [
                "3 more friends to 30 %",
                "2 more friends to 30 %",
                "1 more friend to 30 %",
                "2 more friends to 12.5 %",
                "1 more friend to 12.5 %",
                "The last step is reached."
            ]
        );
        let whole = json!([{ "who": "ADA", "rule": "g", "friends": 4, "needed": 1, "present": { "friends": 3, "percent": 30 }, "next": { "friends": 5, "percent": 12.5 }, "until": START + 7 * DAY, "sentence": "1 more friend to 12.5 %" }]);
        assert_eq!(progress_of(&rewards, &friends(4), 7 * DAY - 1, ""), whole);
        // The group's days are over: the next friend begins another one.
        assert_eq!(progress_of(&rewards, &friends(4), 7 * DAY, "")[0]["sentence"], "3 more friends to 30 %");
    }

    #[test]
    fn milestones_say_points_and_days_but_leave_money_to_the_page() {
        let step = |unit: &str| {
            only(
                json!({ "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 1, "amount": 5 }, { "friends": 4, "amount": 50, "unit": unit }] }),
            )
        };
        for (unit, sentence) in [
            ("points", "2 more friends to 50 points"),
            ("days", "2 more friends to 50 days"),
            ("money", "2 more friends to the next reward"),
        ] {
            let progress = progress_of(&step(unit), &friends(2), 0, "");
            assert_eq!(
                (&progress[0]["sentence"], &progress[0]["next"]),
                (&json!(sentence), &json!({ "friends": 4, "amount": 50, "unit": unit }))
            );
        }
    }

    #[test]
    fn of_one_person_nothing_else_is_told() {
        let rewards = json!({ "currency": "EUR", "budget": 700, "rules": [{ "id": "c", "to": "both", "kind": "percent", "percent": 5 }, { "id": "m", "to": "advocate", "kind": "milestones", "steps": [{ "friends": 2, "amount": 1 }] }] });
        let told = |person: &str| statement_of(&rewards, &friends(1), START, person);
        assert_eq!(
            (lines(&told("ADA")), lines(&told("f01"))),
            (vec!["c o01 ADA 500 money approved -".to_owned()], vec!["c o01 f01 200 money approved budget".to_owned()])
        );
        assert_eq!(
            told("f01")["totals"],
            json!([{ "to": "friend", "who": "f01", "unit": "money", "pending": 0, "held": 0, "approved": 200 }])
        );
        assert_eq!((&told("NEW")["lines"], &told("NEW")["progress"][0]["needed"]), (&json!([]), &json!(2)));
    }
}
