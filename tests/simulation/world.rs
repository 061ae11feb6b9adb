//! One visit: everything that there is, and time.

use super::{
    browser::Browser,
    carry::Cause,
    dice::Dice,
    happenings::{Agenda, Happening},
    ledger::Ledger,
    network::{Request, Weather},
    plan::Plan,
    tab::{Life, Page, Tab},
};
use crate::support::visit::START;
use privateer::{
    base::{Host, Time},
    client::Input,
    tracking::consent::Consent,
};
use std::{collections::HashMap, rc::Rc};

/// What went wrong.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The law, in a sentence.
    pub law: &'static str,
    pub detail: String,
}

/// One visitor's browser, the network and the collector.
pub struct World {
    pub plan: Plan,
    pub dice: Dice,
    pub host: Rc<dyn Host>,
    /// Milliseconds that really passed, and how far the clock is from them.
    pub now: i64,
    pub shift: i64,
    pub before_jump: (i64, i64),
    /// How often the clock was set.
    pub jumps: u32,
    pub agenda: Agenda,
    pub browser: Browser,
    pub tabs: Vec<Tab>,
    pub pages: Vec<Page>,
    pub names: HashMap<String, usize>,
    pub requests: Vec<Request>,
    pub weather: Weather,
    pub ledger: Ledger,
    /// What the visitor answered last for each purpose.
    pub wishes: [Option<bool>; 3],
    /// Whether something happens between two effects, between which nothing else happens.
    pub is_inside: bool,
    /// The page that is between two effects then.
    pub busy: Option<usize>,
    pub acts: usize,
    pub named: u64,
    pub events: u64,
    pub faults: u64,
    pub violation: Option<Violation>,
    /// What happened, when somebody wants to know.
    pub steps: Option<Vec<String>>,
}

/// More happenings than any visit has: it does not come to rest.
const ENDLESS: usize = 400_000;

impl World {
    pub fn of(seed: u64, is_told: bool) -> World {
        let dice = Dice::of(seed);
        let plan = Plan::of(&dice);
        let browser =
            Browser { denied: plan.denied, remembers: !plan.denied && !plan.memory, quota: usize::MAX, ..Browser::default() };
        World {
            host: Rc::new(super::host::Quick::seeded(dice.next())),
            now: 0,
            shift: START.0,
            before_jump: (i64::MIN / 2, START.0),
            jumps: 0,
            agenda: Agenda::default(),
            browser,
            tabs: Vec::new(),
            pages: Vec::new(),
            names: HashMap::new(),
            requests: Vec::new(),
            weather: if plan.failing == 0 { Weather::Fair } else { Weather::Rough },
            ledger: Ledger::default(),
            wishes: [None; 3],
            is_inside: false,
            busy: None,
            acts: plan.acts,
            named: 0,
            events: 0,
            faults: 0,
            violation: None,
            steps: is_told.then(Vec::new),
            plan,
            dice,
        }
    }

    /// What the clock of the computer shows.
    pub fn wall(&self) -> Time {
        Time(self.now + self.shift)
    }

    pub fn is_over(&self) -> bool {
        self.violation.is_some()
    }

    pub fn note(&mut self, what: &str) {
        self.note_with(|| what.into());
    }

    pub fn note_with(&mut self, what: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(steps) = &mut self.steps {
            steps.push(format!("{:>12.3} s  {:.230}", now as f64 / 1_000.0, what()));
        }
    }

    pub fn break_law(&mut self, law: &'static str, index: usize) {
        let entry = &self.ledger.entries[index];
        let detail = format!(
            "event {} by page {}, local {}, spilled {}, held by {}, taken {} times, excuse {:?}: {:.1500}",
            entry.id, entry.by.0, entry.local, entry.spilled, entry.holders, entry.taken, entry.excuse, entry.message
        );
        self.break_law_with(law, detail);
    }

    pub fn break_law_here(&mut self, law: &'static str, page: usize) {
        self.break_law_with(law, format!("page {page}"));
    }

    pub fn break_law_with(&mut self, law: &'static str, detail: String) {
        self.violation.get_or_insert(Violation { law, detail });
    }

    /// The whole visit.
    pub fn live(&mut self) {
        self.enter();
        self.agenda.add(self.now + 10, Happening::Act);
        self.pass(ENDLESS, true);
        self.calm_down();
        self.finish();
        if !self.is_over() {
            self.check_end();
        }
    }

    /// Whatever is to come, in its order; at first as long as the visitor does something.
    pub fn pass(&mut self, most: usize, is_first: bool) {
        for _ in 0..most {
            if self.is_over() || is_first && self.acts == 0 {
                return;
            }
            let Some((at, happening)) = self.agenda.next() else { return };
            self.now = self.now.max(at);
            self.happen(happening);
        }
        self.break_law_with("A visit comes to rest.", String::new());
    }

    /// So much time passes.
    pub fn wait(&mut self, ms: i64) {
        let until = self.now + ms;
        while !self.is_over()
            && let Some((at, happening)) = self.agenda.next()
        {
            if at > until {
                self.agenda.add(at, happening);
                break;
            }
            self.now = self.now.max(at);
            self.happen(happening);
        }
        self.now = until;
    }

    fn happen(&mut self, happening: Happening) {
        if let Some(page) = happening.page() {
            match self.pages[page].life {
                Life::Live => {}
                Life::Dead => return,
                _ => return self.pages[page].inbox.push_back(happening),
            }
        }
        match happening {
            Happening::Act => self.act(),
            Happening::Timer { page, number } => self.ring(page, number),
            Happening::Arrival { request } => self.arrive(request),
            Happening::Answer { request } => self.hear(request),
            Happening::News { page, value, removals } => self.follow(page, value, removals),
            Happening::Anew { page } => self.begin_anew(page),
            Happening::Listed { page, stop } => self.adopt_all(page, stop),
            Happening::Locked { page, owner, stop } => self.locked(page, &owner, stop),
            Happening::Committed { page } => self.commit(page),
        }
    }

    fn ring(&mut self, page: usize, number: u64) {
        if self.pages[page].timer == number {
            self.pages[page].timer = 0;
            self.step(page, Cause::Timer, Input::Timer);
        }
    }

    /// All is well again: the network, the storage, the tabs.
    fn calm_down(&mut self) {
        self.note("all is well again");
        self.plan.trouble = 0;
        self.weather = Weather::Fair;
        self.browser.quota = usize::MAX;
        for page in 0..self.pages.len() {
            match self.pages[page].life {
                Life::Frozen => self.resume(page),
                Life::Aside => self.unload(page),
                _ => {}
            }
        }
        self.wait(1_000);
        // A page that may not deliver keeps what is under its own name until it is closed.
        for page in self.live_pages() {
            if self.pages[page].consent[1] != Consent::Granted || self.dice.once_in(2) {
                self.leave(page, false, false);
            }
        }
        self.wait(61_000);
    }

    /// One more page is opened, and time passes until nothing is to come.
    fn finish(&mut self) {
        for _ in 0..2 {
            self.tabs.push(Tab::default());
            let page = self.open(self.tabs.len() - 1, "https://example.com/last");
            self.wait(1_000);
            if self.pages[page].consent[1] == Consent::Granted || self.wishes[1] == Some(false) {
                break;
            }
            self.answer_consent(page, [Some(true); 3]);
        }
        self.pass(ENDLESS, false);
    }
}

/// A page that lives.
impl World {
    pub fn live_pages(&self) -> Vec<usize> {
        (0..self.pages.len()).filter(|page| self.pages[*page].life == Life::Live).collect()
    }
}
