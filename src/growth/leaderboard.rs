//! Who brought most.

use super::referred::{Referral, counted};
use crate::{base::Time, stats::order};

/// A line of the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader<'a> {
    /// From 1 on; no two have the same.
    pub rank: usize,
    /// Their id.
    pub advocate: &'a str,
    /// How many verified friends.
    pub verified: u64,
    /// When they had so many: the time of the last one.
    pub reached: Option<Time>,
}

/// Advocates by their verified friends, most first; of equals who had so many first, and of those the smaller id (by its bytes). So
/// the order of the records does not matter, and who is overtaken is never overtaken by a draw.
///
/// Each friend counts once, for whoever brought them first; self-referrals count nothing. Who has no verified friend is not on it.
///
/// ```
/// use privateer::{base::Time, growth::{Referral, leaderboard}};
/// let referral = |advocate, friend, time| Referral { advocate, friend, time: Some(Time(time)), verified: true };
/// let board = leaderboard(&[referral("b", "x", 1), referral("a", "y", 2), referral("a", "z", 3), referral("c", "c", 4)]);
/// assert_eq!(board.iter().map(|leader| (leader.advocate, leader.verified)).collect::<Vec<_>>(), [("a", 2), ("b", 1)]);
/// ```
pub fn leaderboard<'a>(referrals: &[Referral<'a>]) -> Vec<Leader<'a>> {
    let counted = counted(referrals);
    let leaders: Vec<Leader<'a>> = (0..counted.people.len())
        .filter(|person| counted.friends[*person] > 0)
        .map(|person| Leader {
            rank: 0,
            advocate: counted.people.id(person as u32),
            verified: counted.friends[person],
            reached: counted.reached[person],
        })
        .collect();
    let latest = |leader: &Leader<'_>| leader.reached.map_or(i64::MAX, |time| time.0);
    let places = order(leaders.len(), &|one, other| {
        let [one, other] = [&leaders[one], &leaders[other]];
        other.verified.cmp(&one.verified).then(latest(one).cmp(&latest(other))).then(one.advocate.cmp(other.advocate))
    });
    places.into_iter().zip(1..).map(|(place, rank)| Leader { rank, ..leaders[place] }).collect()
}
