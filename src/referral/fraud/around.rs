//! What the other referrals say of each one: bursts and rings.

use super::{
    Referral, Rings, Rules,
    bursts::{Came, bursts},
};
use crate::{
    base::{
        Time,
        time::{DAY, MINUTE},
    },
    referral::graph::People,
    stats::order,
};

/// What is around a referral. `None` where it lacks what would place it among the others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// How many friends came in the burst of an hour; 0 where there was none.
    pub in_hour: Option<u32>,
    /// The same of a day.
    pub in_day: Option<u32>,
    /// How many are in the ring that both are in; 0 in none.
    pub ring: Option<u32>,
    /// Whether the friend brought the advocate too.
    pub mutual: Option<bool>,
}

/// What is around each.
pub(super) fn around(referrals: &[Referral<'_>], rules: &Rules) -> Vec<Around> {
    let mut people = People::default();
    let mut pairs = Vec::with_capacity(referrals.len());
    for referral in referrals {
        let [advocate, friend] = [&referral.advocate, &referral.friend].map(|person| person.id.unwrap_or(""));
        pairs.push((people.number(advocate), people.number(friend)));
    }
    let mut found = vec![Around::default(); referrals.len()];
    let nobody = people.find("").unwrap_or(u32::MAX);
    note_rings(&mut found, &pairs, people.len(), nobody);
    note_bursts(&mut found, &pairs, referrals, rules, nobody);
    found
}

fn note_rings(found: &mut [Around], pairs: &[(u32, u32)], people: usize, nobody: u32) {
    let is_known = |(advocate, friend): &(u32, u32)| *advocate != nobody && *friend != nobody;
    let known: Vec<(u32, u32)> = pairs.iter().copied().filter(is_known).collect();
    let rings = Rings::find(people, &known);
    let rising = order(known.len(), &|one, other| known[one].cmp(&known[other]));
    let has = |pair: (u32, u32)| rising.binary_search_by(|place| known[*place].cmp(&pair)).is_ok();
    for (around, pair) in found.iter_mut().zip(pairs).filter(|(_, pair)| is_known(pair)) {
        let (advocate, friend) = *pair;
        around.ring = Some(rings.around(advocate, friend));
        around.mutual = Some(advocate != friend && has((friend, advocate)));
    }
}

/// A friend's coming, and where in the list of referrals it stands.
struct Coming {
    advocate: u32,
    friend: u32,
    time: i64,
    place: usize,
}

fn comings(pairs: &[(u32, u32)], referrals: &[Referral<'_>], nobody: u32) -> Vec<Coming> {
    let all = pairs.iter().zip(referrals).enumerate();
    let timed = all.filter_map(|(place, ((advocate, friend), referral))| {
        let Time(time) = came(referral).filter(|_| *advocate != nobody)?;
        Some(Coming { advocate: *advocate, friend: *friend, time, place })
    });
    timed.collect()
}

/// When a friend came: the sign-up, else the conversion, else the first touch.
fn came(referral: &Referral<'_>) -> Option<Time> {
    referral.signed_up.or(referral.converted).or(referral.touched)
}

/// Of several referrals of one friend by one advocate the earliest counts, and all have what it has. Friends without an id are each
/// somebody else.
fn note_bursts(found: &mut [Around], pairs: &[(u32, u32)], referrals: &[Referral<'_>], rules: &Rules, nobody: u32) {
    let comings = comings(pairs, referrals, nobody);
    let by_friend = |each: &Coming| (each.advocate, each.friend, each.time, each.place);
    let rising = order(comings.len(), &|one, other| by_friend(&comings[one]).cmp(&by_friend(&comings[other])));
    let is_again =
        |one: &Coming, other: &Coming| one.friend != nobody && (one.advocate, one.friend) == (other.advocate, other.friend);
    let groups: Vec<&[usize]> = rising.chunk_by(|one, other| is_again(&comings[*one], &comings[*other])).collect();
    let first = |group: usize| &comings[groups[group][0]];
    let by_time = |group: usize| (first(group).advocate, first(group).time);
    let in_time = order(groups.len(), &|one, other| by_time(one).cmp(&by_time(other)));
    let all: Vec<Came> = in_time
        .iter()
        .map(|group| first(*group))
        .map(|Coming { advocate, time, .. }| Came { advocate: *advocate, time: *time })
        .collect();
    let [in_hour, in_day] = [(60 * MINUTE, rules.per_hour), (DAY, rules.per_day)].map(|(span, most)| bursts(&all, span, most));
    for (at, group) in in_time.into_iter().enumerate() {
        for coming in groups[group] {
            let around = &mut found[comings[*coming].place];
            (around.in_hour, around.in_day) = (Some(in_hour[at]), Some(in_day[at]));
        }
    }
}
