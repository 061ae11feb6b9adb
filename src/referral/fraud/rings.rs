//! Rings: people who brought each other, around some corners.

use crate::referral::graph::Brought;

/// Not visited yet.
const NEW: u32 = u32::MAX;

/// Which people are in a ring with each other: each of them can be reached from each by referrals.
#[derive(Debug)]
pub struct Rings {
    /// The number of each person's ring; who is in none has one of their own.
    of: Vec<u32>,
    /// How many each ring has.
    sizes: Vec<u32>,
}

impl Rings {
    /// The rings among so many people, by pairs of advocate and friend.
    ///
    /// Tarjan's strongly connected components (*SIAM Journal on Computing* 1 (1972) 146) in O(people + pairs). What would be the calls
    /// of a recursion are a list, so that a chain of a million referrals does not overflow the stack.
    ///
    /// ```
    /// use privateer::referral::fraud::Rings;
    /// let rings = Rings::find(4, &[(0, 1), (1, 2), (2, 0), (2, 3)]);
    /// assert_eq!(rings.around(0, 2), 3); // 0 brought 1, who brought 2, who brought 0
    /// assert_eq!(rings.around(2, 3), 0); // 3 was brought by one of them, and is in no ring
    /// ```
    pub fn find(people: usize, pairs: &[(u32, u32)]) -> Rings {
        let brought = Brought::new(people, pairs);
        let rings = Rings { of: vec![NEW; people], sizes: Vec::new() };
        let mut search = Search { visited: 0, order: vec![NEW; people], low: vec![0; people], open: Vec::new(), rings };
        for person in 0..people as u32 {
            if search.order[person as usize] == NEW {
                search.from(person, &brought);
            }
        }
        search.rings
    }

    /// How many are in the ring that both are in; 0 where they are in none together, or are the same.
    pub fn around(&self, one: u32, other: u32) -> u32 {
        let [ring, beside] = [one, other].map(|person| self.of[person as usize]);
        if one != other && ring == beside { self.sizes[ring as usize] } else { 0 }
    }
}

struct Search {
    visited: u32,
    /// As how manieth somebody was visited.
    order: Vec<u32>,
    /// The earliest visited who is still open and can be reached.
    low: Vec<u32>,
    /// Who is visited and has no ring yet.
    open: Vec<u32>,
    rings: Rings,
}

impl Search {
    fn from(&mut self, first: u32, brought: &Brought) {
        self.visit(first);
        let mut path = vec![(first, 0)]; // each with how many of their friends were looked at
        while let Some((person, seen)) = path.last_mut() {
            let here = *person;
            let Some(friend) = brought.by(here).get(*seen).copied() else {
                path.pop();
                self.leave(here, path.last().map(|(above, _)| *above));
                continue;
            };
            *seen += 1;
            if self.order[friend as usize] == NEW {
                self.visit(friend);
                path.push((friend, 0));
            } else if self.rings.of[friend as usize] == NEW {
                self.lower(here, self.order[friend as usize]);
            }
        }
    }

    fn visit(&mut self, person: u32) {
        self.order[person as usize] = self.visited;
        self.low[person as usize] = self.visited;
        self.visited += 1;
        self.open.push(person);
    }

    /// Closes the ring of who can reach nobody earlier, and tells whoever comes before what can be reached.
    fn leave(&mut self, person: u32, above: Option<u32>) {
        let low = self.low[person as usize];
        if low == self.order[person as usize] {
            self.close(person);
        }
        if let Some(above) = above {
            self.lower(above, low);
        }
    }

    fn close(&mut self, first: u32) {
        let (number, before) = (self.rings.sizes.len() as u32, self.open.len());
        while let Some(person) = self.open.pop() {
            self.rings.of[person as usize] = number;
            if person == first {
                break;
            }
        }
        self.rings.sizes.push((before - self.open.len()) as u32);
    }

    fn lower(&mut self, person: u32, low: u32) {
        let known = &mut self.low[person as usize];
        *known = low.min(*known);
    }
}
