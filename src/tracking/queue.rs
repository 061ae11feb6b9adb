//! Events from recording to acknowledgement.

use alloc::{string::String, vec::Vec};

/// How many delivered events are kept for the page and the console to look back on.
pub const KEPT: usize = 500;
/// How many events may wait. Past that the oldest is given up, and counted.
pub const WAITING: usize = 1_000;

/// A recorded event.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its message id.
    pub id: String,
    /// The Segment message as JSON.
    pub message: String,
    /// Whether a collector acknowledged it.
    pub delivered: bool,
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

    /// The events that wait, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| !record.delivered)
    }

    /// Adds an event at its place; ids sort by time. One that is there already changes nothing.
    pub fn add(&mut self, record: Record) {
        let at = self.records.partition_point(|other| other.id < record.id);
        if self.records.get(at).is_none_or(|other| other.id != record.id) {
            self.records.insert(at, record);
        }
    }

    /// Marks events as delivered; returns those that were waiting.
    pub fn acknowledge(&mut self, ids: &[String]) -> Vec<Record> {
        let mut settled = Vec::new();
        for record in self.records.iter_mut().filter(|record| !record.delivered && ids.contains(&record.id)) {
            record.delivered = true;
            settled.push(record.clone());
        }
        settled
    }

    /// Gives events up.
    pub fn remove(&mut self, ids: &[String]) {
        self.records.retain(|record| !ids.contains(&record.id));
    }

    /// The ids that no longer fit: the oldest delivered ones beyond [`KEPT`], or waiting ones beyond [`WAITING`].
    pub fn surplus(&self, delivered: bool) -> Vec<String> {
        let bound = if delivered { KEPT } else { WAITING };
        let same = || self.records.iter().filter(|record| record.delivered == delivered);
        same().take(same().count().saturating_sub(bound)).map(|record| record.id.clone()).collect()
    }
}
