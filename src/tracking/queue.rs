//! Events from recording to acknowledgement.

use alloc::{string::String, vec::Vec};
use core::mem::swap;

/// How many delivered events are kept for the page and the console to look back on.
pub const KEPT: usize = 500;
/// How many events may wait. Past that the oldest is given up, and counted.
pub const WAITING: usize = 1_000;

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// It waits to be sent.
    Waiting,
    /// It was sent with the batch of this number, which has not been answered.
    Sent(u32),
    /// A collector acknowledged it.
    Delivered,
}

/// A recorded event.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its message id.
    pub id: String,
    /// The Segment message as JSON.
    pub message: String,
    /// Where it stands.
    pub state: State,
}

/// All events of a visitor that are still known, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    records: Vec<Record>,
}

impl Queue {
    /// The records, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records, to change their states.
    pub(super) fn records_mut(&mut self) -> &mut [Record] {
        &mut self.records
    }

    /// How many events are not delivered.
    pub fn waiting(&self) -> usize {
        self.records.iter().filter(|record| !record.is_delivered()).count()
    }

    /// How many events stand so.
    pub fn count(&self, state: State) -> usize {
        self.records.iter().filter(|record| record.state == state).count()
    }

    /// Every event that stands as `from` stands as `to` now.
    pub fn change(&mut self, from: State, to: State) {
        for record in self.records.iter_mut().filter(|record| record.state == from) {
            record.state = to;
        }
    }

    /// Adds an event at its place; ids sort by time. The newest comes last, so this is mostly one comparison.
    pub fn add(&mut self, record: Record) {
        self.records.push(record);
        let mut rest = self.records.as_mut_slice();
        while let Some((last, earlier)) = rest.split_last_mut()
            && let Some(before) = earlier.last_mut()
            && before.id > last.id
        {
            swap(before, last);
            rest = earlier;
        }
    }

    /// The ids of the events of a batch under way.
    pub fn ids_of(&self, batch: u32) -> Vec<String> {
        let sent = self.records.iter().filter(|record| record.state == State::Sent(batch));
        sent.map(|record| record.id.clone()).collect()
    }

    /// Takes out every event that `gone` names.
    pub fn remove(&mut self, gone: impl Fn(&Record) -> bool) -> Vec<String> {
        let mut ids = Vec::new();
        self.records.retain_mut(|record| {
            let stays = !gone(record);
            if !stays {
                ids.push(core::mem::take(&mut record.id));
            }
            stays
        });
        ids
    }

    /// Takes out what no longer fits: the oldest delivered events beyond [`KEPT`], or waiting ones beyond
    /// [`WAITING`]. What is under way stays, for it may arrive.
    pub fn trim(&mut self, state: State) -> Vec<String> {
        let bound = if state == State::Delivered { KEPT } else { WAITING };
        let surplus = core::cell::Cell::new(self.count(state).saturating_sub(bound));
        if surplus.get() == 0 {
            return Vec::new();
        }
        self.remove(|record| {
            let gone = surplus.get() > 0 && record.state == state;
            surplus.set(surplus.get() - usize::from(gone));
            gone
        })
    }
}

impl Record {
    /// Whether a collector acknowledged it.
    pub fn is_delivered(&self) -> bool {
        self.state == State::Delivered
    }
}
