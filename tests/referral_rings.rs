//! What the referrals around one say of it: bursts, rings, many of them. Counted anew in the naive way, and laws.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::Time,
    referral::fraud::{Came, Lists, Person, Referral, Rings, Rules, Verdict, bursts, judge},
};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};
use support::host::Native;

const HOUR: i64 = 3_600_000;

fn judged(referrals: &[Referral<'_>]) -> Vec<Verdict> {
    judge(referrals, &Rules::default(), &Lists::default(), &Native::seeded(1))
}

fn ids(verdict: &Verdict) -> Vec<&str> {
    verdict.reasons.iter().map(|reason| reason.id.as_str()).collect()
}

fn person(id: &str) -> Person<'_> {
    Person { id: Some(id), ..Person::default() }
}

mod surroundings {
    use super::*;

    fn came<'a>(advocate: &'a str, friend: &'a str, time: i64) -> Referral<'a> {
        Referral { advocate: person(advocate), friend: person(friend), signed_up: Some(Time(time)), ..Referral::default() }
    }

    fn evidence(verdict: &Verdict, id: &str) -> Option<String> {
        verdict.reasons.iter().find(|reason| reason.id == id).map(|reason| reason.evidence.clone())
    }

    /// "More than 5 within an hour": five are not, six are, and then all six, also the first, and nobody of another advocate.
    #[test]
    fn six_friends_within_an_hour_are_a_burst() {
        let friends: Vec<String> = (0..6).map(|friend| format!("f{friend}")).collect();
        let mut referrals: Vec<_> =
            friends.iter().zip(0..).map(|(friend, minute)| came("ann", friend, minute * 60_000)).collect();
        referrals.push(came("ben", "f9", 0));
        assert_eq!(judged(&referrals[..5]).iter().map(|verdict| verdict.score).sum::<i64>(), 0);
        let found: Vec<_> = judged(&referrals).iter().map(|verdict| evidence(verdict, "many_in_hour")).collect();
        assert_eq!(found[..6], vec![Some("6 friends".to_owned()); 6]);
        assert_eq!(found[6], None);
        referrals[5].signed_up = Some(Time(HOUR));
        assert!(judged(&referrals).iter().all(|verdict| verdict.score == 0), "from 0 to an hour later is not within an hour");
    }

    #[test]
    fn one_friend_who_is_recorded_often_is_no_burst() {
        let again: Vec<_> = (0..30).map(|minute| came("ann", "ben", minute * 60_000)).collect();
        assert!(judged(&again).iter().all(|verdict| verdict.score == 0));
        let nameless: Vec<_> = again.into_iter().map(|referral| Referral { friend: Person::default(), ..referral }).collect();
        let verdicts = judged(&nameless);
        assert!(verdicts.iter().all(|verdict| ids(verdict) == ["many_in_hour", "many_in_day"]), "nobody says that they are one");
    }

    #[test]
    fn twenty_one_within_a_day_are_many() {
        let friends: Vec<String> = (0..21).map(|friend| format!("f{friend}")).collect();
        let referrals: Vec<_> = friends.iter().zip(0..).map(|(friend, hour)| came("ann", friend, hour * HOUR)).collect();
        assert!(judged(&referrals).iter().all(|verdict| ids(verdict) == ["many_in_day"]));
        assert!(judged(&referrals[1..]).iter().all(|verdict| verdict.score == 0));
    }

    /// ann → ben → cy → ann is a ring; dee was brought by one of it; eve and fay brought each other; gus brought himself.
    #[test]
    fn rings_and_pairs() {
        let pairs = [("ann", "ben"), ("ben", "cy"), ("cy", "ann"), ("cy", "dee"), ("eve", "fay"), ("fay", "eve"), ("gus", "gus")];
        let verdicts = judged(&pairs.map(|(advocate, friend)| came(advocate, friend, 0)));
        let found: Vec<_> = verdicts.iter().map(ids).collect();
        let [ring, mutual] = [vec!["ring"], vec!["ring", "mutual"]];
        assert_eq!(found, [ring.clone(), ring.clone(), ring, vec![], mutual.clone(), mutual, vec!["same_id"]]);
        assert_eq!(verdicts[0].reasons[0].evidence, "3 people");
        assert_eq!(verdicts[4].score, 40, "a ring of two is worth a look");
    }

    proptest! {
        /// Recounted by the transitive closure (Warshall): two are in a ring if each can be reached from the other.
        #[test]
        fn rings_are_those_of_the_transitive_closure(pairs in prop::collection::vec((0_u32..12, 0_u32..12), 0..30)) {
            let mut reaches = [[false; 12]; 12];
            pairs.iter().for_each(|(one, other)| reaches[*one as usize][*other as usize] = true);
            for (via, from, to) in (0..12).flat_map(|via| (0..12).flat_map(move |from| (0..12).map(move |to| (via, from, to)))) {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
            let rings = Rings::find(12, &pairs);
            for (one, other) in (0..12_u32).flat_map(|one| (0..12_u32).map(move |other| (one, other))) {
                let both = |third: usize| reaches[one as usize][third] && reaches[third][one as usize];
                let expected = if one != other && both(other as usize) { (0..12).filter(|third| both(*third)).count() } else { 0 };
                prop_assert_eq!(rings.around(one, other) as usize, expected);
            }
        }

        /// Recounted: each span that begins with a friend and has too many in it marks all that are in it.
        #[test]
        fn bursts_are_those_of_all_spans(times in prop::collection::vec((0_u32..3, 0_i64..60), 0..40), most in 1_u32..5) {
            let mut times = times;
            times.sort_unstable();
            let all: Vec<Came> = times.iter().map(|(advocate, time)| Came { advocate: *advocate, time: *time }).collect();
            let mut expected = vec![false; times.len()];
            for (advocate, from) in &times {
                let inside = |(other, time): &(u32, i64)| other == advocate && (*from..from + 10).contains(time);
                if times.iter().filter(|each| inside(each)).count() > most as usize {
                    expected.iter_mut().zip(&times).filter(|(_, each)| inside(each)).for_each(|(mark, _)| *mark = true);
                }
            }
            let found = bursts(&all, 10, most);
            prop_assert_eq!(found.iter().map(|peak| *peak > 0).collect::<Vec<_>>(), expected);
            prop_assert!(found.iter().all(|peak| *peak == 0 || *peak > most));
        }

        #[test]
        fn the_order_of_referrals_does_not_matter(pairs in prop::collection::vec((0_usize..6, 0_usize..6, 0_i64..10), 0..40)) {
            const IDS: [&str; 6] = ["ann", "ben", "cy", "dee", "eve", ""];
            let referrals: Vec<_> = pairs.iter().map(|(one, other, time)| came(IDS[*one], IDS[*other], time * HOUR / 4)).collect();
            let backwards: Vec<_> = referrals.iter().rev().cloned().collect();
            prop_assert_eq!(judged(&backwards).into_iter().rev().collect::<Vec<_>>(), judged(&referrals));
        }

        /// Other referrals can only make one more suspicious.
        #[test]
        fn one_more_referral_never_lowers_a_score(pairs in prop::collection::vec((0_usize..5, 0_usize..5, 0_i64..9), 1..40)) {
            const IDS: [&str; 5] = ["ann", "ben", "cy", "dee", "eve"];
            let all: Vec<_> = pairs.iter().map(|(one, other, time)| came(IDS[*one], IDS[*other], time * HOUR / 4)).collect();
            let mut firsts = BTreeSet::new();
            // A friend's later record changes nothing, an earlier one when they came; so each pair once.
            let all: Vec<_> = all.into_iter().filter(|each| firsts.insert((each.advocate.id, each.friend.id))).collect();
            let (with, without) = (judged(&all), judged(&all[..all.len() - 1]));
            for (with, without) in with.iter().zip(&without) {
                prop_assert!(with.score >= without.score);
            }
        }
    }
}

mod many {
    use super::*;

    /// A ring of a million: a recursion would need a stack frame for each. The thread's stack is the smallest usual one.
    #[test]
    fn a_ring_of_a_million_needs_no_stack() {
        let run = || {
            let pairs: Vec<(u32, u32)> = (0..1_000_000).map(|person| (person, (person + 1) % 1_000_000)).collect();
            Rings::find(1_000_000, &pairs).around(0, 999_999)
        };
        assert_eq!(thread::Builder::new().stack_size(64 << 10).spawn(run).unwrap().join().unwrap(), 1_000_000);
    }

    /// Not a measurement: whatever grew with the square of 100,000 would take minutes.
    #[test]
    fn a_hundred_thousand_are_judged_within_seconds() {
        let texts: Vec<[String; 2]> =
            (0..100_000).map(|each| [format!("u{}", each / 7), format!("f{each}@own{}.example", each % 999)]).collect();
        let referral = |(place, [id, email]): (usize, &'static [String; 2])| Referral {
            advocate: Person { id: Some(id), email: Some(email), name: Some("Ann Example"), device: Some(id) },
            friend: Person { id: Some(email), email: Some(email), name: Some("Ben Specimen"), device: Some(email) },
            touched: Some(Time(0)),
            signed_up: Some(Time(place as i64 % 1_000)),
            ..Referral::default()
        };
        let texts: &'static [[String; 2]] = Box::leak(texts.into_boxed_slice());
        let mut referrals: Vec<_> = texts.iter().enumerate().map(referral).collect();
        referrals.iter_mut().skip(50_000).for_each(|referral| referral.advocate.id = Some("one")); // a burst of half of them
        let start = Instant::now();
        let verdicts = judged(&referrals);
        println!("{} ms for 100,000", start.elapsed().as_millis());
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
        assert_eq!(verdicts.len(), 100_000);
        assert!(verdicts[99_999].reasons.iter().any(|reason| reason.evidence == "50000 friends"));
    }
}
