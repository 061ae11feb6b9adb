//! The one clock.

use crate::base::Time;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    /// The time, and with `true` the same: what takes nothing would be imported in a way of its own.
    fn now(really: bool) -> f64;
}

/// Where the time comes from.
pub enum Clock {
    /// The visitor's own clock.
    Page,
    /// A simulated visitor's: the time it was set to.
    Set(Time),
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Time {
        match self {
            Clock::Page => Time(now(true) as i64),
            Clock::Set(time) => *time,
        }
    }
}
