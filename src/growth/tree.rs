//! The cohort tree: who brought whom, generation by generation.

use super::referred::{Referral, in_time};
use crate::referral::graph::{Brought, People};

/// Somebody in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member<'a> {
    /// Their id.
    pub id: &'a str,
    /// The place in the list of who brought them; `None` for who came by themselves.
    pub advocate: Option<usize>,
    /// 0 for who came by themselves, 1 for whom they brought, and so on.
    pub generation: usize,
    /// How many they brought.
    pub friends: usize,
    /// How many are below them: friends, friends' friends and so on.
    pub descendants: usize,
}

/// Why a record is not part of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody brought themselves.
    Oneself,
    /// Somebody else had brought the friend before, or the same advocate had.
    Repeated,
    /// The friend had brought the advocate, around some corners: the record that would close the ring, the latest of it, is left out.
    Ring,
    /// An id is empty.
    Nobody,
}

impl Why {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Why::Oneself => "oneself",
            Why::Repeated => "repeated",
            Why::Ring => "ring",
            Why::Nobody => "nobody",
        }
    }
}

/// A record that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its place in the list.
    pub record: usize,
    /// Why.
    pub why: Why,
}

/// Who brought whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree<'a> {
    /// Everybody, by when they first appear in a record.
    pub members: Vec<Member<'a>>,
    /// How many people each generation has.
    pub generations: Vec<usize>,
    /// Records that are not part of it, in the order of time.
    pub cut: Vec<Cut>,
}

/// The tree of some records, verified or not. The order of the records does not matter.
///
/// Records are taken by time. A friend belongs to whoever brought them first; a record that would close a ring is left out, for who
/// came later cannot have brought who came before. Rings are seen by one root for each tree (union and find with paths
/// halved: Tarjan and van Leeuwen, *Journal of the ACM* 31 (1984) 245), so that a million records take O(n log n) and no recursion.
///
/// ```
/// use privateer::growth::{Referral, tree};
/// let records = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")].map(|(advocate, friend)| Referral { advocate, friend, ..Referral::default() });
/// let found = tree(&records[..3]);
/// assert_eq!(found.generations, [1, 1, 1]);
/// assert_eq!(found.cut.len(), 1); // c → a closes the ring
/// ```
pub fn tree<'a>(referrals: &[Referral<'a>]) -> Tree<'a> {
    let (mut people, mut forest, mut cut) = (People::default(), Forest::default(), Vec::new());
    for record in in_time(referrals) {
        let Referral { advocate, friend, .. } = referrals[record];
        let is_somebody = !advocate.is_empty() && !friend.is_empty();
        let why = if is_somebody {
            let [advocate, friend] = [advocate, friend].map(|id| people.number(id) as usize);
            forest.grow(people.len());
            forest.join(advocate, friend).err()
        } else {
            Some(Why::Nobody)
        };
        cut.extend(why.map(|why| Cut { record, why }));
    }
    let (members, generations) = forest.members(&people);
    Tree { members, generations, cut }
}

/// Who brought each one, and in whose tree they are.
#[derive(Default)]
struct Forest {
    advocates: Vec<Option<usize>>,
    /// Leads to the root, one step or several.
    toward: Vec<usize>,
}

impl Forest {
    /// Newcomers are trees of their own.
    fn grow(&mut self, people: usize) {
        self.toward.extend(self.advocates.len()..people);
        self.advocates.resize(people, None);
    }

    fn join(&mut self, advocate: usize, friend: usize) -> Result<(), Why> {
        if advocate == friend {
            return Err(Why::Oneself);
        }
        if self.advocates[friend].is_some() {
            return Err(Why::Repeated);
        }
        let root = self.root(advocate);
        if root == friend {
            return Err(Why::Ring);
        }
        self.advocates[friend] = Some(advocate);
        self.toward[friend] = root; // a friend whom nobody brought is the root of their tree
        Ok(())
    }

    fn root(&mut self, mut person: usize) -> usize {
        while self.toward[person] != person {
            self.toward[person] = self.toward[self.toward[person]];
            person = self.toward[person];
        }
        person
    }

    /// Everybody, from the roots down for generations, and back up for how many are below.
    fn members<'a>(&self, people: &People<'a>) -> (Vec<Member<'a>>, Vec<usize>) {
        let new = |(person, advocate): (usize, &Option<usize>)| Member {
            id: people.id(person as u32),
            advocate: *advocate,
            generation: 0,
            friends: 0,
            descendants: 0,
        };
        let mut members: Vec<Member<'a>> = self.advocates.iter().enumerate().map(new).collect();
        let down = self.downward();
        let mut generations = Vec::new();
        for person in &down {
            let generation = members[*person].advocate.map_or(0, |advocate| members[advocate].generation + 1);
            members[*person].generation = generation;
            generations.resize(generations.len().max(generation + 1), 0);
            generations[generation] += 1;
        }
        for person in down.into_iter().rev() {
            if let Some(advocate) = members[person].advocate {
                members[advocate].friends += 1;
                members[advocate].descendants += members[person].descendants + 1;
            }
        }
        (members, generations)
    }

    /// Everybody, advocates before their friends.
    fn downward(&self) -> Vec<usize> {
        let links = self.advocates.iter().enumerate();
        let pairs: Vec<(u32, u32)> =
            links.clone().filter_map(|(friend, advocate)| Some(((*advocate)? as u32, friend as u32))).collect();
        let brought = Brought::new(self.advocates.len(), &pairs);
        let mut down: Vec<usize> = links.filter(|(_, advocate)| advocate.is_none()).map(|(root, _)| root).collect();
        let mut next = 0;
        while let Some(person) = down.get(next).copied() {
            down.extend(brought.by(person as u32).iter().map(|friend| *friend as usize));
            next += 1;
        }
        down
    }
}
