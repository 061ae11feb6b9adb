//! What the visitor does, and what the page does for them.

use super::{
    carry::Cause,
    happenings::Happening,
    tab::{Life, Tab},
    text::member,
    world::World,
};
use privateer::{
    client::{Input, VISITOR_KEY},
    tracking::consent::Consent,
};
use std::collections::BTreeSet;

const ADDRESSES: [&str; 5] = [
    "https://example.com/",
    "https://example.com/pricing",
    "https://example.com/?utm_source=letter&utm_medium=email&utm_campaign=spring",
    "https://example.com/?gclid=Cj0-click",
    "https://example.com/?utm_source=ads&gclid=Cj1-click",
];

const PURPOSES: [&str; 3] = ["experiments", "analytics", "marketing"];

/// What may be done, and how often, relative to the rest.
/// How often it is done, compared with the others, and what it is.
type Act = (usize, fn(&mut World, usize));

const ACTS: [Act; 26] = [
    (40, |world, page| world.burst(page)),
    (6, |world, page| world.view(page)),
    (3, |world, page| world.ask_for(page, 1, Input::Identify("robin", "{\"plan\":\"crew\"}"))),
    (2, |world, page| world.ask_for(page, 1, Input::Alias("robin", ""))),
    (2, |world, page| world.ask_for(page, 1, Input::Group("crew", "{}"))),
    (3, |world, page| world.step(page, Cause::Act, Input::NewSession)),
    (3, |world, page| world.step(page, Cause::Act, Input::Seen("hero"))),
    (3, |world, page| world.step(page, Cause::Act, Input::Attention(true))),
    (5, |world, page| world.flush(page)),
    (6, |world, page| world.hide(page, false)),
    (12, |world, page| world.navigate(page)),
    (4, |world, page| world.leave_site(page)),
    (6, |world, _| world.open_tab()),
    (3, |world, page| world.duplicate(page)),
    (5, |world, page| world.close_tab(page)),
    (4, |world, page| world.kill(page)),
    (1, |world, _| world.kill_browser()),
    (4, |world, page| world.freeze(page)),
    (4, |world, _| world.thaw()),
    (5, |world, _| world.go_back()),
    (4, |world, page| world.answer(page)),
    (2, |world, page| world.forget(page)),
    (2, |world, _| world.fill()),
    (1, |world, _| world.storage_trouble()),
    (3, |world, _| world.jump_perhaps()),
    (4, |world, _| world.change_weather()),
];

impl World {
    /// The first page of all.
    pub fn enter(&mut self) {
        self.open_tab();
    }

    /// The visitor does something, and later something else.
    pub fn act(&mut self) {
        if self.acts == 0 {
            return;
        }
        self.acts -= 1;
        match self.live_pages() {
            pages if pages.is_empty() => self.open_tab(),
            pages => {
                let page = *self.dice.pick(&pages);
                self.act_on(page);
            }
        }
        let pauses =
            [(60, (1, 50)), (60, (50, 5_000)), (20, (5_000, 120_000)), (6, (120_000, 3_600_000)), (1, (3_600_000, 90_000_000))];
        let (_, (least, most)) = pauses[self.dice.weighed(&pauses)];
        self.agenda.add(self.now + self.dice.between(least, most), Happening::Act);
    }

    pub fn act_on(&mut self, page: usize) {
        let act = ACTS[self.dice.weighed(&ACTS)].1;
        act(self, page);
    }

    fn address(&self) -> &'static str {
        ADDRESSES[self.dice.below(ADDRESSES.len())]
    }

    fn is_granted(&self, page: usize) -> bool {
        self.pages[page].consent[1] == Consent::Granted
    }

    /// Something that is recorded as so many events, unless the visitor denied it.
    pub fn ask_for(&mut self, page: usize, events: i64, input: Input) {
        if self.pages[page].consent[1] != Consent::Denied
            && self.pages[page].client.is_some()
            && self.pages[page].life == Life::Live
        {
            self.pages[page].asked += events;
        }
        self.step(page, Cause::Act, input);
    }

    pub fn track(&mut self, page: usize, name: &str, properties: &str) {
        let recorded = i64::from(!matches!(name, "Never" | "Half"));
        self.ask_for(page, recorded, Input::Track(name, properties, None));
    }

    fn burst(&mut self, page: usize) {
        let many = if self.plan.crowded && self.dice.once_in(4) { 11_000 } else { 12 };
        for _ in 0..1 + self.dice.below(many) {
            let name = *self.dice.pick(&["Event", "Event", "Event", "Event", "Event", "Poison", "Secret", "Never", "Half"]);
            let name = if name == "Half" && self.plan.most_a_minute > 0 { "Event" } else { name };
            let size = if many > 12 || !self.dice.once_in(40) { 0 } else { *self.dice.pick(&[1_000, 15_000, 45_000, 70_000]) };
            self.named += 1;
            let properties = format!("{{\"n\":{},\"text\":\"{}\"}}", self.named, "x".repeat(size));
            self.track(page, name, &properties);
            if self.dice.once_in(3) && many < 13 {
                self.now += 1;
            }
        }
    }

    fn view(&mut self, page: usize) {
        let url = self.address();
        let next =
            format!("{{\"page\":{{\"path\":\"/\",\"referrer\":\"\",\"title\":\"Next\",\"url\":\"{url}\"}},\"locale\":\"en\"}}");
        self.ask_for(page, 1, Input::View(Some(&next), "{}"));
    }

    fn flush(&mut self, page: usize) {
        self.step(page, Cause::Flush, Input::Flush);
    }

    fn navigate(&mut self, page: usize) {
        let tab = self.pages[page].tab;
        let persisted = self.dice.once_in(3);
        self.leave(page, self.dice.once_in(2), persisted);
        if !self.is_over() {
            self.open(tab, self.address());
        }
    }

    fn leave_site(&mut self, page: usize) {
        let persisted = self.dice.once_in(2);
        self.leave(page, false, persisted);
    }

    fn open_tab(&mut self) {
        if self.tabs.len() < 12 {
            self.tabs.push(Tab::default());
            self.open(self.tabs.len() - 1, self.address());
        } else if let Some(tab) = (0..self.tabs.len()).find(|tab| self.tabs[*tab].page.is_none()) {
            self.open(tab, self.address());
        }
    }

    /// A tab is opened with a copy of this one's session storage.
    fn duplicate(&mut self, page: usize) {
        if self.tabs.len() < 12 {
            let Tab { window, open, .. } = self.tabs[self.pages[page].tab].clone();
            self.tabs.push(Tab { window, open, ..Tab::default() });
            self.open(self.tabs.len() - 1, self.address());
        }
    }

    fn close_tab(&mut self, page: usize) {
        let tab = self.pages[page].tab;
        self.leave(page, false, false);
        for aside in std::mem::take(&mut self.tabs[tab].aside) {
            self.unload(aside);
        }
        self.tabs[tab] = Tab::default(); // its session storage is gone with it
    }

    fn freeze(&mut self, page: usize) {
        self.note(&format!("page {page} freezes"));
        self.pages[page].life = Life::Frozen;
    }

    fn thaw(&mut self) {
        let mut frozen = (0..self.pages.len()).filter(|page| self.pages[*page].life == Life::Frozen);
        if let Some(page) = frozen.next_back() {
            self.note(&format!("page {page} goes on"));
            self.resume(page);
        }
    }

    /// Back to a page that was put aside, in a tab that shows another one or none.
    fn go_back(&mut self) {
        let Some(tab) = (0..self.tabs.len()).rev().find(|tab| !self.tabs[*tab].aside.is_empty()) else { return };
        if let Some(page) = self.tabs[tab].page {
            if self.pages[page].life != Life::Live || self.busy == Some(page) {
                return;
            }
            self.leave(page, self.dice.once_in(2), false);
        }
        let Some(aside) = self.tabs[tab].aside.last().copied() else { return };
        match self.dice.once_in(4) {
            true => {
                self.tabs[tab].aside.pop();
                self.unload(aside);
            }
            false => self.come_back(aside),
        }
    }

    fn answer(&mut self, page: usize) {
        let word = self.dice.once_in(2);
        let answers = match self.dice.below(3) {
            0 => [Some(word); 3],
            1 => [0; 3].map(|_| self.dice.once_in(2).then(|| self.dice.once_in(2))),
            _ => [Some(true); 3],
        };
        self.answer_consent(page, answers);
    }

    /// `setConsent` with an answer for some purposes.
    pub fn answer_consent(&mut self, page: usize, answers: [Option<bool>; 3]) {
        if self.pages[page].client.is_none() || self.pages[page].life != Life::Live {
            return;
        }
        self.catch_up(page);
        let mut words = Vec::new();
        let held = self.pages[page].consent;
        let before = held[1];
        for (purpose, answer) in answers.iter().enumerate() {
            let Some(granted) = answer else { continue };
            self.pages[page].consent[purpose] = if *granted { Consent::Granted } else { Consent::Denied };
            words.push(format!("\"{}\":\"{}\"", PURPOSES[purpose], if *granted { "granted" } else { "denied" }));
        }
        if self.plan.refuses {
            self.pages[page].consent[2] = Consent::Denied;
        }
        self.browser.remembers &= self.is_one_visitor();
        self.expect_erasure(page, 0);
        if before == Consent::Denied && self.is_granted(page) {
            self.pages[page].asked = i64::from(self.plan.pageviews);
        }
        self.step(page, Cause::Consent, Input::Consent(&format!("{{{}}}", words.join(","))));
        match self.pages[page].life {
            Life::Live => self.wish(page, held, answers),
            _ => self.browser.remembers = false,
        }
        match self.pages[page].consent[1] {
            Consent::Denied => self.forget_window(page),
            Consent::Granted if before != Consent::Granted && self.pages[page].life == Life::Live => {
                let stop = self.pages[page].stop;
                self.agenda.add(self.now + 5, Happening::Listed { page, stop });
            }
            _ => {}
        }
    }

    /// Whether the tabs agree who the visitor is. Those that have no consent yet do not, and each speaks for its own.
    fn is_one_visitor(&self) -> bool {
        let clients = self.pages.iter().filter_map(|page| page.client.as_ref());
        let ids: BTreeSet<String> = clients.map(|client| member(&client.identity_json(), "anonymousId").to_owned()).collect();
        ids.len() < 2
    }

    /// What the visitor answered last. Where a tab held all of it for answered already, it has no effect, and other tabs, where
    /// that may be otherwise, hear nothing of it.
    fn wish(&mut self, page: usize, held: [Consent; 3], answers: [Option<bool>; 3]) {
        if held != self.pages[page].consent {
            for (wish, answer) in self.wishes.iter_mut().zip(answers) {
                *wish = answer.or(*wish);
            }
        }
    }

    fn forget_window(&mut self, page: usize) {
        let tab = &mut self.tabs[self.pages[page].tab];
        tab.window = None;
        tab.open = false;
    }

    /// `#catchUp` in `index.js`: what other tabs stored holds here, whether there was news of it or not.
    fn catch_up(&mut self, page: usize) {
        if let Some(stored) = self.browser.local.get(VISITOR_KEY).cloned() {
            self.step(page, Cause::Visitor, Input::Visitor(&stored));
        }
    }

    fn forget(&mut self, page: usize) {
        self.catch_up(page);
        let records = self.pages[page].consent[1] != Consent::Denied;
        self.expect_erasure(page, i64::from(records && self.plan.pageviews));
        self.step(page, Cause::Act, Input::Forget);
        self.forget_window(page);
    }

    /// Who would be erased by the next step, and what that step records.
    fn expect_erasure(&mut self, page: usize, asked_after: i64) {
        self.pages[page].erased = self.ids(page);
        self.pages[page].asked_after = asked_after;
    }

    fn storage_trouble(&mut self) {
        match self.dice.below(3) {
            0 => self.clear(),
            _ => self.corrupt(),
        }
    }

    fn jump_perhaps(&mut self) {
        if self.plan.jumps {
            self.jump();
        }
    }
}
