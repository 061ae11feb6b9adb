//! Where customers stand, against tables worked out by hand and against laws. METHODS.md shows the working.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::growth::{
    Activity, Alarm, Customer, Earning, Events, Field, Level, PRESET, Part, Reached, Rfm, Segment, Standing, Tiers, alarm,
    breadth, health, in_a_row, local_day, next_fields, nps, rfm, scaled, streak, within,
};
use proptest::prelude::*;
use std::{collections::BTreeMap, fs};

mod values {
    use super::*;

    fn customers(values: &[(f64, f64, f64)]) -> Vec<Customer> {
        values.iter().map(|&(recency, frequency, monetary)| Customer { recency, frequency, monetary }).collect()
    }

    /// Ten customers, one a day: of the best, nine are worse, and 1 + floor(5 · 9/10) is 5.
    #[test]
    fn tenths_make_fifths() {
        let ten: Vec<_> = (0..10).map(|day| (f64::from(day), f64::from(10 - day), f64::from(100 - day))).collect();
        let r: Vec<u8> = rfm(&customers(&ten)).iter().map(|score| score.r).collect();
        assert_eq!(r, [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    }

    /// Half bought once: nobody is worse, so they have 1; five of ten are worse than the next, 1 + floor(5 · 0.5) = 3.
    #[test]
    fn equals_share_a_score_and_some_scores_have_nobody() {
        let counts = [1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let scores = rfm(&customers(&counts.map(|count| (0.0, count, 0.0))));
        assert_eq!(scores.iter().map(|score| score.f).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 3, 4, 4, 5, 5]);
        assert!(scores.iter().all(|score| (score.r, score.m) == (1, 1)), "where all are equal, nobody is worse");
    }

    #[test]
    fn what_is_no_number_is_worst_and_nobody_is_nothing() {
        assert!(rfm(&[]).is_empty());
        let scores = rfm(&customers(&[(f64::NAN, f64::NAN, 5.0), (1.0, 1.0, 4.0)]));
        assert_eq!([scores[0].r, scores[0].f, scores[1].r, scores[1].f], [1, 1, 3, 3]);
    }

    #[test]
    fn every_place_of_the_grid_has_a_name_and_every_name_a_place() {
        let mut found = BTreeMap::new();
        for r in 1..=5 {
            for fm in 1..=5 {
                *found.entry(format!("{:?}", Rfm { r, f: fm, m: fm }.segment())).or_insert(0) += 1;
            }
        }
        assert_eq!(found.values().sum::<i32>(), 25);
        assert_eq!(found.len(), 11);
        assert_eq!(Rfm { r: 5, f: 4, m: 3 }.fm(), 4, "3.5 is rounded up");
        assert_eq!(Rfm { r: 1, f: 5, m: 5 }.segment(), Segment::CannotLose);
    }

    /// The grid of METHODS.md, cell by cell: rows are R from 5 down to 1, columns FM from 1 to 5.
    #[test]
    fn all_25_cells_have_the_segment_of_the_table() {
        use Segment::*;
        let table = [
            (5, [New, PotentialLoyalists, PotentialLoyalists, Champions, Champions]),
            (4, [Promising, PotentialLoyalists, PotentialLoyalists, Loyal, Champions]),
            (3, [AboutToSleep, NeedAttention, NeedAttention, Loyal, Loyal]),
            (2, [Hibernating, Hibernating, AtRisk, AtRisk, AtRisk]),
            (1, [Lost, Hibernating, AtRisk, CannotLose, CannotLose]),
        ];
        for (r, row) in table {
            for (fm, segment) in (1..=5).zip(row) {
                assert_eq!(Rfm { r, f: fm, m: fm }.segment(), segment, "R {r}, FM {fm}");
            }
        }
    }

    #[test]
    fn each_of_the_125_scores_is_in_one_cell() {
        let each = || 1..=5_u8;
        for (r, f, m) in each().flat_map(|r| each().flat_map(move |f| each().map(move |m| (r, f, m)))) {
            let fm = Rfm { r, f, m }.fm();
            assert_eq!(f64::from(fm), (f64::from(f + m) / 2.0 + 0.5).floor(), "the mean, rounded up at the half");
            assert_eq!(Rfm { r, f, m }.segment(), Rfm { r, f: fm, m: fm }.segment());
        }
    }

    proptest! {
        #[test]
        fn equal_customers_share_their_scores_in_whatever_order(values in prop::collection::vec((0_u8..6, 0_u8..6, 0_u8..6), 1..60)) {
            let values: Vec<(f64, f64, f64)> = values.into_iter().map(|(r, f, m)| (f64::from(r), f64::from(f), f64::from(m))).collect();
            let scores = rfm(&customers(&values));
            let backwards: Vec<(f64, f64, f64)> = values.iter().rev().copied().collect();
            prop_assert_eq!(rfm(&customers(&backwards)).into_iter().rev().collect::<Vec<_>>(), scores.clone());
            for (one, score) in values.iter().zip(&scores) {
                prop_assert!([score.r, score.f, score.m].iter().all(|score| (1..=5).contains(score)));
                for (other, beside) in values.iter().zip(&scores) {
                    prop_assert!(one.0 != other.0 || score.r == beside.r);
                    prop_assert!(one.1 != other.1 || score.f == beside.f);
                    prop_assert!(one.2 != other.2 || score.m == beside.m);
                }
            }
        }

        #[test]
        fn better_is_never_worse(values in prop::collection::vec((0.0..100.0, 0.0..20.0, 0.0..1e4), 1..60)) {
            let customers = customers(&values);
            let scores = rfm(&customers);
            for (one, score) in customers.iter().zip(&scores) {
                for (other, beside) in customers.iter().zip(&scores) {
                    prop_assert!(one.recency > other.recency || score.r >= beside.r);
                    prop_assert!(one.frequency < other.frequency || score.f >= beside.f);
                    prop_assert!(one.monetary < other.monetary || score.m >= beside.m);
                }
            }
        }
    }

    /// Counts of customers by score, computed with pandas by the same rule (`rfm_cdnow_reference.json`).
    #[test]
    fn cdnow_has_the_counts_of_the_reference() {
        let Ok(purchases) = fs::read_to_string("../shared/scoring/CDNOW_sample.txt") else {
            return eprintln!("skipped: CDNOW_sample.txt is teaching data that may not be kept here");
        };
        let reference: serde_json::Value = serde_json::from_str(include_str!("data/rfm_cdnow_reference.json")).unwrap();
        let scores = rfm(&cdnow(&purchases));
        for (name, read) in [("R", (|score: &Rfm| score.r) as fn(&Rfm) -> u8), ("F", |score| score.f), ("M", |score| score.m)] {
            let mut counts = BTreeMap::new();
            for score in &scores {
                *counts.entry(read(score).to_string()).or_insert(0) += 1;
            }
            assert_eq!(serde_json::to_value(counts).unwrap(), reference["CDNOW_sample"]["tie_safe_counts"][name], "{name}");
        }
    }

    /// Lines of: an id, the id in the sample, a date as 19970101, pieces, dollars.
    fn cdnow(purchases: &str) -> Vec<Customer> {
        let mut known: BTreeMap<&str, (f64, std::collections::BTreeSet<&str>, f64)> = BTreeMap::new();
        for line in purchases.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [id, _, date, _, dollars] = words[..] else { continue };
            let customer = known.entry(id).or_default();
            customer.0 = customer.0.max(date.parse().unwrap());
            customer.1.insert(date);
            customer.2 += dollars.parse::<f64>().unwrap();
        }
        known
            .into_values()
            .map(|(last, days, spent)| Customer { recency: -last, frequency: days.len() as f64, monetary: spent })
            .collect()
    }
}

mod surveys {
    use super::*;

    /// Of 10 answers 5 promote and 2 detract: 100 · (0.5 − 0.2) = 30. One more of both: p = 6/12 = 0.5, d = 3/12 = 0.25, and
    /// 1.959964 · √((0.75 − 0.0625) / 12) = 0.469131; so 25 ± 46.9131.
    #[test]
    fn ten_answers_by_hand() {
        let found = nps(&[10.0, 10.0, 9.0, 9.0, 9.0, 8.0, 7.0, 7.0, 6.0, 0.0], 0.95).unwrap();
        assert_eq!((found.promoters, found.passives, found.detractors, found.score), (5, 3, 2, 30.0));
        assert!((found.low + 21.9131).abs() < 1e-4 && (found.high - 71.9131).abs() < 1e-4, "{found:?}");
    }

    /// The table of METHODS.md: answers by kind, score, and both ends of the 95 % interval.
    #[test]
    fn the_table_worked_out_by_hand() {
        let table = [
            (5, 3, 2, 30.0, -21.9131, 71.9131),
            (0, 4, 0, 0.0, -46.1968, 46.1968),
            (60, 25, 15, 45.0, 29.5917, 58.6436),
            (4, 0, 0, 100.0, 7.0269, 100.0),
        ];
        for (promoters, passives, detractors, score, low, high) in table {
            let answers: Vec<f64> = [(promoters, 10.0), (passives, 8.0), (detractors, 0.0)]
                .iter()
                .flat_map(|(count, answer)| vec![*answer; *count])
                .collect();
            let found = nps(&answers, 0.95).unwrap();
            assert!((found.score - score).abs() < 1e-9, "{found:?}");
            assert!((found.low - low).abs() < 1e-3 && (found.high - high).abs() < 1e-3, "{found:?}");
        }
    }

    #[test]
    fn what_is_no_answer_does_not_count() {
        let found = nps(&[10.0, 11.0, -1.0, 7.5, f64::NAN], 0.95).unwrap();
        assert_eq!((found.promoters, found.passives, found.detractors), (1, 0, 0));
        assert_eq!(nps(&[f64::NAN], 0.95), None);
    }

    proptest! {
        #[test]
        fn the_interval_is_never_empty_nor_beyond_the_scale(answers in prop::collection::vec(0_u8..=10, 1..200), level in 0.5..0.999) {
            let answers: Vec<f64> = answers.into_iter().map(f64::from).collect();
            let found = nps(&answers, level).unwrap();
            prop_assert!(-100.0 <= found.low && found.low < found.high && found.high <= 100.0);
            prop_assert!((-100.0..=100.0).contains(&found.score));
            prop_assert_eq!(found.promoters + found.passives + found.detractors, answers.len() as u64);
        }
    }
}

mod states {
    use super::*;

    /// The table of METHODS.md: activity, features, service, feedback, each 0 to 100 or not known, weighted 40 / 30 / 20 / 10.
    #[test]
    fn health_as_worked_out_by_hand() {
        let (yes, no) = (Some::<f64>, None::<f64>);
        let table = [
            ([yes(90.0), yes(80.0), yes(70.0), yes(60.0)], 80.0, 1.0),
            ([yes(100.0), yes(50.0), yes(25.0), no], 60.0 / 0.9, 0.9),
            ([yes(90.0), yes(80.0), no, no], 6_000.0 / 70.0, 0.7),
            ([no, no, no, yes(20.0)], 20.0, 0.1),
            ([yes(0.0), yes(0.0), yes(0.0), yes(100.0)], 10.0, 1.0),
        ];
        assert_eq!(PRESET.iter().sum::<f64>(), 100.0);
        for (scores, score, known) in table {
            let parts: Vec<Part> = PRESET.iter().zip(scores).map(|(weight, score)| Part { weight: *weight, score }).collect();
            let found = health(&parts).unwrap();
            assert!((found.score - score).abs() < 1e-12 && (found.known - known).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_out_and_told() {
        let part = |weight, score| Part { weight, score };
        assert_eq!(health(&[part(40.0, None), part(60.0, Some(f64::NAN))]), None);
        let found = health(&[part(40.0, Some(120.0)), part(60.0, None), part(-5.0, Some(0.0))]).unwrap();
        assert_eq!((found.score, found.known), (100.0, 0.4));
    }

    #[test]
    fn figures_become_scores_between_their_bounds() {
        assert_eq!(
            [scaled(5.0, 0.0, 10.0), scaled(-1.0, 0.0, 10.0), scaled(12.0, 0.0, 10.0)],
            [Some(50.0), Some(0.0), Some(100.0)]
        );
        assert_eq!([scaled(1.0, 2.0, 2.0), scaled(f64::NAN, 0.0, 1.0)], [None, None]);
    }

    proptest! {
        #[test]
        fn no_part_lifts_health_above_the_best_one(scores in prop::collection::vec((0.1..100.0, 0.0..100.0), 1..8)) {
            let parts: Vec<Part> = scores.iter().map(|&(weight, score)| Part { weight, score: Some(score) }).collect();
            let found = health(&parts).unwrap().score;
            let (least, most) = scores.iter().fold((100.0_f64, 0.0_f64), |(least, most), (_, score)| (least.min(*score), most.max(*score)));
            prop_assert!(least - 1e-9 <= found && found <= most + 1e-9);
        }
    }
}

mod leaving {
    use super::*;

    fn fell(before: u64, now: u64) -> bool {
        let activity = Activity { before: (before, 28.0), now: (now, 28.0), ..Activity::default() };
        alarm(&activity, &Alarm::default()) == Some(Level::Less)
    }

    /// One half of n events falls into each window by chance: P(X ≤ 2 | 5) = 16/32 = 0.5; P(X ≤ 1 | 8) = 9/256 = 0.035;
    /// P(X ≤ 2 | 10) = 56/1024 = 0.055; P(X ≤ 12 | 42) = 0.0040.
    #[test]
    fn a_fall_counts_when_it_is_large_and_rare() {
        assert!(!fell(3, 2), "a third less, and nothing but chance");
        assert!(fell(7, 1));
        assert!(!fell(8, 2));
        assert!(fell(30, 12));
        assert!(!fell(1_000, 750), "a quarter is less than 30 %, however sure it is");
        assert!(fell(1_000, 700));
        assert!(!fell(4, 0), "of four events nobody can say");
    }

    /// P(X ≤ 2,000 | 2,030 events, each with chance 99/100) = 0.02521 (scipy 1.17.1), though (1/100)^2030 is smaller than any double;
    /// P(X ≤ 1,380 | 1,400) = 0.0755.
    #[test]
    fn many_events_in_windows_of_very_different_lengths_are_no_alarm() {
        let activity = Activity { before: (30, 1.0), now: (2_000, 99.0), ..Activity::default() };
        assert_eq!(alarm(&activity, &Alarm { p: 0.0252, ..Alarm::default() }), None);
        assert_eq!(alarm(&activity, &Alarm { p: 0.0253, ..Alarm::default() }), Some(Level::Less));
        let usual = Activity { before: (20, 1.0), now: (1_380, 99.0), ..Activity::default() };
        assert_eq!(alarm(&usual, &Alarm::default()), None, "30 % less a day, and P = 0.0755");
    }

    /// The table of METHODS.md: two windows of 28 days up to day 100; the first is (44, 72], the second (72, 100].
    #[test]
    fn windows_weeks_and_idle_days_are_counted_from_events() {
        let events = Events {
            since: 0.0,
            key: vec![10.0, 45.0, 50.0, 72.0, 72.5, 99.0, 101.0],
            value: vec![85.0],
            other: vec![99.5, f64::NAN],
        };
        let found = events.activity(100.0, 28.0);
        assert_eq!((found.before, found.now), ((3, 28.0), (2, 28.0)), "a moment on the border belongs to the earlier window");
        assert_eq!((found.weeks_without_value, found.idle_days), (2, 0.5), "15 days are two whole weeks");
        assert_eq!(alarm(&found, &Alarm::default()), Some(Level::NoValue));
    }

    #[test]
    fn who_has_just_come_has_not_fallen_and_is_not_idle() {
        let new = Events { since: 90.0, key: vec![91.0], ..Events::default() }.activity(100.0, 28.0);
        assert_eq!((new.before, new.weeks_without_value, new.idle_days), ((0, 0.0), 1, 9.0));
        assert_eq!(alarm(&new, &Alarm::default()), None);
        let half = Events { since: 60.0, key: vec![61.0, 62.0], ..Events::default() }.activity(100.0, 28.0);
        assert_eq!(half.before, (2, 12.0), "the window before has the days since they came");
        let silent = Events { since: 60.0, ..Events::default() }.activity(100.0, 28.0);
        assert_eq!(alarm(&silent, &Alarm::default()), Some(Level::Idle), "40 days, counted from the beginning");
    }

    #[test]
    fn windows_may_have_different_lengths() {
        let activity = |now, days| Activity { before: (60, 60.0), now: (now, days), ..Activity::default() };
        assert_eq!(alarm(&activity(7, 7.0), &Alarm::default()), None, "one a day, as before");
        assert_eq!(alarm(&activity(2, 7.0), &Alarm::default()), Some(Level::Less));
    }

    #[test]
    fn the_highest_level_holds() {
        let all = Activity { before: (30, 28.0), now: (0, 28.0), weeks_without_value: 5, idle_days: 45.0 };
        assert_eq!(alarm(&all, &Alarm::default()), Some(Level::Idle));
        assert_eq!(alarm(&Activity { idle_days: 29.0, ..all }, &Alarm::default()), Some(Level::NoValue));
        assert_eq!(alarm(&Activity { idle_days: 0.0, weeks_without_value: 1, ..all }, &Alarm::default()), Some(Level::Less));
        assert_eq!(alarm(&Activity::default(), &Alarm::default()), None);
    }
}

mod reached {
    use super::*;

    #[test]
    fn the_time_of_the_last_one_that_was_needed() {
        assert_eq!(
            within(10.0, &[9.0, 40.0, 12.0, 41.0], 2, 30.0, 50.0),
            Reached::At(40.0),
            "on the last day, and not before the beginning"
        );
        assert_eq!(within(10.0, &[12.0, 45.0], 2, 50.0, 40.0), Reached::Open, "what is to come is not known");
        assert_eq!(within(0.0, &[1.0], 0, 5.0, 9.0), Reached::At(1.0), "at least once");
    }

    /// 2026-03-02 is a Monday, day 20,514.
    #[test]
    fn weekends_break_no_run_of_working_days() {
        let monday = 20_514;
        let week: Vec<i64> = (0..5).map(|day| monday + day).collect();
        let two: Vec<i64> = week.iter().chain(&[monday + 7, monday + 8]).copied().collect();
        assert_eq!([streak(&week, false), streak(&two, false), streak(&two, true)], [5, 5, 7]);
        assert_eq!([streak(&[monday + 5, monday + 6], true), streak(&[], false)], [0, 0], "a weekend is no working day");
        assert_eq!(streak(&[3, 3, 2, -1, 1, 0], false), 5, "in whatever order, and however often");
    }

    #[test]
    fn nobody_has_failed_before_the_span_is_over() {
        let friends = [1.0, 2.0, 3.0, 4.0]; // five within seven days
        assert_eq!([6.9, 7.0, 7.1].map(|now| within(0.0, &friends, 5, 7.0, now)), [Reached::Open, Reached::Open, Reached::Not]);
        assert_eq!(within(0.0, &[1.0, 2.0, 3.0, 4.0, 7.0], 5, 7.0, 7.0), Reached::At(7.0));
    }

    /// Seven working days from Monday, day 20,514, are reached on the second Tuesday, 20,522; seven days in a row are not.
    #[test]
    fn seven_days_in_a_row_with_and_without_weekends() {
        let monday = 20_514;
        let used: Vec<i64> = [0, 1, 2, 3, 4, 7, 8, 9].map(|day| monday + day).to_vec();
        let asked = |today: i64, business| in_a_row(monday, &used, 7, 30, monday + today, business);
        assert_eq!(
            [asked(7, true), asked(8, true), asked(31, true)],
            [Reached::Open, Reached::At(20_522.0), Reached::At(20_522.0)]
        );
        assert_eq!([asked(30, false), asked(31, false)], [Reached::Open, Reached::Not]);
        assert_eq!(in_a_row(monday, &used, 5, 3, monday + 31, false), Reached::Not, "the fifth day is after the span");
    }

    /// 2026-03-29, 01:00 UTC: clocks in Berlin go from 02:00 (UTC+1) to 03:00 (UTC+2). 22:30 UTC is the same day before, the next day after.
    #[test]
    fn a_day_is_the_one_where_the_user_is() {
        let half_past_ten = |day: f64| 86_400_000.0 * day + 81_000_000.0;
        assert_eq!(local_day(half_past_ten(20_540.0), 60.0), Some(20_540), "23:30 on the 28th");
        assert_eq!(local_day(half_past_ten(20_541.0), 120.0), Some(20_542), "00:30 on the 30th");
        assert_eq!([local_day(-1.0, 0.0), local_day(0.0, -300.0), local_day(f64::NAN, 0.0)], [Some(-1), Some(-1), None]);
    }

    #[test]
    fn a_module_counts_once_and_while_it_is_recent() {
        assert_eq!(
            breadth(&[("a", 0.0), ("b", 3.0), ("b", 4.0), ("c", 11.0)], 7.0, 10.0),
            1,
            "at the very end of the span it is over"
        );
    }
}

mod tiers {
    use super::*;

    fn programme() -> Tiers {
        Tiers { from: vec![100.0, 300.0, 1_000.0], expires: 365.0, holds: 60.0 }
    }

    /// 200 points on day 0, 150 on day 300: 350 from day 300 to 365, then 150. The second tier is held until day 365 + 60.
    #[test]
    fn up_at_once_and_down_when_the_holding_time_is_over() {
        let earned = [(0.0, 200.0), (300.0, 150.0)].map(|(time, points)| Earning { time, points });
        let at = |day| programme().standing(&earned, day);
        assert_eq!([at(299.0).tier, at(300.0).tier, at(424.0).tier, at(425.0).tier], [Some(0), Some(1), Some(1), Some(0)]);
        assert_eq!((at(300.0).points, at(300.0).to_next), (350.0, Some(650.0)));
        assert_eq!(at(900.0), Standing { points: 0.0, tier: None, to_next: Some(100.0) });
    }

    #[test]
    fn points_taken_back_never_leave_less_than_none() {
        let earned = [(0.0, 50.0), (1.0, -80.0)].map(|(time, points)| Earning { time, points });
        assert_eq!(programme().standing(&earned, 2.0).points, 0.0);
    }

    proptest! {
        #[test]
        fn more_points_are_never_a_lower_tier(times in prop::collection::vec((0.0..400.0, 1.0..400.0), 0..12), more in 0.0..500.0, now in 0.0..800.0) {
            let earned: Vec<Earning> = times.iter().map(|&(time, points)| Earning { time, points }).collect();
            let richer: Vec<Earning> = earned.iter().copied().chain([Earning { time: now, points: more }]).collect();
            prop_assert!(programme().standing(&richer, now).tier >= programme().standing(&earned, now).tier);
            let backwards: Vec<Earning> = earned.iter().rev().copied().collect();
            prop_assert_eq!(programme().standing(&backwards, now).tier, programme().standing(&earned, now).tier);
        }
    }
}

mod fields {
    use super::*;

    #[test]
    fn the_order_decides_then_the_list() {
        let fields = [("b", 2, ""), ("a", 1, ""), ("c", 2, "")].map(|(name, order, after)| Field { name, order, after });
        assert_eq!(next_fields(&fields, &[], &["a"], 9, 2), ["a", "b", "c"]);
        assert_eq!(next_fields(&fields, &[], &["a", "a"], 9, 2), ["b", "c"], "asked in vain often enough");
    }
}
