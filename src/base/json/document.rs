//! A text and the places of its values.

use super::{Json, Word, reader::Reader, write::push_integer};
use crate::{base::Host, error::Error};
use alloc::{rc::Rc, string::String, vec::Vec};
use core::cell::Cell;

/// JSON text with the places of its values.
#[derive(Debug)]
pub struct Document {
    /// The text, shared with the documents of its parts.
    pub(super) text: Rc<String>,
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
    /// A number's bits, the low half first; a string's letters as a span. Of an object or a list: where what is below
    /// it ends, the index of the first node that is not; and how many children it has, an object only those whose names
    /// are no operators.
    pub content: (u32, u32),
    /// The first byte of the value's text, which tells its type.
    pub kind: u8,
    /// What its name means.
    pub word: Word,
    /// What a reader of the document wants to find again without looking; 0 at first.
    pub note: Cell<u16>,
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
        Document::of(text.into(), folded, host)
    }

    /// The same of a text that is handed over: a long one is not copied.
    pub fn of(text: String, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        let end = text.len();
        let mut document = Document::empty(Rc::new(text));
        document.take(0, end, folded, host)?;
        Ok(document)
    }

    /// Reads a value of this document as a document of its own, which shares the text.
    ///
    /// Errors: as [`Document::read`]; lines are counted from the beginning of the whole text.
    pub fn part(&self, place: Json<'_>, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        let (start, end) = place.span();
        let mut part = Document::empty(self.text.clone());
        part.take(start, end, folded, host)?;
        Ok(part)
    }

    /// The steps from a value to one at or below it, as `.name` and `[index]`.
    pub fn trail(&self, from: Json<'_>, to: usize) -> String {
        let mut out = String::new();
        let mut here = from;
        while here.place() < to {
            let mut next = here;
            let mut index = -1;
            for child in here.children() {
                if child.place() <= to {
                    next = child;
                    index += 1;
                }
            }
            if here.is_list() {
                out.push('[');
                push_integer(&mut out, index);
                out.push(']');
            } else {
                out.push('.');
                out.push_str(next.name());
            }
            if next.place() == here.place() {
                break;
            }
            here = next;
        }
        out
    }

    /// A text of which no value was found yet.
    fn empty(text: Rc<String>) -> Document {
        Document { text, resolved: String::new(), nodes: Vec::new() }
    }

    fn take(&mut self, start: usize, end: usize, folded: u32, host: &dyn Host) -> Result<(), Error> {
        let text = self.text.clone();
        // More than most texts have, for growing costs copies; what is too much is given back.
        self.nodes.reserve_exact((end - start) / if folded > 2 { 8 } else { 128 } + 4);
        Reader { text: text.get(..end).unwrap_or(""), resolved: &mut self.resolved, nodes: &mut self.nodes, folded, host }
            .read(start)?;
        self.nodes.shrink_to_fit();
        Ok(())
    }
}

impl Default for Document {
    fn default() -> Document {
        Document::empty(Rc::default())
    }
}
