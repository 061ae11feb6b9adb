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

    /// Whether it has counted a later session than this one, as it may be when another tab brings an earlier one back: the numbers of
    /// that have been given already. Ids sort by time.
    pub fn is_past(&self, session: &str) -> bool {
        *self.session > *session
    }

    /// Counts an event of this session; another one is counted anew.
    pub fn count(&mut self, session: &str) {
        if self.session != session {
            self.session = session.into();
            self.events = 0;
        }
        self.events += 1;
    }

    /// Takes the window as it was written by [`Window::write`], if it was this visitor's: its id would tell that the next one is
    /// the same.
    pub fn read(&mut self, written: Json<'_>, visitor: &str) {
        if written.get_string("visitor") == Some(visitor) && written.take_whole("events", &mut self.events) {
            written.take_text("id", &mut self.id);
            written.take_text("session", &mut self.session);
        }
    }

    /// The window as JSON.
    pub fn write(&self, visitor: &str) -> String {
        let mut out = Writer::begin('{');
        out.member("visitor", visitor).member("id", &self.id).member("session", &self.session).count("events", self.events);
        out.end('}')
    }
}
