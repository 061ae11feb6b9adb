//! What each signal counts, and from which score on somebody should look.

use super::{Level, SIGNALS};
use crate::base::{
    json::{Section, children},
    time::SECOND,
};

/// How referrals are judged. [`Rules::default`] has the points of [`SIGNALS`] and the limits below.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// What each signal adds, in the order of [`SIGNALS`]; 0 for what is not looked at.
    pub points: [i64; SIGNALS.len()],
    /// The score from which the level is medium, 30.
    pub medium: i64,
    /// The score from which it is high, 60.
    pub high: i64,
    /// Names from this similarity on are similar, 0.92: record linkage takes Jaro and Winkler's similarity from there on for
    /// agreement (Enamorado, Fifield and Imai's `fastLink` 0.6.1: 0.92 agrees, 0.88 in part).
    pub similar_name: f64,
    /// Whoever signs up or buys sooner after the first touch has not read the page, in ms; 10 seconds.
    pub fast: i64,
    /// More friends of one advocate within an hour are too many, 5.
    pub per_hour: u32,
    /// More within 24 hours are too many, 20.
    pub per_day: u32,
}

impl Default for Rules {
    fn default() -> Rules {
        let points = SIGNALS.each_ref().map(|signal| signal.points);
        Rules { points, medium: 30, high: 60, similar_name: 0.92, fast: 10 * SECOND, per_hour: 5, per_day: 20 }
    }
}

/// No number of friends is larger.
const MOST_FRIENDS: u32 = 1_000_000;

impl Rules {
    /// Reads the section `fraud` of a referral program.
    ///
    /// ```json
    /// { "medium": 30, "high": 60, "similar_name": 0.92, "fast_seconds": 10, "per_hour": 5, "per_day": 20,
    ///   "points": { "same_ip": 40, "similar_name": 0 } }
    /// ```
    ///
    /// Problems: `wrong-type`, `out-of-range`, `unknown-word` (no signal of that name). What is wrong keeps its default.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        self.read_points(&mut section);
        let medium = section.whole("medium", 30, 1, 100);
        let high = section.whole("high", 60, 1, 100);
        if medium > high {
            section.problem("out-of-range", "high", "The level high begins below medium; both are as usual.");
        } else {
            (self.medium, self.high) = (medium, high);
        }
        self.similar_name = section.number("similar_name", self.similar_name, 0.0, 1.0);
        self.fast = (section.number("fast_seconds", 10.0, 0.0, 86_400.0) * SECOND as f64) as i64;
        self.per_hour = section.whole("per_hour", self.per_hour, 1, MOST_FRIENDS) as u32;
        self.per_day = section.whole("per_day", self.per_day, 1, MOST_FRIENDS) as u32;
    }

    fn read_points(&mut self, section: &mut Section<'_, '_>) {
        let list = section.get("points");
        if list.is_some_and(|list| !list.is_object()) {
            section.problem("wrong-type", "points", "An object {…} belongs here: signals and their points.");
        }
        for value in children(list.filter(|list| list.is_object())) {
            let place = ["points.", value.name()].concat();
            let Some(signal) = SIGNALS.iter().position(|signal| signal.id == value.name()) else {
                section.problem("unknown-word", &place, "There is no signal of this name.");
                continue;
            };
            match value.number() {
                Some(points) if (0.0..=100.0).contains(&points) => self.points[signal] = points as i64,
                Some(_) => section.problem("out-of-range", &place, "A signal has 0 to 100 points."),
                None => section.problem("wrong-type", &place, "A number belongs here, without quotes."),
            }
        }
    }

    /// The level of a score.
    pub fn level(&self, score: i64) -> Level {
        match score {
            _ if score >= self.high => Level::High,
            _ if score >= self.medium => Level::Medium,
            _ => Level::Low,
        }
    }
}
