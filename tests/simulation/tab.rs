//! A tab, and the pages that it shows: what the harness does when a page begins, is left, put aside, or gone.

use super::{browser::Spilling, carry::Cause, happenings::Happening, ledger::Excuse, text::member, world::World};
use crate::support::visit::BROWSER;
use privateer::{
    base::{Time, json::Writer},
    client::{Client, EVENT_PREFIX, Input, VISITOR_KEY},
    experiment::STICKY_PREFIX,
    tracking::consent::Consent,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// One tab. Its session storage outlives its pages.
#[derive(Clone, Default)]
pub struct Tab {
    /// The window as it was closed last, and whether it is marked as open.
    pub window: Option<String>,
    pub open: bool,
    /// The page that it shows.
    pub page: Option<usize>,
    /// Pages that it would go back to.
    pub aside: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Life {
    Live,
    /// Its tasks wait.
    Frozen,
    /// It is kept to go back to.
    Aside,
    Dead,
}

/// How a request is to be waited for: since when, and how long.
#[derive(Clone, Copy)]
pub struct Pause {
    pub since: i64,
    pub least: i64,
}

/// One page, with all that the harness keeps of it.
pub struct Page {
    pub tab: usize,
    pub life: Life,
    pub client: Option<Client>,
    /// Counts the visitors that the page had: answers to the one before say nothing.
    pub visitor: u32,
    /// Its name in the journal, and the number of its stop signal.
    pub name: String,
    pub stop: u64,
    /// Whether it was closed, and may come back.
    pub closed: Option<bool>,
    /// How many events of it are in local storage, as the store counts, and whether some were spilled.
    pub room: usize,
    pub spilled: bool,
    pub timer: u64,
    /// What the clock showed when the page took its last step, and how often it had been set.
    pub stepped: (Time, u32),
    pub news_at: i64,
    /// Of how many removals of the visitor's record it has heard.
    pub removals: u64,
    /// What it was told while it could not hear.
    pub inbox: VecDeque<Happening>,
    pub spilling: Vec<Spilling>,
    /// Requests under way.
    pub requests: Vec<usize>,
    /// The visitor as another tab wrote it last, and whom another tab erased.
    pub successor: Option<String>,
    pub erased: Vec<String>,
    pub gone_visitor: String,
    pub dead_since: i64,
    // What the laws compare with:
    pub url: String,
    pub consent: [Consent; 3],
    /// The events that it has to deliver.
    pub held: BTreeSet<usize>,
    /// What it may let go of, because of an answer: `true` where it arrived.
    pub released: HashMap<usize, bool>,
    /// How many events were asked of it, recorded, and given up.
    pub asked: i64,
    /// What is asked within a step that erases everything.
    pub asked_after: i64,
    pub recorded: i64,
    pub dropped: i64,
    /// What its reports tell: all losses, and those by the limit.
    /// Whether some were given up unseen, before there was consent.
    pub is_uncounted: bool,
    /// When its visitor began, as the agenda counts.
    pub begun_at: u64,
    pub told: BTreeMap<usize, (i64, i64)>,
    pub pause: Option<Pause>,
    pub rings: u32,
    /// When it sent something by itself in the last hour.
    pub sendings: VecDeque<i64>,
}

impl World {
    /// A tab shows a page.
    pub fn open(&mut self, tab: usize, url: &str) -> usize {
        let page = self.pages.len();
        let stop = self.agenda.number();
        self.pages.push(Page { removals: self.browser.removals, ..Page::new(tab, url, format!("p{page}"), stop) });
        self.tabs[tab].page = Some(page);
        self.names.insert(format!("p{page}"), page);
        self.note(&format!("tab {tab} opens page {page}: {url}"));
        self.hold(page);
        self.begin(page);
        self.step(page, Cause::Act, Input::Attention(true));
        page
    }

    /// The page takes its name in the journal, and then looks for what others left.
    fn hold(&mut self, page: usize) {
        if self.browser.denied {
            return;
        }
        let name = self.pages[page].name.clone();
        if self.plan.locks {
            self.lock(page, &name);
        } else {
            let stop = self.pages[page].stop;
            self.agenda.add(self.now + self.dice.between(1, 20), Happening::Listed { page, stop });
        }
    }

    /// A visitor begins on the page.
    pub fn begin(&mut self, page: usize) {
        let told = self.description(page);
        let stored = self.stored();
        self.browser.is_deaf |= !self.all_have_heard(page) && self.is_written_back();
        let (client, effects) = Client::begin(&self.plan.site, &told, &stored, self.host.clone(), self.wall());
        let consent = client.consent();
        self.mark_beginning(page);
        let this = &mut self.pages[page];
        this.client = Some(client);
        this.consent = [consent.experiments(), consent.analytics(), consent.marketing()];
        this.asked = i64::from(self.plan.pageviews && consent.analytics() != Consent::Denied);
        let tab = &mut self.tabs[this.tab];
        tab.open = consent.analytics() == Consent::Granted;
        tab.window = None;
        self.carry_out(page, Cause::Begin, effects);
        self.check_beginning(page);
    }

    /// From now on nothing of who was erased before is known here; unless a tab has not heard of that, and may bring it back.
    pub fn mark_beginning(&mut self, page: usize) {
        let at = self.agenda.number();
        self.pages[page].begun_at = if self.all_have_heard(page) { at } else { 0 };
    }

    /// Whether every other page has heard all news.
    pub fn all_have_heard(&self, page: usize) -> bool {
        let has_heard = |other: &Page| {
            other.life == Life::Dead || other.news_at < self.now && other.inbox.is_empty() && other.client.is_some()
        };
        self.pages.iter().enumerate().all(|(other, state)| other == page || has_heard(state))
    }

    /// What is stored of ours, but for events and what is long: `stored` in `src/browser/host.js`.
    fn stored(&self) -> Vec<(String, String)> {
        if self.plan.memory || self.browser.denied {
            return Vec::new();
        }
        let is_ours = |key: &str| key.starts_with("privateer.") || key.starts_with(STICKY_PREFIX);
        let is_long = |key: &str| key.starts_with("privateer.delivered") || key.starts_with(EVENT_PREFIX);
        let ours = self.browser.local.iter().filter(|(key, _)| is_ours(key) && !is_long(key));
        ours.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Whether a tab that had not heard yet wrote somebody back who was erased: whoever begins now takes them for the visitor.
    fn is_written_back(&self) -> bool {
        let record = self.browser.local.get(VISITOR_KEY).map_or("", String::as_str);
        self.ledger.erased.contains_key(member(record, "anonymousId"))
    }

    fn description(&self, page: usize) -> String {
        let Page { tab, url, name, .. } = &self.pages[page];
        let tab = &self.tabs[*tab];
        let mut out = Writer::begin('{');
        out.key("arrival").open('{').member("owner", name).member("channel", "Direct");
        if let Some((_, click)) = url.split_once("gclid=") {
            out.key("clicks").open('{').member("gclid", click).close('}');
        }
        if self.plan.refuses {
            out.key("refused").raw("{\"marketing\":\"denied\"}");
        }
        out.key("window");
        out.raw(tab.window.as_deref().filter(|_| !tab.open).unwrap_or("null")).close('}');
        out.key("page").open('{').member("path", "/").member("referrer", "").member("title", "A page").member("url", url);
        out.close('}').member("locale", "en").member("userAgent", BROWSER);
        out.end('}')
    }

    /// The page is left: `leave` in `listen.js`, `#close` in `index.js`. With `persisted` it may come back.
    pub fn leave(&mut self, page: usize, within: bool, persisted: bool) {
        self.note(&format!("page {page} is left, {}", if persisted { "and kept aside" } else { "for good" }));
        self.hide(page, within);
        if self.pages[page].life == Life::Dead {
            return;
        }
        if !self.pages[page].gone_visitor.is_empty() && self.pages[page].client.is_none() {
            self.take_back(page);
        }
        self.close(page, persisted);
        // Browsers tell that it is hidden after that, and pages may have something to say then.
        if self.plan.late && self.dice.once_in(2) {
            self.track(page, "Late", "{}");
        }
        self.hide(page, within);
        if self.pages[page].life == Life::Dead {
            return;
        }
        if persisted {
            self.pages[page].life = Life::Aside;
            let tab = self.pages[page].tab;
            self.tabs[tab].aside.push(page);
        } else {
            self.unload(page);
        }
        let tab = self.pages[page].tab;
        self.tabs[tab].page = None;
    }

    pub fn hide(&mut self, page: usize, within: bool) {
        self.step(page, Cause::Act, Input::Attention(false));
        self.step(page, Cause::Leaving(!within), Input::Leaving(within));
    }

    /// Another page may take over what this one stored, should it never come back.
    pub fn close(&mut self, page: usize, persisted: bool) {
        let tab = self.pages[page].tab;
        self.pages[page].closed = None;
        if self.pages[page].consent[1] == Consent::Granted
            && let Some(client) = &self.pages[page].client
        {
            self.tabs[tab].window = Some(client.window_json());
            self.tabs[tab].open = false;
        }
        if persisted && !self.browser.denied && !self.plan.memory {
            self.die_deaf(page);
            self.free_locks(page);
            let name = format!("p{page}r{}", self.agenda.number());
            self.names.insert(name.clone(), page);
            self.pages[page].stop = self.agenda.number();
            self.pages[page].name = name.clone();
            self.step(page, Cause::Suspend, Input::Suspend(&name));
        }
        self.pages[page].closed = Some(persisted);
    }

    /// The visitor goes back to a page.
    pub fn come_back(&mut self, page: usize) {
        self.note(&format!("page {page} comes back"));
        let tab = self.pages[page].tab;
        self.tabs[tab].aside.retain(|other| *other != page);
        self.tabs[tab].page = Some(page);
        self.pages[page].closed = None;
        self.pages[page].life = Life::Live;
        self.tabs[tab].open = true;
        self.hold(page);
        self.resume(page);
        self.step(page, Cause::Act, Input::Attention(true));
    }

    /// What a page could not hear is told now.
    pub fn resume(&mut self, page: usize) {
        self.pages[page].life = Life::Live;
        self.pages[page].news_at = self.now; // it hears in this very moment, one after the other
        for happening in std::mem::take(&mut self.pages[page].inbox) {
            self.agenda.add(self.now, happening);
        }
    }

    /// An ordinary end: what is on its way to the disk comes there.
    pub fn unload(&mut self, page: usize) {
        self.commit(page);
        self.die(page);
    }

    /// The end without a word.
    pub fn kill(&mut self, page: usize) {
        self.note(&format!("page {page} is killed"));
        if self.dice.once_in(2) {
            self.commit(page);
        }
        for what in std::mem::take(&mut self.pages[page].spilling) {
            self.expect_copies(&what);
        }
        let tab = self.pages[page].tab;
        self.tabs[tab].page = self.tabs[tab].page.filter(|other| *other != page);
        self.tabs[tab].aside.retain(|other| *other != page);
        self.die(page);
    }

    /// What was to be removed from the disk, and was not, will go out once more.
    fn expect_copies(&mut self, what: &Spilling) {
        let keys: Vec<String> = match what {
            Spilling::Put(..) => return,
            Spilling::Delete(keys) => keys.clone(),
            Spilling::Clear(_) => self.browser.spilled.keys().cloned().collect(),
        };
        for key in keys {
            if let Some(index) = self.event_of(&key) {
                self.ledger.entries[index].copies = true;
            }
        }
    }

    fn die(&mut self, page: usize) {
        self.lose_requests(page);
        self.die_deaf(page);
        let this = &mut self.pages[page];
        this.life = Life::Dead;
        this.client = None;
        this.dead_since = self.now;
        this.inbox.clear();
        self.let_go(page);
        self.free_locks(page);
    }

    /// What a page leaves, or stores once more when it is put aside, of a visitor who was erased elsewhere, and did not hear of
    /// it, nobody will look for.
    fn die_deaf(&mut self, page: usize) {
        let this = &self.pages[page];
        let is_between = this.client.is_none() && !this.gone_visitor.is_empty();
        if this.removals < self.browser.removals || is_between {
            self.browser.is_deaf = true;
            for index in this.held.clone() {
                self.ledger.entries[index].excuse.get_or_insert(Excuse::Erased);
            }
        }
    }

    /// The page holds nothing any more.
    pub fn let_go(&mut self, page: usize) {
        for index in std::mem::take(&mut self.pages[page].held) {
            self.ledger.entries[index].holders -= 1;
            self.ledger.look_after(index);
        }
    }

    /// `#follow` in `index.js`: what another tab made of the visitor's record.
    pub fn follow(&mut self, page: usize, value: Option<String>, removals: u64) {
        if value.is_none() {
            self.browser.is_deaf |= removals < self.browser.removals;
            self.pages[page].removals = removals;
        }
        if let Some(written) = &value {
            self.step(page, Cause::Visitor, Input::Visitor(written));
        }
        // What a tab that has not heard yet writes back is no successor.
        let is_back = |written: &String| {
            self.pages[page].client.is_none() && member(written, "anonymousId") == self.pages[page].gone_visitor
        };
        if value.as_ref().is_some_and(is_back) {
            return;
        }
        self.pages[page].successor = value.clone();
        if value.is_some() || self.pages[page].client.is_none() {
            return;
        }
        self.note(&format!("page {page} hears that its visitor was erased"));
        self.pages[page].erased = self.ids(page);
        self.pages[page].gone_visitor = self.pages[page].erased.first().cloned().unwrap_or_default();
        self.lose_requests(page);
        self.give_to_erasure(page);
        let tab = self.pages[page].tab;
        self.tabs[tab].window = None;
        self.tabs[tab].open = false;
        self.agenda.add(self.now + 50, Happening::Anew { page });
    }

    fn give_to_erasure(&mut self, page: usize) {
        let this = &mut self.pages[page];
        this.client = None;
        this.visitor += 1;
        this.timer = 0;
        this.pause = None;
        this.told.clear();
        (this.asked, this.recorded, this.dropped) = (0, 0, 0);
        // The news may be older than the visitor: then nobody was erased.
        let is_erased = this.erased.first().is_some_and(|id| self.ledger.erased.contains_key(id));
        if is_erased {
            return self.erase_held(page);
        }
        this.erased.clear();
        for index in this.held.clone() {
            self.ledger.entries[index].wiped = true;
        }
        self.let_go(page);
    }

    /// The ids by which a page's visitor is known: of the visitor first, of the session, of the window.
    pub fn ids(&self, page: usize) -> Vec<String> {
        let Some(client) = &self.pages[page].client else { return Vec::new() };
        let identity = client.identity_json();
        ["anonymousId", "sessionId", "windowId"]
            .map(|name| member(&identity, name).to_owned())
            .into_iter()
            .filter(|id| !id.is_empty())
            .collect()
    }

    pub fn begin_anew(&mut self, page: usize) {
        self.take_back(page);
        self.note(&format!("page {page} begins anew"));
        self.begin(page);
        if self.pages[page].successor.is_none() {
            self.answer_consent(page, [Some(false); 3]);
        }
        let stop = self.pages[page].stop;
        self.agenda.add(self.now + 1, Happening::Listed { page, stop });
    }

    /// Removes what this page stored of a visitor who was erased before.
    fn take_back(&mut self, page: usize) {
        let erased = self.pages[page].gone_visitor.clone();
        let successor = self.pages[page].successor.clone();
        if self.browser.denied
            || erased.is_empty()
            || successor.as_deref().is_some_and(|text| member(text, "anonymousId") == erased)
        {
            return;
        }
        let of_erased = |(key, value): &(&String, &String)| key.contains(&erased) || value.contains(&erased);
        let keys: Vec<String> = self.browser.local.iter().filter(of_erased).map(|(key, _)| key.clone()).collect();
        let spilled: Vec<String> = self.browser.spilled.iter().filter(of_erased).map(|(key, _)| key.clone()).collect();
        let is_back = keys.iter().any(|key| key == VISITOR_KEY);
        for key in keys {
            self.excuse_erased(&key, &erased);
            self.remove_item(page, &key);
        }
        spilled.iter().for_each(|key| self.excuse_erased(key, &erased));
        self.spill(page, Spilling::Delete(spilled));
        if let Some(successor) = successor.filter(|_| is_back) {
            self.set_item(page, VISITOR_KEY, &successor);
        }
    }
}

impl Page {
    fn new(tab: usize, url: &str, name: String, stop: u64) -> Page {
        Page {
            tab,
            life: Life::Live,
            client: None,
            visitor: 0,
            name,
            stop,
            closed: None,
            room: 0,
            spilled: false,
            timer: 0,
            stepped: (Time(0), 0),
            news_at: 0,
            removals: 0,
            inbox: VecDeque::new(),
            spilling: Vec::new(),
            requests: Vec::new(),
            successor: None,
            erased: Vec::new(),
            gone_visitor: String::new(),
            dead_since: 0,
            url: url.into(),
            consent: [Consent::Pending; 3],
            held: BTreeSet::new(),
            released: HashMap::new(),
            asked: 0,
            asked_after: 0,
            recorded: 0,
            dropped: 0,
            is_uncounted: false,
            begun_at: 0,
            told: BTreeMap::new(),
            pause: None,
            rings: 0,
            sendings: VecDeque::new(),
        }
    }
}
