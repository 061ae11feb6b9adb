//! What each rule grants for the conversions of one advocate's friends, before anything holds it.

use super::{Basis, Line, Rule, Side, State, Step, Unit, bind::Case, progress::Progress};
use crate::base::Time;
use alloc::vec::Vec;

/// What is granted so far, and how far advocates are.
#[derive(Default)]
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
    /// Adds what a rule, the one at that place, grants for an advocate's conversions in the order of time.
    pub fn add(&mut self, at: usize, rule: &'h Rule, cases: &[Case<'h>]) {
        let work = Work { at, rule, now: self.now };
        if rule.basis == Basis::Conversion {
            for case in cases {
                let grant = rule.check(case).and_then(|()| rule.step(0).ok_or(""));
                work.pay(case, grant, ground(case), &mut self.lines);
            }
            return;
        }
        let mut group = Vec::new();
        for case in cases {
            work.gather(case, &mut group, &mut self.lines);
        }
        work.close(&group, &mut self.lines);
        if let Some(case) = cases.first() {
            self.progress.push(Progress::of(case.advocate, rule, &group, self.now));
        }
    }
}

impl<'h> Work<'h> {
    /// Adds a conversion to the group that is open, or to a new one where its time is over.
    fn gather(self, case: &Case<'h>, group: &mut Vec<Case<'h>>, lines: &mut Vec<Line<'h>>) {
        let is_group = self.rule.basis == Basis::Group;
        match self.rule.check(case) {
            Ok(()) => {
                if group.first().is_some_and(|first| is_group && !self.rule.joins(first, case.entry.time)) {
                    self.close(group, lines);
                    group.clear();
                }
                group.push(*case);
            }
            Err(why) if is_group => self.pay(case, Err(why), ground(case), lines),
            Err(_) => {}
        }
    }

    /// What friends bring who came together, or all that there are.
    fn close(self, group: &[Case<'h>], lines: &mut Vec<Line<'h>>) {
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

fn ground(case: &Case<'_>) -> Ground {
    (case.is_cleared, case.due)
}

/// What a step rests on: so many friends, the first that are certain. Until there are as many of those, it is not.
fn support(group: &[Case<'_>], friends: usize) -> Option<Ground> {
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
