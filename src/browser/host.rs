//! The JavaScript engine as the core's host.

use crate::base::Host;
use alloc::{string::String, vec::Vec};
use core::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = parseFloat)]
    fn parse_float(text: &str) -> f64;

    #[wasm_bindgen(js_name = String)]
    fn print(number: f64) -> String;

    type RegExp;

    #[wasm_bindgen(constructor, catch)]
    fn new(pattern: &str) -> Result<RegExp, JsValue>;

    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;
}

/// The engine that runs the page. Patterns are compiled once.
#[derive(Default)]
pub struct Page {
    patterns: Cell<Vec<(String, Option<RegExp>)>>,
    /// The state of a simulated visitor's random numbers; real visitors have none.
    seed: Option<Cell<u64>>,
}

impl Page {
    /// A host whose random bytes follow from `seed`, for visitors that are made up and must be repeatable.
    pub fn seeded(seed: u32) -> Page {
        Page { seed: Some(Cell::new(u64::from(seed))), ..Page::default() }
    }
}

impl Host for Page {
    fn parse_number(&self, text: &str) -> f64 {
        parse_float(text)
    }

    fn print_number(&self, number: f64) -> String {
        print(number)
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.take();
        let known = patterns.iter().position(|(known, _)| known == pattern);
        let at = known.unwrap_or_else(|| {
            patterns.push((pattern.into(), RegExp::new(pattern).ok()));
            patterns.len() - 1
        });
        let found = patterns.get(at).and_then(|(_, regexp)| regexp.as_ref()).is_some_and(|regexp| regexp.test(text));
        self.patterns.set(patterns);
        found
    }

    fn fill(&self, bytes: &mut [u8]) {
        match &self.seed {
            Some(state) => bytes.iter_mut().for_each(|byte| *byte = next(state)),
            None if getrandom::fill(bytes).is_err() => {
                bytes.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
            }
            None => {}
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), one byte at a time.
fn next(state: &Cell<u64>) -> u8 {
    let seed = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
    state.set(seed);
    let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) as u8
}
