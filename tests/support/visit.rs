//! A visit without a browser: carries out a client's effects in memory.

use privateer::{
    base::{Host, Time},
    client::{Client, EVENT_PREFIX, Effect, HISTORY_PREFIX, Input},
    experiment::STICKY_PREFIX,
    tracking::delivery::{Answer, OFFLINE},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
};

use super::host::Native;

/// 2026-03-01T09:05:00Z, a time like any other.
pub const START: Time = Time(1_772_355_900_000);

/// The event that tells of losses.
pub const REPORT: &str = "Events Dropped";

/// What the browser calls itself.
pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One visitor's browser, and the collector's mailbox.
pub struct Visit {
    pub client: Client,
    pub now: Time,
    /// What became of the visitor, as the page is told.
    pub told: Vec<String>,
    /// What local storage holds; it outlives the page.
    pub stored: BTreeMap<String, String>,
    /// Every batch, in the order of sending. Those of earlier pages stay, unanswered.
    pub sent: Vec<Sent>,
    pub wake: Option<Time>,
    /// How often the client was woken.
    pub wakes: u32,
    /// Addresses that were asked for.
    pub loads: Vec<String>,
    site: String,
    /// What the browser calls itself.
    agent: &'static str,
    host: Rc<dyn Host>,
    /// The ids of all events that were ever stored, but for those that tell of losses.
    pub recorded: HashSet<String>,
    /// How many pages there were; the number is a page's name.
    pages: u32,
}

/// A batch on its way.
#[derive(Clone, Debug)]
pub struct Sent {
    pub number: u32,
    pub at: Time,
    pub url: String,
    pub body: String,
    /// Whether it outlives the page.
    pub lasting: bool,
    pub answered: bool,
}

impl Visit {
    /// A new visitor opens `url`; `seed` decides every random choice.
    pub fn begin(site: &Value, url: &str, seed: u64) -> Visit {
        Visit::with(site.to_string(), url, seed, BTreeMap::new())
    }

    /// A visitor whose browser remembers something.
    pub fn with(site: String, url: &str, seed: u64, stored: BTreeMap<String, String>) -> Visit {
        Visit::by(BROWSER, site, url, seed, stored)
    }

    /// A visitor whose browser calls itself `agent`.
    pub fn by(agent: &'static str, site: String, url: &str, seed: u64, stored: BTreeMap<String, String>) -> Visit {
        let host = Native::shared(seed);
        let (client, effects) = Client::begin(&site, &page(url, agent, 1), &pairs(&stored), host.clone(), START);
        let mut visit = Visit {
            client,
            now: START,
            told: Vec::new(),
            stored,
            sent: Vec::new(),
            wake: None,
            wakes: 0,
            loads: Vec::new(),
            site,
            agent,
            host,
            recorded: HashSet::new(),
            pages: 1,
        };
        visit.carry_out(effects);
        visit.adopt();
        visit
    }

    /// The page is gone without a word, and the visitor opens `url`. Answers that were under way are lost.
    pub fn reload(&mut self, url: &str) {
        self.wake = None;
        self.sent.iter_mut().for_each(|sent| sent.answered = true);
        self.pages += 1;
        self.now = self.now.plus(1);
        let page = page(url, self.agent, self.pages);
        let (client, effects) = Client::begin(&self.site, &page, &pairs(&self.stored), self.host.clone(), self.now);
        self.client = client;
        self.carry_out(effects);
        self.adopt();
    }

    /// What pages before this one left is its own now: they are all gone.
    fn adopt(&mut self) {
        let own = format!("{EVENT_PREFIX}{}.", self.pages);
        let left = self.stored.iter().filter(|(key, _)| key.starts_with(EVENT_PREFIX) && !key.starts_with(&own));
        let left: Vec<_> = left.map(|(key, value)| (key.clone(), value.clone())).collect();
        self.happens(Input::Adopt(left));
    }

    /// The visitor answers for every purpose.
    pub fn answers(&mut self, granted: bool) {
        let word = if granted { "granted" } else { "denied" };
        self.happens(Input::Consent(&json!({ "experiments": word, "analytics": word, "marketing": word }).to_string()));
    }

    pub fn happens(&mut self, input: Input) {
        let effects = self.client.step(input, self.now);
        self.carry_out(effects);
    }

    pub fn track(&mut self, name: &str) {
        self.happens(Input::Track(name, "{}", None));
    }

    /// Time passes; the client is woken when it asked to be. A timer set by a timer
    /// takes at least 4 ms, as browsers have it (HTML standard, timers).
    pub fn pass(&mut self, ms: i64) {
        let until = self.now.plus(ms);
        while let Some(at) = self.wake.filter(|at| *at < until && self.now < until) {
            self.now = at.max(self.now.plus(4)).min(until);
            self.wake = None;
            self.wakes += 1;
            self.happens(Input::Timer);
        }
        self.now = until;
    }

    /// The batches that no answer came to yet.
    pub fn under_way(&self) -> Vec<&Sent> {
        self.sent.iter().filter(|sent| !sent.answered).collect()
    }

    /// The collector answers the oldest batch under way; `false` when there is none.
    pub fn answer(&mut self, status: u16) -> bool {
        self.answer_with(status, None)
    }

    pub fn answer_with(&mut self, status: u16, retry_after_ms: Option<i64>) -> bool {
        self.hear(Answer { status: status.into(), retry_after_ms, ..Answer::default() })
    }

    /// The browser says that it is offline.
    pub fn answer_offline(&mut self) -> bool {
        self.hear(Answer { status: OFFLINE, ..Answer::default() })
    }

    fn hear(&mut self, answer: Answer) -> bool {
        let Some(sent) = self.sent.iter_mut().find(|sent| !sent.answered) else { return false };
        sent.answered = true;
        let batch = sent.number;
        self.happens(Input::Answer(Answer { batch, ..answer }));
        true
    }

    /// The collector takes everything that comes until nothing waits any more.
    pub fn deliver_all(&mut self) {
        for _ in 0..10_000 {
            self.happens(Input::Flush);
            if !self.answer(200) {
                return;
            }
        }
        panic!("delivery does not come to an end");
    }

    /// What the collector has: messages in the order in which they came, those sent again once.
    pub fn messages(&self) -> Vec<Value> {
        let mut known = HashSet::new();
        let all = self.sent.iter().flat_map(Sent::messages);
        all.filter(|message| known.insert(message["messageId"].as_str().unwrap().to_owned())).collect()
    }

    /// Those that a page recorded: all but those that tell of losses.
    pub fn recordings(&self) -> Vec<Value> {
        self.messages().into_iter().filter(|message| message["event"] != REPORT).collect()
    }

    /// Those of that name, or kind.
    pub fn named(&self, name: &str) -> Vec<Value> {
        self.messages().into_iter().filter(|message| message["event"] == name || message["type"] == name).collect()
    }

    pub fn decision(&mut self, feature: &str) -> Value {
        serde_json::from_str(&self.client.decision_json(feature)).unwrap()
    }

    pub fn score(&self) -> Value {
        serde_json::from_str(&self.client.score_json("", self.now)).unwrap()
    }

    pub fn referral(&self) -> Value {
        serde_json::from_str(&self.client.referral_json()).unwrap()
    }

    pub fn problems(&self) -> Value {
        serde_json::from_str(&self.client.problems_json()).unwrap()
    }

    /// `recorded`, `queued`, `delivered`, `dropped`.
    pub fn status(&self, count: &str) -> i64 {
        let status: Value = serde_json::from_str(&self.client.status_json()).unwrap();
        status[count].as_i64().unwrap()
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Save(key, value) => {
                    if let Some(id) = event_id(&key).filter(|_| !value.contains(REPORT)) {
                        self.recorded.insert(id.to_owned());
                    }
                    self.stored.insert(key, value);
                }
                Effect::Erase(key) => drop(self.stored.remove(&key)),
                Effect::EraseAll => {
                    self.stored.retain(|key, _| !key.starts_with("privateer.") && !key.starts_with(STICKY_PREFIX));
                }
                Effect::Remember(key, value, most) => {
                    self.stored.insert(key, value);
                    let kept: Vec<_> = self.stored.keys().filter(|key| key.starts_with(HISTORY_PREFIX)).cloned().collect();
                    for old in kept.iter().take(kept.len().saturating_sub(most as usize)) {
                        self.stored.remove(old);
                    }
                }
                Effect::Send(url, batch) => self.sent.push(Sent {
                    number: batch.number,
                    at: self.now,
                    url,
                    body: batch.body,
                    lasting: batch.lasting,
                    answered: false,
                }),
                Effect::Abort => {}
                Effect::WakeAt(time) => self.wake = Some(time),
                Effect::Load(url) => self.loads.push(url),
                Effect::Tell(kind, id) => self.told.push(format!("{kind} {id}")),
            }
        }
    }
}

/// The message id at the end of a key.
pub fn event_id(key: &str) -> Option<&str> {
    key.strip_prefix(EVENT_PREFIX)?.split('.').nth(1)
}

impl Sent {
    pub fn messages(&self) -> Vec<Value> {
        let body: Value = serde_json::from_str(&self.body).expect("a batch is JSON");
        body["batch"].as_array().expect("a batch has messages").clone()
    }

    pub fn ids(&self) -> Vec<String> {
        self.messages().iter().map(|message| message["messageId"].as_str().unwrap().to_owned()).collect()
    }
}

/// What the harness tells about a page.
pub fn page(url: &str, agent: &str, owner: u32) -> String {
    let (path, search) = url.split_once('?').unwrap_or((url, ""));
    json!({
        "page": { "path": path, "referrer": "", "search": search, "title": "A page", "url": url },
        "locale": "en", "timezone": "Europe/Berlin", "userAgent": agent, "arrival": { "owner": owner.to_string() },
    })
    .to_string()
}

fn pairs(stored: &BTreeMap<String, String>) -> Vec<(String, String)> {
    stored.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}
