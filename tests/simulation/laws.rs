//! What has to hold at every moment. Each law is a sentence; what breaks it is told with the steps that led there.

use super::{
    carry::{Cause, ROOM},
    ledger::{Excuse, place},
    tab::Life,
    text::member,
    world::World,
};
use privateer::{
    base::Time,
    client::{CONSENT_KEY, VISITOR_KEY},
    experiment::STICKY_PREFIX,
    tracking::{
        consent::Consent::{self, Denied, Granted},
        delivery::Batch,
        queue::WAITING,
    },
};
use std::rc::Rc;

const HOUR: i64 = 3_600_000;
/// The longest wait that the client chooses, and the longest that a collector may ask for, in ms.
/// Of waits that the page decides: while the browser is offline.
const LONGEST_BACKOFF: i64 = 20 * 60_000;
const LONGEST_WISH: i64 = 24 * HOUR;
/// `BATCH_BYTES` and `LASTING_BYTES` in `src/tracking/delivery.rs`.
const BYTES: usize = 60_000;

impl World {
    /// Before an event is stored for the first time, or anew.
    pub fn check_event(&mut self, page: usize, index: usize, message: &str) {
        if self.pages[page].consent[1] != Granted {
            self.break_law("No event is stored without consent.", index);
        }
        let is_marketing = message.contains("\"marketing\":true");
        if is_marketing && self.plan.refuses {
            self.break_law("What the browser refuses for the visitor, nobody can grant.", index);
        }
        if message.contains("\"gclid\":\"") && !is_marketing {
            self.break_law("No event holds a click id without consent to marketing.", index);
        }
        self.check_number(index, message);
        self.check_ids(page, index, message);
    }

    fn check_number(&mut self, index: usize, message: &str) {
        let place = place(message);
        if *self.ledger.numbers.entry(place).or_insert(index) != index {
            self.break_law("No two events have the same session, window and number.", index);
        }
    }

    fn check_ids(&mut self, page: usize, index: usize, message: &str) {
        if self.ledger.entries[index].by.0 != page || self.browser.is_deaf {
            return;
        }
        for name in ["anonymousId", "sessionId", "windowId"] {
            let since = self.ledger.erased.get(member(message, name));
            if since.is_some_and(|since| *since < self.pages[page].begun_at) {
                self.break_law("Nothing of a visitor who was erased, no id of theirs, is known of the next one.", index);
            }
        }
    }

    /// Before anything that is no event is stored.
    pub fn check_saving(&mut self, page: usize, key: &str, value: &str) {
        let [experiments, analytics, marketing] = self.pages[page].consent;
        let has = |name: &str| value.contains(name);
        let allowed = match key {
            VISITOR_KEY if analytics == Granted => marketing == Granted || !has("\"gclid\":\""),
            VISITOR_KEY => {
                experiments == Granted
                    && !["session", "userId", "traits", "tally", "first"].iter().any(|name| has(&format!("\"{name}\":")))
            }
            CONSENT_KEY => analytics == Denied && value == "denied",
            _ => key.starts_with(STICKY_PREFIX) && experiments == Granted,
        };
        if !allowed {
            self.break_law_with(
                "Nothing is stored of a visitor beyond what they allowed.",
                format!("page {page}, {key}: {value}"),
            );
        }
    }

    /// An event is erased that this page did not have to deliver.
    pub fn check_erasing(&mut self, index: usize) {
        let entry = &self.ledger.entries[index];
        if entry.local && !entry.wiped && entry.excuse != Some(Excuse::Erased) {
            self.break_law("A page erases only what is its own, and what is to be erased.", index);
        }
    }

    /// Before a batch is sent.
    pub fn check_sending(&mut self, page: usize, cause: Cause, batch: &Batch, items: &[(usize, Rc<str>)]) {
        if self.pages[page].consent[1] != Granted {
            self.break_law_here("Nothing is sent without consent.", page);
        }
        self.check_size(page, batch, items.len());
        self.check_items(page, items);
        self.check_single(page, cause, items);
        self.check_pause(page, cause);
        self.pages[page].rings = 0;
    }

    fn check_size(&mut self, page: usize, batch: &Batch, events: usize) {
        if events > self.plan.batch_events || batch.body.len() > BYTES && (events > 1 || batch.lasting) {
            let detail = format!("page {page}: {events} events, {} bytes", batch.body.len());
            self.break_law_with("A batch is within its limits, unless one event alone is larger.", detail);
        }
        let lasting = self.pages[page].requests.iter().map(|request| &self.requests[*request]).filter(|request| request.lasting);
        let together: usize = lasting.map(|request| request.bytes).sum();
        if batch.lasting && together + batch.body.len() > BYTES {
            let detail = format!("page {page}: {} bytes besides {together}", batch.body.len());
            self.break_law_with("What outlives a page has at most 60,000 bytes together.", detail);
        }
    }

    fn check_items(&mut self, page: usize, items: &[(usize, Rc<str>)]) {
        for (index, _) in items {
            let entry = &self.ledger.entries[*index];
            if entry.acknowledged && !entry.copies && self.plan.locks {
                return self.break_law("What was acknowledged is never sent again.", *index);
            }
            if entry.erased_at.is_some_and(|at| at < self.pages[page].begun_at) && !self.browser.is_deaf {
                return self.break_law("Nothing of a visitor who was erased is sent.", *index);
            }
            if !self.pages[page].held.contains(index) {
                return self.break_law("A page sends only what it has to deliver.", *index);
            }
        }
    }

    fn check_single(&mut self, page: usize, cause: Cause, items: &[(usize, Rc<str>)]) {
        let this = &self.pages[page];
        let under_way = this.requests.iter().flat_map(|request| &self.requests[*request].items).map(|(index, _)| index);
        let mut under_way = under_way.filter(|index| this.held.contains(index));
        if cause != Cause::Leaving(true) && under_way.clone().next().is_some() {
            self.break_law_here("One batch is under way at a time, unless the page is left.", page);
        } else if let Some(twice) = under_way.find(|index| items.iter().any(|(item, _)| item == *index)) {
            self.break_law("What is under way is not sent again.", *twice);
        }
    }

    fn check_pause(&mut self, page: usize, cause: Cause) {
        let now = self.now;
        if matches!(cause, Cause::Flush | Cause::Leaving(_)) {
            self.pages[page].pause = None;
            return;
        }
        if let Some(pause) = self.pages[page].pause.filter(|pause| now - pause.since < pause.least) {
            let detail = format!("page {page}: {} ms instead of {}", now - pause.since, pause.least);
            self.break_law_with("After a failure nothing is sent before the wait is over.", detail);
        }
        let this = &mut self.pages[page];
        this.sendings.push_back(now);
        while this.sendings.front().is_some_and(|at| now - at > HOUR) {
            this.sendings.pop_front();
        }
        if this.sendings.len() > 300 + 4 * self.ledger.entries.len() {
            self.break_law_here("Requests are bounded: 300 an hour, and four for each event.", page);
        }
    }

    /// After a step that nothing cut short.
    pub fn check_step(&mut self, page: usize, cause: Cause) {
        let is_timer = cause == Cause::Timer;
        let this = &mut self.pages[page];
        this.rings = if is_timer { this.rings + 1 } else { 0 };
        if this.rings > 20 {
            return self.break_law_here("A page is not woken again and again for nothing.", page);
        }
        if cause == Cause::Suspend {
            return self.check_suspended(page);
        }
        if self.pages[page].client.is_none() {
            return;
        }
        if self.pages[page].consent[1] == Granted {
            self.check_counts(page);
            self.check_waking(page);
        }
        self.check_bounds(page, cause);
    }

    /// What is put aside lies in the storage, for others.
    fn check_suspended(&mut self, page: usize) {
        if self.pages[page].consent[1] == Granted {
            self.pages[page].pause = None;
            self.lose_requests(page);
            self.let_go(page);
        }
    }

    /// What another tab was told holds here, too.
    pub fn follow_consent(&mut self, page: usize) {
        let this = &mut self.pages[page];
        let Some(client) = &this.client else { return };
        let consent = client.consent();
        if this.consent[1] == Denied && consent.analytics() == Granted {
            this.asked = i64::from(self.plan.pageviews);
        }
        this.consent = [consent.experiments(), consent.analytics(), consent.marketing()];
    }

    fn check_counts(&mut self, page: usize) {
        let this = &self.pages[page];
        let (told, limited) = this.told.values().fold((0, 0), |sum, told| (sum.0 + told.0, sum.1 + told.1));
        let (asked, recorded, dropped, is_uncounted) = (this.asked, this.recorded, this.dropped, this.is_uncounted);
        if told != dropped + limited && !is_uncounted {
            let detail = format!("page {page}: told {told} of {dropped} given up and {limited} over the limit");
            self.break_law_with("What is given up is told, exactly.", detail);
        }
        if asked != recorded + limited && !is_uncounted {
            let detail = format!("page {page}: asked for {asked}, recorded {recorded}, {limited} over the limit");
            self.break_law_with("What is recorded is stored before the call returns, or counted as beyond the limit.", detail);
        }
    }

    fn check_waking(&mut self, page: usize) {
        let this = &self.pages[page];
        if !this.held.is_empty() && this.requests.is_empty() && this.timer == 0 {
            self.break_law_here("Whoever has something to send asks to be woken.", page);
        }
    }

    /// A page asks to be woken then. Where the clock was set within the step, nobody can say how long that is.
    pub fn check_wait(&mut self, page: usize, cause: Cause, time: Time) {
        let (stepped, jumps) = self.pages[page].stepped;
        let wait = time.since(stepped);
        let longest = self.pages[page].pause.map_or(LONGEST_BACKOFF, |pause| pause.least.clamp(LONGEST_BACKOFF, LONGEST_WISH));
        if matches!(cause, Cause::Answer(_)) && wait > longest + 4 && jumps == self.jumps {
            self.break_law_with("No wait is longer than agreed.", format!("page {page} waits {wait} ms, not {longest}"));
        }
    }

    fn check_bounds(&mut self, page: usize, cause: Cause) {
        let this = &self.pages[page];
        if this.held.len() > WAITING + 2 * self.plan.batch_events + 200 {
            self.break_law_here("No more than 10,000 events wait.", page);
        } else if self.plan.crowded && matches!(cause, Cause::Answer(_)) {
            let own = format!("{}{}.", privateer::client::EVENT_PREFIX, this.name);
            let stored = self.browser.local.range(own.clone()..).take_while(|(key, _)| key.starts_with(&own)).count();
            if stored > ROOM {
                self.break_law_with("A page has no more than 1,000 events in local storage.", format!("page {page}: {stored}"));
            }
        }
    }

    /// A step was cut short by the end of its page.
    pub fn check_cut_step(&mut self, page: usize, cause: Cause) {
        let this = &mut self.pages[page];
        // What waited for consent was being stored, in the order that the clock showed: the rest is missing among the numbers.
        this.is_uncounted |= matches!(cause, Cause::Consent | Cause::Visitor) && this.asked > this.recorded;
        let told: i64 = this.told.values().map(|(count, limited)| count - limited).sum();
        if told < this.dropped {
            let detail = format!("page {page}: told {told} of {}", this.dropped);
            self.break_law_with("The report of a loss is stored before the events are erased.", detail);
        }
        self.browser.remembers = false;
        if let Cause::Answer(request) = cause {
            self.expect_copies_of(request);
        }
    }

    /// A page begins.
    pub fn check_beginning(&mut self, page: usize) {
        // Until every page has heard of an answer, one that has not may have stored what held before.
        if !self.browser.remembers || self.browser.is_deaf || !self.all_have_heard(page) || self.pages[page].life != Life::Live {
            return;
        }
        for purpose in 0..3 {
            if self.wishes[purpose] == Some(false) && self.pages[page].consent[purpose] == Consent::Granted {
                let detail = format!("page {page}, purpose {purpose}: {:?}", self.wishes);
                self.break_law_with("What the visitor refused stays refused on the next page.", detail);
            }
        }
    }
}
