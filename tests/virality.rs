//! What referrals come to: closed forms against generations that are lived through, intervals against samples, tables worked out by hand.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{Time, random::fraction, time::DAY},
    growth::{Follow, Invitation, Projection, Referral, cost_per_referred, cycle, k_factor},
};
use proptest::prelude::*;
use support::host::Native;

const Z: f64 = 1.959_963_984_540_054;

fn referral<'a>(advocate: &'a str, friend: &'a str, time: i64) -> Referral<'a> {
    Referral { advocate, friend, time: Some(Time(time)), verified: true }
}

fn near(ours: f64, theirs: f64, share: f64) {
    assert!((ours - theirs).abs() <= share * theirs.abs(), "{ours} is not {theirs}");
}

mod k {
    use super::*;

    /// 10 users sent 20 invites, of which 4 were taken: by friends of three of them (2, 1, 1). K = 4/10 = 2 · 0.2. The sum of squares is 6, so
    /// s² = (6 - 10 · 0.16) / 9 = 0.48889, and φ = s² / 0.4 = 1.22222.
    #[test]
    fn is_invites_times_conversion() {
        let found = k_factor(10, Some(20), &[2, 1, 1], 0.95).unwrap();
        let conversion = found.conversion.unwrap();
        assert_eq!((found.k, found.invites_per_user, conversion.rate), (0.4, Some(2.0), 0.2));
        near(found.dispersion, 4.4 / 9.0 / 0.4, 1e-14);
        // Wilson's interval for 4 of 20: (4 + z²/2 ± z √(4 · 16/20 + z²/4)) / (20 + z²).
        let half = Z * (3.2 + Z * Z / 4.0).sqrt();
        near(conversion.low, (4.0 + Z * Z / 2.0 - half) / (20.0 + Z * Z), 1e-12);
        near(conversion.high, (4.0 + Z * Z / 2.0 + half) / (20.0 + Z * Z), 1e-12);
    }

    /// The score interval of 10 events: 10 + 1.92073 ± 1.95996 · √(10 + 0.96036) = 5.43199 … 18.40947. One friend each of 10 among 100 users
    /// varies less than chance has it, so φ is 1.
    #[test]
    fn has_the_score_interval_of_a_count() {
        let found = k_factor(100, None, &[1; 10], 0.95).unwrap();
        assert_eq!((found.dispersion, found.invites_per_user, found.conversion), (1.0, None, None));
        near(found.low, 0.054_319_9, 1e-6);
        near(found.high, 0.184_094_7, 1e-6);
    }

    #[test]
    fn of_users_without_friends_is_0_with_an_upper_end() {
        let found = k_factor(100, Some(0), &[], 0.95).unwrap();
        assert_eq!((found.k, found.low, found.conversion), (0.0, 0.0, None));
        near(found.high, Z * Z / 100.0, 1e-12);
        assert_eq!(k_factor(1, None, &[3], 0.95).unwrap().dispersion, 1.0, "one user says nothing of how users differ");
    }

    #[test]
    fn that_cannot_be_is_an_error() {
        let failure = |users, invites, friends: &[u64], confidence| {
            let error = k_factor(users, invites, friends, confidence).unwrap_err();
            (error.code, error.path)
        };
        assert_eq!(failure(0, None, &[], 0.95), ("empty", "users".into()));
        assert_eq!(failure(1, None, &[1, 1], 0.95), ("impossible", "friends".into()));
        assert_eq!(failure(5, Some(2), &[3], 0.95), ("impossible", "invites".into()));
        assert_eq!(failure(5, None, &[3], 1.0).0, "confidence-out-of-range");
    }

    proptest! {
        /// The ends solve (x - nK)² = z² φ n K.
        #[test]
        fn ends_solve_their_equation(friends in prop::collection::vec(0_u64..9, 1..30), silent in 0_u64..99) {
            let users = friends.len() as u64 + silent;
            let found = k_factor(users, None, &friends, 0.95).unwrap();
            let (n, x) = (users as f64, friends.iter().sum::<u64>() as f64);
            for end in [found.low, found.high] {
                let [left, right] = [(x - n * end).powi(2), Z * Z * found.dispersion * n * end];
                prop_assert!((left - right).abs() <= 1e-9 * (left + right));
            }
            prop_assert!(found.low <= found.k && found.k <= found.high);
            let written_out: Vec<u64> = friends.iter().copied().chain((0..silent).map(|_| 0)).collect();
            let same = k_factor(users, None, &written_out, 0.95).unwrap();
            prop_assert!((same.high - found.high).abs() <= 1e-12 * found.high, "who brought nobody may be left out");
        }
    }

    /// Poisson counts whose rate is itself exponential, mean 1: geometric ones, with variance 2. 2,000 samples of 300 users; the share of intervals
    /// that hold K = 1 is to be 0.95, and its standard error is 0.005. Taken for plain Poisson counts, 0.83 hold it: Φ(z / √2) = 0.917, twice less 1.
    #[test]
    fn interval_keeps_its_promise_where_few_bring_most() {
        let host = Native::seeded(7);
        let (mut held, mut held_by_poisson) = (0, 0);
        for _ in 0..2_000 {
            let friends: Vec<u64> = (0..300).map(|_| (fraction(&host).max(1e-9).ln() / 0.5_f64.ln()) as u64).collect();
            let found = k_factor(300, None, &friends, 0.95).unwrap();
            held += u32::from((found.low..=found.high).contains(&1.0));
            let poisson = (found.k - 1.0).abs() <= Z * (1.0_f64 / 300.0).sqrt();
            held_by_poisson += u32::from(poisson);
        }
        assert!((1_860..=1_940).contains(&held), "{held} of 2,000");
        assert!(held_by_poisson < 1_740, "{held_by_poisson} of 2,000");
    }
}

mod cycles {
    use super::*;

    fn spans(list: &[i64]) -> Vec<Invitation> {
        list.iter().map(|span| Invitation { advocate: Some(Time(100)), friend: Some(Time(100 + span)) }).collect()
    }

    /// 1, 2, 6 days: mean 3, median 2. 1, 2, 4, 9: mean 4, median 3.
    #[test]
    fn have_a_mean_and_a_median() {
        let found = |list: &[i64]| (cycle(&spans(list), None).mean, cycle(&spans(list), None).median);
        assert_eq!(found(&[6, 1, 2]), (3.0, 2.0));
        assert_eq!(found(&[9, 1, 4, 2]), (4.0, 3.0));
        assert_eq!(found(&[5]), (5.0, 5.0));
        assert!(cycle(&[], None).mean.is_nan() && cycle(&[], None).median.is_nan());
    }

    #[test]
    fn leave_out_what_is_not_known_or_cannot_be() {
        let mut all = spans(&[3, -1, 0]);
        all.push(Invitation { advocate: None, friend: Some(Time(9)) });
        let found = cycle(&all, None);
        assert_eq!((found.mean, found.friends, found.unknown, found.impossible, found.open), (1.5, 2, 1, 1, 0));
        let follow = Follow { span: 2, until: Time(101) };
        assert_eq!(cycle(&all, Some(follow)).open, 2, "until 101 nobody who joined at 100 was followed for 2");
        assert_eq!(cycle(&all, Some(Follow { until: Time(102), ..follow })).friends, 1, "3 is later than 2");
    }

    /// ann (told: 0) brought ben at 5; ben brought cy at 7, after 2; dee is nobody's friend, so nobody knows since when; cy's second record and
    /// ben's of himself do not count.
    #[test]
    fn are_read_from_records() {
        let records = [
            referral("ann", "ben", 5),
            referral("ben", "cy", 7),
            referral("dee", "eve", 8),
            referral("ann", "cy", 9),
            referral("ben", "ben", 1),
        ];
        let of = |joined: &[(&str, Time)]| {
            let found = cycle(&Invitation::of(&records, joined), None);
            (found.mean, found.friends, found.unknown)
        };
        assert_eq!(of(&[("ann", Time(0)), ("zoe", Time(0))]), (3.5, 2, 1));
        assert_eq!(of(&[]), (2.0, 1, 2));
        assert_eq!(of(&[("ben", Time(6)), ("dee", Time(8))]), (0.5, 2, 1), "what is told holds");
    }

    /// Friends come after an exponential time with a mean of 10 days; advocates join evenly over 30 days, and then it is looked at. All
    /// friends so far have a mean well below 10. Followed for 20 days each, it is that of an exponential cut at 20:
    /// 10 - 20 / (e² - 1) = 6.8696.
    #[test]
    fn are_too_short_while_friends_are_missing_and_right_for_a_span_that_is_followed() {
        let host = Native::seeded(3);
        let until = 30 * DAY;
        let invitations: Vec<Invitation> = (0..200_000)
            .filter_map(|_| {
                let advocate = (fraction(&host) * until as f64) as i64;
                let friend = advocate + (-fraction(&host).max(1e-9).ln() * 10.0 * DAY as f64) as i64;
                (friend <= until).then_some(Invitation { advocate: Some(Time(advocate)), friend: Some(Time(friend)) })
            })
            .collect();
        let days = |follow| cycle(&invitations, follow).mean / DAY as f64;
        assert!(days(None) < 7.5, "{}", days(None));
        let followed = Follow { span: 20 * DAY, until: Time(until) };
        // Its standard deviation is below 6 days, of some 58,000 friends: three standard errors are 0.08.
        near(days(Some(followed)), 10.0 - 20.0 / (2.0_f64.exp() - 1.0), 0.08 / 6.87);
    }
}

mod projections {
    use super::*;

    fn total(start: f64, k: f64, cycle: f64, time: f64) -> f64 {
        Projection { start, k, cycle }.total(time)
    }

    /// The published example S = 100, K = 0.5, cycle 2: 100, 150, 175, …, 196.9 after 10, 199.9 after 20; in the end 100 / (1 - 0.5) = 200.
    #[test]
    fn are_those_of_the_published_example() {
        let found = [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 20.0].map(|time| (total(100.0, 0.5, 2.0, time) * 10.0).round() / 10.0);
        assert_eq!(found, [100.0, 150.0, 175.0, 187.5, 193.8, 196.9, 199.9]);
        let limit = |k| Projection { start: 100.0, k, cycle: 2.0 }.limit();
        assert_eq!([limit(0.5), limit(0.0), limit(1.0), limit(1.5)], [Some(200.0), Some(100.0), None, None]);
    }

    #[test]
    fn of_k_1_grow_by_as_many_each_cycle() {
        assert_eq!([0.0, 1.0, 5.0].map(|time| total(10.0, 1.0, 2.0, time)), [10.0, 15.0, 35.0]);
    }

    /// Below 1e-16 a double cannot tell K from 1; at 1e-9 K^n - 1 by itself has lost nine digits.
    #[test]
    fn have_all_digits_beside_k_1() {
        for above in [1e-15, -1e-15, 1e-9, -1e-9, 1e-4, -1e-4] {
            let k = 1.0 + above;
            let lived: f64 = (0..=50).map(|cycle| f64::powi(k, cycle)).sum();
            near(total(1.0, k, 1.0, 50.0), lived, 1e-13);
        }
    }

    #[test]
    fn have_edges() {
        assert_eq!(total(100.0, 0.0, 2.0, 50.0), 100.0);
        assert_eq!(total(0.0, 3.0, 2.0, 50.0), 0.0);
        assert_eq!(total(1.0, 10.0, 1.0, 1e4), f64::INFINITY);
        assert!(total(1.0, 0.5, 1.0, -1.0).is_nan() && total(1.0, 0.5, 1.0, f64::NAN).is_nan());
        let wrong = |start, k, cycle| Projection { start, k, cycle }.check().map_err(|error| error.path);
        assert_eq!(wrong(1.0, 0.0, 1.0), Ok(()));
        assert_eq!(wrong(-1.0, 0.5, 1.0), Err("start".into()));
        assert_eq!(wrong(1.0, f64::NAN, 1.0), Err("k".into()));
        assert_eq!(wrong(1.0, 0.5, 0.0), Err("cycle".into()));
    }

    proptest! {
        /// Generation by generation: each one's friends come one cycle later, and invite then.
        #[test]
        fn are_what_generations_come_to(start in 0.0..1e6, k in 0.0..4.0, cycle in 0.1..100.0, cycles in 0_u32..30) {
            let (mut all, mut newest) = (start, start);
            for _ in 0..cycles {
                newest *= k;
                all += newest;
            }
            near(total(start, k, cycle, f64::from(cycles) * cycle), all, 1e-11);
        }

        #[test]
        fn grow_with_time_and_stay_below_their_limit(k in 0.0..1.0, one in 0.0..50.0, other in 0.0..50.0) {
            let projection = Projection { start: 100.0, k, cycle: 1.0 };
            let [earlier, later] = [f64::min(one, other), f64::max(one, other)].map(|time| projection.total(time));
            prop_assert!(earlier <= later * (1.0 + 1e-14));
            prop_assert!(later <= projection.limit().unwrap() * (1.0 + 1e-14));
        }
    }
}

mod costs {
    use super::*;

    /// 120.00 + 30.00 over 8 customers is 18.75; halves of a cent are rounded away from zero, whichever side.
    #[test]
    fn are_rounded_to_the_nearest_minor_unit() {
        for (rewards, other, customers, expected) in [
            (12_000, 3_000, 8, Some(1_875)),
            (100, 0, 3, Some(33)),
            (200, 0, 3, Some(67)),
            (1, 0, 2, Some(1)),
            (-1, 0, 2, Some(-1)),
            (-100, 0, 3, Some(-33)),
            (0, 0, 5, Some(0)),
            (12_000, 3_000, 0, None),
            (i64::MAX, i64::MAX, 1, Some(i64::MAX)),
            (i64::MIN, i64::MIN, 1, Some(i64::MIN)), // no i64 holds the sum
        ] {
            assert_eq!(cost_per_referred(rewards, other, customers), expected, "{rewards} + {other} over {customers}");
        }
    }

    proptest! {
        #[test]
        fn are_off_by_half_a_unit_at_most(rewards in -1_000_000_i64..1_000_000, other in 0_i64..1_000_000, customers in 1_u64..5_000) {
            let each = cost_per_referred(rewards, other, customers).unwrap();
            prop_assert!(2 * (rewards + other - each * customers as i64).unsigned_abs() <= customers);
        }
    }
}
