//! The whole engine: a payload, a visitor's attributes, settings, and what was kept from before.

use super::{
    Decision, Placed, Settings, Sink, Source, Sticky,
    definition::{Form, GIVEN, Reader},
    line::{Line, choose},
    payload::{Payload, Standalone},
};
use crate::{
    base::{
        Host,
        json::{Document, Writer},
    },
    condition::Attributes,
    error::Error,
};
use alloc::{rc::Rc, string::String, vec::Vec};

/// How many experiments of their own are remembered; past them the first is forgotten.
const REMEMBERED: usize = 64;

/// Decides features and experiments for one visitor.
pub struct Engine {
    /// The features and experiments.
    pub payload: Payload,
    /// Whom decisions are for.
    pub attributes: Attributes,
    /// What applies to all experiments.
    pub settings: Settings,
    /// Assignments kept from before; `None` where none are kept.
    pub sticky: Option<Sticky>,
    /// Experiments that the page gave.
    standalone: Vec<Standalone>,
    /// How many there were, and how many of them when the payload was loaded.
    numbered: i64,
    forgotten: i64,
    pub(super) automatic: Vec<Standalone>,
    problems: Vec<Error>,
    /// Whoever runs us.
    pub(super) host: Rc<dyn Host>,
}

impl Engine {
    /// An engine without features.
    pub fn new(host: Rc<dyn Host>) -> Engine {
        Engine {
            payload: Payload::empty(host.clone()),
            attributes: Attributes::new(host.clone()),
            settings: Settings::default(),
            sticky: None,
            standalone: Vec::new(),
            numbered: 0,
            forgotten: 0,
            automatic: Vec::new(),
            problems: Vec::new(),
            host,
        }
    }

    /// Takes the payload in a text; `path` is where it came from, for problems. A text that is none takes the
    /// features away, with a problem: `not-json`, `too-deep`, `wrong-type`.
    pub fn load_text(&mut self, text: String, path: &'static str) {
        match Document::of(text, 2, &*self.host) {
            Ok(document) => self.load(Rc::new(document), 0, path),
            Err(error) => {
                self.load(Rc::default(), 0, path);
                self.problems = alloc::vec![error.within(path)];
            }
        }
    }

    /// Takes the payload at a place of a document that was read two levels below that place.
    pub fn load(&mut self, document: Rc<Document>, root: usize, path: &'static str) {
        self.problems = Vec::new();
        if let Err(problem) = self.payload.load(document, root, path) {
            self.problems.push(problem);
        }
        self.automatic = self.payload.automatic(&mut self.attributes, &mut self.problems);
        for standalone in &self.automatic {
            self.payload.read_parents(standalone, &mut self.attributes, &mut self.problems);
        }
        self.standalone = Vec::new();
        self.forgotten = self.numbered;
    }

    /// The index of a feature, which is read now if it was not.
    pub fn find(&mut self, key: &str) -> Option<usize> {
        let index = self.payload.find(key)?;
        self.payload.read(index, &mut self.attributes, &mut self.problems);
        Some(index)
    }

    /// What a feature is for the visitor.
    pub fn decide<'e>(&'e mut self, key: &str, sink: &mut Sink<'e>) -> Decision<'e> {
        match self.find(key) {
            Some(index) => self.decision(index, sink),
            None => Decision::plain(None, Source::UnknownFeature),
        }
    }

    /// The number of an experiment that stands alone, given as JSON; or of one among a feature's rules, given by its
    /// key in quotes. `None` for what is neither.
    pub fn experiment(&mut self, text: &str) -> Option<i64> {
        if let Some(known) = self.standalone.iter().find(|known| known.text == text) {
            return Some(known.number);
        }
        let mut read = self.read_standalone(text)?;
        self.payload.read_parents(&read, &mut self.attributes, &mut self.problems);
        let place = (self.numbered - self.forgotten) as usize % REMEMBERED;
        self.numbered += 1;
        (read.text, read.number) = (text.into(), self.numbered);
        match self.standalone.get_mut(place) {
            Some(oldest) => *oldest = read,
            None => self.standalone.push(read),
        }
        Some(self.numbered)
    }

    fn read_standalone(&mut self, text: &str) -> Option<Standalone> {
        let problems = &mut self.problems;
        let mut reader = Reader { attributes: &mut self.attributes, problems, path: [GIVEN, "", ""], rule: None };
        let document = reader.document(Document::read(text, u32::MAX, &*self.host));
        match document.root()?.string() {
            Some(key) => self.lift(key),
            None => Standalone::read(document, "", Form::Alone, &mut reader),
        }
    }

    /// The experiment of that key among the features' rules, standing alone. Looks through all features.
    fn lift(&mut self, key: &str) -> Option<Standalone> {
        for index in 0..self.payload.count() {
            self.payload.read(index, &mut self.attributes, &mut self.problems);
            let Some(feature) = self.payload.feature(index) else { continue };
            let found = feature.experiments().find(|experiment| experiment.key == key);
            if let Some(experiment) = found {
                let rule = feature.document.place(experiment.place);
                let rule = feature.document.part(rule, u32::MAX, &*self.host).ok()?;
                let problems = &mut Vec::new(); // they were told when the feature was read
                let mut reader = Reader { attributes: &mut self.attributes, problems, path: [""; 3], rule: None };
                return Standalone::read(rule, key, Form::Rule, &mut reader);
            }
        }
        None
    }

    /// The experiment of a number.
    pub fn standalone(&self, number: i64) -> Option<&Standalone> {
        self.standalone.iter().find(|known| known.number == number)
    }

    /// Runs an experiment that stands alone; `None` for an unknown number.
    pub fn run<'e>(&'e self, number: i64, sink: &mut Sink<'e>) -> Option<Placed<'e>> {
        let Standalone { document, experiment, .. } = self.standalone(number)?;
        self.begin(sink);
        Some(self.run_and_count(experiment, document, None, sink))
    }

    /// The variation that an id falls into by hashes alone: coverage, weights or ranges, the namespace, and filters of
    /// the same attribute. Conditions and prerequisites are about a visitor, of whom nothing but the id is known here.
    pub fn assign(&self, standalone: &Standalone, id: &str) -> Option<usize> {
        let experiment = &standalone.experiment;
        let is_outside = |part: &Line| part.attribute == experiment.line.attribute && !part.holds(id);
        if id.is_empty() || experiment.filters.iter().any(is_outside) || experiment.namespace.as_deref().is_some_and(is_outside) {
            return None;
        }
        choose(&experiment.line.ranges, experiment.line.place(id)?).filter(|index| *index < experiment.count)
    }

    /// The same for many ids, one a line; -1 for those in no variation. A line that is no UTF-8 is an empty id.
    pub fn assign_many(&self, standalone: &Standalone, ids: &[u8]) -> Vec<i16> {
        let mut assigned = Vec::new();
        if ids.is_empty() {
            return assigned;
        }
        let ids = ids.strip_suffix(b"\n").unwrap_or(ids);
        for id in ids.split(|byte| *byte == b'\n') {
            let id = core::str::from_utf8(id).unwrap_or("");
            assigned.push(self.assign(standalone, id).map_or(-1, |index| index as i16));
        }
        assigned
    }

    /// Hands over the mistakes found so far.
    pub fn problems(&self, take: &mut dyn FnMut(&[Error])) {
        take(&self.problems);
        self.payload.problems(take);
    }

    /// A trace: every rule that was tried for a feature, and what came of it.
    pub fn write_trace(&mut self, key: &str, out: &mut Writer) {
        let Some(index) = self.find(key) else {
            out.raw("[]");
            return;
        };
        let mut sink = Sink { steps: Some(Vec::new()), ..Sink::default() };
        self.outcome(index, &mut sink);
        out.open('[');
        for step in sink.steps.as_deref().unwrap_or_default() {
            step.write(out, self);
        }
        out.close(']');
    }
}
