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
    /// The collector will never take it.
    Refused,
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
    pub fn records_mut(&mut self) -> &mut [Record] {
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

    /// Whether a batch is under way.
    pub fn is_sending(&self) -> bool {
        self.records.iter().any(|record| matches!(record.state, State::Sent(_)))
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

    /// Takes out the oldest events that stand so, beyond `most` of them; their ids.
    pub fn take_out(&mut self, state: State, most: usize) -> Vec<String> {
        let mut surplus = self.count(state).saturating_sub(most);
        let mut ids = Vec::new();
        if surplus > 0 {
            for record in core::mem::take(&mut self.records) {
                if surplus > 0 && record.state == state {
                    surplus -= 1;
                    ids.push(record.id);
                } else {
                    self.records.push(record);
                }
            }
        }
        ids
    }
}

impl Record {
    /// Whether a collector acknowledged it.
    pub fn is_delivered(&self) -> bool {
        self.state == State::Delivered
    }
}
