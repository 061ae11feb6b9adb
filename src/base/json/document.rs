//! A text and the places of its values.

use super::reader::Reader;
use crate::{base::Host, error::Error};
use alloc::{string::String, vec::Vec};

/// JSON text with the places of its values.
#[derive(Debug, Default)]
pub struct Document {
    /// The text; behind it, resolved, every string that has escapes.
    pub(super) text: String,
    /// The values in the order of the text; the children of one follow it.
    pub(super) nodes: Vec<Node>,
}

/// Start and end in bytes; documents are smaller than 4 GiB.
pub(super) type Span = (u32, u32);

/// Where a value is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The name of a member, escapes resolved; empty for elements.
    pub name: Span,
    /// The value's text, strings with their quotes.
    pub text: Span,
    /// A string's letters, escapes resolved.
    pub string: Span,
    /// The index of the first node that is not below this one.
    pub after: u32,
    /// The first byte of the value's text, which tells its type.
    pub kind: u8,
    /// The value of a number.
    pub number: f64,
}

impl Document {
    /// Reads a text that holds one value.
    ///
    /// Objects and lists `folded` levels below the root are passed over: their brackets are matched, and they can
    /// be read later, each as a document of its own. So a mistake in one cannot take its neighbours with it, and
    /// what nobody asks for is never read.
    ///
    /// Errors: `not-json`, `too-deep` (more than 128 levels).
    pub fn read(text: &str, folded: u32, host: &dyn Host) -> Result<Document, Error> {
        Reader::new(text, folded, host).read()
    }
}
