//! Finding where the values of a text are.

use super::{
    Word,
    document::{Node, RESOLVED, Span},
    number::number,
    scan::{after_brackets, after_plain, after_space, byte},
    unescape::unescape,
    write::print_integer,
};
use crate::{base::Host, error::Error};
use alloc::{string::String, vec::Vec};
use core::cell::Cell;

/// Deeper documents are refused: they come from mistakes or malice, and whoever walks them could exhaust the stack.
const DEEPEST: u32 = 128;

/// What a value at the root is within.
const NOWHERE: u32 = u32::MAX;

/// A text, and the values found in it so far.
pub struct Reader<'t> {
    /// The text up to where the value ends.
    pub text: &'t str,
    /// The strings that have escapes, resolved.
    pub resolved: &'t mut String,
    /// The values.
    pub nodes: &'t mut Vec<Node>,
    /// How many levels are read; see [`super::Document::read`].
    pub folded: u32,
    /// Whoever runs us.
    pub host: &'t dyn Host,
}

/// What is open while values are read.
#[derive(Clone, Copy)]
struct Nest {
    /// The node of the object or the list, or [`NOWHERE`].
    within: u32,
    /// Its first byte.
    open: u8,
    depth: u32,
}

/// How far a closing bracket is from its opening one: `{` from `}`, `[` from `]`.
const CLOSING: u8 = 2;

/// The place behind a byte that must come next.
#[inline(always)]
fn expected(bytes: &[u8], at: usize, mark: u8) -> Result<usize, Stop> {
    let at = after_space(bytes, at);
    if byte(bytes, at) == mark { Ok(at + 1) } else { Err(Stop::Mistake(at)) }
}

/// Why reading ended before the value did.
enum Stop {
    /// There is a mistake at this place.
    Mistake(usize),
    TooDeep,
}

impl Reader<'_> {
    /// Reads the value from `start` to the text's end. After a mistake, all is as before.
    pub fn read(mut self, start: usize) -> Result<(), Error> {
        let before = (self.nodes.len(), self.resolved.len());
        let stop = match self.values(start) {
            Ok(end) if after_space(self.text.as_bytes(), end) >= self.text.len() => return Ok(()),
            Ok(end) => Stop::Mistake(end),
            Err(stop) => stop,
        };
        self.nodes.truncate(before.0);
        self.resolved.truncate(before.1);
        Err(self.error(stop))
    }

    /// One value and all that is below it; where it ends. A loop, because a call for each value takes twice as long.
    fn values(&mut self, mut at: usize) -> Result<usize, Stop> {
        let bytes = self.text.as_bytes();
        let mut nest = Nest { within: NOWHERE, open: 0, depth: 0 };
        loop {
            let (name, word);
            (name, word, at) = self.name(at, nest)?;
            at = after_space(bytes, at);
            let (start, kind) = (at, byte(bytes, at));
            let folded = nest.depth >= self.folded;
            let opens = matches!(kind, b'{' | b'[') && !folded;
            let mut content = (nest.within, 0); // of what opens, until it closes
            if opens {
                at = after_space(bytes, at + 1);
            } else {
                (content, at) = self.leaf(kind, at)?;
            }
            self.nodes.push(Node { name, text: (start as u32, at as u32), content, kind, word, note: Cell::new(0) });
            let empty = opens && byte(bytes, at) == kind + CLOSING;
            if opens {
                if nest.depth >= DEEPEST {
                    return Err(Stop::TooDeep);
                }
                nest = Nest { within: self.nodes.len() as u32 - 1, open: kind, depth: nest.depth + 1 };
            }
            if !opens || empty {
                (at, nest) = self.after_value(at, nest, empty)?;
                if nest.within == NOWHERE {
                    return Ok(at);
                }
            }
        }
    }

    /// The name of the member that begins here, if it is an object that is open, and what it means; and where its value may
    /// begin. Counts the child.
    #[inline(always)]
    fn name(&mut self, at: usize, nest: Nest) -> Result<(Span, Word, usize), Stop> {
        let (mut name, mut word, mut at) = ((0, 0), Word::Other, at);
        if nest.open == b'{' {
            let bytes = self.text.as_bytes();
            (name, at) = self.string(expected(bytes, at, b'"')?)?;
            word = Word::of(self.letters(name));
            at = expected(bytes, at, b':')?;
        }
        if let Some(parent) = self.nodes.get_mut(nest.within as usize) {
            parent.content.1 += u32::from(!word.is_operator());
        }
        Ok((name, word, at))
    }

    fn letters(&self, (start, end): Span) -> &[u8] {
        let letters = if start & RESOLVED == 0 { self.text } else { self.resolved.as_str() };
        letters.as_bytes().get((start & !RESOLVED) as usize..(end & !RESOLVED) as usize).unwrap_or_default()
    }

    /// What a value without children holds, one that is passed over too, and where it ends.
    #[inline(always)]
    fn leaf(&mut self, kind: u8, at: usize) -> Result<(Span, usize), Stop> {
        let bytes = self.text.as_bytes();
        match kind {
            b'"' => self.string(at + 1),
            b'{' | b'[' => {
                let end = after_brackets(bytes, at).map_err(Stop::Mistake)?;
                Ok(((self.nodes.len() as u32 + 1, 0), end))
            }
            b't' => Ok(((0, 0), self.word(at, "true")?)),
            b'f' => Ok(((0, 0), self.word(at, "false")?)),
            b'n' => Ok(((0, 0), self.word(at, "null")?)),
            _ => {
                let (value, end) = number(self.text, at, self.host).ok_or(Stop::Mistake(at))?;
                Ok(((value.to_bits() as u32, (value.to_bits() >> 32) as u32), end))
            }
        }
    }

    /// Closes what ends behind a value, `empty` at the beginning for what has none. Where the next value may begin; where
    /// there is none, `within` is nowhere.
    #[inline(always)]
    fn after_value(&mut self, mut at: usize, mut nest: Nest, mut empty: bool) -> Result<(usize, Nest), Stop> {
        let bytes = self.text.as_bytes();
        while nest.within != NOWHERE {
            at = after_space(bytes, at);
            if byte(bytes, at) == b',' && !empty {
                return Ok((at + 1, nest));
            }
            at = expected(bytes, at, nest.open + CLOSING)?;
            empty = false;
            nest = Nest { within: self.close(nest.within, at), depth: nest.depth - 1, ..nest };
            nest.open = self.kind(nest.within);
        }
        Ok((at, nest))
    }

    /// Closes an object or a list; what it is within.
    fn close(&mut self, open: u32, end: usize) -> u32 {
        let after = self.nodes.len() as u32;
        let Some(node) = self.nodes.get_mut(open as usize) else { return NOWHERE };
        node.text.1 = end as u32;
        core::mem::replace(&mut node.content.0, after)
    }

    fn kind(&self, index: u32) -> u8 {
        self.nodes.get(index as usize).map_or(0, |node| node.kind)
    }

    /// The letters of a string, from behind its first quote: where they stand, or, with escapes, among the resolved
    /// ones; and the place behind its last quote.
    #[inline(always)]
    fn string(&mut self, start: usize) -> Result<(Span, usize), Stop> {
        let bytes = self.text.as_bytes();
        let mut end = after_plain(bytes, start);
        let mut letters = (start as u32, end as u32);
        if byte(bytes, end) == b'\\' {
            letters.0 = RESOLVED | self.resolved.len() as u32;
            end = unescape(self.text, start, end, self.resolved);
            letters.1 = RESOLVED | self.resolved.len() as u32;
        }
        if byte(bytes, end) == b'"' { Ok((letters, end + 1)) } else { Err(Stop::Mistake(end)) }
    }

    fn word(&self, at: usize, word: &str) -> Result<usize, Stop> {
        let end = at + word.len();
        if self.text.as_bytes().get(at..end) == Some(word.as_bytes()) { Ok(end) } else { Err(Stop::Mistake(at)) }
    }

    fn error(&self, stop: Stop) -> Error {
        let Stop::Mistake(at) = stop else {
            return Error::new("too-deep", "", "Values are nested more than 128 levels deep.");
        };
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        Error::new("not-json", "", ["This is no JSON: look at line ", &print_integer(line as i64), "."].concat())
    }
}
