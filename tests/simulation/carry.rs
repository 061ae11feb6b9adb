//! A step of the client, and its effects carried out one by one: what `src/browser/carry.rs`, `store.rs` and `#carryOut` in
//! `index.js` do. Between any two of them something may happen.

use super::{
    browser::Spilling,
    happenings::Happening,
    ledger::{Excuse, is_report},
    tab::Life,
    text::{count, member, owner_and_id},
    world::World,
};
use privateer::{
    base::Time,
    client::{Effect, HISTORY_PREFIX, Input, VISITOR_KEY},
    experiment::STICKY_PREFIX,
    tracking::{consent::Consent, queue::WAITING},
};

/// Why a step is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    Begin,
    Act,
    Consent,
    Flush,
    Timer,
    /// With `true` for good.
    Leaving(bool),
    Adopt,
    /// The answer to a request.
    Answer(usize),
    Suspend,
    Visitor,
}

/// `ROOM` in `src/browser/store.rs`.
pub const ROOM: usize = 1_000;

/// Browsers take no longer timer, in ms.
const LONGEST_TIMER: i64 = (1 << 31) - 1;

impl World {
    pub fn step(&mut self, page: usize, cause: Cause, input: Input) {
        if self.pages[page].life != Life::Live || self.is_over() {
            return;
        }
        let wall = self.wall();
        self.pages[page].stepped = (wall, self.jumps);
        self.reopen(page, cause);
        let Some(mut client) = self.pages[page].client.take() else { return };
        self.note_with(|| format!("page {page}: {input:?}"));
        let effects = client.step(input, wall);
        self.pages[page].client = Some(client);
        if cause == Cause::Visitor {
            self.follow_consent(page);
        }
        self.carry_out(page, cause, effects);
        if self.pages[page].life == Life::Live {
            self.check_step(page, cause);
        }
        // What comes after the page was closed is closed again.
        if let Some(persisted) = self.pages[page].closed.filter(|_| cause != Cause::Suspend) {
            self.close(page, persisted);
        }
    }

    /// What comes after the page was closed counts in its window, too; should it be killed meanwhile, nobody goes on counting.
    fn reopen(&mut self, page: usize, cause: Cause) {
        if self.pages[page].closed.is_some() && cause != Cause::Suspend {
            let tab = self.pages[page].tab;
            self.tabs[tab].open |= self.pages[page].consent[1] == Consent::Granted;
        }
    }

    pub fn carry_out(&mut self, page: usize, cause: Cause, effects: Vec<Effect>) {
        let mut rest = Vec::new();
        let mut erased = Vec::new();
        for effect in effects {
            if self.is_gone(page, cause) {
                return;
            }
            self.note_with(|| format!("  {:.160}", format!("{effect:?}")));
            match effect {
                Effect::Save(key, value) => rest.extend(self.save(page, key, value)),
                Effect::Remember(key, value, most) => self.remember(page, &key, &value, most as usize),
                Effect::Erase(key) => {
                    self.erase(page, &key);
                    erased.push(key);
                }
                Effect::EraseAll => {
                    let gone = self.pages[page].erased.first().cloned().unwrap_or_default();
                    self.erase_all(page);
                    rest.push(Rest::Spill(Spilling::Clear(gone)));
                }
                other => rest.push(Rest::Effect(other)),
            }
        }
        if self.pages[page].spilled && !erased.is_empty() {
            rest.push(Rest::Spill(Spilling::Delete(erased)));
        }
        for each in rest {
            if self.is_gone(page, cause) {
                return;
            }
            self.carry_on(page, cause, each);
        }
    }

    fn carry_on(&mut self, page: usize, cause: Cause, rest: Rest) {
        match rest {
            Rest::Spill(what) => self.spill(page, what),
            Rest::Effect(Effect::Send(_, batch)) => self.send(page, cause, batch),
            Rest::Effect(Effect::Abort) => self.abort(page),
            Rest::Effect(Effect::WakeAt(time)) => self.wake_at(page, cause, time),
            Rest::Effect(_) => {}
        }
    }

    /// Whether the page is gone before the next effect.
    fn is_gone(&mut self, page: usize, cause: Cause) -> bool {
        if self.is_over() {
            return true;
        }
        self.trouble(page);
        if self.pages[page].life != Life::Dead {
            return false;
        }
        self.check_cut_step(page, cause);
        true
    }

    fn wake_at(&mut self, page: usize, cause: Cause, time: Time) {
        let number = self.agenda.number();
        let wait = time.since(self.wall()).clamp(4, LONGEST_TIMER);
        self.pages[page].timer = number;
        self.check_wait(page, cause, time);
        self.agenda.add(self.now + wait, Happening::Timer { page, number });
    }

    fn save(&mut self, page: usize, key: String, value: String) -> Option<Rest> {
        let Some(index) = self.recorded(page, &key, &value) else {
            self.check_saving(page, &key, &value);
            let stored = self.plan.memory || self.set_item(page, &key, &value);
            self.browser.remembers &= stored && !self.plan.memory;
            return None;
        };
        self.ledger.entries[index].unstored = true;
        if self.plan.memory {
            return None;
        }
        let is_room = self.pages[page].room < ROOM || self.browser.local.contains_key(&key);
        if is_room && self.set_item(page, &key, &value) {
            self.pages[page].room += 1;
            let entry = &mut self.ledger.entries[index];
            (entry.local, entry.unstored, entry.wiped) = (true, false, false);
            // An event lies in one place.
            return self.pages[page].spilled.then(|| Rest::Spill(Spilling::Delete(vec![key])));
        }
        self.pages[page].spilled = true;
        self.remove_item(page, &key);
        Some(Rest::Spill(Spilling::Put(key, value)))
    }

    /// Notes an event that is to be stored; `None` for what is none.
    fn recorded(&mut self, page: usize, key: &str, value: &str) -> Option<usize> {
        let (_, id) = owner_and_id(key)?;
        let by = (page, self.pages[page].visitor);
        let index = match self.ledger.find(id) {
            Some(index) => index,
            None => {
                let index = self.ledger.enter(id, value, by);
                self.counted(page, index);
                index
            }
        };
        self.check_event(page, index, value);
        if *self.ledger.entries[index].message != *value {
            self.ledger.entries[index].message = value.into();
        }
        if self.ledger.entries[index].is_report && self.ledger.entries[index].by == by {
            self.pages[page].told.insert(index, (count(value, "count"), count(value, "limited")));
        }
        self.hold_event(page, index);
        Some(index)
    }

    fn counted(&mut self, page: usize, index: usize) {
        let entry = &self.ledger.entries[index];
        let name = super::text::member(&entry.message, "event");
        let is_extra = is_report(&entry.message) || ["Page Engaged", "Experiment Viewed", "Half"].contains(&name);
        self.pages[page].recorded += i64::from(!is_extra);
        self.events += 1;
    }

    pub fn hold_event(&mut self, page: usize, index: usize) {
        if self.pages[page].held.insert(index) {
            self.ledger.entries[index].holders += 1;
        }
    }

    /// The page lets go of an event: because it arrived, or because it is given up.
    fn erase(&mut self, page: usize, key: &str) {
        let index = self.event_of(key);
        let was_there = !self.pages[page].spilled || self.browser.local.contains_key(key);
        if owner_and_id(key).is_some() && was_there {
            self.pages[page].room = self.pages[page].room.saturating_sub(1);
        }
        match index {
            Some(index) => self.erased(page, index),
            // One that was given up before there was consent to store it.
            None => self.pages[page].is_uncounted |= owner_and_id(key).is_some(),
        }
        if !self.plan.memory {
            self.remove_item(page, key);
        }
    }

    fn erased(&mut self, page: usize, index: usize) {
        let is_held = self.pages[page].held.remove(&index);
        if !is_held {
            return self.check_erasing(index);
        }
        let entry = &mut self.ledger.entries[index];
        entry.holders -= 1;
        match self.pages[page].released.get(&index) {
            Some(true) => entry.acknowledged = true,
            Some(false) => self.give_up(page, index),
            None if self.pages[page].held.len() + 100 >= WAITING => self.give_up(page, index),
            None => self.break_law("An event is erased only when it arrived, or was given up and counted.", index),
        }
    }

    fn give_up(&mut self, page: usize, index: usize) {
        let entry = &mut self.ledger.entries[index];
        entry.excuse.get_or_insert(Excuse::Dropped);
        self.pages[page].dropped += i64::from(!entry.is_report);
    }

    fn remember(&mut self, page: usize, key: &str, value: &str, most: usize) {
        if !self.plan.memory && self.set_item(page, key, value) {
            let kept: Vec<String> = self.browser.local.keys().filter(|key| key.starts_with(HISTORY_PREFIX)).cloned().collect();
            for old in kept.iter().take(kept.len().saturating_sub(most)) {
                self.remove_item(page, old);
            }
        }
    }

    /// Everything of ours goes, the visitor first.
    fn erase_all(&mut self, page: usize) {
        self.pages[page].room = 0;
        let gone = self.pages[page].erased.first().cloned();
        self.note_erasure(page);
        if self.plan.memory || self.browser.denied {
            return;
        }
        self.browser.erasing.extend(gone.clone());
        // Where the record could not be stored, its removal is no news; and where it is another tab's, only this one's is noted.
        let stored = self.browser.local.get(VISITOR_KEY).map(|record| member(record, "anonymousId").to_owned());
        self.browser.is_deaf |= stored.is_none() || stored != gone;
        let is_ours = |key: &&String| key.starts_with("privateer.") || key.starts_with(STICKY_PREFIX);
        let keys: Vec<String> = self.browser.local.keys().filter(is_ours).cloned().collect();
        let first = Some(VISITOR_KEY.to_owned());
        for key in first.into_iter().chain(keys) {
            self.excuse_erased(&key, gone.as_deref().unwrap_or_default());
            self.remove_item(page, &key);
        }
    }

    /// What is stored there is erased because the visitor wishes so.
    pub fn excuse_erased(&mut self, key: &str, gone: &str) {
        let Some(index) = self.event_of(key) else { return };
        let at = self.agenda.number();
        // Of others, whom a page that is killed now leaves there, nobody wished anything.
        match self.ledger.entries[index].message.contains(gone) {
            true => self.ledger.erase(index, at),
            false => drop(self.ledger.entries[index].excuse.get_or_insert(Excuse::Erased)),
        }
    }

    /// The visitor of the page is erased: what it held, and what was spilled.
    fn note_erasure(&mut self, page: usize) {
        let gone = self.pages[page].erased.first().cloned().unwrap_or_default();
        for key in self.browser.spilled.keys().cloned().collect::<Vec<_>>() {
            self.excuse_erased(&key, &gone);
        }
        self.erase_held(page);
        let this = &mut self.pages[page];
        this.told.clear();
        this.pause = None;
        (this.recorded, this.dropped) = (0, 0);
        this.asked = this.asked_after;
    }

    /// What the page holds is erased, and its visitor's ids are nobody's any more.
    pub fn erase_held(&mut self, page: usize) {
        let at = self.agenda.number();
        for index in self.pages[page].held.clone() {
            // What it adopted may be somebody else's.
            let message = &self.ledger.entries[index].message;
            if self.pages[page].erased.first().is_none_or(|id| message.contains(id.as_str())) {
                self.ledger.erase(index, at);
            }
        }
        self.let_go(page);
        for id in std::mem::take(&mut self.pages[page].erased) {
            self.ledger.erased.insert(id, at);
        }
        self.mark_beginning(page);
    }
}

/// What is left when everything that can be stored at once is stored.
enum Rest {
    Effect(Effect),
    Spill(Spilling),
}
