//! The one clock.

use crate::base::Time;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
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
            Clock::Page => Time(date_now() as i64),
            Clock::Set(time) => *time,
        }
    }
}
