//! Reading the rules. A rule with a mistake is left out whole: paid by a guess would be paid wrongly.

use super::{
    Basis, MOST, Rewards, Rule, Step, Unit, Worth,
    entry::{adopt, required, whole},
    sentence,
};
use crate::base::{
    json::{Json, Section, children},
    text::cut,
    time::DAY,
};
use alloc::vec::Vec;

/// No span is longer: a hundred years, in days.
const AGES: i64 = 36_500;

/// More friends than that nobody has.
const CROWD: i64 = 1_000_000;

/// Why a rule pays nobody further up, and nothing for recruitment.
const PYRAMID: &str = sentence(
    "Only a friend's own conversion is paid for, to its advocate or the friend. Pay for recruitment, or further up, is pyramid selling: unlawful in many countries (no legal advice).",
);

impl Rewards {
    /// Reads the section `rewards` of a program. A rule with a mistake is left out, and all of them where the mistake is in what
    /// holds for all: nobody shall be paid by a guess.
    ///
    /// Problems: `pyramid` for rewards of recruitment or at a depth beyond one, `wrong-type`, `out-of-range`, `unknown-word`,
    /// `duplicate-id`.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        let before = section.problems().len();
        self.holding = whole(&mut section, "holding_days", 0, 0, AGES) * DAY;
        self.manual = word(&mut section, "review", "automatic manual") == Some(1);
        self.budget = budget(&mut section);
        section.take_text("currency", &mut self.currency);
        if section.get("currency").is_some() && !is_currency(&self.currency) {
            section.problem("unknown-word", "currency", sentence("A currency has three capitals, such as EUR."));
        }
        check_depth(&mut section);
        let is_sound = section.problems().len() == before;
        for (index, element) in section.items("rules").enumerate() {
            let mut found = Vec::new();
            let rule = self.rule(Section::new(Some(element), "", &mut found));
            if found.is_empty() && is_sound {
                self.rules.push(rule);
            }
            adopt(section.problems(), found, "$.referral.rewards.rules", index);
        }
    }

    fn rule(&self, mut fields: Section<'_, '_>) -> Rule {
        check_depth(&mut fields);
        check_on(&mut fields);
        let id = required(&mut fields, "id");
        if self.rules.iter().any(|rule| rule.id == id) {
            fields.problem("duplicate-id", "id", sentence("An earlier one has the same id; this one is left out."));
        }
        let (basis, steps) = kind(&mut fields);
        let pays_money = steps.iter().any(|step| step.worth.of(0).0 == Unit::Money);
        if pays_money && self.currency.is_empty() {
            fields.problem("wrong-type", "kind", sentence("Who pays money names the currency of the program, such as EUR."));
        }
        let duration = days(&mut fields, "duration_days");
        Rule {
            id: id.into(),
            pays: pays(&mut fields, basis),
            basis,
            steps,
            minimum: whole(&mut fields, "minimum_purchase", 0, 0, MOST),
            first_only: fields.flag("first_purchase_only", duration == MOST),
            duration,
            cap: whole(&mut fields, "cap", MOST, 1, MOST),
            cap_per_person: whole(&mut fields, "cap_per_person", MOST, 1, MOST),
            at_most: whole(&mut fields, "at_most", u32::MAX.into(), 1, CROWD) as usize,
            window: days(&mut fields, "within_days"),
        }
    }
}

/// A number is of money; an object has a number for each unit.
fn budget(section: &mut Section<'_, '_>) -> [i64; 3] {
    match section.get("budget").filter(|budget| budget.is_object()) {
        None => [whole(section, "budget", MOST, 0, MOST), MOST, MOST],
        budget => {
            let mut units = Section::new(budget, "$.referral.rewards.budget", section.problems());
            Unit::ALL.map(|unit| whole(&mut units, unit.word(), MOST, 0, MOST))
        }
    }
}

fn kind(fields: &mut Section<'_, '_>) -> (Basis, Vec<Step>) {
    let kind = word(fields, "kind", "percent fixed points days tiers milestones");
    if fields.get("kind").is_none() {
        required(fields, "kind");
    }
    match kind {
        None => (Basis::Conversion, Vec::new()),
        Some(4) => (Basis::Group, steps(fields, "tiers")),
        Some(5) => (Basis::Milestone, steps(fields, "steps")),
        Some(kind) => {
            let unit = kind.checked_sub(1).and_then(|at| Unit::ALL.get(at)).copied();
            (Basis::Conversion, Vec::from([Step { friends: 0, worth: worth(fields, unit) }]))
        }
    }
}

/// A list of steps with more friends each.
fn steps(fields: &mut Section<'_, '_>, name: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut found = Vec::new();
    let path = [".", name].concat();
    for (index, element) in fields.items(name).enumerate() {
        let mut inner = Vec::new();
        let mut part = Section::new(Some(element), "", &mut inner);
        // A tier may be a share of what was paid; what a milestone would be a share of, nobody knows.
        let unit = if name == "tiers" && part.get("percent").is_some() { None } else { unit(&mut part) };
        let friends = whole(&mut part, "friends", 0, 1, CROWD) as usize;
        if steps.last().map_or(0, |last| last.friends) >= friends {
            part.problem(
                "out-of-range",
                "friends",
                sentence("Each step needs more friends than the one before, the first at least 1."),
            );
        }
        steps.push(Step { friends, worth: worth(&mut part, unit) });
        adopt(&mut found, inner, &path, index);
    }
    fields.problems().append(&mut found);
    if steps.is_empty() {
        fields.problem("wrong-type", name, sentence("A list […] belongs here."));
    }
    steps
}

/// Money where no unit is named.
fn unit(fields: &mut Section<'_, '_>) -> Option<Unit> {
    let unit = word(fields, "unit", "money points days");
    Unit::ALL.get(unit.unwrap_or(0)).copied()
}

/// An amount of a unit, or a percentage where there is none.
fn worth(fields: &mut Section<'_, '_>, unit: Option<Unit>) -> Worth {
    match unit {
        Some(unit) => Worth::Amount(unit, needed(fields, "amount", |fields| whole(fields, "amount", 1, 1, MOST))),
        None => Worth::Share(needed(fields, "percent", share)),
    }
}

/// A percentage in basis points. It is the double of one with two decimals, or has more of them, and is refused.
fn share(fields: &mut Section<'_, '_>) -> i64 {
    let percent = fields.number("percent", 1.0, 0.01, 100.0);
    let points = (percent * 100.0 + 0.5) as i64;
    if points as f64 / 100.0 != percent {
        fields.problem("out-of-range", "percent", sentence("A percentage has two decimals at most."));
    }
    points
}

/// A number that there has to be.
fn needed(fields: &mut Section<'_, '_>, name: &str, read: impl Fn(&mut Section<'_, '_>) -> i64) -> i64 {
    if fields.get(name).is_none() {
        fields.problem("wrong-type", name, sentence("A number belongs here, without quotes."));
    }
    read(fields)
}

fn days(fields: &mut Section<'_, '_>, name: &str) -> i64 {
    if fields.get(name).is_none() { MOST } else { whole(fields, name, 1, 1, AGES) * DAY }
}

/// Whom it pays.
fn pays(fields: &mut Section<'_, '_>, basis: Basis) -> [bool; 2] {
    let to = required(fields, "to");
    let known = place("advocate friend both", to);
    if known.is_none() && has_any(to, "grand upline level parent ancest sponsor") {
        fields.problem("pyramid", "to", PYRAMID);
    } else if known.is_none() && !to.is_empty() {
        fields.problem("unknown-word", "to", sentence("A reward is to the advocate, the friend or both."));
    } else if basis == Basis::Milestone && to != "advocate" {
        fields.problem("unknown-word", "to", sentence("Milestones are the advocate's."));
    }
    [known != Some(1), known != Some(0)]
}

/// What it pays for: a friend's conversion, however that is called; nothing else.
fn check_on(fields: &mut Section<'_, '_>) {
    let on = fields.text("on").unwrap_or("conversion");
    if has_any(on, "invit share recruit join advocate enrol") {
        fields.problem("pyramid", "on", PYRAMID);
    } else if !matches!(on, "conversion" | "purchase") {
        fields.problem("unknown-word", "on", sentence("What is paid for is a friend's conversion."));
    }
}

/// Anything but one level is refused, a number of levels or a list of what each gets.
fn check_depth(fields: &mut Section<'_, '_>) {
    for name in ["levels", "depth"] {
        let is_one = |value: Json<'_>| value.number() == Some(1.0) || value.is_list() && children(Some(value)).count() < 2;
        if !fields.get(name).is_none_or(is_one) {
            fields.problem("pyramid", name, PYRAMID);
        }
    }
}

/// Which of some words, parted by spaces, is there; none and a problem where it is another one.
fn word(fields: &mut Section<'_, '_>, name: &str, words: &str) -> Option<usize> {
    let word = fields.text(name)?;
    let known = place(words, word);
    if known.is_none() {
        fields.problem("unknown-word", name, sentence("This word means nothing here."));
    }
    known
}

/// The place of a word among others. They are parted by spaces: a table of them would be fetched by pages that never ask.
fn place(words: &str, word: &str) -> Option<usize> {
    let (mut at, mut rest) = (0, Some(words));
    while let Some((first, later)) = rest.map(|words| cut(words, b' ')) {
        if first == word {
            return Some(at);
        }
        (at, rest) = (at + 1, later);
    }
    None
}

/// Whether one of some parts, in small letters, is in a text, in whichever.
fn has_any(text: &str, mut parts: &str) -> bool {
    loop {
        let (part, later) = cut(parts, b' ');
        if text.as_bytes().windows(part.len().max(1)).any(|piece| piece.eq_ignore_ascii_case(part.as_bytes())) {
            return true;
        }
        let Some(later) = later else { return false };
        parts = later;
    }
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
