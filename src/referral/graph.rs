//! Who brought whom, as a graph: people are numbers, and whom they brought stands in one row.

use std::collections::HashMap;

/// Ids that are called by number, from 0, in the order of their first appearance.
#[derive(Debug, Default)]
pub struct People<'a> {
    ids: Vec<&'a str>,
    numbers: HashMap<&'a str, u32>,
}

impl<'a> People<'a> {
    /// The number of an id; a new one where it was never seen.
    pub fn number(&mut self, id: &'a str) -> u32 {
        if let Some(number) = self.find(id) {
            return number;
        }
        let number = self.ids.len() as u32;
        self.ids.push(id);
        self.numbers.insert(id, number);
        number
    }

    /// The number of an id that was seen before.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The id of a number that was given.
    pub fn id(&self, number: u32) -> &'a str {
        self.ids[number as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// Whom each person brought: all in one list, and where each one's part of it begins.
#[derive(Debug)]
pub struct Brought {
    starts: Vec<usize>,
    friends: Vec<u32>,
}

impl Brought {
    /// Of so many people, by pairs of advocate and friend. Friends of one stand in the order of the pairs. O(people + pairs).
    ///
    /// ```
    /// use privateer::referral::graph::Brought;
    /// let brought = Brought::new(3, &[(0, 2), (1, 0), (0, 1)]);
    /// assert_eq!(brought.by(0), [2, 1]);
    /// assert!(brought.by(2).is_empty());
    /// ```
    pub fn new(people: usize, pairs: &[(u32, u32)]) -> Brought {
        let mut starts = vec![0; people + 1];
        for (advocate, _) in pairs {
            starts[*advocate as usize + 1] += 1;
        }
        for person in 0..people {
            starts[person + 1] += starts[person];
        }
        let mut next = starts.clone();
        let mut friends = vec![0; pairs.len()];
        for (advocate, friend) in pairs {
            friends[next[*advocate as usize]] = *friend;
            next[*advocate as usize] += 1;
        }
        Brought { starts, friends }
    }

    /// The friends of one.
    pub fn by(&self, person: u32) -> &[u32] {
        &self.friends[self.starts[person as usize]..self.starts[person as usize + 1]]
    }
}
