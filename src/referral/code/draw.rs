//! Random codes.

use super::{
    Codes,
    blocked::{BlockList, Words},
    length::LONGEST,
    text,
};
use crate::base::Host;
use alloc::{string::String, vec, vec::Vec};

/// So often a code with a blocked word is drawn again. With the published list one code in 24 is.
const TRIES: usize = 1_000;
/// Random bytes that are asked for at once: for one code, and for many. Browsers give 65,536 at most.
const FEW: usize = 32;
const MANY: usize = 16_384;

/// Random bits in store.
struct Pool<'h> {
    host: &'h dyn Host,
    bytes: Vec<u8>,
    /// How many of the bytes are left.
    left: usize,
    bits: u64,
    /// How many of the bits are left.
    held: u32,
}

impl Pool<'_> {
    /// A store that takes so many bytes from the host at once, a multiple of 8.
    fn new(host: &dyn Host, size: usize) -> Pool<'_> {
        Pool { host, bytes: vec![0; size], left: 0, bits: 0, held: 0 }
    }

    /// Fills a place with digits below `size`, each equally likely: as many bits are taken as the largest digit has, and what they make beyond
    /// it is thrown away, not folded back.
    fn fill(&mut self, digits: &mut [u8], size: u32) {
        let width = 32 - (size - 1).leading_zeros();
        let (mut bits, mut held) = (self.bits, self.held);
        for place in digits {
            loop {
                if held < width {
                    (bits, held) = (self.draw(), 64);
                }
                let digit = bits as u32 & ((1 << width) - 1);
                (bits, held) = (bits >> width, held - width);
                *place = digit as u8;
                if digit < size {
                    break;
                }
            }
        }
        (self.bits, self.held) = (bits, held);
    }

    fn draw(&mut self) -> u64 {
        if self.left == 0 {
            self.host.fill(&mut self.bytes);
            self.left = self.bytes.len();
        }
        self.left -= 8;
        let eight = self.bytes.get(self.left..).and_then(|rest| rest.first_chunk());
        u64::from_le_bytes(*eight.unwrap_or(&[0; 8]))
    }
}

impl Codes {
    /// A new random code without any of `words` in it; empty if they leave none (after 1,000 tries).
    ///
    /// Each of the other codes is equally likely. Of k codes out of N = sizeᵈ, d being the characters without the check
    /// character, two or more are the same with odds of 1 - exp(-k(k-1)/2N): 31 characters and the length of 8 give N = 2.75 · 10¹⁰,
    /// and 0.2 % among 10,000 codes, 17 % among 100,000. A server that hands out rewards must check for it.
    pub fn random(&self, host: &dyn Host, words: &(impl Words + ?Sized)) -> String {
        let mut code = Vec::new();
        self.draw(&mut Pool::new(host, FEW), words, &mut code);
        text(code)
    }

    /// So many random codes, one a line. They are all of one length, and not compared with each other.
    pub fn many(&self, count: usize, host: &dyn Host, words: &BlockList) -> String {
        let mut pool = Pool::new(host, MANY);
        let mut codes = Vec::with_capacity(count * (self.prefix.len() + self.length + 1));
        for at in 0..count {
            if at > 0 {
                codes.push(b'\n');
            }
            self.draw(&mut pool, words, &mut codes);
        }
        text(codes)
    }

    fn draw(&self, pool: &mut Pool<'_>, words: &(impl Words + ?Sized), out: &mut Vec<u8>) {
        let start = out.len();
        let mut room = [0; LONGEST];
        let digits = room.get_mut(..self.free()).unwrap_or_default();
        for _ in 0..if digits.is_empty() { 0 } else { TRIES } {
            pool.fill(digits, self.alphabet.size());
            self.spell(digits, out);
            if !self.refuses(out.get(start..).unwrap_or_default(), words) {
                return;
            }
            out.truncate(start);
        }
    }
}
