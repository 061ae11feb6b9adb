//! Who brought whom and who brought most: tables worked out by hand, counts done anew in the naive way, and laws.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::Time,
    growth::{Cut, Referral, Waiting, Why, leaderboard, tree, waitlist},
};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::{Duration, Instant},
};
use support::host::Native;

fn referral<'a>(advocate: &'a str, friend: &'a str, time: i64) -> Referral<'a> {
    Referral { advocate, friend, time: Some(Time(time)), verified: true }
}

const IDS: [&str; 8] = ["ann", "ben", "cy", "dee", "eve", "fay", "gus", "hal"];

/// Records among eight people, at few times, so that there are draws, repetitions, rings and self-referrals.
fn records() -> impl Strategy<Value = Vec<Referral<'static>>> {
    let one = (0..8_usize, 0..8_usize, 0..6_i64, any::<bool>());
    let record = |(advocate, friend, time, verified)| Referral { verified, ..referral(IDS[advocate], IDS[friend], time) };
    prop::collection::vec(one.prop_map(record), 0..30)
}

mod trees {
    use super::*;

    /// ann brought ben and cy, ben brought dee; eve came by herself and brought fay. Left out: dee's second record, ann of ann, and
    /// dee → ann, which would close a ring.
    #[test]
    fn have_generations_and_sizes() {
        let records = [
            referral("ann", "ben", 1),
            referral("ann", "cy", 2),
            referral("ben", "dee", 3),
            referral("eve", "fay", 4),
            referral("ann", "dee", 5),
            referral("ann", "ann", 6),
            referral("dee", "ann", 7),
            referral("", "gus", 8),
        ];
        let found = tree(&records);
        let members: Vec<_> = found
            .members
            .iter()
            .map(|member| {
                (
                    member.id,
                    member.advocate.map(|place| found.members[place].id),
                    member.generation,
                    member.friends,
                    member.descendants,
                )
            })
            .collect();
        assert_eq!(
            members,
            [
                ("ann", None, 0, 2, 3),
                ("ben", Some("ann"), 1, 1, 1),
                ("cy", Some("ann"), 1, 0, 0),
                ("dee", Some("ben"), 2, 0, 0),
                ("eve", None, 0, 1, 1),
                ("fay", Some("eve"), 1, 0, 0),
            ]
        );
        assert_eq!(found.generations, [2, 3, 1]);
        let whys = [Why::Repeated, Why::Oneself, Why::Ring, Why::Nobody];
        assert_eq!(found.cut, whys.into_iter().zip(4..).map(|(why, record)| Cut { record, why }).collect::<Vec<_>>());
        assert_eq!(tree(&[]), Default::default());
    }

    /// The latest record of a ring is left out, wherever it stands in the list.
    #[test]
    fn cut_rings_at_their_latest_record() {
        let records = [referral("cy", "ann", 3), referral("ann", "ben", 1), referral("ben", "cy", 2)];
        assert_eq!(tree(&records).cut, [Cut { record: 0, why: Why::Ring }]);
    }

    /// The same anew: records by time, each one's line of advocates walked up to its end.
    fn naive(records: &[Referral<'static>]) -> (BTreeMap<&'static str, &'static str>, BTreeSet<&'static str>) {
        let mut rising = records.to_vec();
        rising.sort_by_key(|record| (record.time, record.advocate, record.friend));
        let (mut advocates, mut people) = (BTreeMap::new(), BTreeSet::new());
        for Referral { advocate, friend, .. } in rising {
            people.extend([advocate, friend]);
            let line: Vec<&str> = std::iter::successors(Some(advocate), |person| advocates.get(person).copied()).collect();
            if !advocates.contains_key(friend) && !line.contains(&friend) {
                advocates.insert(friend, advocate);
            }
        }
        (advocates, people)
    }

    proptest! {
        #[test]
        fn are_those_of_the_naive_count(records in records()) {
            let (advocates, people) = naive(&records);
            let found = tree(&records);
            prop_assert_eq!(found.members.iter().map(|member| member.id).collect::<BTreeSet<_>>(), people);
            let line = |person| std::iter::successors(Some(person), |person| advocates.get(person).copied());
            for member in &found.members {
                prop_assert_eq!(member.advocate.map(|place| found.members[place].id), advocates.get(member.id).copied());
                prop_assert_eq!(member.generation, line(member.id).count() - 1);
                prop_assert_eq!(member.friends, advocates.values().filter(|advocate| **advocate == member.id).count());
                let below = found.members.iter().filter(|other| line(other.id).skip(1).any(|above| above == member.id)).count();
                prop_assert_eq!(member.descendants, below);
            }
            prop_assert_eq!(found.generations.iter().sum::<usize>(), found.members.len());
            prop_assert_eq!(found.cut.len() + advocates.len(), records.len());
        }

        #[test]
        fn do_not_depend_on_the_order_of_records(records in records()) {
            let mut backwards = records.clone();
            backwards.reverse();
            let [one, other] = [tree(&records), tree(&backwards)];
            prop_assert_eq!((one.members, one.generations), (other.members, other.generations));
        }
    }

    /// A chain of a million, latest record first, with a last record that would close it: on the smallest usual stack.
    #[test]
    fn of_a_million_need_no_stack() {
        let run = || {
            let ids: Vec<String> = (0..=1_000_000).map(|person| format!("u{person}")).collect();
            let mut records: Vec<Referral<'_>> =
                ids.windows(2).zip(0..).map(|(pair, time)| referral(&pair[0], &pair[1], time)).collect();
            records.push(referral(&ids[1_000_000], &ids[0], 1_000_000));
            records.reverse();
            let start = Instant::now();
            let found = tree(&records);
            println!("{} ms for 1,000,001", start.elapsed().as_millis());
            assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
            assert_eq!((found.generations.len(), found.members[0].descendants), (1_000_001, 1_000_000));
            assert_eq!(found.cut, [Cut { record: 0, why: Why::Ring }]);
        };
        thread::Builder::new().stack_size(64 << 10).spawn(run).unwrap().join().unwrap();
    }
}

mod boards {
    use super::*;

    /// ben and ann have two each; ben had them at 3, ann at 4. cy and dee have one each at 5: by id. eve's friend is not verified, fay's had come by
    /// ann before, and gus brought himself.
    #[test]
    fn rank_by_verified_friends_then_time_then_id() {
        let records = [
            referral("ann", "f1", 1),
            referral("ben", "f2", 2),
            referral("ben", "f3", 3),
            referral("ann", "f4", 4),
            referral("dee", "f5", 5),
            referral("cy", "f6", 5),
            Referral { verified: false, ..referral("eve", "f7", 0) },
            referral("fay", "f1", 9),
            referral("ann", "f1", 9),
            referral("gus", "gus", 0),
        ];
        let found: Vec<_> =
            leaderboard(&records).into_iter().map(|line| (line.rank, line.advocate, line.verified, line.reached)).collect();
        assert_eq!(
            found,
            [
                (1, "ben", 2, Some(Time(3))),
                (2, "ann", 2, Some(Time(4))),
                (3, "cy", 1, Some(Time(5))),
                (4, "dee", 1, Some(Time(5))),
            ]
        );
    }

    #[test]
    fn who_has_no_time_comes_after_who_has_one() {
        let records = [Referral { time: None, ..referral("ann", "f1", 0) }, referral("ben", "f2", i64::MAX - 1)];
        assert_eq!(leaderboard(&records).iter().map(|line| line.advocate).collect::<Vec<_>>(), ["ben", "ann"]);
    }

    proptest! {
        #[test]
        fn are_the_same_whatever_order_records_have(records in records(), seed in any::<u64>()) {
            let host = Native::seeded(seed);
            let mut shuffled = records.clone();
            for last in (1..shuffled.len()).rev() {
                shuffled.swap(last, (host.next() % (last as u64 + 1)) as usize);
            }
            prop_assert_eq!(leaderboard(&shuffled), leaderboard(&records));
        }

        /// Each friend's first verified record is somebody's point, and nothing else is.
        #[test]
        fn count_each_friend_once(records in records()) {
            let mut firsts: BTreeMap<&str, (Option<Time>, &str)> = BTreeMap::new();
            for Referral { advocate, friend, time, verified } in &records {
                if *verified && advocate != friend {
                    let first = firsts.entry(friend).or_insert((*time, advocate));
                    *first = (*first).min((*time, advocate));
                }
            }
            let board = leaderboard(&records);
            for line in &board {
                let own: Vec<_> = firsts.values().filter(|(_, advocate)| *advocate == line.advocate).collect();
                prop_assert_eq!((line.verified as usize, line.reached), (own.len(), own.iter().map(|(time, _)| *time).max().unwrap()));
            }
            prop_assert_eq!(board.iter().map(|line| line.verified as usize).sum::<usize>(), firsts.len());
            prop_assert!(board.windows(2).all(|pair| pair[0].verified >= pair[1].verified && pair[0].rank + 1 == pair[1].rank));
        }
    }
}

mod waiting_lists {
    use super::*;

    fn waiting(id: &str, joined: i64, points: f64) -> Waiting<'_> {
        Waiting { id, joined: Some(Time(joined)), points }
    }

    /// Joined as ann, ben, cy, dee. dee has two friends, 20 points; cy has 20 of his own and joined before dee; ann and ben have none.
    #[test]
    fn rank_by_points_then_time_then_id() {
        let people = [
            waiting("dee", 4, 0.0),
            waiting("cy", 3, 20.0),
            waiting("ben", 1, 0.0),
            waiting("ann", 1, 0.0),
            waiting("cy", 9, 99.0),
        ];
        let records =
            [referral("dee", "f1", 5), referral("dee", "f2", 6), Referral { verified: false, ..referral("ben", "f3", 7) }];
        let found: Vec<_> = waitlist(&people, &records, 10.0)
            .into_iter()
            .map(|place| (place.position, place.id, place.points, place.friends, place.moved))
            .collect();
        assert_eq!(found, [(1, "cy", 20.0, 0, 2), (2, "dee", 20.0, 2, 2), (3, "ann", 0.0, 0, -2), (4, "ben", 0.0, 0, -2)]);
    }

    proptest! {
        #[test]
        fn are_stable_and_each_gain_is_somebodys_loss(
            people in prop::collection::vec((0..8_usize, 0..4_i64, 0..4_u8), 0..12), records in records(),
        ) {
            let people: Vec<_> = people.iter().map(|(id, joined, points)| waiting(IDS[*id], *joined, f64::from(*points))).collect();
            let list = waitlist(&people, &records, 2.0);
            let backwards: Vec<_> = people.iter().rev().copied().collect();
            let turned: Vec<_> = records.iter().rev().copied().collect();
            prop_assert_eq!(&waitlist(&backwards, &turned, 2.0), &list);
            prop_assert_eq!(list.iter().map(|place| place.moved).sum::<i64>(), 0);
            prop_assert_eq!(list.iter().map(|place| place.position).collect::<Vec<_>>(), (1..=list.len()).collect::<Vec<_>>());
            prop_assert!(waitlist(&people, &[], 2.0).iter().all(|place| place.friends == 0));
        }

        /// One more verified friend, of somebody new, never moves their advocate down.
        #[test]
        fn a_friend_more_never_moves_an_advocate_down(who in 0..8_usize, records in records()) {
            let people: Vec<_> = IDS.iter().zip(0..).map(|(id, joined)| waiting(id, joined, 0.0)).collect();
            let mut more = records.clone();
            more.push(referral(IDS[who], "somebody new", 0));
            let position = |records: &[Referral<'_>]| {
                waitlist(&people, records, 1.0).into_iter().find(|place| place.id == IDS[who]).unwrap().position
            };
            prop_assert!(position(&more) <= position(&records));
        }
    }
}
