//! What each rule grants for the conversions of one advocate's friends, before anything holds it.

use super::{Basis, Line, Rewards, Rule, Side, State, Step, Unit, bind::Case, progress::Progress, sort::Key};
use crate::base::Time;
use alloc::vec::Vec;

/// What is granted so far, and how far advocates are.
pub(super) struct Granted<'h> {
    pub now: Time,
    pub lines: Vec<Line<'h>>,
    pub progress: Vec<Progress<'h>>,
}

/// A rule at work on the conversions of one advocate.
#[derive(Clone, Copy)]
struct Work<'h> {
    /// The place of the rule.
    at: usize,
    rule: &'h Rule,
    now: Time,
}

/// On what a reward rests: whether it is certain, and until when it is held.
type Ground = (bool, Time);

/// The step that a conversion is worth, or why it is worth nothing.
type Grant = Result<Step, &'static str>;

impl<'h> Granted<'h> {
    /// Adds what all rules grant for an advocate's conversions, in time; or for those about which none is asked.
    pub fn add_all(&mut self, rewards: &'h Rewards, run: &[Key<'h>], cases: &[Case<'h>]) {
        let found = run.iter().filter_map(|key| cases.get(key.index));
        if run.first().is_some_and(|key| key.rank > 0) {
            return self.lines.extend(found.map(Line::refused));
        }
        for (at, rule) in rewards.rules.iter().enumerate() {
            let work = Work { at, rule, now: self.now };
            let mut group = Vec::new();
            for case in found.clone() {
                work.take(case, &mut group, &mut self.lines);
            }
            work.close(&group, &mut self.lines);
            if let Some(key) = run.first().filter(|_| rule.basis != Basis::Conversion) {
                self.progress.push(Progress::of(key.name, rule, &group, self.now));
            }
        }
    }
}

impl<'h> Work<'h> {
    /// Pays for a conversion, or adds it to the group that is open; or to a new one, where the time of that is over.
    fn take<'c>(self, case: &'c Case<'h>, group: &mut Vec<&'c Case<'h>>, lines: &mut Vec<Line<'h>>) {
        let check = self.rule.check(case);
        let basis = self.rule.basis;
        if basis == Basis::Conversion || basis == Basis::Group && check.is_err() {
            let grant = check.and_then(|()| self.rule.step(0).ok_or(""));
            self.pay(case, grant, (case.is_cleared, case.due), lines);
        } else if check.is_ok() {
            if group.first().is_some_and(|first| basis == Basis::Group && !self.rule.joins(first, case.entry.time)) {
                self.close(group, lines);
                group.clear();
            }
            group.push(case);
        }
    }

    /// What friends bring who came together, or all that there are.
    fn close(self, group: &[&Case<'h>], lines: &mut Vec<Line<'h>>) {
        if self.rule.basis == Basis::Milestone {
            for step in &self.rule.steps {
                if let (Some(ground), Some(case)) = (support(group, step.friends), group.get(step.friends.wrapping_sub(1))) {
                    lines.push(Line { conversion: "", why: "", ..self.line(Side::Advocate, case, Ok(*step), ground) });
                }
            }
            return;
        }
        let step = self.rule.step(group.len());
        let (is_cleared, due) = step.and_then(|step| support(group, step.friends)).unwrap_or_default();
        for case in group {
            let ground = (case.is_cleared && is_cleared, case.due.max(due));
            self.pay(case, step.ok_or("tier"), ground, lines);
        }
    }

    fn pay(self, case: &Case<'h>, grant: Grant, ground: Ground, lines: &mut Vec<Line<'h>>) {
        for (side, pays) in Side::ALL.into_iter().zip(self.rule.pays) {
            if pays {
                lines.push(self.line(side, case, grant, ground));
            }
        }
    }

    fn line(self, to: Side, case: &Case<'h>, grant: Grant, (is_cleared, due): Ground) -> Line<'h> {
        let Work { at, rule, now } = self;
        let step = grant.ok().or(rule.steps.first().copied());
        let (unit, amount) = step.map_or((Unit::Money, 0), |step| step.worth.of(case.paid));
        let mut line = Line {
            rule: Some(rule),
            conversion: case.entry.id,
            to,
            who: if to == Side::Advocate { case.advocate } else { case.entry.friend },
            unit,
            amount: grant.map_or(0, |_| amount),
            state: state(is_cleared, due, now),
            due,
            friends: grant.map_or(0, |step| step.friends),
            why: grant.err().unwrap_or(if amount == 0 { "rounding" } else { case.remark() }),
            time: case.entry.time,
            by: case.entry.id,
            rank: 2 * at + to as usize,
        };
        line.limit(rule.cap, "cap");
        line
    }
}

impl Rule {
    /// Whether a conversion brings something, or is one friend more; why not.
    fn check(&self, case: &Case<'_>) -> Result<(), &'static str> {
        let is_repeated = match self.basis {
            Basis::Conversion => self.first_only && !case.is_first,
            _ => case.best_before >= self.minimum,
        };
        if case.paid < self.minimum {
            Err("minimum")
        } else if is_repeated {
            Err("repeat")
        } else if case.entry.time.since(case.since) >= self.duration {
            Err("too-late")
        } else {
            Ok(())
        }
    }

    /// Whether a friend who comes at a time is in the group that began with a friend.
    pub(super) fn joins(&self, first: &Case<'_>, time: Time) -> bool {
        time.since(first.entry.time) < self.window
    }

    /// The step that so many friends are on.
    pub(super) fn step(&self, friends: usize) -> Option<Step> {
        self.steps.iter().rfind(|step| step.friends <= friends).copied()
    }
}

/// What a step rests on: so many friends, the first that are certain. Until there are as many of those, it is not.
fn support(group: &[&Case<'_>], friends: usize) -> Option<Ground> {
    let last = friends.checked_sub(1)?;
    let cleared = group.iter().filter(|case| case.is_cleared).nth(last);
    cleared.or(group.get(last)).map(|case| (cleared.is_some(), case.due))
}

fn state(is_cleared: bool, due: Time, now: Time) -> State {
    match is_cleared {
        false => State::Pending,
        true if now < due => State::Held,
        true => State::Approved,
    }
}
