//! An experiment's variations: who saw which, and who converted afterwards.

use super::{EventLog, Interval, Tally, log::Seen, rate_interval};
use crate::base::Time;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The confidence of the interval around each rate.
const CONFIDENCE: f64 = 0.95;

/// What became of one variation's visitors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariationCount {
    /// The variation's key.
    pub variation: String,
    /// Its name, when an exposure told one; the earliest.
    pub name: Option<String>,
    /// Visitors whose only variation this was.
    pub visitors: u64,
    /// Those of them who reached the goal at or after their first exposure; each counts once.
    pub conversions: u64,
    /// Conversions per visitor.
    pub rate: f64,
    /// Lower end of Wilson's 95 % interval for the rate.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

/// One visitor's first look at an experiment; `None` for the variation once two different ones were seen.
struct First {
    time: Time,
    variation: Option<u32>,
}

impl EventLog {
    /// Counts an experiment's variations, sorted by key; none for an experiment nobody saw.
    ///
    /// A visitor belongs to the variation seen first. Who saw two is left out, see [`EventLog::crossovers`]: their
    /// behaviour cannot be credited to either. What somebody did before the first exposure does not count.
    pub fn variations(&self, experiment: &str, goal: &str) -> Vec<VariationCount> {
        let Some(experiment) = self.experiments.find(experiment) else { return Vec::new() };
        let firsts = self.firsts(experiment);
        let converted = self.converted(&firsts, goal);
        let mut counts: BTreeMap<&str, (u32, u64, u64)> = BTreeMap::new();
        for (visitor, first) in &firsts {
            let Some(variation) = first.variation else { continue };
            let count = counts.entry(self.variations.text(variation)).or_insert((variation, 0, 0));
            count.1 += 1;
            count.2 += u64::from(converted[*visitor as usize]);
        }
        counts.into_values().filter_map(|count| self.variation_count(experiment, count)).collect()
    }

    /// How many visitors saw more than one variation of an experiment.
    ///
    /// More than a few hint at a visitor id that does not last, or at two assignments fighting.
    pub fn crossovers(&self, experiment: &str) -> usize {
        let experiment = self.experiments.find(experiment);
        experiment.map_or(0, |number| self.firsts(number).values().filter(|first| first.variation.is_none()).count())
    }

    fn firsts(&self, experiment: u32) -> HashMap<u32, First> {
        let mut firsts: HashMap<u32, First> = HashMap::new();
        for seen in self.exposures.iter().filter(|seen| seen.experiment == experiment) {
            firsts.entry(seen.visitor).and_modify(|first| first.meet(seen)).or_insert_with(|| First::from(seen));
        }
        firsts
    }

    /// For every visitor of the log, whether they reached the goal at or after their first exposure.
    fn converted(&self, firsts: &HashMap<u32, First>, goal: &str) -> Vec<bool> {
        let mut converted = vec![false; self.visitors.len()];
        let Some(goal) = self.names.find(goal) else { return converted };
        for (event, _) in self.name_of.iter().enumerate().filter(|(_, name)| **name == goal) {
            let visitor = self.visitor_of[event];
            converted[visitor as usize] |= firsts.get(&visitor).is_some_and(|first| first.time <= self.time_of[event]);
        }
        converted
    }

    fn variation_count(&self, experiment: u32, (variation, visitors, conversions): (u32, u64, u64)) -> Option<VariationCount> {
        let tally = Tally::new(visitors as f64, conversions as f64).ok()?;
        let Interval { low, high } = rate_interval(tally, CONFIDENCE).ok()?;
        Some(VariationCount {
            variation: self.variations.text(variation).to_owned(),
            name: self.title(experiment, variation),
            visitors,
            conversions,
            rate: tally.rate(),
            low,
            high,
        })
    }
}

impl First {
    fn from(seen: &Seen) -> First {
        First { time: seen.time, variation: Some(seen.variation) }
    }

    fn meet(&mut self, seen: &Seen) {
        self.time = self.time.min(seen.time);
        self.variation = self.variation.filter(|variation| *variation == seen.variation);
    }
}
