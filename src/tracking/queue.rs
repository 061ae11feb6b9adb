//! Events from recording to acknowledgement.

use alloc::{string::String, vec::Vec};
use core::mem::take;

/// How many events may wait. Past that the oldest are given up, and counted.
pub const WAITING: usize = 10_500;

/// How many are given up at once then: making room costs a walk through the queue.
const GIVEN_UP: usize = 100;

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// It waits to be sent.
    Waiting,
    /// It was sent with the batch of this number, which has not been answered.
    Sent(u32),
}

/// A recorded event that no collector has acknowledged.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it is stored. Keys end with the message id.
    pub key: String,
    /// The Segment message as JSON.
    pub message: String,
    /// Where it stands.
    pub state: State,
    /// Whether it tells what was lost; then it is never given up itself to make room.
    pub is_report: bool,
}

/// All events that a page has to deliver, oldest first.
#[derive(Debug, Default)]
pub struct Queue {
    records: Vec<Record>,
    sent: usize,
}

impl Queue {
    /// The records, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The same, to be changed.
    pub fn records_mut(&mut self) -> &mut [Record] {
        &mut self.records
    }

    /// The records, oldest first, taken out.
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.records.len()
    }

    /// Whether a batch is under way.
    pub fn is_sending(&self) -> bool {
        self.sent > 0
    }

    /// How many were sent with a batch.
    pub fn count_of(&self, batch: u32) -> usize {
        self.records.iter().filter(|record| record.state == State::Sent(batch)).count()
    }

    /// Adds an event of a new id at its place; ids sort by time. Whatever the order in which thousands are adopted, each finds its place by halving.
    pub fn add(&mut self, record: Record) {
        self.records.insert(self.place_of(record.id()), record);
    }

    /// Marks the oldest that wait as sent with a batch, as long as `fits` says so.
    pub fn send(&mut self, batch: u32, mut fits: impl FnMut(&Record) -> bool) {
        for record in &mut self.records {
            if record.state == State::Waiting {
                if !fits(record) {
                    return;
                }
                record.state = State::Sent(batch);
                self.sent += 1;
            }
        }
    }

    /// Takes out what was sent with a batch.
    pub fn take_batch(&mut self, batch: u32) -> Vec<Record> {
        let taken = self.take_out(|record| record.state == State::Sent(batch));
        self.sent -= taken.len();
        taken
    }

    /// Takes out the oldest when there are too many; what is under way stays.
    pub fn take_surplus(&mut self) -> Vec<Record> {
        if self.records.len() <= WAITING {
            return Vec::new();
        }
        let mut surplus = self.records.len() - WAITING + GIVEN_UP - 1;
        self.take_out(|record| {
            let goes = surplus > 0 && record.state == State::Waiting && !record.is_report;
            surplus -= usize::from(goes);
            goes
        })
    }

    /// Whether an event of this id is among them.
    pub fn knows(&self, id: &str) -> bool {
        self.records.get(self.place_of(id)).is_some_and(|record| record.id() == id)
    }

    /// The waiting event that is stored under a key.
    pub fn waiting(&mut self, key: &str) -> Option<&mut Record> {
        self.records.iter_mut().rev().find(|record| record.key == key && record.state == State::Waiting)
    }

    /// Where an event of this id stands, or would stand.
    fn place_of(&self, id: &str) -> usize {
        self.records.partition_point(|record| record.id() < id)
    }

    fn take_out(&mut self, mut goes: impl FnMut(&Record) -> bool) -> Vec<Record> {
        let mut taken = Vec::new();
        for record in take(&mut self.records) {
            let place = if goes(&record) { &mut taken } else { &mut self.records };
            place.push(record);
        }
        taken
    }
}

impl Record {
    /// The message id.
    pub fn id(&self) -> &str {
        let dot = self.key.bytes().rposition(|byte| byte == b'.');
        dot.and_then(|dot| self.key.get(dot + 1..)).unwrap_or("")
    }
}
