//! Who was brought by whom: of everything that was recorded, what counts.

use crate::{base::Time, referral::graph::People, stats::order};

/// A record of somebody who was brought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Referral<'a> {
    /// Who brought them.
    pub advocate: &'a str,
    /// Who came.
    pub friend: &'a str,
    /// When; what is not known counts as later than all that is.
    pub time: Option<Time>,
    /// Whether it was confirmed that the friend is a new user, or whatever the programme asks for.
    pub verified: bool,
}

/// The places of records by time, and of equal times by advocate and friend: whatever order they come in, it is the same.
pub(super) fn in_time(referrals: &[Referral<'_>]) -> Vec<usize> {
    let when = |place: usize| {
        let Referral { advocate, friend, time, .. } = referrals[place];
        (time.map_or(i64::MAX, |time| time.0), advocate, friend)
    };
    order(referrals.len(), &|one, other| when(one).cmp(&when(other)))
}

/// What counts of an advocate's referrals.
pub(super) struct Counted<'a> {
    pub people: People<'a>,
    /// By number: how many friends.
    pub friends: Vec<u64>,
    /// By number: when the last of them came.
    pub reached: Vec<Option<Time>>,
}

/// Verified friends by advocate: each friend counts once, for whoever brought them first, and nobody brings themselves.
pub(super) fn counted<'a>(referrals: &[Referral<'a>]) -> Counted<'a> {
    let (mut people, mut is_counted) = (People::default(), Vec::new());
    let (mut friends, mut reached) = (Vec::new(), Vec::new());
    for place in in_time(referrals) {
        let Referral { advocate, friend, time, verified } = referrals[place];
        if !verified || advocate == friend || advocate.is_empty() || friend.is_empty() {
            continue;
        }
        let [advocate, friend] = [advocate, friend].map(|id| people.number(id) as usize);
        is_counted.resize(people.len(), false);
        friends.resize(people.len(), 0);
        reached.resize(people.len(), None);
        if !is_counted[friend] {
            is_counted[friend] = true;
            friends[advocate] += 1;
            reached[advocate] = time;
        }
    }
    Counted { people, friends, reached }
}
