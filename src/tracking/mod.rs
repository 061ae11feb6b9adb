//! What a page can observe of a visit, and how it gets out safely.

pub mod campaign;
pub mod consent;
pub mod delivery;
pub mod engagement;
pub mod limit;
pub mod losses;
pub mod page;
pub mod queue;
pub mod session;
pub mod window;

use crate::base::{json::Section, time::MINUTE};
use alloc::string::String;

/// What is observed without being asked, and how much of it.
#[derive(Debug)]
pub struct Settings {
    /// Page views.
    pub pageviews: bool,
    /// Clicks on marked elements.
    pub clicks: bool,
    /// Form submissions.
    pub forms: bool,
    /// Engaged time.
    pub engagement: bool,
    /// After how many milliseconds without an event a new session begins.
    pub session_idle_ms: i64,
    /// The time zone at whose midnight a new session begins; empty where none does.
    pub midnight_zone: String,
    /// Whether another campaign begins a new session.
    pub session_on_campaign: bool,
    /// How many delivered events the browser keeps to look back on.
    pub history: i64,
    /// How many events a minute are recorded; 0 for any number.
    pub most_a_minute: i64,
}

impl Settings {
    /// Reads the section `tracking` of a site definition.
    pub fn read(mut section: Section<'_, '_>) -> Settings {
        let mut midnight_zone = String::new();
        section.take_text("session_midnight", &mut midnight_zone);
        Settings {
            pageviews: section.flag("pageviews", true),
            clicks: section.flag("clicks", true),
            forms: section.flag("forms", true),
            engagement: section.flag("engagement", true),
            session_idle_ms: (section.number("session_idle_minutes", 30.0, 1.0, 1440.0) * MINUTE as f64) as i64,
            midnight_zone,
            session_on_campaign: section.flag("session_on_campaign", false),
            history: section.whole("history", 0, 0, 500),
            most_a_minute: section.whole("most_a_minute", 0, 0, 1_000_000),
        }
    }
}
