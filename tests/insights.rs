//! Learning from many visitors: tables worked by hand, published tables, and laws.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.
#![cfg(feature = "insights")]

use privateer::base::Time;
use privateer::insights::*;
use proptest::prelude::*;

fn tally(conversions: u32, visitors: u32) -> Tally {
    Tally::new(visitors.into(), conversions.into()).unwrap()
}

fn assert_near(got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "got {got}, expected {want}");
}

mod rates {
    use super::*;

    /// Wilson without continuity correction, 95 %: Newcombe, *Statistics in Medicine* 17 (1998) 857, table I, method 3.
    #[test]
    fn one_rate_as_published() {
        for (x, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let got = rate_interval(tally(x, n), 0.95).unwrap();
            assert_near(got.low, low, 5e-5);
            assert_near(got.high, high, 5e-5);
        }
    }

    /// Hybrid score, 95 %: Newcombe, *Statistics in Medicine* 17 (1998) 873, table II, method 10. (There: first - second.)
    #[test]
    fn the_difference_of_two_rates_as_published() {
        for (first, second, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
        ] {
            let got = difference_interval([tally(second.0, second.1), tally(first.0, first.1)], 0.95).unwrap();
            assert_near(got.low, low, 5e-5);
            assert_near(got.high, high, 5e-5);
        }
    }

    /// 10 of 100 against 20 of 100. Pooled rate 30/200 = 0.15; variance 0.15 · 0.85 · (1/100 + 1/100) = 0.00255.
    #[test]
    fn a_z_test_by_hand() {
        let test = z_test([tally(10, 100), tally(20, 100)], Alternative::TwoSided);
        assert_near(test.standard_error, 0.00255_f64.sqrt(), 1e-16);
        assert_near(test.z, 0.1 / 0.00255_f64.sqrt(), 1e-14);
        assert_eq!(compare([tally(10, 100), tally(20, 100)], 0.95).unwrap().lift, Some(1.0));
    }

    /// Nobody converts, or everybody does: no variance, so nothing contradicts equality.
    #[test]
    fn without_variance_nothing_is_surprising() {
        for both in [[tally(0, 10), tally(0, 20)], [tally(10, 10), tally(20, 20)]] {
            for alternative in [Alternative::TwoSided, Alternative::Larger, Alternative::Smaller] {
                let test = z_test(both, alternative);
                assert_eq!((test.z, test.p), (0.0, 1.0));
            }
        }
    }

    #[test]
    fn without_conversions_in_the_control_there_is_an_interval_but_no_lift() {
        let result = compare([tally(0, 1000), tally(12, 1000)], 0.95).unwrap();
        assert_eq!(result.lift, None);
        assert!(result.lift_low > 0.0 && result.lift_high.is_finite());
    }

    #[test]
    fn mistakes_say_where() {
        let at = |visitors, conversions| Tally::pair(visitors, conversions).unwrap_err();
        let place = |error: privateer::error::Error| (error.code, error.path);
        assert_eq!(place(at([10.0, 0.0], [1.0, 0.0])), ("no-visitors", "$.visitors[1]".into()));
        assert_eq!(place(at([10.0, 5.0], [1.0, 6.0])), ("conversions-exceed-visitors", "$.conversions[1]".into()));
        assert_eq!(place(at([10.5, 5.0], [1.0, 1.0])), ("not-whole", "$.visitors[0]".into()));
        assert_eq!(
            place(compare([tally(1, 2), tally(1, 2)], 1.0).unwrap_err()),
            ("confidence-out-of-range", "$.confidence".into())
        );
    }

    fn any_tally() -> impl Strategy<Value = Tally> {
        prop_oneof![1..50_u32, 1..2_000_000_u32].prop_flat_map(|n| (0..=n).prop_map(move |x| tally(x, n)))
    }

    proptest! {
        #[test]
        fn intervals_contain_their_estimate(a in any_tally(), b in any_tally(), confidence in 0.01..0.9999) {
            let one = rate_interval(a, confidence).unwrap();
            prop_assert!(0.0 <= one.low && one.low <= a.rate() && a.rate() <= one.high && one.high <= 1.0);
            let both = compare([a, b], confidence).unwrap();
            prop_assert!(-1.0 <= both.low && both.low <= both.difference && both.difference <= both.high && both.high <= 1.0);
            prop_assert!(-1.0 < both.lift_low && both.lift_low <= both.lift_high);
        }

        #[test]
        fn more_confidence_is_never_narrower(a in any_tally(), b in any_tally(), confidence in 0.01..0.98) {
            let (less, more) = (compare([a, b], confidence).unwrap(), compare([a, b], confidence + 0.01).unwrap());
            prop_assert!(more.low <= less.low && less.high <= more.high);
            prop_assert!(more.lift_low <= less.lift_low && less.lift_high <= more.lift_high);
        }

        #[test]
        fn swapping_the_variations_turns_the_sign(a in any_tally(), b in any_tally()) {
            let (one, other) = (compare([a, b], 0.95).unwrap(), compare([b, a], 0.95).unwrap());
            prop_assert_eq!((one.difference, one.low, one.high, one.z, one.p), (-other.difference, -other.high, -other.low, -other.z, other.p));
            // (1 + lift) becomes its reciprocal.
            prop_assert!(((1.0 + one.lift_low) * (1.0 + other.lift_high) - 1.0).abs() < 1e-9);
        }

        #[test]
        fn one_sided_answers_share_the_whole(a in any_tally(), b in any_tally()) {
            let p = |alternative| z_test([a, b], alternative).p;
            let (two, larger, smaller) = (p(Alternative::TwoSided), p(Alternative::Larger), p(Alternative::Smaller));
            prop_assert!(two == 1.0 && larger == 1.0 || (larger + smaller - 1.0).abs() < 1e-15);
            prop_assert!(two == 1.0 || two == 2.0 * larger.min(smaller));
        }
    }
}

mod split {
    use super::*;

    /// 60 and 40 where 50 and 50 were meant: 10²/50 + 10²/50 = 4. 10, 20, 30 where 20 each were meant: 100/20 + 0 + 100/20
    /// = 10, and with two degrees of freedom p = exp(-10/2).
    #[test]
    fn by_hand() {
        let two = sample_ratio(&[60.0, 40.0], &[1.0, 1.0]).unwrap();
        assert_eq!((two.statistic, two.df), (4.0, 1));
        assert_near(two.p, 0.045_500_263_896_358_4, 1e-15); // P(|Z| > 2), any normal table
        let three = sample_ratio(&[10.0, 20.0, 30.0], &[1.0, 1.0, 1.0]).unwrap();
        assert_near(three.statistic, 10.0, 1e-14);
        assert_near(three.p, (-5.0_f64).exp(), 1e-16);
    }

    #[test]
    fn a_variation_without_weight_takes_no_part() {
        let without = sample_ratio(&[5_000.0, 5_200.0], &[1.0, 1.0]).unwrap();
        assert_eq!(sample_ratio(&[5_000.0, 5_200.0, 0.0], &[1.0, 1.0, 0.0]).unwrap(), without);
        let error = sample_ratio(&[5_000.0, 5_200.0, 1.0], &[1.0, 1.0, 0.0]).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("visitors-without-weight", "weights[2]"));
    }

    #[test]
    fn mistakes_say_what() {
        let code = |visitors: &[f64], weights: &[f64]| sample_ratio(visitors, weights).unwrap_err().code;
        assert_eq!(code(&[1.0], &[1.0, 1.0]), "length-mismatch");
        assert_eq!(code(&[1.0, 0.0], &[1.0, 0.0]), "too-few-variations");
        assert_eq!(code(&[], &[]), "weights-sum-zero");
        assert_eq!(code(&[1.0, 1.0], &[1.0, -1.0]), "weight-out-of-range");
        assert_eq!(code(&[1.0, f64::NAN], &[1.0, 1.0]), "not-finite");
    }

    proptest! {
        #[test]
        fn only_the_ratio_of_weights_counts(seen in prop::collection::vec((0..100_000_u32, 1..100_u32), 2..8), scale in 1e-6..1e6) {
            let visitors: Vec<f64> = seen.iter().map(|pair| pair.0.into()).collect();
            let weights: Vec<f64> = seen.iter().map(|pair| pair.1.into()).collect();
            let scaled: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
            let (one, other) = (sample_ratio(&visitors, &weights).unwrap(), sample_ratio(&visitors, &scaled).unwrap());
            prop_assert!((one.p - other.p).abs() <= 1e-9 * one.p.max(1e-290));
            prop_assert!((0.0..=1.0).contains(&one.p) && one.mismatch == (one.p < MISMATCH_BELOW));
        }
    }
}

mod moments {
    use super::*;

    /// Moments as GNU date 9.1 gives them (`date -u -d TEXT +%s`).
    #[test]
    fn known_moments() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-03-01T09:05:00Z", 1_772_355_900),
            ("2026-03-01T10:05:00+01:00", 1_772_355_900),
            ("2026-02-28T23:35:00-09:30", 1_772_355_900),
            ("1969-12-31T23:59:59Z", -1),
        ] {
            assert_eq!(parse_time(text), Some(Time(1_000 * seconds)), "{text}");
        }
        assert_eq!(parse_time("1970-01-01t00:00:00.9876z"), Some(Time(987)));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-03-01",
            "2026-03-01T09:05:00",
            "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.1x2Z",
            "2026-1-01T00:00:00Z",
            "2026-01-01T00:00:00+1:00",
            "2026-01-01T00:00:00+24:00",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00Z",
            "1772355900",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_reads_back(ms in -62_167_219_200_000..=253_402_300_799_999_i64) {
            prop_assert_eq!(parse_time(&Time(ms).iso8601()), Some(Time(ms)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,30}") {
            let _ = parse_time(&text);
        }
    }
}

mod log {
    use super::*;

    /// One event: visitor, name, time in ms; for an exposure the variation.
    #[derive(Clone, Debug)]
    struct Event {
        id: String,
        visitor: &'static str,
        name: &'static str,
        ms: i64,
        variation: Option<&'static str>,
    }

    fn event(visitor: &'static str, name: &'static str, ms: i64) -> Event {
        Event { id: format!("{visitor} {name} {ms}"), visitor, name, ms, variation: None }
    }

    fn saw(visitor: &'static str, variation: &'static str, ms: i64) -> Event {
        let id = format!("{visitor} {variation} {ms}");
        Event { id, visitor, name: EXPERIMENT_VIEWED, ms, variation: Some(variation) }
    }

    fn add(log: &mut EventLog, event: &Event) {
        let kind = if event.name == "page" { "page" } else { "track" };
        let name = event.variation.map(|_| if event.ms % 2 == 0 { "even" } else { "odd" });
        log.add(Message {
            id: Some(&event.id),
            kind: Some(kind),
            event: Some(event.name),
            visitor: Some(event.visitor),
            timestamp: Some(&Time(event.ms).iso8601()),
            exposure: event.variation.map(|variation| Exposure { experiment: "hero", variation, name }),
        });
    }

    fn log_of(events: &[Event]) -> EventLog {
        let mut log = EventLog::new();
        events.iter().for_each(|event| add(&mut log, event));
        log
    }

    fn steps(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn reached(log: &EventLog, names: &[&str]) -> Vec<u64> {
        log.funnel(&steps(names)).iter().map(|step| step.visitors).collect()
    }

    /// visitor  exposures         goal    counts as
    /// ann      a at 10           5, 20   a, converted (20)
    /// bob      a at 10, a at 30  10      a, converted (the same millisecond counts)
    /// cid      a at 10           9       a, not converted (before)
    /// dan      b at 10           -       b, not converted
    /// eve      a at 10, b at 11  20      left out: crossover
    /// fay      -                 20      not in the experiment
    #[test]
    fn variations_by_hand() {
        let log = log_of(&[
            saw("ann", "a", 10),
            event("ann", "goal", 5),
            event("ann", "goal", 20),
            saw("bob", "a", 10),
            saw("bob", "a", 30),
            event("bob", "goal", 10),
            saw("cid", "a", 10),
            event("cid", "goal", 9),
            saw("dan", "b", 10),
            saw("eve", "a", 10),
            saw("eve", "b", 11),
            event("eve", "goal", 20),
            event("fay", "goal", 20),
        ]);
        let counts = log.variations("hero", "goal");
        let table: Vec<_> = counts.iter().map(|row| (row.variation.as_str(), row.visitors, row.conversions, row.rate)).collect();
        assert_eq!(table, [("a", 3, 2, 2.0 / 3.0), ("b", 1, 0, 0.0)]);
        assert_eq!((log.crossovers("hero"), log.experiments()), (1, vec!["hero".to_owned()]));
        assert!(log.variations("other", "goal").is_empty() && log.crossovers("other") == 0);
        assert!(log.variations("hero", "never").iter().all(|row| row.conversions == 0));
    }

    /// visitor  events                      page  plan  sign-up
    /// ann      page 1, plan 2, sign-up 3   yes   yes   yes
    /// bob      plan 1, page 2, sign-up 3   yes   no            (plan only before page)
    /// cid      page 5, plan 5, sign-up 5   yes   yes   yes     (the same millisecond counts)
    /// dan      plan 1, page 2, plan 3      yes   yes   no
    /// eve      sign-up 9                   no
    #[test]
    fn a_funnel_by_hand() {
        let log = log_of(&[
            event("ann", "page", 1),
            event("ann", "plan", 2),
            event("ann", "sign-up", 3),
            event("bob", "plan", 1),
            event("bob", "page", 2),
            event("bob", "sign-up", 3),
            event("cid", "sign-up", 5),
            event("cid", "plan", 5),
            event("cid", "page", 5),
            event("dan", "plan", 1),
            event("dan", "page", 2),
            event("dan", "plan", 3),
            event("eve", "sign-up", 9),
        ]);
        let funnel = log.funnel(&steps(&["page", "plan", "sign-up"]));
        let table: Vec<_> = funnel.iter().map(|row| (row.visitors, row.of_first, row.of_previous)).collect();
        assert_eq!(table, [(4, 1.0, 1.0), (3, 0.75, 0.75), (2, 0.5, 2.0 / 3.0)]);
        assert_eq!(reached(&log, &["page", "never", "plan"]), [4, 0, 0]);
        assert!(log.funnel(&[]).is_empty());
    }

    #[test]
    fn an_event_serves_one_step() {
        let log = log_of(&[event("ann", "page", 1), event("ann", "page", 2), event("bob", "page", 1)]);
        assert_eq!(reached(&log, &["page", "page", "page"]), [2, 1, 0]);
    }

    #[test]
    fn events_are_counted_by_name() {
        let log = log_of(&[
            event("ann", "page", 1),
            event("ann", "page", 2),
            event("bob", "page", 1),
            event("bob", "b", 1),
            event("bob", "a", 1),
        ]);
        let table: Vec<_> = log.event_names().into_iter().map(|row| (row.name, row.events, row.visitors)).collect();
        assert_eq!(table, [("page".to_owned(), 3, 2), ("a".to_owned(), 1, 1), ("b".to_owned(), 1, 1)]);
    }

    #[test]
    fn what_cannot_be_used_is_counted_apart() {
        let good = Message {
            id: Some("1"),
            kind: Some("track"),
            event: Some("goal"),
            visitor: Some("ann"),
            timestamp: Some("2026-03-01T09:05:00Z"),
            exposure: None,
        };
        let mut log = EventLog::new();
        for bad in [
            Message { id: None, ..good },
            Message { id: Some(""), ..good },
            Message { kind: None, ..good },
            Message { event: None, ..good },
            Message { visitor: None, ..good },
            Message { timestamp: Some("yesterday"), ..good },
        ] {
            log.add(bad);
        }
        assert_eq!((log.len(), log.skipped()), (0, 6));
        log.add(Message { kind: Some("identify"), event: None, ..good });
        log.add(good);
        assert_eq!((log.len(), log.skipped()), (1, 6)); // the second has the first one's id
        assert_eq!(log.event_names()[0].name, "identify");
    }

    #[test]
    fn a_uuid_is_the_same_in_capitals_and_texts_are_told_apart() {
        let mut log = EventLog::new();
        for id in [
            "019d0f5e-0000-7000-8000-0000000000ab",
            "019D0F5E-0000-7000-8000-0000000000AB",
            "a",
            "b",
            "019d0f5e-0000-7000-8000-0000000000ag",
        ] {
            add(&mut log, &Event { id: id.to_owned(), ..event("ann", "page", 1) });
        }
        assert_eq!(log.len(), 4);
    }

    fn any_events() -> impl Strategy<Value = Vec<Event>> {
        let visitor = prop::sample::select(vec!["ann", "bob", "cid", "dan"]);
        let name = prop::sample::select(vec!["page", "plan", "sign-up"]);
        let variation = prop::option::weighted(0.3, prop::sample::select(vec!["a", "b"]));
        let one = (visitor, name, 0..12_i64, variation);
        prop::collection::vec(one, 0..60).prop_map(|rows| {
            let named = rows.into_iter().enumerate().map(|(at, (visitor, name, ms, variation))| {
                let name = if variation.is_some() { EXPERIMENT_VIEWED } else { name };
                Event { id: at.to_string(), visitor, name, ms, variation }
            });
            named.collect()
        })
    }

    type Answers = (usize, Vec<EventCount>, Vec<VariationCount>, usize, Vec<FunnelStep>);

    /// All a log can be asked.
    fn answers(log: &EventLog) -> Answers {
        let funnel = log.funnel(&steps(&["page", "plan", "page", "sign-up"]));
        (log.len(), log.event_names(), log.variations("hero", "sign-up"), log.crossovers("hero"), funnel)
    }

    proptest! {
        #[test]
        fn a_funnel_never_widens(events in any_events()) {
            let funnel = log_of(&events).funnel(&steps(&["page", "plan", "page", "sign-up"]));
            prop_assert!(funnel.windows(2).all(|pair| pair[1].visitors <= pair[0].visitors));
            prop_assert!(funnel.iter().all(|step| (0.0..=1.0).contains(&step.of_first) && step.of_first <= step.of_previous));
        }

        #[test]
        fn adding_again_changes_nothing(events in any_events()) {
            let twice: Vec<Event> = events.iter().chain(&events).cloned().collect();
            prop_assert_eq!(answers(&log_of(&twice)), answers(&log_of(&events)));
        }

        #[test]
        fn the_order_of_adding_does_not_matter((events, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))) {
            prop_assert_eq!(answers(&log_of(&shuffled)), answers(&log_of(&events)));
        }

        #[test]
        fn everyone_exposed_is_in_a_variation_or_a_crossover(events in any_events()) {
            let log = log_of(&events);
            let exposed = log.event_names().iter().find(|row| row.name == EXPERIMENT_VIEWED).map_or(0, |row| row.visitors);
            let counted: u64 = log.variations("hero", "sign-up").iter().map(|row| row.visitors).sum();
            prop_assert_eq!(counted as usize + log.crossovers("hero"), exposed);
        }
    }
}
