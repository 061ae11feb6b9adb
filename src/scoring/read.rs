//! Reading a model: what can be used is used, what is wrong is named and left out.

use super::{
    Model,
    decay::Decay,
    ledger::{Matcher, OWN},
    missing::is_about_score,
    rule::{MEASURES, MOST, Measure, Rule, Source, thousandths},
    score::{AXES, Bound, TOTAL},
    stage::Stage,
    threshold::Threshold,
};
use crate::{
    base::{
        json::{Children, Document, Json, Section, children, print_integer},
        time::{DAY, MINUTE},
    },
    condition,
    error::Error,
};
use alloc::{string::String, vec::Vec};

/// How many events are kept when the model does not say it.
const EVENTS: u32 = 500;
/// A longer history would take longer to read than a page may.
const MOST_EVENTS: u32 = 5_000;
/// No span is longer: a hundred years, in days.
const AGES: f64 = 36_500.0;

/// A code, where below the element, and a sentence.
type Mistake = [&'static str; 3];

impl Model {
    /// Takes the section `scoring` of a site definition; what has mistakes is left out and noted.
    pub fn read(&mut self, document: Document, problems: &mut Vec<Error>) {
        let mut section = Section::new(document.root(), "$.scoring", problems);
        self.most_events = section.whole("events", EVENTS, 1, MOST_EVENTS) as usize;
        section.take_text("time_zone", &mut self.zone);
        self.bounds = bounds(&mut section);
        for (cuts, axis) in self.grid.iter_mut().zip(AXES) {
            let list = section.get("grid").and_then(|grid| grid.get(axis));
            *cuts = list.map(|list| list.children().filter_map(Json::number).map(thousandths).collect());
        }
        let lists = ["rules", "thresholds", "stages", "triggers"].map(|name| (name, section.items(name)));
        for (name, list) in lists {
            for (index, element) in list.clone().enumerate() {
                let mut fields = Fields { element, mistake: None };
                fields.check_id(list.clone());
                match name {
                    "rules" => self.read_rule(&mut fields),
                    "thresholds" => self.read_threshold(&mut fields),
                    "stages" => self.read_stage(&mut fields),
                    _ => self.read_trigger(&mut fields),
                }
                if let Some(error) = fields.mistake {
                    problems.push(error.within(&["$.scoring.", name, "[", &print_integer(index as i64), "]"].concat()));
                }
            }
        }
        self.document = document;
    }

    fn read_rule(&mut self, fields: &mut Fields<'_>) {
        let by_attributes = fields.condition("attributes");
        let event = fields.text("event");
        let one = event.is_empty() == by_attributes.is_some();
        fields.expect(one, ["ambiguous-rule", "", "A rule needs either an event or attributes."]);
        if let Some(attributes) = fields.element.get("attributes") {
            let is_own = is_about_score(attributes, fields.element.get_string("of").unwrap_or(""));
            fields.expect(
                !is_own,
                ["circular", ".attributes", "A score cannot be made of itself; ask what score.learned says, or events."],
            );
        }
        let measure = fields.word("measure", &MEASURES, Measure::Count);
        let disqualifies = fields.flag("disqualifies");
        let needs = if disqualifies { 0.0 } else { f64::NAN };
        let axis = fields.axis(TOTAL, usize::from(by_attributes.is_none()));
        let rule = Rule {
            id: fields.text("id").into(),
            place: fields.element.place(),
            axis,
            group: fields.text("group").into(),
            number: if by_attributes.is_some() { fields.text("of").into() } else { String::new() },
            source: by_attributes.map_or(Source::Events(self.matchers.len()), Source::Attributes),
            measure,
            in_session: fields.flag("session"),
            once: fields.flag("once"),
            weekdays: fields.flag("weekdays"),
            disqualifies,
            window: fields.days("window_days"),
            cooldown: fields.number("cooldown_minutes", 0.0, 0.0, AGES * 1_440.0) as i64 * MINUTE,
            at_least: fields.number("at_least", f64::MIN, 0.0, MOST),
            decay: fields.decay(),
            points: fields.number("points", needs, -MOST, MOST),
            most: ["maximum_each", "maximum_a_day", "maximum"].map(|name| fields.number(name, MOST, -MOST, MOST).abs()),
        };
        let mixes = |other: &Rule| !rule.group.is_empty() && other.group == rule.group && other.axis != rule.axis;
        fields.expect(!self.rules.iter().any(mixes), ["mixed-group", ".group", "A group's rules share an axis."]);
        if by_attributes.is_none() {
            self.read_matcher(fields, measure);
        }
        if fields.mistake.is_none() {
            self.rules.push(rule);
        }
    }

    /// What of the events counts; the number of the matcher.
    pub(super) fn read_matcher(&mut self, fields: &mut Fields<'_>, measure: Measure) -> usize {
        let of = fields.text("of");
        let needs = matches!(measure, Measure::Distinct | Measure::Sum);
        fields.expect(
            !of.is_empty() || !needs,
            ["wrong-type", ".of", "What is summed or told apart is a property: its name in quotes."],
        );
        let event = fields.text("event");
        let is_own = OWN.contains(&event);
        fields.expect(!is_own, ["circular", ".event", "What scoring records itself cannot be counted: it would go in circles."]);
        let matcher = Matcher {
            event: event.into(),
            condition: fields.condition("where"),
            of: if needs { of.into() } else { String::new() },
            sums: measure == Measure::Sum,
        };
        let number = self.matchers.len();
        if fields.mistake.is_none() {
            self.matchers.push(matcher);
        }
        number
    }

    fn read_threshold(&mut self, fields: &mut Fields<'_>) {
        let at = fields.number("at", f64::NAN, -MOST, MOST);
        let below = fields.number("below", at, -MOST, MOST);
        fields.expect(below.is_nan() || below <= at, ["out-of-range", ".below", "It is lost at or below what it is reached at."]);
        let threshold = Threshold {
            id: fields.text("id").into(),
            axis: fields.axis(AXES.len(), TOTAL),
            at: thousandths(at),
            below: thousandths(below),
        };
        if fields.mistake.is_none() {
            self.thresholds.push(threshold);
        }
    }

    fn read_stage(&mut self, fields: &mut Fields<'_>) {
        let when = fields.condition("when");
        fields.expect(when.is_some(), ["wrong-type", ".when", "A stage needs a condition: an object {…}."]);
        let from = fields.element.get("from").map(Json::place);
        let stage = Stage { id: fields.text("id").into(), when: when.unwrap_or(0), from };
        if fields.mistake.is_none() {
            self.stages.push(stage);
        }
    }
}

/// The bounds of groups, axes and the total, in that order.
fn bounds(section: &mut Section<'_, '_>) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for name in ["groups", "axes"] {
        for owner in children(section.get(name)) {
            let axis = AXES.iter().take(TOTAL).position(|axis| *axis == owner.name()).filter(|_| name == "axes");
            if name == "axes" && axis.is_none() {
                section.problem("unknown-word", "axes", "The axes are fit, engagement and value.");
                continue;
            }
            let [least, most] = [("minimum", -MOST), ("maximum", MOST)]
                .map(|(name, default)| thousandths(owner.get_number(name).unwrap_or(default)));
            bounds.push(Bound { name: owner.name().into(), axis, least: least.min(most), most });
        }
    }
    let mut least = section.number("minimum", 0.0, -MOST, MOST);
    let most = section.number("maximum", 100.0, -MOST, MOST);
    if least > most {
        section.problem("out-of-range", "minimum", "The minimum is above the maximum; it is ignored.");
        least = -MOST;
    }
    bounds.push(Bound { name: "total".into(), axis: Some(TOTAL), least: thousandths(least), most: thousandths(most) });
    bounds
}

/// An element of a list, being read; the first mistake is noted, and the element is not used.
pub(super) struct Fields<'d> {
    pub element: Json<'d>,
    pub mistake: Option<Error>,
}

impl<'d> Fields<'d> {
    /// `list` are all elements, this one and earlier ones among them.
    fn check_id(&mut self, mut list: Children<'d>) {
        let id = self.text("id");
        self.expect(!id.is_empty(), ["wrong-type", ".id", "This needs an id: a text in quotes."]);
        let first = list.find(|other| other.get_string("id") == Some(id));
        let is_first = first.is_none_or(|first| first.place() >= self.element.place());
        self.expect(is_first, ["duplicate-id", ".id", "An earlier one has the same id; this one is left out."]);
    }

    pub fn expect(&mut self, fits: bool, [code, path, message]: Mistake) {
        if !fits && self.mistake.is_none() {
            self.mistake = Some(Error::new(code, path, message));
        }
    }

    fn wrong(&mut self, code: &'static str, name: &str, message: &str) {
        if self.mistake.is_none() {
            self.mistake = Some(Error::new(code, [".", name].concat(), message));
        }
    }

    /// A text that is not empty; an empty one where there is none.
    pub fn text(&mut self, name: &str) -> &'d str {
        let Some(value) = self.element.get(name) else { return "" };
        let text = value.string().unwrap_or("");
        if text.is_empty() {
            self.wrong("wrong-type", name, "A text in quotes belongs here.");
        }
        text
    }

    pub fn flag(&mut self, name: &str) -> bool {
        let Some(value) = self.element.get(name) else { return false };
        if value.boolean().is_none() {
            self.wrong("wrong-type", name, "true or false belongs here, without quotes.");
        }
        value.boolean() == Some(true)
    }

    /// A number from `least` to `most`. A default that is no number says that there has to be one.
    pub fn number(&mut self, name: &str, default: f64, least: f64, most: f64) -> f64 {
        let value = self.element.get(name);
        let number = value.map_or(default, |value| value.number().unwrap_or(f64::NAN));
        if number.is_nan() {
            self.wrong("wrong-type", name, "A number belongs here, without quotes.");
        } else if value.is_some() && !(number >= least && number <= most) {
            self.wrong("out-of-range", name, "This number is smaller or larger than what makes sense here.");
        }
        number
    }

    /// A number of days, in ms; the longest span where there is none. (Numbers that fit no whole number saturate in WebAssembly, but
    /// not in what wasm2js makes of it.)
    pub fn days(&mut self, name: &str) -> i64 {
        (self.number(name, AGES, 0.0, AGES) * DAY as f64) as i64
    }

    pub fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)], default: T) -> T {
        let word = self.text(name);
        if word.is_empty() {
            return default;
        }
        let meaning = words.iter().find(|(other, _)| *other == word).map(|(_, meaning)| *meaning);
        if meaning.is_none() {
            self.wrong("unknown-word", name, "This word means nothing here.");
        }
        meaning.unwrap_or(default)
    }

    /// One of the first so many axes.
    fn axis(&mut self, most: usize, default: usize) -> usize {
        let words: [(&str, usize); 4] = core::array::from_fn(|axis| (AXES[axis], axis));
        self.word("axis", words.get(..most).unwrap_or_default(), default)
    }

    /// The place of a condition, if there is one.
    pub fn condition(&mut self, name: &str) -> Option<usize> {
        let condition = self.element.get(name)?;
        if let Err(error) = condition::check(condition)
            && self.mistake.is_none()
        {
            self.mistake = Some(error.within(&[".", name].concat()));
        }
        Some(condition.place())
    }

    fn decay(&mut self) -> Decay {
        let Some(decay) = self.element.get("decay") else { return Decay::None };
        let days = |name| decay.get_number(name).filter(|days| *days > 0.0 && *days <= AGES).map(|days| days * 1_440.0);
        let share = decay.get_number("step_loss").filter(|share| *share > 0.0 && *share <= 1.0);
        match (days("half_life_days"), days("lifespan_days"), days("step_days").zip(share)) {
            (Some(span), None, None) => Decay::HalfLife(span),
            (None, Some(span), None) => Decay::Lifespan(span),
            (None, None, Some((span, share))) => Decay::Steps(span, share),
            _ => {
                self.wrong(
                    "wrong-type",
                    "decay",
                    "One of half_life_days, lifespan_days, or step_days and step_loss belongs here.",
                );
                Decay::None
            }
        }
    }
}
