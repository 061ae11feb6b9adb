//! When and what to send, and what an answer means.
//!
//! At most one batch is under way, apart from the last ones of a page that is being left. An event counts as
//! delivered when a collector said so, and only then; copies on the wire are told apart by their message id.

use super::queue::{Queue, State};
use crate::base::{
    Host, Time,
    json::{Section, Writer},
    random,
    time::{MINUTE, SECOND},
};
use alloc::string::String;

/// A batch of a page that is being left must fit the browser's budget of 64 KiB for requests that outlive it.
const BATCH_BYTES: usize = 60_000;

/// No wait after a failure is shorter, whatever the collector asks for: half a second.
const SHORTEST_MS: i64 = SECOND / 2;

/// A collector may ask for a wait of up to a day.
const LONGEST_MS: i64 = 24 * 60 * MINUTE;

/// Where events go.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    /// The address that takes Segment batches; without one nothing is sent.
    pub url: String,
    /// Segment's write key, or nothing: it names the source and is no secret.
    pub write_key: String,
    /// How long events may gather before they are sent, in milliseconds.
    pub gather_ms: i64,
    /// How many events a batch holds at most.
    pub batch_events: usize,
}

impl Collector {
    /// Reads the section `delivery` of a site definition.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        section.take_text("url", &mut self.url);
        if self.is_some() {
            section.take_text("write_key", &mut self.write_key);
            self.gather_ms = section.whole("gather_ms", 1_000, 0, 60_000);
            self.batch_events = section.whole("batch_events", 50, 1, 2_500) as usize;
        }
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !self.url.is_empty()
    }
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The batch's number.
    pub batch: u32,
    /// The HTTP status; 0 when there was no answer.
    pub status: u16,
    /// How long the collector asks us to wait, in milliseconds.
    pub retry_after_ms: Option<i64>,
}

/// The state of delivery.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    batches: u32,
    failures: u32,
    /// Smaller than the collector's limit while it refuses larger batches; 0 when unset.
    narrowed: usize,
    /// When to send next.
    due: Option<Time>,
    /// When that was decided. A clock that shows less was set back since, and says nothing about the wait.
    decided: Time,
}

/// A batch ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its number, to be given back with the answer.
    pub number: u32,
    /// The request's body.
    pub body: String,
}

impl Delivery {
    /// When to look again; `None` when nothing waits, or when an answer will come first.
    pub fn due(&self, queue: &Queue) -> Option<Time> {
        self.due.filter(|_| !queue.is_sending())
    }

    /// The state for another visitor. Numbers go on, so that a late answer cannot speak for the new one's events.
    pub fn start_over(&mut self) {
        *self = Delivery { batches: self.batches, ..Delivery::default() };
    }

    /// Something waits: send within the gathering time, unless a wait after a failure is running.
    pub fn expect(&mut self, collector: &Collector, now: Time) {
        if collector.is_some() && (self.failures == 0 || self.due.is_none()) {
            let planned = self.due;
            self.wait(collector.gather_ms, now);
            self.due = planned.min(self.due).or(self.due);
        }
    }

    /// Send at the next opportunity, whatever was planned.
    pub fn hurry(&mut self, now: Time) {
        self.wait(0, now);
    }

    fn wait(&mut self, wait_ms: i64, now: Time) {
        self.due = Some(now.plus(wait_ms));
        self.decided = now;
    }

    /// The next batch, when it is time and no other is under way; in any case, but without what is under way, when
    /// the page is being left.
    pub fn next(&mut self, queue: &mut Queue, collector: &Collector, leaving: bool, now: Time) -> Option<Batch> {
        let due = self.due(queue).is_some_and(|due| due <= now || now < self.decided);
        if due {
            self.due = None;
        }
        if due || leaving { self.batch(queue, collector, now) } else { None }
    }

    /// Takes an answer; how the events of its batch stand now. One to a batch that nobody knows says nothing.
    ///
    /// 2xx: arrived. 400, 413, 422: too much, or something in it is wrong; the batch is halved until the event at
    /// fault stands alone, and that one is given up. Everything else: once more, later.
    pub fn answer(&mut self, queue: &Queue, answer: Answer, host: &dyn Host, now: Time) -> Option<State> {
        let events = queue.count(State::Sent(answer.batch));
        if events == 0 {
            return None;
        }
        let mut state = State::Waiting;
        let mut wait = 0;
        match answer.status {
            200..300 => {
                self.failures = 0;
                self.narrowed = self.narrowed.saturating_mul(2);
                state = State::Delivered;
            }
            400 | 413 | 422 if events == 1 => state = State::Refused,
            400 | 413 | 422 => self.narrowed = events / 2,
            _ => wait = self.fail(answer.retry_after_ms, host),
        }
        self.wait(wait, now);
        Some(state)
    }

    /// Counts a failure; how long to wait after it.
    fn fail(&mut self, asked_ms: Option<i64>, host: &dyn Host) -> i64 {
        let wait = asked_ms.map(|asked| asked.clamp(SHORTEST_MS, LONGEST_MS));
        let wait = wait.unwrap_or_else(|| backoff_ms(self.failures, host));
        self.failures = self.failures.saturating_add(1);
        wait
    }

    fn batch(&mut self, queue: &mut Queue, collector: &Collector, now: Time) -> Option<Batch> {
        let most = if self.narrowed == 0 { collector.batch_events } else { self.narrowed.min(collector.batch_events) };
        let mut out = Writer::begin('{');
        let mut events = 0;
        out.key("batch").open('[');
        for record in queue.records_mut() {
            if record.state == State::Waiting && events < most {
                if events > 0 && out.text.len() + record.message.len() > BATCH_BYTES {
                    break;
                }
                events += 1;
                out.raw(&record.message);
                record.state = State::Sent(self.batches + 1);
            }
        }
        if events == 0 {
            return None;
        }
        self.batches += 1;
        out.close(']').member("sentAt", &now.iso8601());
        if !collector.write_key.is_empty() {
            out.member("writeKey", &collector.write_key);
        }
        Some(Batch { number: self.batches, body: out.end('}') })
    }
}

/// Exponential back-off with full jitter: between 0.5 s and 1 s · 2ⁿ, at most 5 minutes.
///
/// Source of the shape: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
fn backoff_ms(failures: u32, host: &dyn Host) -> i64 {
    let most = (SECOND << failures.min(9)).min(5 * MINUTE);
    SHORTEST_MS + (random::fraction(host) * (most - SHORTEST_MS) as f64) as i64
}
