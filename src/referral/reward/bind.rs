//! From entries to conversions: each once, less what went back, and each friend with one advocate.

use super::{
    Entry, Kind, Rewards, State, sentence,
    sort::{Key, runs, sorted},
};
use crate::{base::Time, error::Error};
use alloc::vec::Vec;
use core::cmp::Ordering;

/// A conversion and what became of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'h> {
    pub entry: Entry<'h>,
    /// What was paid and has not gone back.
    pub paid: i64,
    /// Whether something was said to go back.
    is_refunded: bool,
    /// When somebody last looked at it, and whether they rejected it.
    verdict: Option<(Time, bool)>,
    /// When something unclear was last said about it, unless somebody approved it since.
    unclear: Option<Time>,
    /// Why no rule is asked; empty where rules are.
    pub refusal: &'static str,
    /// Whom the friend is bound to.
    pub advocate: &'h str,
    /// Whether the friend had none before, with or without an advocate.
    pub is_first: bool,
    /// When the friend was bound.
    pub since: Time,
    /// The most that the friend paid for one before; -1 where there was none.
    pub best_before: i64,
    /// Whether it is certain, but for refunds: nobody has to look at it any more.
    pub is_cleared: bool,
    /// Until when its rewards are held.
    pub due: Time,
}

impl<'h> Case<'h> {
    fn new(entry: Entry<'h>, rewards: &Rewards) -> Case<'h> {
        Case {
            entry,
            paid: entry.amount.unwrap_or(0),
            is_refunded: false,
            verdict: None,
            unclear: None,
            refusal: "",
            advocate: entry.advocate,
            is_first: false,
            since: entry.time,
            best_before: -1,
            is_cleared: !rewards.manual,
            due: entry.time.plus(rewards.holding),
        }
    }

    /// Why it pays nothing yet, a little less, or to somebody else than its code says; empty where it does not.
    pub fn remark(&self) -> &'static str {
        if self.unclear.is_some() {
            "unclear"
        } else if self.is_refunded && self.paid < self.entry.amount.unwrap_or(0) {
            "refund"
        } else if self.entry.advocate != self.advocate && !self.entry.advocate.is_empty() {
            "already-bound"
        } else {
            ""
        }
    }

    /// The state of its rewards where no rule is asked.
    pub fn refused_state(&self) -> State {
        match self.refusal {
            "rejected" => State::Rejected,
            "refund" => State::ClawedBack,
            _ => State::None,
        }
    }

    /// In the order of names, then in time.
    pub fn key(&self, name: &'h str) -> Key<'h> {
        Key { name, time: self.entry.time.0, id: self.entry.id, ..Key::default() }
    }

    /// Takes what was said about it; whether it is cleared and what is left follow.
    fn take(&mut self, entry: &Entry<'_>) {
        match entry.kind {
            Kind::Refund => {
                self.is_refunded = true;
                self.paid = (self.paid - entry.amount.unwrap_or(self.paid)).max(0);
            }
            Kind::Unclear => self.unclear = self.unclear.max(Some(entry.time)),
            kind => self.verdict = self.verdict.max(Some((entry.time, kind == Kind::Rejected))),
        }
    }

    /// Why no rule is asked about it, whoever its friend is bound to.
    fn judge(&mut self, rewards: &Rewards) {
        self.unclear = self.unclear.filter(|unclear| self.verdict.is_none_or(|(time, _)| time <= *unclear));
        self.is_cleared = self.unclear.is_none() && (self.is_cleared || self.verdict.is_some());
        self.refusal = match self.verdict {
            _ if rewards.is_foreign(&self.entry) => "currency",
            _ if self.entry.friend == self.entry.advocate => "self",
            Some((_, true)) => "rejected",
            _ if self.is_refunded && self.paid == 0 => "refund",
            _ => "",
        };
    }
}

impl Rewards {
    /// Whether an entry is about another currency; a program of points and days has none.
    fn is_foreign(&self, entry: &Entry<'_>) -> bool {
        differ(&self.currency, entry.currency)
    }

    /// The conversions of a history, by their ids.
    pub(super) fn cases<'h>(&self, history: &[Entry<'h>], problems: &mut Vec<Error>) -> Vec<Case<'h>> {
        let mut cases: Vec<Case<'h>> = Vec::new();
        for run in runs(&sorted(history, Entry::key)) {
            let Some((entry, doubt)) = counted(run, history, problems) else { continue };
            if entry.kind == Kind::Conversion {
                cases.push(Case::new(entry, self));
            } else {
                self.tell(&mut cases, entry, doubt, problems);
            }
        }
        for case in &mut cases {
            case.judge(self);
        }
        for run in runs(&sorted(&cases, |case| case.key(case.entry.friend))) {
            bind(run, &mut cases);
        }
        cases
    }

    /// Tells a conversion what was said about it, and until when that was in doubt. Conversions come first and by their ids, so
    /// those that there are are there.
    fn tell(&self, cases: &mut [Case<'_>], mut entry: Entry<'_>, doubt: Option<Time>, problems: &mut Vec<Error>) {
        let at = cases.binary_search_by(|case| case.entry.id.cmp(entry.of)).unwrap_or(usize::MAX);
        if let Some(case) = cases.get_mut(at) {
            if self.is_foreign(&entry) || differ(case.entry.currency, entry.currency) {
                entry.kind = Kind::Unclear;
                problems.push(Error::new(
                    "currency",
                    entry.label(),
                    sentence("What is said in another currency cannot be used; nothing is paid for its conversion."),
                ));
            }
            case.take(&entry);
            case.unclear = case.unclear.max(doubt);
        } else if entry.kind != Kind::Unclear {
            problems.push(Error::new(
                "unknown-conversion",
                entry.of,
                sentence("There is no conversion of this id; nothing changes."),
            ));
        }
    }
}

/// Whether two currencies are others; an empty one is whatever is meant.
fn differ(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && one != other
}

/// Of entries with one name, in time, that which counts: the earliest; of approvals and rejections the last. And when the last
/// spoke of another amount or currency, if any did.
fn counted<'h>(run: &[Key<'h>], history: &[Entry<'h>], problems: &mut Vec<Error>) -> Option<(Entry<'h>, Option<Time>)> {
    let mut entries = run.iter().filter_map(|key| history.get(key.index));
    let mut counted = *entries.next()?;
    if counted.is_verdict() {
        return Some((*entries.next_back().unwrap_or(&counted), None));
    }
    let (mut differs, mut doubt) = (false, None);
    for entry in entries {
        let order = entry.content().cmp(&counted.content());
        differs |= order != Ordering::Equal;
        if (entry.amount, entry.currency) != (counted.amount, counted.currency) {
            doubt = Some(entry.time);
        }
        if order == Ordering::Less {
            counted = *entry;
        }
    }
    if differs {
        problems.push(Error::new(
            "conflict",
            counted.label(),
            sentence("Entries of this id say different things; the earliest counts."),
        ));
    }
    Some((counted, doubt))
}

/// Binds a friend to the first advocate, in time, of a conversion that counts.
fn bind(run: &[Key<'_>], cases: &mut [Case<'_>]) {
    let (mut advocate, mut since, mut is_first, mut best) = ("", Time::default(), true, -1);
    for key in run {
        let Some(case) = cases.get_mut(key.index).filter(|case| case.refusal.is_empty()) else { continue };
        if advocate.is_empty() {
            (advocate, since) = (case.advocate, case.entry.time);
        }
        (case.advocate, case.since, case.is_first, case.best_before) = (advocate, since, is_first, best);
        if advocate.is_empty() {
            case.refusal = "no-advocate";
        } else {
            best = best.max(case.paid);
        }
        is_first = false;
    }
}
