//! A text and the places of its values.

use super::{Json, reader::Reader};
use crate::{base::Host, error::Error};
use alloc::{rc::Rc, string::String, vec::Vec};

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

/// Where a value is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The name of a member, escapes resolved; empty for elements.
    pub name: Span,
    /// The value's text, strings with their quotes.
    pub text: Span,
    /// A number's bits; a string's letters as a span.
    pub content: u64,
    /// The index of the first node that is not below this one.
    pub after: u32,
    /// The first byte of the value's text, which tells its type.
    pub kind: u8,
    /// What readers noted here, see [`Note`]; nothing at first.
    pub note: Note,
}

/// What a reader of a definition found out about a value and wants to find again without looking.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Note {
    /// What kind of thing it is.
    pub kind: u8,
    /// Which of those.
    pub number: u16,
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
        let text: Rc<str> = Rc::from(text);
        let end = text.len();
        Reader::new(text, 0, folded, host).read(end)
    }

    /// Reads a value of this document as a document of its own, which shares the text.
    ///
    /// Errors: as [`Document::read`]; lines are counted from the beginning of the whole text.
    pub fn part(&self, place: Json<'_>, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        let (start, end) = place.span();
        Reader::new(self.text.clone(), start, folded, host).read(end)
    }

    /// Notes something about a value of this document.
    pub fn note(&mut self, at: usize, note: Note) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.note = note;
        }
    }
}

impl Default for Document {
    fn default() -> Document {
        Document { text: Rc::from(""), resolved: String::new(), nodes: Vec::new() }
    }
}
