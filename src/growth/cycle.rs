//! The viral cycle time: how long it takes until a user's friends are users.

use super::referred::{Referral, in_time};
use crate::{base::Time, referral::graph::People, stats::sorted};

/// When an advocate joined, and when a friend of theirs did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Invitation {
    /// `None` where it is not known.
    pub advocate: Option<Time>,
    /// The friend's sign-up.
    pub friend: Option<Time>,
}

impl Invitation {
    /// The invitations of some records: each friend by whoever brought them first, without self-referrals. An advocate joined when
    /// `joined` says, or else when they came as somebody's friend themselves.
    pub fn of(referrals: &[Referral<'_>], joined: &[(&str, Time)]) -> Vec<Invitation> {
        let (mut people, mut times, mut links) = (People::default(), Vec::new(), Vec::new());
        for place in in_time(referrals) {
            let Referral { advocate, friend, time, .. } = referrals[place];
            let is_new = advocate != friend && people.find(friend).is_none_or(|number| times[number as usize] == Came::NotYet);
            let [advocate, friend] = [advocate, friend].map(|id| people.number(id) as usize);
            times.resize(people.len(), Came::NotYet);
            if is_new {
                times[friend] = Came::At(time);
                links.push((advocate, friend));
            }
        }
        let brought = |person: usize| if let Came::At(time) = times[person] { time } else { None };
        let mut since: Vec<Option<Time>> = (0..people.len()).map(brought).collect();
        for (id, time) in joined {
            if let Some(number) = people.find(id) {
                since[number as usize] = Some(*time);
            }
        }
        links.into_iter().map(|(advocate, friend)| Invitation { advocate: since[advocate], friend: brought(friend) }).collect()
    }
}

/// Whether somebody was brought already, and when.
#[derive(Clone, Copy, PartialEq)]
enum Came {
    NotYet,
    At(Option<Time>),
}

/// All advocates followed equally long, so that who joined lately does not count with quick friends alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Follow {
    /// For so long after they joined, in ms.
    pub span: i64,
    /// The end of what is known: who joined later than `span` before it is left out.
    pub until: Time,
}

/// How long it took, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cycle {
    /// The mean over friends, which formulas ask for.
    pub mean: f64,
    /// The median, which a few late ones do not move; of an even number the mean of the middle two.
    pub median: f64,
    /// How many friends were counted.
    pub friends: usize,
    /// How many were not, because a time is not known.
    pub unknown: usize,
    /// How many were not, because they joined before their advocate.
    pub impossible: usize,
    /// How many were not, because their advocate was not followed long enough, or they came later than advocates are followed.
    pub open: usize,
}

/// The mean and the median time from an advocate's sign-up to a friend's.
///
/// **Without `follow` it is too short while a programme is young or grows**: friends who will come later are not known yet, and lack
/// mostly among advocates who joined lately (right censoring). With `follow` each advocate is watched equally long, so
/// that what is found is the time of friends who came within that span, without that bias. Choose the span as long as most
/// friends take.
///
/// ```
/// use privateer::{base::Time, growth::{Invitation, cycle}};
/// let joined = [1, 2, 6].map(|days| Invitation { advocate: Some(Time(0)), friend: Some(Time(days)) });
/// let found = cycle(&joined, None);
/// assert_eq!((found.mean, found.median, found.friends), (3.0, 2.0, 3));
/// ```
///
/// Nobody counted is a mean and a median that are no numbers.
pub fn cycle(invitations: &[Invitation], follow: Option<Follow>) -> Cycle {
    let mut found = Cycle { mean: f64::NAN, median: f64::NAN, friends: 0, unknown: 0, impossible: 0, open: 0 };
    let mut spans = Vec::new();
    for Invitation { advocate, friend } in invitations {
        let Some((advocate, friend)) = advocate.zip(*friend) else {
            found.unknown += 1;
            continue;
        };
        let span = friend.since(advocate);
        let is_open = |Follow { span: most, until }: &Follow| span > *most || until.since(advocate) < *most;
        match span {
            ..0 => found.impossible += 1,
            _ if follow.as_ref().is_some_and(is_open) => found.open += 1,
            _ => spans.push(span as f64),
        }
    }
    let spans = sorted(&spans);
    let middle = |above: usize| spans.get((spans.len() + above) / 2 - 1).copied();
    found.friends = spans.len();
    if !spans.is_empty() {
        found.mean = spans.iter().sum::<f64>() / spans.len() as f64;
        found.median = (middle(1).zip(middle(2))).map_or(f64::NAN, |(low, high)| (low + high) / 2.0);
    }
    found
}
