//! The JavaScript engine as the core's host.

use crate::base::{Host, Time};
use alloc::{string::String, vec::Vec};
use core::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn parse_float(text: &str) -> f64;
}

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    /// Writes a number; how many bytes it took.
    fn print(number: f64, place: &mut [u8]) -> u32;
    /// These answer how many bytes the text has that [`taken`] takes.
    fn lower(text: &str) -> u32;
    fn day(time: f64, zone: &str) -> f64;
    #[wasm_bindgen(js_name = ofDay)]
    fn of_day(time: f64, really: bool) -> f64;
    /// Negative for what is no address.
    fn resolve(address: &str, base: &str) -> i32;
    fn take(place: &mut [u8]);
    /// Fills a place with random bytes.
    fn fill(place: &mut [u8]);
}

#[wasm_bindgen(module = "/src/browser/patterns.js")]
extern "C" {
    /// The number of a pattern, from 1 on.
    fn compile(pattern: &str, folded: bool) -> u32;
    /// 0 no, 1 yes, 2 it would take too long, 3 nobody knows this number any more.
    fn search(number: u32, text: &str) -> u32;
}

/// The text that was answered last.
pub fn taken(bytes: u32) -> String {
    let mut text = alloc::vec![0; bytes as usize];
    take(&mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// The engine that runs the page. A pattern is asked again only for another text.
#[derive(Default)]
pub struct Page {
    patterns: Cell<Vec<Pattern>>,
    /// Random bytes in store: to ask for them costs more than to get many.
    pool: Cell<Vec<u8>>,
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
        let mut place = [0; 32]; // ECMAScript's longest takes 25
        let length = print(number, &mut place) as usize;
        place.get(..length).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default().into()
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
        taken(lower(text))
    }

    fn resolve_url(&self, address: &str, base: &str) -> Option<String> {
        u32::try_from(resolve(address, base)).ok().map(taken)
    }

    fn day(&self, time: Time, zone: &str) -> i64 {
        day(time.0 as f64, zone) as i64
    }

    fn of_day(&self, time: Time) -> i64 {
        of_day(time.0 as f64, true) as i64
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
            None if bytes.len() > POOL => bytes.chunks_mut(65_536).for_each(fill), // browsers give no more at once
            None => self.draw(bytes),
        }
    }
}

impl Page {
    /// Takes random bytes from the pool.
    fn draw(&self, bytes: &mut [u8]) {
        let mut pool = self.pool.take();
        for byte in bytes {
            if pool.is_empty() {
                pool = alloc::vec![0; POOL];
                fill(&mut pool);
            }
            *byte = pool.pop().unwrap_or(0);
        }
        self.pool.set(pool);
    }
}

/// So many bytes are drawn at once: those of 16 message ids.
const POOL: usize = 256;

/// A pattern, and what it answered last.
struct Pattern {
    text: String,
    folded: bool,
    number: u32,
    /// Whether it took too long once, and answers no since.
    refused: bool,
    last: (String, bool),
}

impl Pattern {
    fn new(text: &str, folded: bool) -> Pattern {
        Pattern { text: text.into(), folded, number: 0, refused: false, last: (String::new(), false) }
    }

    fn test(&mut self, text: &str) -> bool {
        if !self.refused && (self.last.0 != text || text.is_empty()) {
            let found = self.search(text);
            self.refused = found > 1;
            self.last = (text.into(), found == 1);
        }
        self.last.1
    }

    fn search(&mut self, text: &str) -> u32 {
        let found = search(self.number, text);
        if found < 3 {
            return found;
        }
        self.number = compile(&self.text, self.folded);
        search(self.number, text)
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
