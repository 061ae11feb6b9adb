//! The page build's one class, and its two doors: [`Visitor::step`] for what happened, [`Visitor::ask`] for what
//! is known.
//!
//! Everything crosses as text or a number. A method for each verb made the module 15 KB larger and its glue 11 KB
//! (measured, uncompressed); the harness gives every verb its typed, documented face.

use crate::{
    base::{Time, json::Writer, text},
    browser::{Clock, Page, Store, carry_out},
    client::{Client, Effect, Input},
    tracking::delivery::Answer,
};
use alloc::{
    rc::Rc,
    string::{String, ToString},
    vec::Vec,
};
use wasm_bindgen::prelude::*;

/// One visitor.
#[wasm_bindgen]
pub struct Visitor {
    client: Client,
    store: Store,
    clock: Clock,
    begun: Option<String>,
    room: Vec<u8>,
}

/// The module's memory, for what is written into it from outside: see [`Visitor::room`].
#[wasm_bindgen(js_name = wasmMemory)]
pub fn wasm_memory() -> JsValue {
    wasm_bindgen::memory()
}

#[wasm_bindgen]
impl Visitor {
    /// The visitor of this page: the site definition's text, the page as JSON, and its storage if it has one.
    #[wasm_bindgen(constructor)]
    pub fn new(site: &str, page: &str, storage: Option<web_sys::Storage>) -> Visitor {
        Visitor::begin(site, page, Page::default(), Store::new(storage), Clock::Page)
    }

    /// A made-up visitor in memory, whose random choices follow from `seed` and whose clock is set to `now`, in ms.
    pub fn simulated(site: &str, page: &str, seed: u32, now: f64) -> Visitor {
        Visitor::begin(site, page, Page::seeded(seed), Store::new(None), Clock::Set(Time(now as i64)))
    }

    /// What happened: a verb, its texts, its number. Returns the effects that are the harness's part, see
    /// `browser::carry_out`; an unknown verb does nothing.
    ///
    /// | verb | text | more | number |
    /// |---|---|---|---|
    /// | `begun` | | | |
    /// | `now` | | | a simulated clock's time, ms |
    /// | `payload` | the payload | | |
    /// | `track` | event | properties | |
    /// | `page` | page, or nothing when it is the same | properties | |
    /// | `identify` | user id | traits | |
    /// | `attributes` | attributes | | |
    /// | `seen` | feature | | |
    /// | `sticky` | a document of assignments kept before | | |
    /// | `ran` | | | an experiment's number |
    /// | `automatic` | | | |
    /// | `preview` | feature | | variation; negative ends it |
    /// | `consent`, `attend` | | | 1 yes, 0 no |
    /// | `forget`, `leave`, `wake`, `flush` | | | |
    /// | `answer` | the wait asked for in ms, or nothing | batch | HTTP status |
    pub fn step(&mut self, verb: &str, text: String, more: String, number: f64) -> Option<String> {
        let input = match verb {
            "payload" => Input::Payload(text),
            "track" => Input::Track(text, more),
            "page" => Input::View(Some(text).filter(|text| !text.is_empty()), more),
            "identify" => Input::Identify(text, more),
            "attributes" => Input::Attributes(text),
            "seen" => Input::Seen(text),
            "ran" => Input::Ran(number as i64),
            "automatic" => Input::Automatic,
            "preview" => Input::Preview(text, usize::try_from(number as i64).ok()),
            "consent" => Input::Consent(number > 0.0),
            "attend" => Input::Attention(number > 0.0),
            "forget" => Input::Forget,
            "leave" => Input::Leaving,
            "wake" => Input::Timer,
            "flush" => Input::Flush,
            "answer" => {
                let batch = text::number(&more).unwrap_or(0) as u32;
                Input::Answer(Answer { batch, status: number as u16, retry_after_ms: text::number(&text) })
            }
            "sticky" => {
                self.client.keep_assignments(&text);
                return None;
            }
            "now" => {
                self.clock = Clock::Set(Time(number as i64));
                return None;
            }
            _ => return self.begun.take(),
        };
        let effects = self.client.step(input, self.clock.now());
        self.carry_out(effects)
    }

    /// What is known: a question and its text, answered as JSON, or as plain text where no JSON is needed.
    ///
    /// | question | text | answer |
    /// |---|---|---|
    /// | `decision` | feature | GrowthBook's feature result |
    /// | `trace` | feature | every rule tried, a JSON list |
    /// | `run` | an experiment's number | GrowthBook's experiment result |
    /// | `automatic` | | JSON |
    /// | `sticky` | | the kept assignments |
    /// | `features` | | the keys as a JSON list |
    /// | `score`, `referral`, `status`, `problems` | | JSON |
    /// | `link` | address | the address with the visitor's code |
    /// | `consent` | | the word |
    /// | `events` | | a simulated visitor's events since the last time, a JSON list |
    pub fn ask(&mut self, question: &str, text: &str) -> String {
        match question {
            "decision" => self.client.decision_json(text),
            "features" => self.client.features_json(),
            "trace" => self.client.trace_json(text),
            "run" => self.client.run_json(text::number(text).unwrap_or(0)),
            "automatic" => self.client.automatic_json(),
            "sticky" => self.client.sticky_json(),
            "score" => self.client.score_json(),
            "referral" => self.client.referral_json(),
            "status" => self.client.status_json(),
            "problems" => self.client.problems_json(),
            "link" => self.client.link(text),
            "consent" => self.client.consent().word().to_string(),
            _ => self.take_events(),
        }
    }

    /// Makes room for a payload's text; where in the module's [`wasm_memory`] it begins.
    pub fn room(&mut self, bytes: u32) -> u32 {
        self.room = alloc::vec![0; bytes as usize];
        self.room.as_ptr() as u32
    }

    /// Takes the payload that was written there, as long as it became. Texts so long are felt when they cross like others:
    /// this takes a fifth of the time (measured).
    pub fn load(&mut self, bytes: u32) {
        let room = core::mem::take(&mut self.room);
        let text = room.get(..bytes as usize).and_then(|text| core::str::from_utf8(text).ok());
        self.client.engine().load_text(text.unwrap_or("\u{0}"), "$");
    }

    /// The index of a feature, for [`Visitor::glance`]; -1 for an unknown one.
    pub fn find(&mut self, feature: &str) -> i32 {
        self.client.engine().find(feature).map_or(-1, |index| index as i32)
    }

    /// The number of a feature's outcome: equal numbers of one feature mean equal values. An odd one from 17 on is a
    /// variation's: 17, two times its index, and 8,192 times the rule's. Negative (all bits turned) when showing it is
    /// news, and the step `seen` is due.
    pub fn glance(&mut self, index: u32) -> i32 {
        let (code, news) = self.client.glance(index as usize);
        if news { !(code as i32) } else { code as i32 }
    }

    /// The value of the outcome of a number, as JSON.
    pub fn outcome(&self, index: u32, code: u32) -> String {
        self.client.outcome(index as usize, code).into()
    }

    /// The number of an experiment of its own, given as JSON, or by its key in quotes; -1 for what is none.
    pub fn experiment(&mut self, definition: &str) -> f64 {
        self.client.engine().experiment(definition).map_or(-1.0, |number| number as f64)
    }

    /// The variation of an id in an experiment of its own; -1 when it is in none.
    pub fn assign(&mut self, experiment: f64, id: &str) -> i32 {
        let engine = self.client.engine();
        let assigned = engine.standalone(experiment as i64).and_then(|standalone| engine.assign(standalone, id));
        assigned.map_or(-1, |index| index as i32)
    }

    /// The same for many ids, one a line.
    #[wasm_bindgen(js_name = assignMany)]
    pub fn assign_many(&mut self, experiment: f64, ids: &[u8]) -> Vec<i16> {
        let engine = self.client.engine();
        engine.standalone(experiment as i64).map(|standalone| engine.assign_many(standalone, ids)).unwrap_or_default()
    }

    /// What to listen to: 1 clicks, 2 forms.
    pub fn listens(&self) -> u32 {
        let tracking = self.client.tracking();
        u32::from(tracking.clicks) | u32::from(tracking.forms) << 1
    }
}

impl Visitor {
    fn begin(site: &str, page: &str, host: Page, store: Store, clock: Clock) -> Visitor {
        let (client, effects) = Client::begin(site, page, &store.all(), Rc::new(host), clock.now());
        let mut visitor = Visitor { client, store, clock, begun: None, room: Vec::new() };
        visitor.begun = visitor.carry_out(effects);
        visitor
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Option<String> {
        carry_out(effects, &mut self.store)
    }

    fn take_events(&mut self) -> String {
        let mut out = Writer::default();
        out.open('[');
        for value in self.store.take_events() {
            out.raw(value.get(1..).unwrap_or("null"));
        }
        out.close(']').finish()
    }
}
