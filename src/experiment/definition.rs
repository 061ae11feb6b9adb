//! An experiment's definition, read: what every evaluation needs, looked up once.

use super::{
    fields::Fields,
    line::{Line, Range, namespace, range, ranges, shared_out},
};
use crate::{
    base::{
        hash::Seeded,
        json::{Document, Json, Word, children, print_integer},
    },
    condition::{self, Attributes},
    error::Error,
};
use alloc::{boxed::Box, string::String, vec::Vec};
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
    /// The version of its buckets.
    pub version: i64,
    /// Whoever was assigned to a version below this one is blocked.
    pub least_version: i64,
    /// Filters, where it stands alone; a rule's are the rule's own.
    pub filters: Vec<Line>,
    /// Its part of a namespace.
    pub namespace: Option<Box<Line>>,
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

impl Experiment {
    /// The number of the attribute that stands in for a missing hashed one, where assignments are kept.
    pub(super) fn stand_in(&self) -> Option<usize> {
        self.fallback.filter(|_| self.sticky)
    }
}

/// A condition of a definition: where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test(pub usize);

impl Test {
    /// There is none.
    pub const EVERYBODY: Test = Test(0);
    /// It is malformed.
    pub const NOBODY: Test = Test(usize::MAX);
}

/// Where an experiment stands that the page gives.
pub const GIVEN: &str = "$";

/// What is read of definitions, and whom it is read for.
pub struct Reader<'r> {
    /// Where names of attributes are numbered.
    pub attributes: &'r mut Attributes,
    /// Mistakes found, with paths relative to the definition.
    pub problems: &'r mut Vec<Error>,
    /// Where the definition stands, in parts.
    pub path: [&'r str; 3],
    /// The index of the rule being read, if it is one.
    pub rule: Option<usize>,
}

impl Reader<'_> {
    /// Takes a problem, whose path is relative to what is being read. Paths are built here, so that reading without
    /// mistakes builds none.
    pub fn problem(&mut self, problem: Error) {
        let mut path = self.path.concat();
        if let Some(index) = self.rule {
            path = [&path, ".rules[", &print_integer(index as i64), "]"].concat();
        }
        let problem = problem.within(&path);
        // Those of experiments that the page gives are told once each, however often it tries.
        if path != GIVEN || !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// A document that was read, or an empty one and a problem.
    pub fn document(&mut self, read: Result<Document, Error>) -> Document {
        read.unwrap_or_else(|problem| {
            self.problem(problem);
            Document::default()
        })
    }

    /// Reads the condition of a rule or an experiment. An empty condition means everybody, and so does a falsy one.
    pub fn test(&mut self, fields: &Fields<'_>) -> Test {
        let Some(condition) = fields.get(Word::Condition).filter(|condition| condition.truthy()) else {
            return Test::EVERYBODY;
        };
        condition::number(condition, self.attributes);
        if let Err(error) = condition::check(condition) {
            self.problem(error.within(".condition"));
            return Test::NOBODY;
        }
        Test(condition.place())
    }

    /// Where the prerequisites of a rule or an experiment stand; what is no list lets nobody through.
    pub fn parents(&mut self, fields: &Fields<'_>) -> usize {
        if fields.get(Word::ParentConditions).is_some_and(|parents| !parents.is_list()) {
            self.problem(Error::new(
                "wrong-type",
                ".parentConditions",
                "The prerequisites are a list […]; without, nobody passes.",
            ));
        }
        fields.filled(Word::ParentConditions)
    }

    /// Reads the filters of a rule or an experiment.
    pub fn filters(&mut self, fields: &Fields<'_>) -> Vec<Line> {
        let mut filters = Vec::new();
        for filter in children(fields.get(Word::Filters)) {
            let version = filter.get("hashVersion");
            let seed = filter.get_string("seed").unwrap_or("");
            filters.push(self.line(filter.get_filled("attribute"), seed, version, 2.0, ranges(filter.get("ranges"))));
        }
        filters
    }

    /// The line of a rule or an experiment; `seed` is for those that name none.
    fn own_line(&mut self, fields: &Fields<'_>, seed: &str, ranges: Vec<Range>) -> Line {
        let seed = fields.text(Word::Seed).unwrap_or(seed);
        self.line(fields.text(Word::HashAttribute), seed, fields.get(Word::HashVersion), 1.0, ranges)
    }

    /// `usual` is the version of the hash where none is given, or a falsy one.
    fn line(&mut self, attribute: Option<&str>, seed: &str, version: Option<Json<'_>>, usual: f64, ranges: Vec<Range>) -> Line {
        let version = version.filter(|version| version.truthy());
        let version = version.map_or(usual, |version| version.number().unwrap_or(f64::NAN));
        Line { attribute: self.attributes.number_hashed(attribute.unwrap_or("id")), hash: Seeded::new(seed, version), ranges }
    }

    /// The number of the attribute that stands in for a missing hashed one.
    fn fallback(&mut self, fields: &Fields<'_>) -> Option<usize> {
        fields.text(Word::FallbackAttribute).map(|name| self.attributes.number_hashed(name))
    }

    /// Reads an experiment, which is called `name` if it names no key of its own; `None` where it has no variations. Filters
    /// are left to the caller: a rule has its own.
    pub fn experiment(&mut self, fields: &Fields<'_>, name: &str, form: Form) -> Option<Experiment> {
        let alone = form == Form::Alone;
        let only_alone = |field| fields.get(field).filter(|_| alone);
        let contextual = fields.get(Word::ContextualVariations).filter(|_| !alone);
        let variations = contextual.or(fields.get(Word::Variations)).filter(|variations| variations.is_list())?;
        let condition = self.test(fields);
        let count = variations.length();
        if count > MOST_VARIATIONS {
            self.problem(Error::new("out-of-range", ".variations", "An experiment has at most 4,096 variations."));
            return None;
        }
        let own_key = fields.get(Word::Key).and_then(Json::string).filter(|key| alone || !key.is_empty());
        let key = own_key.unwrap_or(name);
        let parts = match fields.get(Word::Ranges).filter(|ranges| ranges.is_list()) {
            Some(parts) => ranges(Some(parts)),
            None => shared_out(count, fields.number(Word::Coverage).unwrap_or(1.0), fields.get(Word::Weights)),
        };
        let line = self.own_line(fields, key, parts);
        let own_part = fields.get(Word::Namespace).filter(|part| part.truthy() && !fields.says(Word::Filters));
        let version = |field| fields.number(field).unwrap_or(0.0) as i64;
        let status = only_alone(Word::Status).and_then(Json::string);
        Some(Experiment {
            place: fields.value.place(),
            variations: variations.place(),
            count,
            key: key.into(),
            fallback: self.fallback(fields),
            sticky: !fields.says(Word::DisableStickyBucketing),
            version: version(Word::BucketVersion),
            least_version: version(Word::MinBucketVersion),
            filters: Vec::new(),
            namespace: own_part.map(|part| Box::new(namespace(part, line.attribute))),
            line,
            condition,
            bandit: fields.filled(Word::ContextualBanditRef),
            parents: if alone { self.parents(fields) } else { 0 },
            targets: only_alone(Word::UrlPatterns).map_or(0, Json::place),
            forced: fields.member(Word::Force).filter(|_| alone).map(|force| force.number().unwrap_or(-1.0)),
            inactive: status == Some("draft") || only_alone(Word::Active).and_then(Json::boolean) == Some(false),
            stopped: status == Some("stopped"),
            passes_through: children(fields.get(Word::Meta)).any(|meta| meta.get("passthrough").is_some_and(Json::truthy)),
            exposed: Cell::new((0, 0)),
        })
    }

    /// How a rule of a feature that forces a value is rolled out: `None` to everybody.
    pub fn rollout(&mut self, fields: &Fields<'_>, feature: &str) -> Option<Rollout> {
        let part = match (fields.get(Word::Range), fields.get(Word::Coverage)) {
            (Some(own), _) => range(own),
            (None, Some(coverage)) => (0.0, coverage.number().unwrap_or(0.0)),
            _ => return None,
        };
        let fallback = self.fallback(fields).filter(|_| !fields.says(Word::DisableStickyBucketing));
        Some(Rollout { line: self.own_line(fields, feature, alloc::vec![part]), fallback })
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
