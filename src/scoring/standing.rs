//! What a visitor reached, which the present score alone does not tell.

use crate::base::{
    Time,
    json::{Json, Writer, children, texts},
};
use alloc::{string::String, vec::Vec};

/// Thresholds, stage and triggers of a visitor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// When it changed last.
    pub at: Time,
    /// The ids of the thresholds that are reached.
    pub reached: Vec<String>,
    /// The id of the stage; empty before the first.
    pub stage: String,
    /// When each trigger was due, by its id.
    pub fired: Vec<(String, Vec<i64>)>,
}

impl Standing {
    /// Takes what another tab wrote: thresholds and stage if it wrote later, and of each trigger the longer list.
    pub fn follow(&mut self, other: Standing) {
        for (id, times) in other.fired {
            match self.fired.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) if known.last() < times.last() => *known = times,
                Some(_) => {}
                None => self.fired.push((id, times)),
            }
        }
        if other.at > self.at {
            (self.at, self.reached, self.stage) = (other.at, other.reached, other.stage);
        }
    }

    /// Takes it as it was written by [`Standing::write`].
    pub fn read(&mut self, written: Option<Json<'_>>) {
        let Some(written) = written else { return };
        written.take_whole("at", &mut self.at.0);
        written.take_text("stage", &mut self.stage);
        self.reached = texts(children(written.get("reached")));
        for member in children(written.get("fired")) {
            let times = member.children().filter_map(Json::number).map(|time| time as i64);
            self.fired.push((member.name().into(), times.collect()));
        }
    }

    /// Writes `{"at","stage","reached","fired":{"trigger": [times]}}`.
    pub fn write(&self) -> String {
        let mut out = Writer::begin('{');
        out.count("at", self.at.0).filled("stage", &self.stage).key("reached").open('[');
        for id in &self.reached {
            out.string(id);
        }
        out.close(']').key("fired").open('{');
        for (id, times) in &self.fired {
            out.key(id).open('[');
            for time in times {
                out.integer(*time);
            }
            out.close(']');
        }
        out.close('}');
        out.end('}')
    }
}
