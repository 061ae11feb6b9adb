//! Finding places in a document. These functions return numbers, which is what a call returns at no cost, and are
//! called from everywhere; what is in the hands of others are values.

use super::{Document, Word, document::Node};

impl Document {
    /// Where the last member of that name is; 0 where there is none, for there the root is.
    #[inline(never)]
    pub(super) fn find(&self, object: usize, name: &str) -> usize {
        self.last_member(object, |at, _| self.place(at).is_named(name))
    }

    /// The same; `null` counts as absent.
    #[inline(never)]
    pub(super) fn find_filled(&self, object: usize, name: &str) -> usize {
        self.filled(self.find(object, name))
    }

    /// The same by what a name means.
    #[inline(never)]
    pub(super) fn find_word(&self, object: usize, word: Word) -> usize {
        self.filled(self.last_member(object, |_, node| node.word == word))
    }

    /// The last member of an object that is asked for; 0 where there is none, and for anything but an object.
    #[inline(always)]
    fn last_member(&self, object: usize, is_asked_for: impl Fn(usize, &Node) -> bool) -> usize {
        let end = self.nodes.get(object).filter(|node| node.kind == b'{').map_or(0, |node| node.content.0 as usize);
        let (mut found, mut at) = (0, object + 1);
        while let Some(node) = self.nodes.get(at).filter(|_| at < end) {
            if is_asked_for(at, node) {
                found = at;
            }
            at = node.after(at);
        }
        found
    }

    /// A place, unless `null` stands there.
    pub fn filled(&self, place: usize) -> usize {
        if self.kind(place) == b'n' { 0 } else { place }
    }

    /// The place of the first value that is neither at a place nor below it.
    #[inline(never)]
    pub(super) fn after(&self, place: usize) -> usize {
        self.nodes.get(place).map_or(place, |node| node.after(place))
    }

    /// The first byte of a value; 0 where none is.
    #[inline(never)]
    pub(super) fn kind(&self, place: usize) -> u8 {
        self.nodes.get(place).map_or(0, |node| node.kind)
    }

    /// The number at a place; NaN, which no text is, for anything else.
    #[inline(never)]
    pub(super) fn number_of(&self, place: usize) -> f64 {
        self.nodes.get(place).filter(|node| matches!(node.kind, b'-' | b'0'..=b'9')).map_or(f64::NAN, Node::number)
    }
}
