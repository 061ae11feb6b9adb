//! The JavaScript engine as the core's host.

use crate::base::Host;
use alloc::{string::String, vec::Vec};
use core::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn parse_float(text: &str) -> f64;

    #[wasm_bindgen(js_name = String)]
    fn print(number: f64) -> String;

    type RegExp;

    #[wasm_bindgen(constructor, catch)]
    fn new(pattern: &str, flags: &str) -> Result<RegExp, JsValue>;

    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;

    #[wasm_bindgen(js_namespace = ["String", "prototype", "toLowerCase"], js_name = call)]
    fn lower_case(text: &str) -> String;

    type URL;

    #[wasm_bindgen(constructor, catch)]
    fn new(address: &str, base: &str) -> Result<URL, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &URL) -> String;
}

/// The engine that runs the page. Patterns are compiled once.
#[derive(Default)]
pub struct Page {
    patterns: Cell<Vec<Pattern>>,
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

    fn matches(&self, pattern: &str, text: &str, folded: bool) -> bool {
        let mut patterns = self.patterns.take();
        let known = patterns.iter().position(|known| known.text == pattern && known.folded == folded);
        let at = known.unwrap_or_else(|| {
            patterns.push(Pattern::new(pattern, folded));
            patterns.len() - 1
        });
        let found = patterns.get_mut(at).is_some_and(|pattern| pattern.test(text));
        self.patterns.set(patterns);
        found
    }

    fn lower_case(&self, text: &str) -> String {
        lower_case(text)
    }

    fn resolve_url(&self, address: &str, base: &str) -> Option<String> {
        Some(URL::new(address, base).ok()?.href())
    }

    fn refused_patterns(&self) -> Vec<String> {
        let patterns = self.patterns.take();
        let refused = patterns.iter().filter(|pattern| pattern.refused).map(|pattern| pattern.text.clone()).collect();
        self.patterns.set(patterns);
        refused
    }

    fn fill(&self, bytes: &mut [u8]) {
        match &self.seed {
            Some(state) => bytes.iter_mut().for_each(|byte| *byte = next(state)),
            None if !fill_securely(bytes) => {
                bytes.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
            }
            None => {}
        }
    }
}

/// Fills `bytes` from the engine's secure source; whether there is one.
#[cfg(feature = "page")]
fn fill_securely(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

/// The insights build draws nothing at random, and goes without a secure source.
#[cfg(not(feature = "page"))]
fn fill_securely(_: &mut [u8]) -> bool {
    false
}

/// A pattern, and what it answered last.
struct Pattern {
    text: String,
    folded: bool,
    regexp: Option<RegExp>,
    /// Whether it took too long once, and answers no since.
    refused: bool,
    last: (String, bool),
}

/// Longer texts are not searched: even simple patterns can take the square of their length.
const LONGEST: usize = 10_000;
/// What a search may take, in ms.
const PATIENCE: f64 = 10.0;

impl Pattern {
    fn new(text: &str, folded: bool) -> Pattern {
        let regexp = RegExp::new(text, if folded { "i" } else { "" }).ok();
        Pattern { text: text.into(), folded, regexp, refused: false, last: (String::new(), false) }
    }

    fn test(&mut self, text: &str) -> bool {
        let Some(regexp) = self.regexp.as_ref().filter(|_| !self.refused) else { return false };
        if self.last.0 != text || text.is_empty() {
            self.refused = text.len() > LONGEST || self.repeats() && explodes(regexp, text);
            self.last = (text.into(), !self.refused && regexp.test(text));
        }
        self.last.1
    }

    /// Only patterns with two repetitions or more can take longer than the text is long.
    fn repeats(&self) -> bool {
        self.text.bytes().filter(|byte| matches!(byte, b'*' | b'+' | b'{')).count() > 1
    }
}

/// Whether searching this text would take too long, found out on beginnings of it, each with an end that no pattern
/// expects: a pattern that tries every way to part a text shows it there, long before the whole text hangs the page.
fn explodes(regexp: &RegExp, text: &str) -> bool {
    let mut length = 8;
    while length < text.len() {
        let Some(beginning) = text.get(..length) else {
            length += 1; // within a letter
            continue;
        };
        let began = js_sys::Date::now();
        regexp.test(&[beginning, "\0"].concat());
        if js_sys::Date::now() - began > PATIENCE {
            return true;
        }
        length += if length < 64 { 4 } else { length / 4 };
    }
    false
}

/// SplitMix64 (Steele, Lea, Flood 2014), one byte at a time.
fn next(state: &Cell<u64>) -> u8 {
    let seed = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
    state.set(seed);
    let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) as u8
}
