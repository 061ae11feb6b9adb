//! One visitor's whole state, still pure: [`Client::step`] takes what happened and the time, and returns effects.
//!
//! Here the four jobs meet: a decision becomes an exposure event, an event becomes points, a code in the address
//! becomes an invitation. Nothing here touches a page, so a whole visit, faults included, can be lived through in
//! a test.

mod answer;
mod begin;
mod consent;
mod decide;
mod deliver;
mod identity;
mod journal;
mod judge;
mod record;
mod refer;
mod report;
mod rewards;
mod site;
mod step;

use crate::{
    base::{Host, Time},
    error::Error,
    experiment::Engine,
    tracking::{
        consent::Consents,
        delivery::{Answer, Batch, Delivery},
        engagement::Engagement,
        limit::Limit,
        losses::Losses,
        page::Page,
        queue::Queue,
        window::Window,
    },
};
use alloc::{boxed::Box, rc::Rc, string::String, vec::Vec};

pub use identity::Visitor;
pub use judge::Scores;
pub use refer::{Asked, Referral};
pub use site::Site;

/// Where the visitor's record is stored.
pub const VISITOR_KEY: &str = "privateer.visitor";
/// Where a refusal is stored, on sites that would otherwise begin recording by themselves.
pub const CONSENT_KEY: &str = "privateer.consent";
/// Before a page's name and a message id: where an event is stored until it is acknowledged. The value is the message.
pub const EVENT_PREFIX: &str = "privateer.event.";
/// Before a message id: where an event is kept that scores are made of, see [`crate::scoring::Fact::write`].
pub const SCORED_PREFIX: &str = "privateer.scored.";
/// Before a message id: where a delivered event is kept to look back on.
pub const HISTORY_PREFIX: &str = "privateer.delivered.";

/// What happened.
#[derive(Clone, Debug)]
pub enum Input<'t> {
    /// The experiments payload arrived from its address: JSON text.
    Payload(String),
    /// The page records an event: its name, its properties as JSON, and when it happened, unless that is now. What is no
    /// object counts as an empty one, here and below.
    Track(&'t str, &'t str, Option<Time>),
    /// A page is seen; its description (see [`Page`]) after a navigation within the page, and properties.
    View(Option<&'t str>, &'t str),
    /// The visitor said who they are: the user id and traits.
    Identify(&'t str, &'t str),
    /// Two ids are the same person's: the one that holds from now on, and the one before; empty for the present one.
    Alias(&'t str, &'t str),
    /// The visitor belongs to a group: its id and traits.
    Group(&'t str, &'t str),
    /// A new session begins, whatever the time.
    NewSession,
    /// Attributes for decisions and scores.
    Attributes(&'t str),
    /// A feature was shown.
    Seen(&'t str),
    /// An experiment of its own was run: its number.
    Ran(i64),
    /// The automatic experiments are to be run.
    Automatic,
    /// A variation is to be shown for a look, without counting; `None` ends it.
    Preview(&'t str, Option<usize>),
    /// The visitor answers: an object of purposes and words, see [`Consents`].
    Consent(&'t str),
    /// Everything about the visitor is to be erased.
    Forget,
    /// The visitor looks at the page (visible and focused), or looks away.
    Attention(bool),
    /// The page is hidden and may never come back. With `true` another one of the same site follows, which will deliver what
    /// is left.
    Leaving(bool),
    /// The events of a page that is gone are this one's to deliver: keys and messages.
    Adopt(Vec<(String, String)>),
    /// The page is put aside, and what it stored may be adopted; should it come back, it goes by this name.
    Suspend(&'t str),
    /// Another tab wrote the visitor's record.
    Visitor(&'t str),
    /// Another tab kept an event to score by: its id and what was written.
    Scored(&'t str, &'t str),
    /// An event is to be forgotten as far as scores go: its id.
    Unscore(&'t str),
    /// The visitor types.
    Typing,
    /// What learned models say of the visitor, an object.
    Learned(&'t str),
    /// The page has another address, or another title, and nobody saw another page: its description (see [`Page`]).
    Described(&'t str),
    /// The visitor typed the code of whoever sent them.
    Code(&'t str),
    /// The time that [`Effect::WakeAt`] asked for has come.
    Timer,
    /// What waits is to be sent now.
    Flush,
    /// The browser is online again.
    Online,
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
    /// Keep a delivered event under a key to look back on, and at most so many of them.
    Remember(String, String, i64),
    /// Send a batch to the address.
    Send(String, Batch),
    /// Break off every request.
    Abort,
    /// Come back with [`Input::Timer`] at that time; an earlier request is void.
    WakeAt(Time),
    /// Tell the page what became of the visitor: `threshold`, `stage` or `trigger`, and which one.
    Tell(&'static str, String),
    /// Load the experiments payload from this address.
    Load(String),
}

/// One visitor on one page.
pub struct Client {
    host: Rc<dyn Host>,
    site: Site,
    problems: Vec<Error>,
    page: Page,
    consent: Consents,
    /// What the browser refuses for the visitor, an object of purposes and words: nobody can grant it.
    refused: String,
    visitor: Visitor,
    /// When what brought the visitor was noted last.
    touched_at: Time,
    window: Window,
    /// The page's name among those that have events to deliver.
    owner: String,
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
    limit: Limit,
    losses: Losses,
    /// The keys of events that were given up in this step.
    given_up: Vec<String>,
    waking: Option<Time>,
    /// What the visitor is judged by, where the site scores leads.
    scores: Option<Box<Scores>>,
    /// The referral program and what is known of the visitor in it, where the site has one.
    referral: Option<Box<Referral>>,
    /// Whether the visitor's record is to be saved at once.
    changed: bool,
    /// Whether it is to be saved some time: what was added can be told from the events themselves.
    touched: bool,
    effects: Vec<Effect>,
}
