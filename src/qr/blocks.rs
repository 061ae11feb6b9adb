//! Error correction: the data in blocks, each with codewords from which it can be restored, and all of them interleaved.

use super::Level;
use alloc::{vec, vec::Vec};

/// Codewords for error correction in each block, for versions 1 to 40 (ISO/IEC 18004:2015, table 9).
const CORRECTION: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// How many blocks there are (the same table).
const COUNT: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20,
        21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37,
        38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48,
        51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57,
        60, 63, 66, 70, 74, 77, 81,
    ],
];

/// How the codewords of a version and level are parted.
pub(super) struct Blocks {
    /// All codewords.
    all: usize,
    /// Those of the data.
    pub(super) data: usize,
    count: usize,
    correction: usize,
}

impl Blocks {
    pub(super) fn of(version: usize, level: Level) -> Blocks {
        let entry =
            |table: &[[u8; 40]; 4]| table.as_flattened().get(level as usize * 40 + version - 1).copied().map_or(1, usize::from);
        let (all, count, correction) = (codewords(version), entry(&COUNT), entry(&CORRECTION));
        Blocks { all, data: all - count * correction, count, correction }
    }
}

/// As many as fit into the modules that are left: without the finders with their edges, format, timing, alignment, of which some lie
/// on the timing, and from version 7 on the version.
fn codewords(version: usize) -> usize {
    let side = version * 4 + 17;
    let mut modules = side * side - 3 * 64 - 31 - 2 * (side - 16);
    if version > 1 {
        let patterns = version / 7 + 2;
        modules -= 25 * (patterns * patterns - 3) - 10 * (patterns - 2);
    }
    if version > 6 {
        modules -= 36;
    }
    modules / 8
}

/// The first codeword of each block, then the second, and so on; then those for error correction in the same way (ISO/IEC
/// 18004:2015, 7.6). The last blocks have one more of the data than the others.
pub(super) fn interleaved(data: &[u8], blocks: &Blocks) -> Vec<u8> {
    let field = Field::new();
    let divisor = field.divisor(blocks.correction);
    let mut codewords = vec![0; blocks.all];
    let (short, longer) = (blocks.data / blocks.count, blocks.data % blocks.count);
    let mut start = 0;
    for block in 0..blocks.count {
        let is_longer = block + longer >= blocks.count;
        let length = short + usize::from(is_longer);
        let block_data = data.get(start..start + length).unwrap_or_default();
        start += length;
        for (place, byte) in block_data.iter().enumerate() {
            let before = if place == short { block + longer - blocks.count } else { block };
            set(&mut codewords, place * blocks.count + before, *byte);
        }
        for (place, byte) in field.remainder(block_data, &divisor).iter().enumerate() {
            set(&mut codewords, blocks.data + place * blocks.count + block, *byte);
        }
    }
    codewords
}

fn set(codewords: &mut [u8], place: usize, byte: u8) {
    if let Some(codeword) = codewords.get_mut(place) {
        *codeword = byte;
    }
}

/// The field of 256 elements in which is reckoned, modulo x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004:2015, 7.5.2): 2 is a generator, so that
/// to multiply is to add logarithms.
struct Field {
    /// Twice over, for sums.
    power: [u8; 512],
    logarithm: [u8; 256],
}

impl Field {
    fn new() -> Field {
        let mut field = Field { power: [0; 512], logarithm: [0; 256] };
        let mut power = 1_usize;
        for (exponent, entry) in field.power.iter_mut().enumerate() {
            *entry = power as u8;
            if exponent < 255 {
                set(&mut field.logarithm, power, exponent as u8);
            }
            power = (power << 1) ^ ((power >> 7) * 0x11D);
        }
        field
    }

    /// An element, not 0, times 2 to a power.
    fn times(&self, element: u8, exponent: u8) -> u8 {
        let logarithm = self.logarithm.get(usize::from(element)).copied().unwrap_or(0);
        self.power.get(usize::from(logarithm) + usize::from(exponent)).copied().unwrap_or(0)
    }

    /// The product of x - 2⁰, x - 2¹ and so on: the logarithms of its coefficients without the first, which is 1. None of them is 0
    /// (ISO/IEC 18004:2015, annex A).
    fn divisor(&self, degree: usize) -> Vec<u8> {
        let mut divisor = vec![0; degree + 1];
        set(&mut divisor, degree - 1, 1);
        for root in 0..degree {
            for place in 0..degree {
                let next = divisor.get(place + 1).copied().unwrap_or(0);
                let Some(entry) = divisor.get_mut(place) else { continue };
                *entry = next ^ if *entry == 0 { 0 } else { self.times(*entry, root as u8) };
            }
        }
        divisor.pop();
        divisor.iter().map(|&element| self.logarithm.get(usize::from(element)).copied().unwrap_or(0)).collect()
    }

    /// What is left of the data as a polynomial, when it is divided.
    fn remainder(&self, data: &[u8], divisor: &[u8]) -> Vec<u8> {
        let mut rest = vec![0; divisor.len() + 1];
        for byte in data {
            let factor = byte ^ rest.first().copied().unwrap_or(0);
            for (place, &coefficient) in divisor.iter().enumerate() {
                let next = rest.get(place + 1).copied().unwrap_or(0);
                set(&mut rest, place, next ^ if factor == 0 { 0 } else { self.times(factor, coefficient) });
            }
        }
        rest.pop();
        rest
    }
}
