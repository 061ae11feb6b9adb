//! An experiment's definition, read: what every evaluation needs, looked up once.

use super::line::{Line, Range, namespace, range, ranges, shared_out};
use crate::{
    base::{
        hash::Seeded,
        json::{Document, Json, children},
    },
    condition::{self, Attributes},
    error::Error,
};
use alloc::{string::String, vec::Vec};
use core::cell::Cell;

/// More variations than this are refused; an outcome is a small number.
pub const MOST_VARIATIONS: usize = 4096;

/// Which definition it is: rules know less than experiments that stand alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// A rule of a feature.
    Rule,
    /// An experiment of its own: given to `run`, or one of the payload's automatic ones.
    Alone,
}

/// An experiment, read. Places are those of its document; 0 where there is nothing.
#[derive(Debug)]
pub struct Experiment {
    /// Where it stands.
    pub place: usize,
    /// Its variations.
    pub variations: usize,
    /// How many there are.
    pub count: usize,
    /// Its key.
    pub key: String,
    /// How visitors are placed, and which variation owns what.
    pub line: Line,
    /// The number of the attribute that stands in for a missing hashed one.
    pub fallback: Option<usize>,
    /// Whether an assignment is kept, where assignments are kept at all.
    pub sticky: bool,
    /// Filters, where it stands alone; a rule's are the rule's own.
    pub filters: Vec<Line>,
    /// Its part of a namespace.
    pub namespace: Option<Line>,
    /// Its condition.
    pub condition: Test,
    /// The bandit that sets its weights.
    pub bandit: usize,
    /// Prerequisites, where it stands alone.
    pub parents: usize,
    /// Addresses that it runs at, where it stands alone.
    pub targets: usize,
    /// The variation that everybody in it gets, where it stands alone.
    pub forced: Option<f64>,
    /// Draft, or switched off.
    pub inactive: bool,
    /// Ended.
    pub stopped: bool,
    /// Whether some variation lets evaluation go on (a holdout).
    pub passes_through: bool,
    /// The exposure that was recorded last: the variation + 1, and how often the hashed text had changed by then.
    pub exposed: Cell<(u32, u32)>,
}

/// A condition of a definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// There is none.
    Everybody,
    /// It is malformed.
    Nobody,
    /// It stands there.
    At(usize),
}

/// What is read of definitions, and whom it is read for.
pub struct Reader<'r> {
    /// Where names of attributes are numbered.
    pub attributes: &'r mut Attributes,
    /// Mistakes found, with paths relative to the definition.
    pub problems: Vec<Error>,
}

impl Reader<'_> {
    /// Reads the condition of a rule or an experiment. An empty condition means everybody, and so does a falsy one.
    pub fn test(&mut self, document: &mut Document, place: usize) -> Test {
        let Some(condition) = document.place(place).get("condition").filter(|condition| condition.truthy()) else {
            return Test::Everybody;
        };
        if let Err(error) = condition::check(condition) {
            self.problems.push(error.within(".condition"));
            return Test::Nobody;
        }
        let at = condition.place();
        condition::number(document, at, self.attributes);
        Test::At(at)
    }

    /// Reads the filters of a rule or an experiment; `None` where there are none.
    pub fn filters(&mut self, value: Json<'_>) -> Option<Vec<Line>> {
        let filters = value.get("filters").filter(|filters| filters.truthy())?;
        Some(filters.children().map(|filter| self.filter(filter)).collect())
    }

    fn filter(&mut self, filter: Json<'_>) -> Line {
        let version = filter.get_number("hashVersion").filter(|version| *version != 0.0).unwrap_or(2.0);
        let seed = filter.get_string("seed").unwrap_or("");
        self.line(filter.get_filled("attribute"), seed, version, ranges(filter.get("ranges")))
    }

    /// The line of a rule or an experiment.
    pub fn own_line(&mut self, value: Json<'_>, seed: &str, ranges: Vec<Range>) -> Line {
        let version = value.get_number("hashVersion").filter(|version| *version != 0.0).unwrap_or(1.0);
        let seed = value.get_filled("seed").unwrap_or(seed);
        self.line(value.get_filled("hashAttribute"), seed, version, ranges)
    }

    fn line(&mut self, attribute: Option<&str>, seed: &str, version: f64, ranges: Vec<Range>) -> Line {
        Line { attribute: self.attributes.number_hashed(attribute.unwrap_or("id")), hash: Seeded::new(seed, version), ranges }
    }

    /// Reads the experiment at `place`, which is called `name` if it names no key of its own; `None` where it has no
    /// variations.
    pub fn experiment(&mut self, document: &mut Document, place: usize, name: &str, form: Form) -> Option<Experiment> {
        let alone = form == Form::Alone;
        let condition = self.test(document, place);
        let value = document.place(place);
        let at = |name| value.get(name).map_or(0, Json::place);
        let only_alone = |name| if alone { value.get(name) } else { None };
        let contextual = value.get("contextualVariations").filter(|_| !alone);
        let variations = contextual.or_else(|| value.get("variations")).filter(|variations| variations.is_list());
        let count = children(variations).count();
        if count > MOST_VARIATIONS {
            self.problems.push(Error::new("out-of-range", ".variations", "An experiment has at most 4,096 variations."));
            return None;
        }
        let own_key = if alone { value.get_string("key") } else { value.get_filled("key") };
        let key = own_key.unwrap_or(name);
        let parts = match value.get("ranges").filter(|ranges| ranges.is_list()) {
            Some(parts) => ranges(Some(parts)),
            None => shared_out(count, value.get_number("coverage").unwrap_or(1.0), value.get("weights")),
        };
        let filters = self.filters(value);
        let line = self.own_line(value, key, parts);
        let own_part = value.get("namespace").filter(|part| part.truthy() && filters.is_none());
        let fallback = value.get_filled("fallbackAttribute");
        Some(Experiment {
            place,
            variations: variations.map_or(0, Json::place),
            count,
            key: key.into(),
            fallback: fallback.map(|name| self.attributes.number_hashed(name)),
            sticky: !value.get("disableStickyBucketing").is_some_and(Json::truthy),
            filters: filters.filter(|_| alone).unwrap_or_default(),
            namespace: own_part.map(|part| namespace(part, line.attribute)),
            line,
            condition,
            bandit: at("contextualBanditRef"),
            parents: if alone { at("parentConditions") } else { 0 },
            targets: if alone { at("urlPatterns") } else { 0 },
            forced: only_alone("force").map(|force| force.number().unwrap_or(-1.0)),
            inactive: only_alone("status").and_then(Json::string) == Some("draft")
                || only_alone("active").and_then(Json::boolean) == Some(false),
            stopped: only_alone("status").and_then(Json::string) == Some("stopped"),
            passes_through: children(value.get("meta")).any(|meta| meta.get("passthrough").is_some_and(Json::truthy)),
            exposed: Cell::new((0, 0)),
        })
        .filter(|_| variations.is_some())
    }
}

/// Whom a rule that forces a value reaches.
#[derive(Debug)]
pub struct Rollout {
    /// A part of the line.
    pub line: Line,
    /// The number of the attribute that stands in for a missing hashed one.
    pub fallback: Option<usize>,
}

/// How a rule that forces a value is rolled out: `None` to everybody.
pub fn rollout(reader: &mut Reader<'_>, rule: Json<'_>, feature: &str) -> Option<Rollout> {
    let part = match (rule.get("range"), rule.get("coverage")) {
        (Some(own), _) => range(own),
        (None, Some(coverage)) => (0.0, coverage.number().unwrap_or(0.0)),
        _ => return None,
    };
    let sticky = !rule.get("disableStickyBucketing").is_some_and(Json::truthy);
    let fallback = rule.get_filled("fallbackAttribute").filter(|_| sticky);
    let fallback = fallback.map(|name| reader.attributes.number_hashed(name));
    Some(Rollout { line: reader.own_line(rule, feature, alloc::vec![part]), fallback })
}
