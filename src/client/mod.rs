//! One visitor's whole state, still pure: [`Client::step`] takes what happened and the time, and returns effects.
//!
//! Here the four jobs meet: a decision becomes an exposure event, an event becomes points, a code in the address
//! becomes an invitation. Nothing here touches a page, so a whole visit, faults included, can be lived through in
//! a test.

mod answer;
mod begin;
mod decide;
mod deliver;
mod identity;
mod record;
mod site;
mod step;

use crate::{
    base::{Host, Time},
    error::Error,
    experiment::Engine,
    tracking::{
        consent::Consent,
        delivery::{Answer, Batch, Delivery},
        engagement::Engagement,
        page::Page,
        queue::Queue,
    },
};
use alloc::{rc::Rc, string::String, vec::Vec};

pub use identity::Visitor;
pub use site::Site;

/// Where the visitor's record is stored.
pub const VISITOR_KEY: &str = "privateer.visitor";
/// Where a refusal is stored, on sites that would otherwise begin recording by themselves.
pub const CONSENT_KEY: &str = "privateer.consent";
/// Before a message id: where an event is stored. The value is `q` (waiting) or `d` (delivered), then the message.
pub const EVENT_PREFIX: &str = "privateer.event.";

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// The experiments payload arrived from its address: JSON text.
    Payload(String),
    /// The page records an event: its name, and its properties as JSON. What is no object counts as an empty one,
    /// here and below.
    Track(String, String),
    /// A page is seen; its description (see [`Page`]) after a navigation within the page, and properties.
    View(Option<String>, String),
    /// The visitor said who they are: the user id and traits.
    Identify(String, String),
    /// Attributes for decisions and scores.
    Attributes(String),
    /// A feature was shown.
    Seen(String),
    /// An experiment of its own was run: its number.
    Ran(i64),
    /// The automatic experiments are to be run.
    Automatic,
    /// A variation is to be shown for a look, without counting; `None` ends it.
    Preview(String, Option<usize>),
    /// The visitor grants (`true`) or denies.
    Consent(bool),
    /// Everything about the visitor is to be erased.
    Forget,
    /// The visitor looks at the page (visible and focused), or looks away.
    Attention(bool),
    /// The page is hidden and may never come back.
    Leaving,
    /// The time that [`Effect::WakeAt`] asked for has come.
    Timer,
    /// What waits is to be sent now.
    Flush,
    /// The collector answered a batch, or did not.
    Answer(Answer),
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Store a text under a key.
    Save(String, String),
    /// Remove a key.
    Erase(String),
    /// Remove every key of ours: those that begin with `privateer.`, and the kept assignments.
    EraseAll,
    /// Send a batch to the address, also when the page is going away (`true`).
    Send(String, Batch, bool),
    /// Come back with [`Input::Timer`] at that time; an earlier request is void.
    WakeAt(Time),
    /// Load the experiments payload from this address.
    Load(String),
}

/// One visitor on one page.
pub struct Client {
    host: Rc<dyn Host>,
    site: Site,
    problems: Vec<Error>,
    page: Page,
    consent: Consent,
    visitor: Visitor,
    engine: Engine,
    /// Whether the visitor's ids and the page's address are attributes.
    adds_known: bool,
    /// Whether exposures are recorded at all.
    exposes: bool,
    /// Whether the visitor is a crawler or the like.
    is_program: bool,
    queue: Queue,
    delivery: Delivery,
    engagement: Engagement,
    waking: Option<Time>,
    changed: bool,
    effects: Vec<Effect>,
}
