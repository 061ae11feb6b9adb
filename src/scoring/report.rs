//! A score as JSON, for whoever shows it, and as an attribute that experiments and stages can ask about.

use super::{
    Model, Score,
    ledger::{Ledger, insert},
    rule::{POINT, Present},
    score::{AXES, TOTAL},
    standing::Standing,
};
use crate::{base::json::Writer, condition::Context};
use alloc::{string::String, vec::Vec};

/// So many suggestions are made.
const SUGGESTIONS: usize = 5;

impl Model {
    /// The letter and digit of a lead in the grid, such as `B2`: fit from A down, engagement from 1 down. `None` where the
    /// model has no grid, an axis is not scored, or the lead is disqualified.
    pub fn grade(&self, score: &Score<'_>) -> Option<String> {
        let mut grade = String::new();
        for ((cuts, points), first) in self.grid.iter().zip(score.axes).zip(['A', '1']) {
            let points = points.filter(|_| score.disqualified.is_empty())?;
            let below = cuts.as_ref()?.iter().filter(|cut| points < **cut).count();
            grade.push(char::from(first as u8 + below as u8));
        }
        Some(grade)
    }

    /// `{"total","fit","engagement","value","grade","stage","thresholds","triggers","disqualified","rules"}`: numbers, `null`
    /// where nothing is scored, and what each rule counted, by its id; with `learned`, what learned models say, as it was told.
    pub fn facts(&self, score: &Score<'_>, standing: &Standing, learned: &str, present: Present<'_>) -> String {
        let host = present.host;
        let mut out = Writer::begin('{');
        self.write_facts(score, standing, &mut out, present);
        if !learned.is_empty() {
            out.key("learned").raw(learned);
        }
        out.key("rules").open('{');
        for (rule, worth) in self.rules.iter().zip(&score.worths) {
            out.key(&rule.id).number(worth.value, host);
        }
        out.close('}');
        out.end('}')
    }

    fn write_facts(&self, score: &Score<'_>, standing: &Standing, out: &mut Writer, present: Present<'_>) {
        let host = present.host;
        for (axis, points) in AXES.iter().zip(score.axes) {
            // What is no number is written as `null`.
            out.key(axis).number(points.map_or(f64::NAN, in_points), host);
        }
        out.key("grade").optional(self.grade(score).as_deref()).filled("stage", &standing.stage);
        write_list("thresholds", standing.reached.iter().map(String::as_str), out);
        let in_session = standing.fired.iter().filter(|(_, times)| times.last().is_some_and(|last| *last >= present.since.0));
        write_list("triggers", in_session.map(|(id, _)| id.as_str()), out);
        write_list("disqualified", score.disqualified.iter().copied(), out);
        write_list("missing", score.missing.iter().copied(), out);
    }

    /// The whole answer: the facts, the model's version, how many events it is made of, reasons, and what would raise it most.
    pub fn report(
        &self,
        ledger: &Ledger,
        standing: &Standing,
        learned: &str,
        context: &Context<'_>,
        present: Present<'_>,
    ) -> String {
        let host = present.host;
        let score = self.score(ledger, context, present);
        let mut out = Writer::begin('{');
        self.write_facts(&score, standing, &mut out, present);
        if !learned.is_empty() {
            out.key("learned").raw(learned);
        }
        out.member("model", &super::version::version(self.document.root(), host)).count("events", ledger.count() as i64);
        out.key("reasons").open('[');
        for reason in &score.reasons {
            out.open('{').member("rule", reason.rule).member("label", reason.label);
            out.member("axis", AXES.get(reason.axis).unwrap_or(&""));
            out.key("points").number(in_points(reason.points), host).key("count").number(reason.count, host);
            if let Some((id, time)) = reason.last.and_then(|number| ledger.event(number)) {
                out.member("messageId", id).member("timestamp", &time.iso8601());
            }
            out.close('}');
        }
        out.close(']').key("next").open('[');
        for (id, label, points) in self.suggestions(ledger, context, present, &score) {
            out.open('{').member("rule", id).member("label", label).key("points").number(in_points(points), host).close('}');
        }
        out.close(']');
        out.end('}')
    }

    /// What would raise the total most, were it to happen once more or to hold: rule, label, points.
    fn suggestions(
        &self,
        ledger: &Ledger,
        context: &Context<'_>,
        present: Present<'_>,
        score: &Score<'_>,
    ) -> Vec<(&str, &str, i64)> {
        let mut suggestions: Vec<(&str, &str, i64)> = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let with = self.score_with(ledger, context, present, Some(number));
            let raise = with.axes[TOTAL].unwrap_or(0) - score.axes[TOTAL].unwrap_or(0);
            if raise > 0 {
                let label = self.document.place(rule.place).get_filled("label").unwrap_or(&rule.id);
                let below = suggestions.iter().rev().take_while(|(.., points)| *points < raise).count();
                insert(&mut suggestions, (&rule.id, label, raise), below);
            }
        }
        suggestions.truncate(SUGGESTIONS);
        suggestions
    }
}

fn write_list<'s>(name: &str, texts: impl Iterator<Item = &'s str>, out: &mut Writer) {
    out.key(name).open('[');
    for text in texts {
        out.string(text);
    }
    out.close(']');
}

fn in_points(thousandths: i64) -> f64 {
    thousandths as f64 / POINT
}
