//! What is going to happen, and when.

use std::collections::BTreeMap;

/// Something that comes to pass.
#[derive(Clone, Debug)]
pub enum Happening {
    /// The visitor does something.
    Act,
    /// A page's timer rings, if it is still the one of this number.
    Timer { page: usize, number: u64 },
    /// A request comes to the collector.
    Arrival { request: usize },
    /// A page hears what became of a request.
    Answer { request: usize },
    /// Another tab wrote the visitor's record, or removed it (`None`); how many removals there had been.
    News { page: usize, value: Option<String>, removals: u64 },
    /// A page whose visitor was erased elsewhere begins anew.
    Anew { page: usize },
    /// A page has the list of what was spilled and looks whose events there are.
    Listed { page: usize, stop: u64 },
    /// A page got a lock that it asked for.
    Locked { page: usize, owner: String, stop: u64 },
    /// What a page spilled is on the disk.
    Committed { page: usize },
}

impl Happening {
    /// The page that it happens to.
    pub fn page(&self) -> Option<usize> {
        match self {
            Happening::Timer { page, .. }
            | Happening::News { page, .. }
            | Happening::Anew { page }
            | Happening::Listed { page, .. }
            | Happening::Locked { page, .. } => Some(*page),
            _ => None,
        }
    }
}

/// Everything to come, in order.
#[derive(Default)]
pub struct Agenda {
    coming: BTreeMap<(i64, u64), Happening>,
    counted: u64,
}

impl Agenda {
    pub fn add(&mut self, at: i64, happening: Happening) {
        self.counted += 1;
        self.coming.insert((at, self.counted), happening);
    }

    pub fn next(&mut self) -> Option<(i64, Happening)> {
        self.coming.pop_first().map(|((at, _), happening)| (at, happening))
    }

    /// A number that nothing else has.
    pub fn number(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }
}
