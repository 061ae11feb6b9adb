//! How a text is cut into runs of one mode each, so that all of them together take the fewest bits.

use alloc::{vec, vec::Vec};
use core::ops::Range;

/// How a run of characters is written (ISO/IEC 18004:2015, 7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Any bytes, 8 bits each.
    Bytes,
    /// Digits, capitals and nine signs, 11 bits for two.
    Capitals,
    /// Digits, 10 bits for three.
    Digits,
}

/// A part of a text, written in one mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// How it is written.
    pub mode: Mode,
    /// Which of the text's bytes.
    pub bytes: Range<usize>,
}

const MODES: [Mode; 3] = [Mode::Bytes, Mode::Capitals, Mode::Digits];

/// Costs are in sixths of a bit, of which every mode takes a whole number for a character.
const BIT: usize = 6;

/// More than any text costs.
const NEVER: usize = 1 << 30;

/// The runs that take the fewest bits in all. `class` says how lengths are written: 0 in versions 1 to 9, 1 in 10 to 26, 2 from 27 on.
///
/// A text with other than ASCII characters is one run: see the [module](super).
///
/// ```
/// use privateer::qr::{Mode, Run, runs};
/// let link = b"https://example.com/?ref=ABC234XY";
/// assert_eq!(runs(link, 0), [Run { mode: Mode::Bytes, bytes: 0..25 }, Run { mode: Mode::Capitals, bytes: 25..33 }]);
/// ```
pub fn runs(text: &[u8], class: usize) -> Vec<Run> {
    let mut start = 0;
    let modes = modes(text, class);
    let parts = modes.chunk_by(|one, next| one == next).map(|part| {
        start += part.len();
        Run {
            mode: MODES.get(part.first().copied().unwrap_or(0)).copied().unwrap_or(Mode::Bytes),
            bytes: start - part.len()..start,
        }
    });
    parts.collect()
}

/// Each byte's mode, as its place among the [`MODES`].
///
/// For each character and each mode that it may be written in, the cheapest way to there is one of those to the character before it,
/// in the same mode or with a new header. A run's end is rounded up to a whole bit, which never turns round which of two ways
/// is cheaper; so the cheapest at the end is the cheapest of all.
fn modes(text: &[u8], class: usize) -> Vec<usize> {
    let mut modes = vec![0; text.len()];
    if text.iter().all(u8::is_ascii) {
        let (steps, costs) = steps(text, class);
        let (mut mode, _) = cheapest(&costs, 0, (0, NEVER));
        for (place, step) in modes.iter_mut().zip(&steps).rev() {
            *place = mode;
            mode = step.get(mode).copied().unwrap_or(mode);
        }
    }
    modes
}

/// For each character and mode the mode of the character before it; and what the modes of the last one cost.
fn steps(text: &[u8], class: usize) -> (Vec<[usize; 3]>, [usize; 3]) {
    let mut costs = MODES.map(|mode| mode.header(class) * BIT);
    let mut steps = vec![[0, 1, 2]; text.len()];
    for (place, (byte, step)) in text.iter().zip(&mut steps).enumerate() {
        let before = costs;
        for ((mode, cost), from) in MODES.into_iter().zip(&mut costs).zip(step) {
            if place > 0 {
                (*from, *cost) = cheapest(&before, mode.header(class) * BIT, (*from, *cost));
            }
            *cost += mode.cost(*byte);
        }
    }
    (steps, costs)
}

/// The mode to come from and what it costs: that of `stay`, or one that ends here, whose run is rounded up, and a header.
fn cheapest(costs: &[usize; 3], header: usize, stay: (usize, usize)) -> (usize, usize) {
    let mut best = stay;
    for (mode, cost) in costs.iter().enumerate() {
        let cost = cost.next_multiple_of(BIT) + header;
        if cost < best.1 {
            best = (mode, cost);
        }
    }
    best
}

/// Bits one after another, the highest of a byte first.
pub(super) struct Bits {
    pub(super) bytes: Vec<u8>,
    /// How many there are. Those that have no room are counted, too.
    pub(super) length: usize,
}

impl Bits {
    fn push(&mut self, value: usize, width: usize) {
        for bit in (0..width).rev() {
            if let Some(byte) = self.bytes.get_mut(self.length / 8) {
                *byte |= ((value >> bit & 1) << (7 - self.length % 8)) as u8;
            }
            self.length += 1;
        }
    }
}

/// As many bytes as the data of the largest code.
const ROOM: usize = 2_956;

/// All runs with their headers.
pub(super) fn written(text: &[u8], class: usize) -> Bits {
    let mut bits = Bits { bytes: vec![0; ROOM], length: 0 };
    let mut rest = text;
    for part in modes(text, class).chunk_by(|one, next| one == next) {
        let (run, after) = rest.split_at_checked(part.len()).unwrap_or_default();
        let mode = part.first().and_then(|&mode| MODES.get(mode)).copied().unwrap_or(Mode::Bytes);
        mode.write(run, class, &mut bits);
        rest = after;
    }
    bits
}

impl Mode {
    /// Four bits for the mode, and the bits of the length (ISO/IEC 18004:2015, table 3).
    fn header(self, class: usize) -> usize {
        match self {
            Mode::Bytes => 12 + 8 * class.min(1),
            Mode::Capitals => 13 + 2 * class,
            Mode::Digits => 14 + 2 * class,
        }
    }

    fn cost(self, byte: u8) -> usize {
        match self {
            Mode::Bytes => 8 * BIT,
            Mode::Capitals if sign(byte) < 45 => 11 * BIT / 2,
            Mode::Digits if sign(byte) < 10 => 10 * BIT / 3,
            _ => NEVER,
        }
    }

    /// The header; then bytes one by one, capitals by two, digits by three, as one number each.
    ///
    /// A length that has more bits than there are for it is cut off; but then no version of this class has room for the run.
    fn write(self, text: &[u8], class: usize, bits: &mut Bits) {
        // Byte 4, alphanumeric 2, numeric 1 (ISO/IEC 18004:2015, table 2).
        bits.push(4 >> self as usize, 4);
        bits.push(text.len(), self.header(class) - 4);
        for signs in text.chunks(self as usize + 1) {
            let (mut value, count) = (0, signs.len());
            for &byte in signs {
                value = match self {
                    Mode::Bytes => byte.into(),
                    Mode::Capitals => value * 45 + sign(byte),
                    Mode::Digits => value * 10 + sign(byte),
                };
            }
            let width = match self {
                Mode::Bytes => 8,
                Mode::Capitals => count * 5 + 1,
                Mode::Digits => count * 3 + 1,
            };
            bits.push(value, width);
        }
    }
}

/// The value of a digit, capital or sign, 0 to 44 (ISO/IEC 18004:2015, table 5); 45 for anything else.
fn sign(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => usize::from(byte - b'0'),
        b'A'..=b'Z' => usize::from(byte - b'A') + 10,
        _ => b" $%*+-./:".iter().position(|&sign| sign == byte).map_or(45, |place| place + 36),
    }
}
