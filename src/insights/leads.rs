//! Many leads, scored in one go: a file of them, or what a store of events holds.

use super::time::parse_time;
use crate::{
    base::{
        Host, Time,
        json::{Document, Json, merge},
    },
    condition::{Attributes, Context, NoGroups, Subject},
    scoring::{AXES, Fact, Ledger, Model, POINT, Present, Reason, Score, session},
};
use serde::Serialize;
use std::{collections::HashMap, ops::Range, rc::Rc};

/// What leads did and are, whichever model they are scored by later.
///
/// A lead is who has an anonymous id or a user id; who has both joins what was known of either. Texts are kept as they came.
#[derive(Debug, Default)]
pub struct Leads {
    leads: Vec<Lead>,
    by_id: HashMap<String, usize>,
    skipped: usize,
}

#[derive(Debug, Default)]
struct Lead {
    id: String,
    happened: Vec<Happened>,
    traits: Vec<(Time, String)>,
}

#[derive(Debug)]
struct Happened {
    id: String,
    name: String,
    time: Time,
    session: u32,
    properties: String,
}

/// How leads are to be scored.
#[derive(Clone, Debug, Default)]
pub struct Question<'q> {
    /// As of when; by default each lead as of their last event that counts.
    pub now: Option<Time>,
    /// The event that a good score is to foretell. Only what came before the first one is scored.
    pub goal: Option<&'q str>,
}

/// A lead's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeadScore {
    /// The user id, or the anonymous one where there is none.
    pub id: String,
    /// Points, in thousandths at the finest; `None` where the lead is not scored, which is not 0.
    pub total: Option<f64>,
    /// Who they are.
    pub fit: Option<f64>,
    /// What they do.
    pub engagement: Option<f64>,
    /// What they are worth.
    pub value: Option<f64>,
    /// The cell of the model's grid.
    pub grade: Option<String>,
    /// Whether a rule disqualifies them.
    pub disqualified: bool,
    /// Whether they reached the goal.
    pub converted: bool,
    /// What made the score, largest first.
    pub reasons: Vec<LeadReason>,
}

/// A line of a lead's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeadReason {
    /// The rule's id; `cap` or `floor` for a bound.
    pub rule: String,
    /// The rule's label.
    pub label: String,
    /// The axis.
    pub axis: &'static str,
    /// Points.
    pub points: f64,
    /// What was counted.
    pub count: f64,
}

impl Leads {
    /// Nobody.
    pub fn new() -> Leads {
        Leads::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.leads.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
    }

    /// How many messages could not be used: no JSON, nobody's, or without a time.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Takes Segment messages, one a line. Events need a `messageId`, ids, and a `timestamp`; of a lead in a file `identify` with
    /// `traits` is enough.
    pub fn take_lines(&mut self, lines: &str, host: &dyn Host) {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let taken = Document::read(line, u32::MAX, host).ok().and_then(|document| self.take(document.root()?));
            self.skipped += usize::from(taken.is_none());
        }
    }

    fn take(&mut self, message: Json<'_>) -> Option<()> {
        let kind = message.get_filled("type").unwrap_or("identify");
        let time = message.get_filled("timestamp").map(parse_time);
        let lead = self.lead(message.get_filled("anonymousId"), message.get_filled("userId"))?;
        if let Some(traits) = message.get("traits").filter(|traits| traits.is_object() && kind == "identify") {
            lead.traits.push((time.flatten().unwrap_or_default(), traits.text().into()));
        }
        let Some(id) = message.get_filled("messageId") else { return (kind == "identify").then_some(()) };
        let of_visit = message.at("context.sessionId").and_then(Json::string).unwrap_or("");
        let properties = message.get("properties").or_else(|| message.get("traits"));
        lead.happened.push(Happened {
            id: id.into(),
            name: if kind == "track" { message.get_filled("event")? } else { kind }.into(),
            time: time??,
            session: session(of_visit),
            properties: properties.map_or("{}", Json::text).into(),
        });
        Some(())
    }

    /// The lead with these ids, who may have been two until now.
    fn lead(&mut self, anonymous: Option<&str>, user: Option<&str>) -> Option<&mut Lead> {
        let known = |id: Option<&str>| id.and_then(|id| self.by_id.get(id)).copied();
        let (by_user, by_anonymous) = (known(user), known(anonymous));
        let place = match (by_user, by_anonymous) {
            (Some(one), Some(other)) if one != other => {
                let moved = std::mem::take(self.leads.get_mut(other)?);
                let lead = self.leads.get_mut(one)?;
                lead.happened.extend(moved.happened);
                lead.traits.extend(moved.traits);
                self.by_id.values_mut().filter(|place| **place == other).for_each(|place| *place = one);
                one
            }
            (Some(place), _) | (_, Some(place)) => place,
            (None, None) => {
                self.leads.push(Lead { id: user.or(anonymous)?.into(), ..Lead::default() });
                self.leads.len() - 1
            }
        };
        for id in [anonymous, user].into_iter().flatten() {
            if !self.by_id.contains_key(id) {
                self.by_id.insert(id.into(), place);
            }
        }
        let lead = self.leads.get_mut(place)?;
        if let Some(user) = user {
            lead.id = user.into();
        }
        Some(lead)
    }

    /// The scores of the leads from one place to another, for whoever wants to tell how far they are. Leads that were joined to
    /// others are passed over.
    pub fn score(&self, model: &Model, question: &Question<'_>, places: Range<usize>, host: &Rc<dyn Host>) -> Vec<LeadScore> {
        self.each(model, question, places, host, |lead, score, converted| lead.told(model, score, converted))
    }

    /// The same, but for the totals alone: NaN where a lead is not scored.
    pub fn totals(&self, model: &Model, question: &Question<'_>, places: Range<usize>, host: &Rc<dyn Host>) -> Vec<f64> {
        self.each(model, question, places, host, |_, score, _| score.axes[3].map_or(f64::NAN, in_points))
    }

    fn each<T>(
        &self,
        model: &Model,
        question: &Question<'_>,
        places: Range<usize>,
        host: &Rc<dyn Host>,
        tell: impl Fn(&Lead, &Score<'_>, bool) -> T,
    ) -> Vec<T> {
        let places = places.start.min(self.leads.len())..places.end.min(self.leads.len());
        let leads = self.leads.get(places).unwrap_or_default();
        let mut attributes = Attributes::new(host.clone());
        let scored = leads.iter().filter(|lead| !lead.id.is_empty()).map(|lead| {
            let reached = lead.reached(question);
            let score = lead.score(model, question, reached, &mut attributes, host);
            tell(lead, &score, reached.is_some())
        });
        scored.collect()
    }
}

impl Lead {
    /// When the goal was reached first.
    fn reached(&self, question: &Question<'_>) -> Option<Time> {
        let goal = question.goal?;
        self.happened.iter().filter(|happened| happened.name == goal).map(|happened| happened.time).min()
    }

    fn score<'m>(
        &self,
        model: &'m Model,
        question: &Question<'_>,
        reached: Option<Time>,
        attributes: &mut Attributes,
        host: &Rc<dyn Host>,
    ) -> Score<'m> {
        let counts = |time: Time| reached.is_none_or(|reached| time < reached) && question.now.is_none_or(|now| time <= now);
        let mut ledger = Ledger::default();
        let mut last: Option<&Happened> = None;
        let mut happened: Vec<&Happened> = self.happened.iter().filter(|happened| counts(happened.time)).collect();
        // In order, so that none has to find its place among the others.
        happened.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
        for happened in happened {
            let Happened { id, name, time, session, properties } = happened;
            let properties = Document::read(properties, u32::MAX, &**host).unwrap_or_default();
            model.take(&mut ledger, Fact { id, name, time: *time, session: *session, properties: properties.root() }, &**host);
            last = last.filter(|last| last.time > *time).or(Some(happened));
        }
        while let Some(id) = model.surplus(&ledger).map(String::from) {
            model.erase(&mut ledger, &id);
        }
        attributes.set(0, self.traits(counts, &**host));
        let context = Context { subject: Subject::Visitor(attributes), groups: &NoGroups, host: &**host, coerces: false };
        let now = question.now.or(last.map(|last| last.time)).unwrap_or_default();
        let present = Present { now, since: now, session: last.map_or(0, |last| last.session), zone: &model.zone, host: &**host };
        model.score(&ledger, &context, present)
    }

    fn told(&self, model: &Model, score: &Score<'_>, converted: bool) -> LeadScore {
        let [fit, engagement, value, total] = score.axes.map(|points| points.map(in_points));
        let line = |reason: &Reason<'_>| LeadReason {
            rule: reason.rule.into(),
            label: reason.label.into(),
            axis: AXES.get(reason.axis).copied().unwrap_or(""),
            points: in_points(reason.points),
            count: reason.count,
        };
        LeadScore {
            id: self.id.clone(),
            total,
            fit,
            engagement,
            value,
            grade: model.grade(score),
            disqualified: !score.disqualified.is_empty(),
            converted,
            reasons: score.reasons.iter().map(line).collect(),
        }
    }

    /// What was known of the lead, what was said later before what was said earlier.
    fn traits(&self, counts: impl Fn(Time) -> bool, host: &dyn Host) -> Document {
        let mut said: Vec<&(Time, String)> = self.traits.iter().filter(|(time, _)| counts(*time)).collect();
        said.sort_by_key(|(time, _)| *time);
        let read = |text: &str| Document::read(text, u32::MAX, host).unwrap_or_default();
        said.into_iter().fold(Document::default(), |known, (_, traits)| read(&merge(known.root(), read(traits).root())))
    }
}

fn in_points(thousandths: i64) -> f64 {
    thousandths as f64 / POINT
}
