//! When and what to send, and what an answer means.
//!
//! At most one batch is under way, apart from the last ones of a page that is being left. An event counts as
//! delivered when a collector said so, and only then; copies on the wire are told apart by their message id.

use super::queue::Queue;
use crate::base::{
    Host, Time,
    json::{Section, Writer},
    random,
    time::{MINUTE, SECOND},
    url,
};
use alloc::{string::String, vec::Vec};

/// What requests that outlive their page may have together: browsers allow 64 KiB, and others use that, too.
const LASTING_BYTES: usize = 60_000;

/// A batch has no more bytes, unless one event alone has.
const BATCH_BYTES: usize = 60_000;

/// A batch up to this size outlives the page in any case, and leaves room for a last one.
const SMALL_BYTES: usize = 20_000;

/// So long nothing is tried while the browser says that it is offline, unless it says that it is back.
const OFFLINE_MS: i64 = 20 * MINUTE;

/// No wait after a failure is shorter, whatever the collector asks for: half a second.
const SHORTEST_MS: i64 = SECOND / 2;

/// So many failures in a row a collector says how short the wait is.
const OBEYED: u32 = 5;

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
            self.batch_events = section.whole("batch_events", 100, 1, 2_500) as usize;
        }
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !self.url.is_empty()
    }
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The batch's number.
    pub batch: u32,
    /// The HTTP status; 0 when there was no answer, [`OFFLINE`] when the browser said that there could be none.
    pub status: i32,
    /// How long the collector asks us to wait, in milliseconds.
    pub retry_after_ms: Option<i64>,
    /// Ids of events that are to be sent again, although the batch was taken.
    pub again: String,
    /// Ids of events that the collector will never take, although the batch was taken.
    pub never: String,
    /// Ids of events that the page's own hook held back.
    pub withheld: String,
}

/// The length of an id, which is a UUID, in a list.
const ID_AND_SPACE: usize = 37;

/// The browser is offline: that says nothing of the collector.
pub const OFFLINE: i32 = -1;

/// What is to be done with the events of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// They arrived.
    Delivered,
    /// They wait again.
    Again,
    /// The collector will never take them.
    Refused,
    /// The page held them back.
    Withheld,
}

impl Answer {
    /// What is to be done with an event, given what is to be done with its batch.
    pub fn fate(&self, id: &str, batch: Fate) -> Fate {
        match batch {
            Fate::Delivered if names(&self.again, id) => Fate::Again,
            Fate::Delivered if names(&self.never, id) => Fate::Refused,
            Fate::Delivered if names(&self.withheld, id) => Fate::Withheld,
            _ => batch,
        }
    }
}

/// Whether a list of ids, parted by spaces, has this one.
fn names(ids: &str, id: &str) -> bool {
    url::pieces(Some(ids), b' ').any(|each| each == id)
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
    /// Whether the browser said so last, and nobody else since.
    offline: bool,
    /// The batches under way that outlive the page: number and bytes.
    lasting: Vec<(u32, usize)>,
}

/// A batch ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its number, to be given back with the answer.
    pub number: u32,
    /// The request's body.
    pub body: String,
    /// Whether the request is to outlive the page.
    pub lasting: bool,
}

impl Delivery {
    /// When to look again; `None` when nothing waits, or when an answer will come first.
    pub fn due(&self, queue: &Queue) -> Option<Time> {
        self.due.filter(|_| !queue.is_sending())
    }

    /// The state for another visitor. Numbers go on, so that a late answer cannot speak for the new one's events.
    pub fn start_over(&mut self) {
        *self = Delivery { batches: self.batches, lasting: core::mem::take(&mut self.lasting), ..Delivery::default() };
    }

    /// Something waits: send within the gathering time, unless a wait after a failure is running.
    pub fn expect(&mut self, collector: &Collector, now: Time) {
        let free = self.failures == 0 && !self.offline;
        if collector.is_some() && (free || self.due.is_none()) {
            let planned = self.due;
            self.wait(collector.gather_ms, now);
            self.due = planned.min(self.due).or(self.due);
        }
    }

    /// Send at the next opportunity, whatever was planned.
    pub fn hurry(&mut self, now: Time) {
        self.offline = false;
        self.wait(0, now);
    }

    /// The browser is online again: what waited for that waits no longer; a wait after a failure goes on.
    pub fn online(&mut self, now: Time) {
        if self.offline || self.failures == 0 {
            self.hurry(now);
        }
    }

    /// Something has waited for long: send it at the next opportunity, unless a wait after a failure is running.
    pub fn catch_up(&mut self, now: Time) {
        if self.failures == 0 && !self.offline {
            self.hurry(now);
        }
    }

    fn wait(&mut self, wait_ms: i64, now: Time) {
        self.due = Some(now.plus(wait_ms));
        self.decided = now;
    }

    /// The next batch, when it is time and no other is under way; in any case, but without what is under way, when
    /// the page is being left.
    pub fn next(&mut self, queue: &mut Queue, collector: &Collector, leaving: bool, now: Time) -> Option<Batch> {
        let due = self.due(queue).is_some_and(|due| due <= now || now < self.decided);
        if !due && !leaving {
            return None;
        }
        let batch = self.batch(queue, collector, leaving, now);
        if batch.is_some() || !leaving {
            self.due = None;
        }
        batch
    }

    /// Takes an answer; what is to be done with the events of its batch. One to a batch that nobody knows says nothing.
    ///
    /// 2xx: arrived, but for those named. 400, 413, 422: too much, or something in it is wrong; the batch is halved until
    /// the event at fault stands alone, and that one is given up. Everything else: once more, later.
    pub fn answer(&mut self, events: usize, answer: &Answer, host: &dyn Host, now: Time) -> Option<Fate> {
        self.lasting.retain(|(number, _)| *number != answer.batch);
        if events == 0 {
            return None;
        }
        let mut fate = Fate::Again;
        let mut wait = 0;
        self.offline = false;
        match answer.status {
            // What the page held back says nothing of the collector.
            200..300 if (answer.withheld.len() + 1) / ID_AND_SPACE == events && self.due.is_some() => {
                return Some(Fate::Delivered);
            }
            200..300 => {
                fate = Fate::Delivered;
                self.narrowed = self.narrowed.saturating_mul(2);
                if answer.again.is_empty() {
                    self.failures = 0;
                } else {
                    wait = self.fail(answer.retry_after_ms, host);
                }
            }
            400 | 413 | 422 if events == 1 => fate = Fate::Refused,
            400 | 413 | 422 => self.narrowed = events / 2,
            OFFLINE => {
                self.offline = true;
                wait = OFFLINE_MS;
            }
            _ => wait = self.fail(answer.retry_after_ms, host),
        }
        self.wait(wait, now);
        Some(fate)
    }

    /// Counts a failure; how long to wait after it. A collector that goes on asking for a short wait and goes on failing gets
    /// the longer of both.
    fn fail(&mut self, asked_ms: Option<i64>, host: &dyn Host) -> i64 {
        let own = backoff_ms(self.failures, host);
        let asked = asked_ms.map_or(own, |asked| asked.clamp(SHORTEST_MS, LONGEST_MS));
        let wait = if self.failures < OBEYED { asked } else { asked.max(own) };
        self.failures = self.failures.saturating_add(1);
        wait
    }

    fn batch(&mut self, queue: &mut Queue, collector: &Collector, leaving: bool, now: Time) -> Option<Batch> {
        let under_way: usize = self.lasting.iter().map(|(_, bytes)| bytes).sum();
        let room = if leaving { LASTING_BYTES.saturating_sub(under_way) } else { BATCH_BYTES };
        let number = self.batches + 1;
        let (body, events) = self.body(queue, collector, (number, room, leaving), now);
        if events == 0 {
            return None;
        }
        self.batches = number;
        let lasting = leaving || under_way + body.len() <= SMALL_BYTES;
        if lasting {
            self.lasting.push((number, body.len()));
        }
        Some(Batch { number, body, lasting })
    }

    /// A batch's body and how many events it has. One that is too large for any batch goes alone, but not from a page that
    /// is being left, whose browser would refuse it.
    fn body(&self, queue: &mut Queue, to: &Collector, (number, room, leaving): (u32, usize, bool), now: Time) -> (String, usize) {
        let most = if self.narrowed == 0 { to.batch_events } else { self.narrowed.min(to.batch_events) };
        let mut out = Writer::begin('{');
        let mut events = 0;
        out.key("batch").open('[');
        queue.send(number, |record| {
            let within = out.text.len() + record.message.len() + ENVELOPE_BYTES <= room || events == 0 && !leaving;
            let fits = events < most && within;
            if fits {
                events += 1;
                out.raw(&record.message);
            }
            fits
        });
        out.close(']').member("sentAt", &now.iso8601());
        if !to.write_key.is_empty() {
            out.member("writeKey", &to.write_key);
        }
        (out.end('}'), events)
    }
}

/// What a body has besides its events, with room to spare.
const ENVELOPE_BYTES: usize = 200;

/// Exponential back-off with full jitter: between 0.5 s and 1 s · 2ⁿ, at most 5 minutes.
///
/// Source of the shape: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
fn backoff_ms(failures: u32, host: &dyn Host) -> i64 {
    let most = (SECOND << failures.min(9)).min(5 * MINUTE);
    SHORTEST_MS + (random::fraction(host) * (most - SHORTEST_MS) as f64) as i64
}
