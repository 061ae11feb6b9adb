//! From a history to a statement.

use super::{
    Entry, Line, Rewards, State, Statement, Total,
    bind::Case,
    grant::Granted,
    sort::{Key, runs, sorted},
};
use crate::base::Time;
use alloc::vec::Vec;

impl Rewards {
    /// What is owed to everybody. The order of the history does not matter, nor what comes twice in it; `now` decides what is
    /// still held and which groups are open, nothing else: what lies in the future counts too.
    pub fn settle<'h>(&'h self, history: &[Entry<'h>], now: Time) -> Statement<'h> {
        let mut statement = Statement { now, ..Statement::default() };
        let cases = self.cases(history, &mut statement.problems);
        let mut granted = Granted { now, lines: Vec::new(), progress: Vec::new() };
        // What is refused has a rank of its own.
        let by_advocate = sorted(&cases, |case| Key { rank: (!case.refusal.is_empty()).into(), ..case.key(case.advocate) });
        for run in runs(&by_advocate) {
            granted.add_all(self, run, &cases);
        }
        statement.progress = granted.progress;
        let mut lines = granted.lines;
        for run in runs(&sorted(&lines, |line| Key { rank: line.rank, ..line.key(line.who) })) {
            hold(run, &mut lines);
        }
        for key in sorted(&lines, |line| line.key("")) {
            if let Some(mut line) = lines.get(key.index).copied() {
                self.spend(&mut line, &mut statement.spent);
                statement.lines.push(line);
            }
        }
        statement.totals = totals(&statement.lines);
        statement
    }

    /// Gives from the budget what is left of it.
    fn spend(&self, line: &mut Line<'_>, spent: &mut [i64; 3]) {
        let unit = line.unit as usize;
        if let (Some(spent), Some(budget)) = (spent.get_mut(unit), self.budget.get(unit)) {
            line.limit(budget - *spent, "budget");
            *spent += line.amount;
        }
    }
}

impl<'h> Line<'h> {
    /// In the order of names, then in time.
    fn key(&self, name: &'h str) -> Key<'h> {
        Key { name, time: self.time.0, id: self.by, ..Key::default() }
    }

    /// That of a conversion about which no rule is asked.
    pub(super) fn refused(case: &Case<'h>) -> Line<'h> {
        Line {
            conversion: case.entry.id,
            who: case.advocate,
            state: case.refused_state(),
            due: case.due,
            why: case.refusal,
            time: case.entry.time,
            by: case.entry.id,
            ..Line::default()
        }
    }
}

/// Holds what one rule gives one person, oldest first: so many within the window, and no more than so much in all.
fn hold(keys: &[Key<'_>], lines: &mut [Line<'_>]) {
    let mut given = 0;
    let mut times: Vec<Time> = Vec::new();
    for key in keys {
        let Some(line) = lines.get_mut(key.index).filter(|line| line.amount > 0) else { continue };
        let Some(rule) = line.rule else { continue };
        let earlier = times.len().checked_sub(rule.at_most).and_then(|at| times.get(at));
        if earlier.is_some_and(|earlier| line.time.since(*earlier) < rule.window) {
            line.limit(0, "limit");
        } else {
            line.limit(rule.cap_per_person - given, "cap");
            given += line.amount;
            times.push(line.time);
        }
    }
}

/// What everybody has, person by person.
fn totals<'h>(lines: &[Line<'h>]) -> Vec<Total<'h>> {
    let mut totals: Vec<Total<'h>> = Vec::new();
    for key in sorted(lines, |line| Key { rank: line.to as usize, time: line.unit as i64, ..line.key(line.who) }) {
        let Some(line) = lines.get(key.index).filter(|line| line.amount > 0) else { continue };
        let is_other = |last: &Total<'h>| last.to != line.to || last.who != line.who || last.unit != line.unit;
        if totals.last().is_none_or(is_other) {
            totals.push(Total { to: line.to, who: line.who, unit: line.unit, amounts: [0; 3] });
        }
        let state = (line.state as usize).wrapping_sub(State::Pending as usize);
        if let Some(amount) = totals.last_mut().and_then(|total| total.amounts.get_mut(state)) {
            *amount += line.amount;
        }
    }
    totals
}
