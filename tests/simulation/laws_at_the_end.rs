//! What has to hold when all is well again and everything came to rest.

use super::{
    ledger::{Entry, Excuse},
    text::count,
    world::World,
};
use privateer::{
    client::{HISTORY_PREFIX, VISITOR_KEY},
    tracking::consent::Consent,
};
use std::collections::HashMap;

impl World {
    pub fn check_end(&mut self) {
        self.nothing_is_lost();
        self.reports_tell_all();
        self.numbers_have_no_gaps();
        self.nothing_waits();
        self.nothing_of_the_erased_remains();
        self.little_is_kept();
    }

    /// Each event arrived, or there is an excuse.
    fn nothing_is_lost(&mut self) {
        // What lies there may wait for an answer: that of a page that was killed while it stored it is not remembered.
        let is_unanswered =
            self.pages.iter().rev().find(|page| page.client.is_some()).is_none_or(|page| page.consent[1] != Consent::Granted);
        let waits = |entry: &Entry| is_unanswered && (entry.local || entry.spilled);
        let lost = self.ledger.entries.iter().position(|entry| entry.taken == 0 && entry.excuse.is_none() && !waits(entry));
        if let Some(index) = lost {
            self.break_law("What was recorded with consent arrives, is counted as given up, or was erased by wish.", index);
        }
    }

    /// A collector keeps what came first under an id: nothing may be added to it later.
    fn reports_tell_all(&mut self) {
        // A report that was written anew before it was sent may lie there as it was before, too: that one comes too late.
        let is_older = |entry: &Entry, first: &str| entry.is_report && count(first, "count") >= count(&entry.message, "count");
        let is_new = |entry: &Entry, first: &str| *first != *entry.message && !is_older(entry, first);
        let is_excused = |entry: &Entry| entry.wiped || entry.unstored || entry.excuse == Some(Excuse::Erased);
        let is_other = |entry: &Entry| entry.first.as_ref().is_some_and(|first| is_new(entry, first)) && !is_excused(entry);
        // Without locks two pages may have a report, and each its own version.
        if let Some(index) = self.ledger.entries.iter().position(is_other).filter(|_| self.plan.locks) {
            self.break_law("What is sent once never changes: a collector keeps the first copy.", index);
        }
    }

    /// Within a session and a window every number has its event.
    fn numbers_have_no_gaps(&mut self) {
        if self.pages.iter().any(|page| page.is_uncounted) {
            return;
        }
        let mut highest: HashMap<(&str, &str), (i64, i64)> = HashMap::new();
        for (session, window, number) in self.ledger.numbers.keys() {
            let (most, count) = highest.entry((session, window)).or_default();
            *most = (*most).max(*number);
            *count += 1;
        }
        let gap = highest.iter().find(|(_, (most, count))| most != count);
        if let Some(((session, window), (most, count))) = gap {
            let detail = format!("session {session}, window {window}: {count} events, the last has number {most}");
            self.break_law_with("Within a session and a window the numbers have no gap.", detail);
        }
    }

    fn nothing_waits(&mut self) {
        for page in self.live_pages() {
            if !self.pages[page].held.is_empty() && self.pages[page].consent[1] == Consent::Granted {
                self.break_law_here("In the end nothing waits.", page);
            }
        }
        if self.wishes[1] == Some(false) {
            return;
        }
        let kept = self
            .ledger
            .entries
            .iter()
            .position(|entry| entry.taken > 0 && (entry.local || entry.spilled) && entry.excuse.is_none());
        if let Some(index) = kept.filter(|_| self.plan.locks) {
            self.break_law("What arrived is stored no longer.", index);
        }
    }

    fn nothing_of_the_erased_remains(&mut self) {
        if self.browser.is_deaf || self.browser.denied {
            return;
        }
        let local = self.browser.local.iter().chain(&self.browser.spilled).map(|(key, value)| (key.as_str(), value.as_str()));
        // What a tab keeps that shows another site, nobody can reach.
        let windows = self
            .tabs
            .iter()
            .filter(|tab| tab.page.is_some())
            .filter_map(|tab| Some(("privateer.window", tab.window.as_deref()?)));
        for (key, value) in local.chain(windows) {
            if let Some(id) = self.ledger.erased.keys().find(|id| key.contains(id.as_str()) || value.contains(id.as_str())) {
                let detail = format!("{id} in {key}: {value:.600}");
                return self.break_law_with("Nothing of a visitor who was erased remains in any storage.", detail);
            }
        }
        let stays =
            self.ledger.entries.iter().position(|entry| entry.excuse == Some(Excuse::Erased) && (entry.local || entry.spilled));
        if let Some(index) = stays {
            self.break_law("Nothing of a visitor who was erased remains in any storage.", index);
        }
    }

    fn little_is_kept(&mut self) {
        let delivered = self.browser.local.keys().filter(|key| key.starts_with(HISTORY_PREFIX)).count();
        if delivered > self.plan.history {
            self.break_law_with("No more delivered events are kept than the site wants.", format!("{delivered}"));
        }
        let record = self.browser.local.get(VISITOR_KEY).map_or("", String::as_str);
        let refusals = record.matches("\"status\":").count();
        if refusals > 20 {
            self.break_law_with(
                "No more than 20 refused events are remembered.",
                format!("{refusals}, {}", count(record, "dropped")),
            );
        }
    }
}
