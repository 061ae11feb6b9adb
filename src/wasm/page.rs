//! The page build's one class, and its two doors: [`Visitor::step`] for what happened, [`Visitor::ask`] for what
//! is known.
//!
//! Numbers alone cross. A text is written into the visitor's room, in the module's memory, and its length handed over;
//! what is answered is read from there. A method for each verb made the module 15 KB larger and its glue 11 KB
//! (measured, uncompressed); the harness gives every verb its typed, documented face.

use super::{
    probe,
    words::{question, verb},
};
use crate::{
    base::{Time, json::Writer, text, url},
    browser::{Clock, Page, Store, carry_out, pairs},
    client::{Asked, Client, Input},
    tracking::delivery::Answer,
};
use alloc::{rc::Rc, string::String, vec::Vec};
use core::mem;
use wasm_bindgen::prelude::*;

/// In place of a seed: the visitor of this page is remembered nowhere.
const IN_MEMORY: u32 = 1;

/// One visitor.
#[wasm_bindgen]
pub struct Visitor {
    client: Client,
    store: Store,
    clock: Clock,
    begun: Option<String>,
    /// The body of the batch that is to be sent.
    body: String,
    /// Where texts come in.
    room: Vec<u8>,
    /// What was answered last, and where that begins: the value of an outcome stands elsewhere.
    answer: Vec<u8>,
    answered: u32,
}

#[wasm_bindgen]
impl Visitor {
    /// A visitor. `room` holds the site definition's text, `site` bytes long, and then the page as JSON. With a time `now`,
    /// in ms, it is a made-up one in memory, whose random choices follow from `seed` and whose clock stands still; without
    /// (NaN), it is the one of this page, who is remembered nowhere when the seed is 1.
    #[wasm_bindgen(constructor)]
    pub fn new(room: Vec<u8>, site: u32, seed: u32, now: f64) -> Visitor {
        let (host, mut store, clock) = match now.is_nan() {
            true if seed == IN_MEMORY => (Page::default(), Store::Nowhere, Clock::Page),
            true => (Page::default(), Store::local(), Clock::Page),
            false => (Page::seeded(seed), Store::Memory(Vec::new()), Clock::Set(Time(now as i64))),
        };
        let (site, page) = parted(&room, site, room.len() as u32);
        let (client, effects) = Client::begin(site, page, &store.all(), Rc::new(host), clock.now());
        let mut body = String::new();
        let begun = carry_out(effects, &mut store, &mut body);
        Visitor { client, store, clock, begun, body, room: Vec::new(), answer: Vec::new(), answered: 0 }
    }

    /// Makes room for so many bytes; where in the module's memory it begins. `step`, `ask`, `load` and `assign_many` use it up.
    pub fn room(&mut self, bytes: u32) -> u32 {
        self.room = alloc::vec![0; bytes as usize];
        self.room.as_ptr() as u32
    }

    /// Where the answer begins whose length was returned last.
    pub fn answered(&self) -> u32 {
        self.answered
    }

    /// What happened: a verb, its texts, its number. Answers with the effects that are the harness's part, see
    /// `browser::carry_out`. `text` and `more` are where the first text ends in the room, and the second.
    ///
    /// | verb | text | more | number |
    /// |---|---|---|---|
    /// | `begun` | | | |
    /// | `now` | | | a simulated clock's time, ms |
    /// | `payload` | the payload | | |
    /// | `track` | event | properties | when it happened, ms; 0: now |
    /// | `page` | page, or nothing when it is the same | properties | |
    /// | `identify` | user id | traits | |
    /// | `alias` | user id | the id before, or nothing | |
    /// | `group` | group id | traits | |
    /// | `session` | | | |
    /// | `attributes` | attributes | | |
    /// | `seen` | feature | | |
    /// | `sticky` | a document of assignments kept before | | |
    /// | `ran` | | | an experiment's number |
    /// | `automatic` | | | |
    /// | `preview` | feature | | variation; negative ends it |
    /// | `consent` | purposes and words, an object | | |
    /// | `attend` | | | 1 yes, 0 no |
    /// | `leave` | | | 2 for good, 0 for now; 1 more: for another page of the site |
    /// | `adopt` | events: key, message, … with zeros between | | 1: they were spilled |
    /// | `suspend` | the page's name afterwards | | |
    /// | `visitor` | the record that another tab wrote | | |
    /// | `scored` | the id of an event that another tab kept | what it wrote | |
    /// | `unscore` | the id of an event that is to count no more | | |
    /// | `typing` | | | |
    /// | `learned` | what learned models say, an object | | |
    /// | `described` | page, of which there is no new view | | |
    /// | `code` | the code of whoever sent the visitor, as typed | | |
    /// | `forget`, `wake`, `flush` | | | |
    /// | `answer` | the wait asked for in ms, or nothing | batch; ids to send again, refused, withheld: four lines | HTTP status |
    pub fn step(&mut self, word: u32, text: u32, more: u32, number: f64) -> u32 {
        let room = mem::take(&mut self.room);
        let (text, more) = parted(&room, text, more);
        let rest = match input(word, text, more, number) {
            Some(input) => {
                let effects = self.client.step(input, self.clock.now());
                carry_out(effects, &mut self.store, &mut self.body)
            }
            None => self.aside(word, text, number),
        };
        self.answer(rest.unwrap_or_default().into_bytes())
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
    /// | `score` | nothing; or paths of attributes, a JSON list | JSON; or their values, a list |
    /// | `referral`, `status`, `problems`, `identity`, `window`, `refusals`, `consent` | | JSON |
    /// | `body` | | the body of the batch that an effect told to send |
    /// | `link` | address, and the channel in a second line | the address with the visitor's code |
    /// | `short` | address | the short link to its site |
    /// | `code` | what somebody typed | the code that it stands for, or nothing |
    /// | `rewards` | `{"history","now","person"}` | a statement of what is owed, JSON |
    /// | `target` | an address that came from outside | where it leads, if the program's links may lead there |
    /// | `clean` | address | the address without the code it carries |
    /// | `events` | | a simulated visitor's events since the last time, a JSON list |
    /// | `probe` | `[question, arguments]` | one of the small questions of GrowthBook's suite, JSON |
    pub fn ask(&mut self, word: u32, text: u32) -> u32 {
        let room = mem::take(&mut self.room);
        let (text, _) = parted(&room, text, text);
        let answer = match word {
            question::DECISION => self.client.decision_json(text),
            question::FEATURES => self.client.features_json(),
            question::TRACE => self.client.trace_json(text),
            question::RUN => self.client.run_json(text::number(text).unwrap_or(0)),
            question::AUTOMATIC => self.client.automatic_json(),
            question::STICKY => self.client.sticky_json(),
            question::SCORE => self.client.score_json(text, self.clock.now()),
            question::REFERRAL => self.client.referral_json(),
            question::STATUS => self.client.status_json(),
            question::PROBLEMS => self.client.problems_json(),
            question::LINK => self.client.referral(Asked::Link, text),
            question::SHORT => self.client.referral(Asked::Short, text),
            question::TARGET => self.client.referral(Asked::Target, text),
            question::REWARDS => self.client.rewards_json(text),
            question::CODE => self.client.referral(Asked::Code, text),
            question::CLEAN => self.client.referral(Asked::Clean, text),
            question::CONSENT => self.client.consent_json(),
            question::IDENTITY => self.client.identity_json(),
            question::WINDOW => self.client.window_json(),
            question::REFUSALS => self.client.refusals_json(),
            question::EVENTS => self.take_events(),
            question::BODY => mem::take(&mut self.body),
            question::PROBE => probe::answer(text),
            _ => String::new(),
        };
        self.answer(answer.into_bytes())
    }

    /// Takes the payload in the room, which is so many bytes long. It stays where it is.
    pub fn load(&mut self, bytes: u32) {
        let mut room = mem::take(&mut self.room);
        room.truncate(bytes as usize);
        room.shrink_to_fit();
        let text = String::from_utf8(room).unwrap_or_else(|_| "\u{0}".into());
        self.client.engine().load_text(text, "$");
    }

    /// The index of a feature, for [`Visitor::glance`]; -1 for an unknown one.
    pub fn find(&mut self, bytes: u32) -> i32 {
        let (feature, _) = parted(&self.room, bytes, bytes);
        self.client.engine().find(feature).map_or(-1, |index| index as i32)
    }

    /// The number of a feature's outcome: equal numbers of one feature mean equal values. An odd one from 17 on is a
    /// variation's: 17, two times its index, and 8,192 times the rule's. Negative (all bits turned) when showing it is
    /// news, and the step `seen` is due.
    pub fn glance(&mut self, index: u32) -> i32 {
        let (code, news) = self.client.glance(index as usize);
        if news { !(code as i32) } else { code as i32 }
    }

    /// The same of every feature that was found, by its index, as numbers of four bytes, the lowest first; 0 for the others.
    /// How many bytes that takes.
    pub fn glances(&mut self) -> u32 {
        let count = self.client.engine().payload.count();
        let mut glances = Vec::with_capacity(count * 4);
        for index in 0..count {
            let found = self.client.engine().payload.feature(index).is_some();
            let glance = if found { self.glance(index as u32) } else { 0 };
            glances.extend_from_slice(&glance.to_le_bytes());
        }
        self.answer(glances)
    }

    /// The value of the outcome of a number, as JSON.
    pub fn outcome(&mut self, index: u32, code: u32) -> u32 {
        let value = self.client.outcome(index as usize, code);
        self.answered = value.as_ptr() as u32;
        value.len() as u32
    }

    /// The number of an experiment of its own, given as JSON, or by its key in quotes; -1 for what is none.
    pub fn experiment(&mut self, bytes: u32) -> f64 {
        let (definition, _) = parted(&self.room, bytes, bytes);
        self.client.engine().experiment(definition).map_or(-1.0, |number| number as f64)
    }

    /// The variation of an id in an experiment of its own; -1 when it is in none.
    pub fn assign(&mut self, experiment: f64, bytes: u32) -> i32 {
        let (id, _) = parted(&self.room, bytes, bytes);
        let engine = self.client.engine();
        let assigned = engine.standalone(experiment as i64).and_then(|standalone| engine.assign(standalone, id));
        assigned.map_or(-1, |index| index as i32)
    }

    /// The same for many ids, one a line: answered are numbers of two bytes, the lower one first.
    #[wasm_bindgen(js_name = assignMany)]
    pub fn assign_many(&mut self, experiment: f64, bytes: u32) -> u32 {
        let room = mem::take(&mut self.room);
        let ids = room.get(..bytes as usize).unwrap_or_default();
        let engine = self.client.engine();
        let assigned = engine.standalone(experiment as i64).map(|standalone| engine.assign_many(standalone, ids));
        self.answer(assigned.unwrap_or_default().iter().flat_map(|index| index.to_le_bytes()).collect())
    }

    /// What to listen to: 1 clicks, 2 forms.
    pub fn listens(&self) -> u32 {
        let tracking = self.client.tracking();
        u32::from(tracking.clicks) | u32::from(tracking.forms) << 1
    }
}

impl Visitor {
    /// Keeps an answer until the next one; how long it is.
    fn answer(&mut self, answer: Vec<u8>) -> u32 {
        self.answer = answer;
        self.answered = self.answer.as_ptr() as u32;
        self.answer.len() as u32
    }

    /// The verbs that are no step of the client's.
    fn aside(&mut self, word: u32, text: &str, number: f64) -> Option<String> {
        match word {
            verb::BEGUN => return self.begun.take(),
            verb::NOW => self.clock = Clock::Set(Time(number as i64)),
            verb::STICKY => self.client.keep_assignments(text),
            verb::ADOPT => return self.adopt(pairs(text), number > 0.0),
            _ => {}
        }
        None
    }

    fn adopt(&mut self, events: Vec<(String, String)>, spilled: bool) -> Option<String> {
        self.store.adopt(events.len(), spilled);
        let effects = self.client.step(Input::Adopt(events), self.clock.now());
        carry_out(effects, &mut self.store, &mut self.body)
    }

    fn take_events(&mut self) -> String {
        let mut out = Writer::default();
        out.open('[');
        for value in self.store.take_events() {
            out.raw(&value);
        }
        out.close(']').finish()
    }
}

/// What the client hears of a verb.
fn input<'t>(word: u32, text: &'t str, more: &'t str, number: f64) -> Option<Input<'t>> {
    Some(match word {
        verb::PAYLOAD => Input::Payload(text.into()),
        verb::TRACK => Input::Track(text, more, Some(Time(number as i64)).filter(|time| time.0 > 0)),
        verb::PAGE => Input::View(Some(text).filter(|text| !text.is_empty()), more),
        verb::IDENTIFY => Input::Identify(text, more),
        verb::ATTRIBUTES => Input::Attributes(text),
        verb::SEEN => Input::Seen(text),
        verb::RAN => Input::Ran(number as i64),
        verb::AUTOMATIC => Input::Automatic,
        verb::PREVIEW => Input::Preview(text, usize::try_from(number as i64).ok()),
        verb::ALIAS => Input::Alias(text, more),
        verb::GROUP => Input::Group(text, more),
        verb::SESSION => Input::NewSession,
        verb::CONSENT => Input::Consent(text),
        verb::ATTEND => Input::Attention(number > 0.0),
        verb::FORGET => Input::Forget,
        verb::LEAVE => Input::Leaving(number as u32 & 1 == 1),
        verb::SUSPEND => Input::Suspend(text),
        verb::VISITOR => Input::Visitor(text),
        verb::SCORED => Input::Scored(text, more),
        verb::UNSCORE => Input::Unscore(text),
        verb::TYPING => Input::Typing,
        verb::LEARNED => Input::Learned(text),
        verb::DESCRIBED => Input::Described(text),
        verb::CODE => Input::Code(text),
        verb::WAKE => Input::Timer,
        verb::FLUSH if number > 0.0 => Input::Online,
        verb::FLUSH => Input::Flush,
        verb::ANSWER => {
            let mut lines = url::pieces(Some(more), b'\n').map(String::from);
            let mut line = || lines.next().unwrap_or_default();
            let batch = text::number(&line()).unwrap_or(0) as u32;
            let retry_after_ms = text::number(text);
            Input::Answer(Answer { batch, status: number as i32, retry_after_ms, again: line(), never: line(), withheld: line() })
        }
        _ => return None,
    })
}

/// The two texts in a room that end at these places.
fn parted(room: &[u8], first: u32, second: u32) -> (&str, &str) {
    (read(room.get(..first as usize)), read(room.get(first as usize..second as usize)))
}

/// The harness writes UTF-8; of what is not, nothing is read.
fn read(bytes: Option<&[u8]>) -> &str {
    bytes.and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}
