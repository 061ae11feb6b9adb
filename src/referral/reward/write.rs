//! A statement as JSON.

use super::{Basis, Line, MOST, Progress, Rewards, State, Statement, Step, Total, Unit, Worth, progress::percent};
use crate::{base::json::Writer, error::Error};

impl Statement<'_> {
    /// Writes `{"currency","lines","totals","spent","budget","progress","problems"}`; the TypeScript declarations say what is in
    /// them. Times are in ms; a budget without bounds is `null`. Of a person, an advocate's code or a friend's id, only what
    /// concerns them is written, progress also where there is none; of an empty one, everything.
    pub fn write(&self, rewards: &Rewards, person: &str, out: &mut Writer) {
        let is_asked = |who: &str| person.is_empty() || who == person;
        out.open('{').filled("currency", &rewards.currency).key("lines").open('[');
        for line in self.lines.iter().filter(|line| is_asked(line.who)) {
            line.write(out);
        }
        out.close(']').key("totals").open('[');
        for total in self.totals.iter().filter(|total| is_asked(total.who)) {
            total.write(out);
        }
        out.close(']');
        units("spent", self.spent, out);
        units("budget", rewards.budget, out);
        out.key("progress").open('[');
        let mut is_known = person.is_empty();
        for progress in self.progress.iter().filter(|progress| is_asked(progress.who)) {
            progress.write(out);
            is_known = true;
        }
        for rule in rewards.rules.iter().filter(|rule| !is_known && rule.basis != Basis::Conversion) {
            Progress::of(person, rule, &[], self.now).write(out);
        }
        out.close(']').key("problems");
        write_problems(&self.problems, out);
        out.close('}');
    }
}

/// Writes `[{"code","path","message"}]`.
pub fn write_problems(problems: &[Error], out: &mut Writer) {
    out.open('[');
    for problem in problems {
        out.open('{').member("code", problem.code).member("path", &problem.path).member("message", &problem.message).close('}');
    }
    out.close(']');
}

impl Total<'_> {
    fn write(&self, out: &mut Writer) {
        out.open('{').member("to", self.to.word()).member("who", self.who).member("unit", self.unit.word());
        for (state, amount) in State::OWED.iter().zip(self.amounts) {
            out.count(state.word(), amount);
        }
        out.close('}');
    }
}

impl Line<'_> {
    fn write(&self, out: &mut Writer) {
        out.open('{').key("rule").optional(self.rule.map(|rule| rule.id.as_str())).filled("conversion", self.conversion);
        out.member("to", self.to.word()).filled("who", self.who).member("unit", self.unit.word()).count("amount", self.amount);
        out.member("state", self.state.word()).count("due", self.due.0).count("friends", self.friends as i64);
        out.filled("why", self.why).close('}');
    }
}

impl Progress<'_> {
    fn write(&self, out: &mut Writer) {
        out.open('{').member("who", self.who).member("rule", &self.rule.id).count("friends", self.friends as i64);
        out.count("needed", self.needed() as i64);
        step("present", self.present(), out);
        step("next", self.next(), out);
        match self.until {
            Some(until) => out.count("until", until.0),
            None => out.json("until", None),
        };
        out.member("sentence", &self.sentence()).close('}');
    }
}

fn step(name: &str, step: Option<Step>, out: &mut Writer) {
    let Some(step) = step else {
        out.json(name, None);
        return;
    };
    out.key(name).open('{').count("friends", step.friends as i64);
    match step.worth {
        Worth::Share(points) => out.key("percent").raw(&percent(points)),
        Worth::Amount(unit, amount) => out.count("amount", amount).member("unit", unit.word()),
    };
    out.close('}');
}

fn units(name: &str, amounts: [i64; 3], out: &mut Writer) {
    out.key(name).open('{');
    for (unit, amount) in Unit::ALL.iter().zip(amounts) {
        out.key(unit.word());
        if name == "budget" && amount == MOST {
            out.raw("null")
        } else {
            out.integer(amount)
        };
    }
    out.close('}');
}
