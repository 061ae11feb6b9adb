//! Requests on their way: `sender.js` and `post.js`, the network and its faults.

use super::{
    browser::Spilling,
    carry::Cause,
    happenings::Happening,
    journal::is_sound,
    tab::{Life, Pause},
    text::member,
    world::World,
};
use privateer::{
    client::{EVENT_PREFIX, Input},
    tracking::delivery::{Answer, Batch, OFFLINE},
};
use std::rc::Rc;

/// A request without an answer is given up after so many ms: `LONGEST_MS` in `post.js`.
const TIMEOUT: i64 = 30_000;

/// What requests that outlive their page may have together, in bytes: the Fetch standard's 64 KiB.
const BUDGET: usize = 65_536;

/// One batch on its way.
pub struct Request {
    pub page: usize,
    pub visitor: u32,
    pub batch: u32,
    /// Events and what they say, as sent.
    pub items: Vec<(usize, Rc<str>)>,
    /// Events that the page's hook held back.
    pub withheld: Vec<usize>,
    pub bytes: usize,
    pub lasting: bool,
    pub fate: Fate,
    /// Whether it will never arrive any more.
    pub cut: bool,
    pub arrived: bool,
    pub answer: Answer,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It comes to the collector, and the answer back.
    Arrives,
    /// The same, but the answer is lost.
    AnswerLost,
    /// It hangs until it is given up; with `true`, it arrived.
    Hangs(bool),
    Refused,
    Offline,
    /// Somebody else answers: with a status that is no acknowledgement, and a wish how long to wait.
    Stopped(i32, Option<i64>),
    /// The page sends nothing, for its hook held everything back.
    Withheld,
}

/// How the network is at the moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weather {
    Fair,
    /// Nothing is answered, or each request by its own fate.
    Down(Fate),
    Rough,
}

impl World {
    pub fn send(&mut self, page: usize, cause: Cause, batch: Batch) {
        let Some(items) = self.items(page, &batch.body) else {
            return self.break_law_here("A batch holds recorded events, word for word.", page);
        };
        self.check_sending(page, cause, &batch, &items);
        let is_kept = |(_, message): &(usize, Rc<str>)| !self.plan.hook || member(message, "event") != "Secret";
        let (items, withheld): (Vec<_>, Vec<_>) = items.into_iter().partition(is_kept);
        let mut request = Request {
            page,
            visitor: self.pages[page].visitor,
            batch: batch.number,
            bytes: batch.body.len(),
            lasting: batch.lasting,
            withheld: withheld.into_iter().map(|(index, _)| index).collect(),
            fate: Fate::Withheld,
            cut: false,
            arrived: false,
            answer: Answer { batch: batch.number, status: 200, ..Answer::default() },
            items,
        };
        if !request.items.is_empty() {
            request.fate = self.fate(page, batch.lasting, batch.body.len());
        }
        self.post(page, request);
    }

    /// The events of a batch; `None` if it is not made of events as they were recorded.
    fn items(&self, page: usize, body: &str) -> Option<Vec<(usize, Rc<str>)>> {
        let mut rest = body.strip_prefix("{\"batch\":[")?;
        let mut items = Vec::new();
        loop {
            let index = self.ledger.find(member(rest, "messageId"))?;
            let message = &self.ledger.entries[index].message;
            // What another page stored of it may be older, also of a page that was taken for gone where there are no locks.
            let known = rest.starts_with(&**message) || self.ledger.entries[index].by.0 != page || !self.plan.locks;
            let length = if rest.starts_with(&**message) { message.len() } else { length(rest) };
            items.push((index, rest.get(..length).filter(|_| known)?.into()));
            rest = rest.get(length..)?;
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => break rest.starts_with(']').then_some(items),
            }
        }
    }

    fn fate(&mut self, page: usize, lasting: bool, bytes: usize) -> Fate {
        let under_way = self.pages[page].requests.iter().map(|request| &self.requests[*request]);
        let together: usize = under_way.filter(|request| request.lasting).map(|request| request.bytes).sum();
        match self.weather {
            _ if lasting && together + bytes > BUDGET => Fate::Refused,
            Weather::Fair => Fate::Arrives,
            Weather::Down(fate) => fate,
            Weather::Rough if self.dice.below(100) >= self.plan.failing => Fate::Arrives,
            Weather::Rough => self.mishap(),
        }
    }

    pub fn mishap(&self) -> Fate {
        let waits = [None, None, Some(0), Some(-5_000), Some(2_000), Some(60_000), Some(7_200_000), Some(90_000_000)];
        let wait = *self.dice.pick(&waits);
        match self.dice.below(9) {
            0 => Fate::Refused,
            1 => Fate::Offline,
            2 => Fate::Hangs(self.dice.once_in(2)),
            3 | 4 => Fate::AnswerLost,
            5 => Fate::Stopped(0, None), // a log-in wall
            6 => Fate::Stopped(429, wait),
            7 => Fate::Stopped(503, wait),
            _ => Fate::Stopped(*self.dice.pick(&[301, 401, 404, 408, 500, 502, 504]), None),
        }
    }

    fn post(&mut self, page: usize, mut request: Request) {
        let number = self.requests.len();
        let (there, back) = (self.dice.between(2, 1_500), self.dice.between(2, 1_500));
        let status = |status| Answer { status, ..Answer::default() };
        let (answer, wait) = match request.fate {
            Fate::Arrives => (status(0), there + back),
            Fate::AnswerLost => (status(0), there + back),
            Fate::Hangs(_) => (status(0), TIMEOUT),
            Fate::Refused => (status(0), there / 10),
            Fate::Offline => (status(OFFLINE), 1),
            Fate::Stopped(code, retry_after_ms) => (Answer { status: code, retry_after_ms, ..Answer::default() }, there + back),
            Fate::Withheld => (status(200), 1),
        };
        request.answer = Answer { batch: request.batch, ..answer };
        if matches!(request.fate, Fate::Arrives | Fate::AnswerLost | Fate::Hangs(true)) {
            self.agenda.add(self.now + there, Happening::Arrival { request: number });
        }
        self.faults += u64::from(!matches!(request.fate, Fate::Arrives | Fate::Withheld));
        self.note_with(|| format!("    {} events in request {number}: {:?}", request.items.len(), request.fate));
        self.agenda.add(self.now + wait, Happening::Answer { request: number });
        self.pages[page].requests.push(number);
        self.requests.push(request);
        self.count_copies(number);
    }

    /// Those whose answer will not be heard are sent again.
    fn count_copies(&mut self, number: usize) {
        if matches!(self.requests[number].fate, Fate::AnswerLost | Fate::Hangs(true)) {
            self.expect_copies_of(number);
        }
    }

    pub fn expect_copies_of(&mut self, number: usize) {
        for (index, _) in &self.requests[number].items {
            self.ledger.entries[*index].copies = true;
        }
    }

    /// The page, or its visitor, is gone: nobody hears an answer.
    pub fn lose_requests(&mut self, page: usize) {
        for number in std::mem::take(&mut self.pages[page].requests) {
            self.expect_copies_of(number);
            let request = &mut self.requests[number];
            request.cut |= !request.arrived && !request.lasting && self.dice.once_in(2);
        }
    }

    /// Everything is called back, as far as that is possible.
    pub fn abort(&mut self, page: usize) {
        for number in self.pages[page].requests.clone() {
            self.expect_copies_of(number);
            let request = &mut self.requests[number];
            if request.fate == Fate::Arrives {
                request.fate = Fate::AnswerLost;
            }
            request.cut |= !request.arrived && self.dice.once_in(2);
            request.answer.status = 0;
            self.agenda.add(self.now, Happening::Answer { request: number });
        }
    }

    /// The page hears what became of a request.
    pub fn hear(&mut self, number: usize) {
        let request = &self.requests[number];
        let page = request.page;
        if !self.pages[page].requests.contains(&number) {
            return;
        }
        if self.pages[page].life != Life::Live {
            return self.pages[page].inbox.push_back(Happening::Answer { request: number });
        }
        let ids = |indices: &[usize]| indices.iter().map(|index| &*self.ledger.entries[*index].id).collect::<Vec<_>>().join(" ");
        let mut answer = request.answer.clone();
        answer.withheld = ids(&request.withheld);
        let is_current = request.visitor == self.pages[page].visitor;
        self.pages[page].requests.retain(|other| *other != number);
        if is_current {
            self.prepare(page, number, &answer);
            let is_taken = answer.status / 100 == 2;
            self.step(page, Cause::Answer(number), Input::Answer(answer));
            self.pages[page].released.clear();
            if !is_taken {
                self.mirror(page);
            }
        }
    }

    /// `mirror` in `overflow.js`: what waits through an outage lies in both storages.
    fn mirror(&mut self, page: usize) {
        if self.pages[page].life != Life::Live || self.pages[page].client.is_none() {
            return;
        }
        self.pages[page].spilled = true;
        self.step(page, Cause::Adopt, Input::Adopt(Vec::new()));
        let own = format!("{}{}.", EVENT_PREFIX, self.pages[page].name);
        let waiting: Vec<_> = self.browser.local.range(own.clone()..).take_while(|(key, _)| key.starts_with(&own)).collect();
        let waiting: Vec<_> = waiting.into_iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        for (key, value) in waiting {
            if !is_sound(&key[own.len()..], &value) {
                continue;
            }
            self.spill(page, Spilling::Put(key, value));
        }
    }

    /// What the page may let go of after this answer, and how long it has to wait.
    fn prepare(&mut self, page: usize, number: usize, answer: &Answer) {
        let request = &self.requests[number];
        let all: Vec<usize> = request.items.iter().map(|(index, _)| *index).chain(request.withheld.clone()).collect();
        let names = |ids: &str, index: usize| ids.split(' ').any(|id| *id == *self.ledger.entries[index].id);
        let alone = all.len() == 1;
        let mut released = Vec::new();
        for index in all {
            match answer.status {
                200..300 if names(&answer.again, index) => {}
                200..300 => released.push((index, !names(&answer.never, index) && !names(&answer.withheld, index))),
                400 | 413 | 422 if alone => released.push((index, false)),
                _ => {}
            }
        }
        self.pages[page].released = released.into_iter().collect();
        let is_setback =
            !matches!(answer.status, 400 | 413 | 422 | OFFLINE) && (answer.status / 100 != 2 || !answer.again.is_empty());
        let least = answer.retry_after_ms.unwrap_or(0).clamp(500, 24 * 3_600_000);
        // Whose events were let go of since, says nothing.
        let is_known = request.items.iter().any(|(index, _)| self.pages[page].held.contains(index));
        if !is_known {
            return;
        }
        self.pages[page].pause = is_setback.then_some(Pause { since: self.now, least });
    }
}

/// How long the object is with which a text begins.
fn length(text: &str) -> usize {
    let mut depth = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (at, letter) in text.bytes().enumerate() {
        match letter {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted && depth == 1 => return at + 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
