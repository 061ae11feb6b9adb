//! Stages of a customer's life, in four ways of parting it, to begin a model with.
//!
//! Each is a part of a scoring model, JSON: rules that only count, and stages on what they count. One machine runs them all
//! ([`crate::scoring::Model`]): a stage is entered when its condition holds, and may be left and entered again, as whoever was lost may come
//! back. Days and counts are proposals: a shop whose goods are bought once a year has other ones.

/// The ways, by name, each with the part of a model that goes with it.
///
/// `growth`: prospect, introduction, growth, maturity, decline. `loop`: acquire, activate, retain, monetise, refer. `journey`: awareness,
/// consideration, purchase, loyalty, churn. `activity`: potential, new, active, dormant, lost.
pub const LIFECYCLES: [(&str, &str); 4] = [
    ("growth", include_str!("lifecycle/growth.json")),
    ("loop", include_str!("lifecycle/loop.json")),
    ("journey", include_str!("lifecycle/journey.json")),
    ("activity", include_str!("lifecycle/activity.json")),
];
