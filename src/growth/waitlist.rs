//! Where people stand on a waiting list on which friends move them up.

use super::referred::{Referral, counted};
use crate::{base::Time, referral::graph::People, stats::order};

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting<'a> {
    /// Their id.
    pub id: &'a str,
    /// When they joined; what is not known counts as later than all that is.
    pub joined: Option<Time>,
    /// Points that they have besides those for friends.
    pub points: f64,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// From 1 on; no two have the same.
    pub position: usize,
    /// Their id.
    pub id: &'a str,
    /// All their points.
    pub points: f64,
    /// Their verified friends.
    pub friends: u64,
    /// How many places they have gained by points; negative for lost ones.
    pub moved: i64,
}

/// The list, who is next first: by points, most first, then by when they joined, then by id (its bytes). Each verified friend is worth
/// `each` points, and counts as on the leaderboard. Who is on the list twice is on it once, by the earlier time. Points that are no number
/// are 0.
///
/// ```
/// use privateer::{base::Time, growth::{Referral, Waiting, waitlist}};
/// let waiting = [("a", 1), ("b", 2), ("c", 3)].map(|(id, time)| Waiting { id, joined: Some(Time(time)), points: 0.0 });
/// let brought = [Referral { advocate: "c", friend: "x", time: None, verified: true }];
/// let list = waitlist(&waiting, &brought, 10.0);
/// assert_eq!(list.iter().map(|place| (place.id, place.moved)).collect::<Vec<_>>(), [("c", 2), ("a", -1), ("b", -1)]);
/// ```
pub fn waitlist<'a>(waiting: &[Waiting<'a>], referrals: &[Referral<'_>], each: f64) -> Vec<Place<'a>> {
    let joined = |one: &Waiting<'_>| one.joined.map_or(i64::MAX, |time| time.0);
    let by_time = order(waiting.len(), &|one, other| {
        let [one, other] = [&waiting[one], &waiting[other]];
        joined(one).cmp(&joined(other)).then(one.id.cmp(other.id)).then(other.points.total_cmp(&one.points))
    });
    let (mut people, counted) = (People::default(), counted(referrals));
    let mut places: Vec<Place<'a>> = Vec::new(); // in the order of joining
    for Waiting { id, points, .. } in by_time.into_iter().map(|place| waiting[place]) {
        if people.number(id) as usize == places.len() {
            let friends = counted.people.find(id).map_or(0, |number| counted.friends[number as usize]);
            let points = if points.is_nan() { 0.0 } else { points } + each * friends as f64;
            places.push(Place { position: 0, id, points, friends, moved: 0 });
        }
    }
    let ranked = order(places.len(), &|one, other| places[other].points.total_cmp(&places[one].points));
    let place =
        |(before, position): (usize, usize)| Place { position, moved: before as i64 + 1 - position as i64, ..places[before] };
    ranked.into_iter().zip(1..).map(place).collect()
}
