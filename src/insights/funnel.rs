//! Funnels: how many visitors took each step, in order.

use super::EventLog;
use crate::base::Time;
use serde::Serialize;

/// One step of a funnel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FunnelStep {
    /// The event's name.
    pub step: String,
    /// Visitors who took this step and all before it, in order.
    pub visitors: u64,
    /// Share of the first step's visitors, 0 to 1; 0 when there were none.
    pub of_first: f64,
    /// Share of the previous step's visitors, 0 to 1; 0 when there were none. For the first step as `of_first`.
    pub of_previous: f64,
}

/// An event that may be a step. `name` is `None` once it served.
#[derive(Clone, Copy)]
struct Candidate {
    visitor: u32,
    time: Time,
    name: Option<u32>,
}

impl EventLog {
    /// Visitors who took the steps in order, each at or after the one before; other events may lie between.
    ///
    /// An event serves one step only, so `["page", "page"]` asks for two page views. Each step takes the earliest event
    /// it can, which reaches furthest. Moments are compared to the millisecond, and equal ones may be in either order.
    /// There is no time limit.
    pub fn funnel(&self, steps: &[String]) -> Vec<FunnelStep> {
        let names: Vec<Option<u32>> = steps.iter().map(|step| self.names.find(step)).collect();
        let mut candidates = self.candidates(&names);
        let mut reached = vec![0; steps.len()];
        for visitor in candidates.chunk_by_mut(|one, other| one.visitor == other.visitor) {
            for count in &mut reached[..depth(visitor, &names)] {
                *count += 1;
            }
        }
        steps.iter().enumerate().map(|(at, step)| funnel_step(step, at, &reached)).collect()
    }

    /// Events named by a step, by visitor and time.
    fn candidates(&self, names: &[Option<u32>]) -> Vec<Candidate> {
        let wanted = |at: &usize| names.contains(&Some(self.name_of[*at]));
        let event = |at: usize| Candidate { visitor: self.visitor_of[at], time: self.time_of[at], name: Some(self.name_of[at]) };
        let mut found: Vec<Candidate> = (0..self.len()).filter(wanted).map(event).collect();
        found.sort_unstable_by_key(|event| (event.visitor, event.time));
        found
    }
}

/// How many steps one visitor took.
fn depth(events: &mut [Candidate], names: &[Option<u32>]) -> usize {
    let mut since = None;
    let took = |name: &&Option<u32>| {
        let next = events.iter_mut().find(|event| event.name.is_some() && event.name == **name && Some(event.time) >= since);
        next.map(|event| (event.name, since) = (None, Some(event.time))).is_some()
    };
    names.iter().take_while(took).count()
}

fn funnel_step(step: &str, at: usize, reached: &[u64]) -> FunnelStep {
    let visitors = reached[at];
    let of = |before: usize| if reached[before] == 0 { 0.0 } else { visitors as f64 / reached[before] as f64 };
    FunnelStep { step: step.to_owned(), visitors, of_first: of(0), of_previous: of(at.saturating_sub(1)) }
}
