//! A text and the places of its values.

use super::{Json, reader::Reader};
use crate::{base::Host, error::Error};
use alloc::{rc::Rc, string::String, vec::Vec};
use core::cell::Cell;

/// JSON text with the places of its values.
#[derive(Debug)]
pub struct Document {
    /// The text, shared with the documents of its parts.
    pub(super) text: Rc<str>,
    /// Every string that has escapes, resolved.
    pub(super) resolved: String,
    /// The values in the order of the text; the children of one follow it.
    pub(super) nodes: Vec<Node>,
}

/// Start and end in bytes of the text; in the resolved strings where the start has [`RESOLVED`] set.
pub(super) type Span = (u32, u32);

/// Marks a place in the resolved strings. Documents are smaller than 2 GiB.
pub(super) const RESOLVED: u32 = 1 << 31;

/// Where a value is. 28 bytes: a payload has some 20 of them a feature.
#[derive(Debug)]
pub(super) struct Node {
    /// The name of a member, escapes resolved; empty for elements.
    pub name: Span,
    /// The value's text, strings with their quotes.
    pub text: Span,
    /// A number's bits, the low half first; a string's letters as a span; where what is below an object or a list
    /// ends: the index of the first node that is not.
    pub content: (u32, u32),
    /// The first byte of the value's text, which tells its type.
    pub kind: u8,
    /// What readers noted here, see [`Note`]; nothing at first.
    pub note: (Cell<u8>, Cell<u16>),
}

/// What a reader of a definition found out about a value and wants to find again without looking.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Note {
    /// What kind of thing it is.
    pub kind: u8,
    /// Which of those.
    pub number: u16,
}

impl Node {
    /// The index of the first node that is not below this one, which is at `at`.
    #[inline(always)]
    pub fn after(&self, at: usize) -> usize {
        if self.holds() { self.content.0 as usize } else { at + 1 }
    }

    /// Whether it is an object or a list.
    #[inline(always)]
    pub fn holds(&self) -> bool {
        matches!(self.kind, b'{' | b'[')
    }

    /// A number.
    pub fn number(&self) -> f64 {
        f64::from_bits(u64::from(self.content.1) << 32 | u64::from(self.content.0))
    }
}

impl Document {
    /// Reads a text that holds one value.
    ///
    /// Objects and lists `folded` levels below the root are passed over: their brackets are matched, and they can
    /// be read later by [`Document::part`]. So a mistake in one cannot take its neighbours with it, and what nobody
    /// asks for is never read.
    ///
    /// Errors: `not-json`, `too-deep` (more than 128 levels).
    pub fn read(text: &str, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        Reader::new(text, folded, host).read(0, Rc::from(text))
    }

    /// Reads a value of this document as a document of its own, which shares the text.
    ///
    /// Errors: as [`Document::read`]; lines are counted from the beginning of the whole text.
    pub fn part(&self, place: Json<'_>, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        let (start, end) = place.span();
        Reader::new(self.text.get(..end).unwrap_or(""), folded, host).read(start, self.text.clone())
    }
}

impl Default for Document {
    fn default() -> Document {
        Document { text: Rc::from(""), resolved: String::new(), nodes: Vec::new() }
    }
}
