//! What a page can observe of a visit, and how it gets out safely.

pub mod campaign;
pub mod consent;
pub mod delivery;
pub mod engagement;
pub mod page;
pub mod queue;
pub mod session;

use crate::base::{json::Section, time::MINUTE};

/// What is observed without being asked.
#[derive(Clone, Debug)]
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
}

impl Settings {
    /// Reads the section `tracking` of a site definition.
    pub fn read(mut section: Section<'_, '_>) -> Settings {
        Settings {
            pageviews: section.flag("pageviews", true),
            clicks: section.flag("clicks", true),
            forms: section.flag("forms", true),
            engagement: section.flag("engagement", true),
            session_idle_ms: (section.number("session_idle_minutes", 30.0, 1.0, 1440.0) * MINUTE as f64) as i64,
        }
    }
}
