//! Looking at a document.

use super::{
    Document, Word,
    document::{Node, RESOLVED, Span},
};
use crate::base::text::{self, cut};
use alloc::{string::String, vec::Vec};

/// A value in a document.
#[derive(Clone, Copy, Debug)]
pub struct Json<'d> {
    document: &'d Document,
    at: usize,
}

impl Document {
    /// The value that the document holds; `None` for an empty document.
    pub fn root(&self) -> Option<Json<'_>> {
        (!self.nodes.is_empty()).then_some(Json { document: self, at: 0 })
    }

    /// The value at a place, as [`Json::place`] told it.
    pub fn place(&self, place: usize) -> Json<'_> {
        Json { document: self, at: place }
    }

    /// The member of the outermost object.
    pub fn get(&self, name: &str) -> Option<Json<'_>> {
        self.root()?.get(name)
    }
}

impl<'d> Json<'d> {
    /// The value as JSON text.
    pub fn text(self) -> &'d str {
        self.cut(self.node().map(|node| node.text))
    }

    /// The name of a member.
    pub fn name(self) -> &'d str {
        self.cut(self.node().map(|node| node.name))
    }

    /// Whether that is the name of this member. Lengths first: most names differ there.
    #[inline(always)]
    pub fn is_named(self, name: &str) -> bool {
        self.node()
            .is_some_and(|node| (node.name.1 - node.name.0) as usize == name.len() && self.bytes(node.name) == name.as_bytes())
    }

    /// What a member's name means.
    #[inline(always)]
    pub fn word(self) -> Word {
        self.node().map_or(Word::Other, |node| node.word)
    }

    /// How many elements a list has, or an object members that are no operators.
    #[inline(always)]
    pub fn length(self) -> usize {
        self.node().filter(|node| node.holds()).map_or(0, |node| node.content.1 as usize)
    }

    /// The values of an object's members, or the elements of a list; nothing for anything else.
    pub fn children(self) -> Children<'d> {
        Children { document: Some(self.document), at: self.at + 1, end: self.after() }
    }

    /// The member of that name; where it comes twice, the last one, as in JavaScript. `null` counts as absent.
    ///
    /// Only own members are found: `constructor` and `__proto__` are ordinary names.
    #[inline(always)]
    pub fn get(self, name: &str) -> Option<Json<'d>> {
        self.found(self.document.find_filled(self.at, name))
    }

    /// The member of that name, `null` too.
    #[inline(always)]
    pub fn member(self, name: &str) -> Option<Json<'d>> {
        self.found(self.document.find(self.at, name))
    }

    /// The same as [`Json::get`] by what a name means, which is faster.
    #[inline(always)]
    pub fn field(self, word: Word) -> Option<Json<'d>> {
        self.found(self.document.find_word(self.at, word))
    }

    #[inline(always)]
    fn found(self, at: usize) -> Option<Json<'d>> {
        (at > 0).then_some(Json { at, ..self })
    }

    /// The element at an index.
    pub fn item(self, index: usize) -> Option<Json<'d>> {
        if self.is_list() { self.children().nth(index) } else { None }
    }

    /// The value at the end of a path of names and indices parted by dots.
    pub fn at(self, path: &str) -> Option<Json<'d>> {
        let mut place = self;
        let mut rest = Some(path);
        while let Some(path) = rest {
            let (step, later) = cut(path, b'.');
            place = if place.is_list() { place.item(index(step)?)? } else { place.get(step)? };
            rest = later;
        }
        Some(place).filter(|value| !value.is_null())
    }

    /// A string's text with escapes resolved; half a surrogate pair is U+FFFD.
    pub fn string(self) -> Option<&'d str> {
        let node = self.node().filter(|node| node.kind == b'"')?;
        Some(self.cut(Some(node.content)))
    }

    /// The member of that name, if it is a string.
    pub fn get_string(self, name: &str) -> Option<&'d str> {
        self.get(name)?.string()
    }

    /// The member of that name, if it is a string that is not empty.
    pub fn get_filled(self, name: &str) -> Option<&'d str> {
        self.get_string(name).filter(|text| !text.is_empty())
    }

    /// The member of that name, if it is a number.
    pub fn get_number(self, name: &str) -> Option<f64> {
        self.get(name)?.number()
    }

    /// The element at an index, if it is a number.
    pub fn item_number(self, index: usize) -> Option<f64> {
        self.item(index)?.number()
    }

    /// Whether one of the elements is that text. Groups list thousands, so this is what testing them takes.
    pub fn has_text(self, text: &str) -> bool {
        let mut at = self.at + 1;
        while let Some(node) = self.document.nodes.get(at).filter(|_| at < self.after()) {
            let (start, end) = node.content;
            if node.kind == b'"' && (end - start) as usize == text.len() && self.bytes(node.content) == text.as_bytes() {
                return true;
            }
            at = node.after(at);
        }
        false
    }

    /// A number.
    #[inline(always)]
    pub fn number(self) -> Option<f64> {
        let number = self.document.number_of(self.at); // none of a text is NaN
        (!number.is_nan()).then_some(number)
    }

    /// `true` or `false`.
    pub fn boolean(self) -> Option<bool> {
        match self.first() {
            b't' => Some(true),
            b'f' => Some(false),
            _ => None,
        }
    }

    /// Whether this is `{…}`.
    pub fn is_object(self) -> bool {
        self.first() == b'{'
    }

    /// Whether this is `[…]`.
    pub fn is_list(self) -> bool {
        self.first() == b'['
    }

    /// Whether this is `null`.
    pub fn is_null(self) -> bool {
        self.first() == b'n'
    }

    /// Everything is truthy but `null`, `false`, `0` and `""`: JavaScript's rule.
    pub fn truthy(self) -> bool {
        match self.first() {
            b'n' | b'f' => false,
            b'"' => self.text().len() > 2,
            b'{' | b'[' | b't' => true,
            _ => self.number() != Some(0.0),
        }
    }

    /// Deep equality without any conversion; the order of members does not matter.
    pub fn equals(self, other: Json<'_>) -> bool {
        if !self.is_object() && !self.is_list() {
            return self.is_same(other);
        }
        let mut others = other.children();
        for child in self.children() {
            let beside = others.next(); // the twin in a list, and as many in an object
            let twin = if self.is_list() { beside } else { other.member(child.name()) };
            if beside.is_none() || !twin.is_some_and(|twin| child.equals(twin)) {
                return false;
            }
        }
        self.first() == other.first() && others.next().is_none()
    }

    /// The same scalar of the same type; objects and lists are the same as nothing.
    pub fn is_same(self, other: Json<'_>) -> bool {
        match self.first() {
            b'{' | b'[' => false,
            b'"' => other.first() == b'"' && self.string() == other.string(),
            b't' | b'f' | b'n' => self.first() == other.first(),
            _ => self.number() == other.number(),
        }
    }

    /// The document that the value is in.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// Where the value is in its document.
    pub fn place(self) -> usize {
        self.at
    }

    /// The places of all values below this one, in their order.
    pub fn below(self) -> core::ops::Range<usize> {
        self.at + 1..self.after()
    }

    /// The name of the value's type, as the condition language has it.
    pub fn type_name(self) -> &'static str {
        match self.first() {
            b'{' => "object",
            b'[' => "array",
            b'"' => "string",
            b't' | b'f' => "boolean",
            b'n' => "null",
            _ => "number",
        }
    }

    /// What was noted about the value; 0 at first.
    #[inline(always)]
    pub fn note(self) -> u16 {
        self.node().map_or(0, |node| node.note.get())
    }

    /// Notes something about the value.
    pub fn take_note(self, note: u16) {
        if let Some(node) = self.node() {
            node.note.set(note);
        }
    }

    pub(super) fn span(self) -> (usize, usize) {
        self.node().map_or((0, 0), |node| (node.text.0 as usize, node.text.1 as usize))
    }

    /// The first byte of the value's text, which tells its type.
    #[inline(always)]
    pub fn first(self) -> u8 {
        self.document.kind(self.at)
    }

    /// The place of the first value that is neither this one nor below it.
    #[inline(always)]
    pub fn after(self) -> usize {
        self.node().map_or(0, |node| node.after(self.at))
    }

    #[inline(always)]
    fn node(self) -> Option<&'d Node> {
        self.document.nodes.get(self.at)
    }

    #[inline(always)]
    fn cut(self, span: Option<Span>) -> &'d str {
        let (start, end) = span.unwrap_or_default();
        self.letters(start).get((start & !RESOLVED) as usize..(end & !RESOLVED) as usize).unwrap_or("")
    }

    /// The same for comparing, which needs no care for where letters begin.
    #[inline(always)]
    fn bytes(self, (start, end): Span) -> &'d [u8] {
        let letters = self.letters(start).as_bytes();
        letters.get((start & !RESOLVED) as usize..(end & !RESOLVED) as usize).unwrap_or_default()
    }

    #[inline(always)]
    fn letters(self, start: u32) -> &'d str {
        if start & RESOLVED == 0 { &self.document.text } else { &self.document.resolved }
    }
}

/// The children of a value that may be missing.
pub fn children<'d>(value: Option<Json<'d>>) -> Children<'d> {
    value.map_or(Children { document: None, at: 0, end: 0 }, Json::children)
}

/// The texts among the children of a value, in their order.
pub fn texts(children: Children<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for child in children {
        if let Some(text) = child.string() {
            texts.push(text.into());
        }
    }
    texts
}

/// The children of a value, in their order.
#[derive(Clone)]
pub struct Children<'d> {
    document: Option<&'d Document>,
    at: usize,
    end: usize,
}

impl<'d> Iterator for Children<'d> {
    type Item = Json<'d>;

    #[inline(always)]
    fn next(&mut self) -> Option<Json<'d>> {
        let child = Json { document: self.document.filter(|_| self.at < self.end)?, at: self.at };
        self.at = child.document.after(self.at);
        Some(child)
    }
}

/// A list index has digits only and no leading zero.
fn index(step: &str) -> Option<usize> {
    let canonical = step == "0" || !step.starts_with('0');
    text::number(step).filter(|_| canonical).map(|index| index as usize)
}
