//! One tab, across the pages that it shows.

use crate::base::json::{Json, Writer};
use alloc::string::String;

/// A tab or window. It counts the events of the present session, so that a collector sees where one is missing.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Its id.
    pub id: String,
    /// The session that it counts.
    session: String,
    /// How many events were recorded here in that session.
    pub events: i64,
}

impl Window {
    /// A window of which nothing is known but the id.
    pub fn new(id: String) -> Window {
        Window { id, ..Window::default() }
    }

    /// Counts an event of this session; a later one is counted anew. Ids sort by time: should an earlier one come back, as
    /// another tab may have it, its numbers go on, for they have been given already.
    pub fn count(&mut self, session: &str) {
        if *self.session < *session {
            self.session = session.into();
            self.events = 0;
        }
        self.events += 1;
    }

    /// Takes the window as it was written by [`Window::write`].
    pub fn read(&mut self, written: Json<'_>) {
        if written.take_whole("events", &mut self.events) {
            written.take_text("id", &mut self.id);
            written.take_text("session", &mut self.session);
        }
    }

    /// The window as JSON.
    pub fn write(&self) -> String {
        let mut out = Writer::begin('{');
        out.member("id", &self.id).member("session", &self.session).count("events", self.events);
        out.end('}')
    }
}
