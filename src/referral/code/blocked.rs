//! Words that no code may contain, however they are disguised.
//!
//! Codes and words are folded alike: capitals, with digits as the letters that they stand for and letters as those that they are taken
//! for (0, Q → O; 1, L → I; 2 → Z; 3 → E; 4 → A; 5 → S; 6, 9 → G; 7 → T; 8 → B; V → U; W → UU), and nothing but letters left. Then
//! a word is searched for anywhere in a code.

use alloc::{vec, vec::Vec};

/// Letters that a word is told apart by; a longer one is blocked by its first so many.
const LONGEST: usize = 12;
/// Shorter words would block most codes.
const SHORTEST: usize = 3;

/// A list of blocked words.
pub trait Words {
    /// Whether one of them occurs in `code`, ASCII text, and reaches beyond its first `from` characters: a prefix was chosen by somebody
    /// and stands.
    fn occur_in(&self, code: &[u8], from: usize) -> bool;
}

/// Words parted by spaces or ends of lines, of at least 3 letters after folding (shorter ones are passed over). Nothing is prepared: for a page that asks
/// once.
///
/// ```
/// use privateer::referral::code::blocked::Words;
/// assert!("word cuss".occur_in(b"2C-u55X7", 0));
/// assert!(!"word cuss".occur_in(b"2CU5X577", 0));
/// ```
impl Words for str {
    fn occur_in(&self, code: &[u8], from: usize) -> bool {
        if self.is_empty() {
            return false;
        }
        let code = Folded::of(code, from);
        let mut word = Vec::new();
        for byte in self.bytes().chain([b' ']) {
            if !byte.is_ascii_whitespace() {
                fold(byte, &mut word);
            } else if code.has(&word) {
                return true;
            } else {
                word.clear();
            }
        }
        false
    }
}

/// A folded code, and how much of it is prefix.
struct Folded {
    letters: Vec<u8>,
    from: usize,
}

impl Folded {
    fn of(code: &[u8], from: usize) -> Folded {
        let mut letters = Vec::with_capacity(2 * code.len());
        let mut start = 0;
        for (at, byte) in code.iter().enumerate() {
            fold(*byte, &mut letters);
            if at < from {
                start = letters.len();
            }
        }
        Folded { letters, from: start }
    }

    fn has(&self, word: &[u8]) -> bool {
        let word = word.get(..LONGEST).unwrap_or(word);
        let beyond = |at: usize| at + word.len() > self.from;
        word.len() >= SHORTEST && self.letters.windows(word.len()).enumerate().any(|(at, part)| beyond(at) && part == word)
    }
}

/// Adds what a character is taken for: a capital, two for W, none for what is neither letter nor digit.
fn fold(byte: u8, out: &mut Vec<u8>) {
    let (letter, times) = folded(byte);
    for _ in 0..times {
        out.push(letter);
    }
}

/// What a character is taken for, and how many of it.
fn folded(byte: u8) -> (u8, usize) {
    let letter = match byte.to_ascii_uppercase() {
        b'0' | b'Q' => b'O',
        b'1' | b'L' => b'I',
        b'2' => b'Z',
        b'3' => b'E',
        b'4' => b'A',
        b'5' => b'S',
        b'6' | b'9' => b'G',
        b'7' => b'T',
        b'8' => b'B',
        b'V' => b'U',
        b'W' => return (b'U', 2),
        letter if letter.is_ascii_uppercase() => letter,
        other => return (other, 0),
    };
    (letter, 1)
}

/// Blocked words in order, for whoever makes or checks many codes: a code is answered in some tens of nanoseconds.
///
/// A stretch of a code is its last 12 letters as numbers of 5 bits, the last one highest, so that a letter more is a shift; a word is kept
/// in the same way, from its end, with 0 after it. No word in the list ends with another one. So of all words only the largest
/// one that is not above a stretch can be how the stretch ends.
#[derive(Clone, Debug)]
pub struct BlockList {
    words: Vec<u64>,
    /// For all possible three last letters a bit for each letter before them: whether a word may end so. All bits for a word of three
    /// letters. With the published list one stretch in 300 is looked up.
    ends: Vec<u32>,
    /// What each character is taken for, and [`TWICE`].
    signs: [u8; 256],
}

impl BlockList {
    /// The words of a text, parted by spaces or ends of lines.
    pub fn new(words: &str) -> BlockList {
        let words: Vec<Vec<u8>> = words.split_ascii_whitespace().map(letters).collect();
        let mut list = BlockList { words: Vec::new(), ends: vec![0; 1 << 15], signs: core::array::from_fn(sign) };
        for length in SHORTEST..=LONGEST {
            for word in words.iter().filter(|word| word.len() == length) {
                let word = word.iter().fold(0, |stretch, letter| longer(stretch, *letter));
                if !list.is_end(word) {
                    list.insert(word);
                }
            }
        }
        list
    }

    /// How many words there are, without those that end with another one.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn insert(&mut self, word: u64) {
        let place = self.words.partition_point(|other| *other < word);
        self.words.insert(place, word);
        if let Some(before) = self.ends.get_mut(end(word)) {
            *before |= if before_end(word) == 0 { u32::MAX } else { 1 << before_end(word) };
        }
    }

    /// Whether a stretch ends with a word.
    #[inline]
    fn is_end(&self, stretch: u64) -> bool {
        let before = self.ends.get(end(stretch)).copied().unwrap_or(0);
        before >> before_end(stretch) & 1 != 0 && (before == u32::MAX || self.is_word(stretch))
    }

    /// The same, by looking it up.
    #[cold]
    fn is_word(&self, stretch: u64) -> bool {
        let after = self.words.partition_point(|word| *word <= stretch);
        let Some(word) = after.checked_sub(1).and_then(|at| self.words.get(at)) else { return false };
        let unused = (word.trailing_zeros() - 4) / 5 * 5 + 4; // a letter is never 0, the lowest four bits always are
        (word ^ stretch) >> unused == 0
    }
}

impl Words for BlockList {
    fn occur_in(&self, code: &[u8], from: usize) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut stretch = 0;
        for (at, byte) in code.iter().enumerate() {
            let sign = self.signs.get(usize::from(*byte)).copied().unwrap_or(0);
            for _ in 0..u32::from(sign > 0) + u32::from(sign > TWICE) {
                stretch = longer(stretch, sign);
                if at >= from && self.is_end(stretch) {
                    return true;
                }
            }
        }
        false
    }
}

/// Marks what is taken for two letters.
const TWICE: u8 = 128;

fn sign(byte: usize) -> u8 {
    match folded(byte as u8) {
        (_, 0) => 0,
        (letter, 1) => letter & 31,
        (letter, _) => letter & 31 | TWICE,
    }
}

fn letters(word: &str) -> Vec<u8> {
    let mut letters = Folded::of(word.as_bytes(), 0).letters;
    letters.truncate(LONGEST);
    letters
}

/// A stretch with a letter more.
fn longer(stretch: u64, letter: u8) -> u64 {
    (stretch >> 5 | u64::from(letter & 31) << 59) & !15
}

/// Its three last letters.
fn end(stretch: u64) -> usize {
    (stretch >> 49) as usize
}

/// The letter before them, 0 for none.
fn before_end(stretch: u64) -> u32 {
    (stretch >> 44) as u32 & 31
}
