//! Error correction: Reed-Solomon over GF(256), block by block, and the order of transmission (ISO/IEC 18004:2015, 7.5, 7.6).

use super::{Level, version};
use alloc::{vec, vec::Vec};

/// Data and correction codewords in the order in which they are drawn.
///
/// Neighbouring codewords belong to different blocks, so that a stain is shared between them. Blocks differ in length
/// by one data codeword at most, and the shorter ones come first.
pub(super) fn interleave(data: &[u8], version: usize, level: Level) -> Vec<u8> {
    let count = version::blocks(version, level);
    let divisor = generator(version::correction_words(version, level));
    let (short, longer) = (data.len() / count, data.len() % count);
    let start = |block: usize| block * short + (block + longer).saturating_sub(count);
    let corrections: Vec<_> = (0..count).map(|block| remainder(&data[start(block)..start(block + 1)], &divisor)).collect();
    let mut words = Vec::with_capacity(version::words(version));
    for place in 0..=short {
        words.extend((0..count).filter_map(|block| data[start(block)..start(block + 1)].get(place)));
    }
    for place in 0..divisor.len() {
        words.extend(corrections.iter().map(|correction| correction[place]));
    }
    words
}

/// Coefficients of (x - 2^0)(x - 2^1)...(x - 2^(degree-1)), highest power first, the leading 1 left out.
fn generator(degree: usize) -> Vec<u8> {
    let mut coefficients = vec![0; degree];
    coefficients[degree - 1] = 1;
    let mut root = 1;
    for _ in 0..degree {
        for place in 0..degree {
            let next = coefficients.get(place + 1).copied().unwrap_or(0);
            coefficients[place] = times(coefficients[place], root) ^ next;
        }
        root = times(root, 2);
    }
    coefficients
}

/// What is left of `data`, shifted by the degree, after division by the generator polynomial.
fn remainder(data: &[u8], divisor: &[u8]) -> Vec<u8> {
    let mut rest = vec![0; divisor.len()];
    for &word in data {
        let factor = word ^ rest[0];
        rest.rotate_left(1);
        rest[divisor.len() - 1] = 0;
        for (place, &coefficient) in rest.iter_mut().zip(divisor) {
            *place ^= times(coefficient, factor);
        }
    }
    rest
}

/// Product in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1, by doubling and adding.
fn times(left: u8, right: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let doubled = (product << 1) ^ (product >> 7).wrapping_mul(0x1D);
        doubled ^ (right >> bit & 1).wrapping_mul(left)
    })
}
