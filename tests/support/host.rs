//! A host without a browser: numbers, patterns and addresses by crates that follow ECMAScript.

use privateer::base::Host;
use std::{cell::Cell, rc::Rc};
use url::Url;

/// A host whose random bytes follow from a seed, so that whatever a test finds can be replayed.
pub struct Native(Cell<u64>);

impl Native {
    pub fn seeded(seed: u64) -> Native {
        Native(Cell::new(seed))
    }

    pub fn shared(seed: u64) -> Rc<dyn Host> {
        Rc::new(Native::seeded(seed))
    }

    /// SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
    pub fn next(&self) -> u64 {
        let seed = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(seed);
        let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}

impl Host for Native {
    fn parse_number(&self, text: &str) -> f64 {
        text.parse().unwrap_or(f64::NAN)
    }

    fn print_number(&self, number: f64) -> String {
        ryu_js::Buffer::new().format(number).to_owned()
    }

    fn matches(&self, pattern: &str, text: &str, folded: bool) -> bool {
        let flags = if folded { "i" } else { "" };
        regress::Regex::with_flags(pattern, flags).is_ok_and(|regex| regex.find(text).is_some())
    }

    fn lower_case(&self, text: &str) -> String {
        text.to_lowercase()
    }

    fn resolve_url(&self, address: &str, base: &str) -> Option<String> {
        let base = Url::parse(base).ok()?;
        Some(Url::options().base_url(Some(&base)).parse(address).ok()?.to_string())
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    // First output of SplitMix64 from seed 0, as in Vigna's reference code (https://prng.di.unimi.it/splitmix64.c).
    assert_eq!(Native::seeded(0).next(), 0xe220_a839_7b1d_cdaf);
}

#[test]
fn numbers_print_as_in_ecmascript() {
    // ECMA-262, Number::toString: decimal exponents from 21 on, and below -7, are written with an `e`.
    for (number, text) in [(1.0, "1"), (1e21, "1e+21"), (1e-7, "1e-7"), (0.1 + 0.2, "0.30000000000000004"), (-0.0, "0")] {
        assert_eq!(Native::seeded(0).print_number(number), text);
    }
}

#[test]
fn addresses_are_resolved_as_the_url_standard_has_it() {
    let host = Native::seeded(0);
    let whole = host.resolve_url("../b?c=1#", "https://EXAMPLE.com:8443/x/y/z");
    assert_eq!(whole.as_deref(), Some("https://example.com:8443/x/b?c=1#"));
    assert_eq!(host.resolve_url("https://", "https://example.com"), None);
}
