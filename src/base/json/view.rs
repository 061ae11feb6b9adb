//! Looking at a document.

use super::{Document, document::Node};
use alloc::{borrow::Cow, string::String, vec::Vec};

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

    /// The member of the outermost object.
    pub fn get(&self, name: &str) -> Option<Json<'_>> {
        self.root()?.get(name)
    }
}

impl<'d> Json<'d> {
    /// The value as JSON text.
    pub fn text(self) -> &'d str {
        let (start, end) = self.node().map_or((0, 0), |node| node.text);
        self.cut(start, end)
    }

    /// The name of a member, as it stands in the text: escapes are not resolved.
    pub fn name(self) -> &'d str {
        let (start, end) = self.node().map_or((0, 0), |node| node.name);
        self.cut(start, end)
    }

    /// The values of an object's members, or the elements of a list; nothing for anything else.
    pub fn children(self) -> Children<'d> {
        Children { next: Json { at: self.at + 1, ..self }, end: self.node().map_or(0, |node| node.after as usize) }
    }

    /// The member of that name; where it comes twice, the last one, as in JavaScript. `null` counts as absent.
    ///
    /// Only own members are found: `constructor` and `__proto__` are ordinary names.
    pub fn get(self, name: &str) -> Option<Json<'d>> {
        self.member(name).filter(|value| !value.is_null())
    }

    /// The member of that name, `null` too.
    pub fn member(self, name: &str) -> Option<Json<'d>> {
        let mut found = None;
        if self.is_object() {
            for child in self.children() {
                if child.is_called(name) {
                    found = Some(child);
                }
            }
        }
        found
    }

    /// The element at an index.
    pub fn item(self, index: usize) -> Option<Json<'d>> {
        if self.is_list() { self.children().nth(index) } else { None }
    }

    /// The value at the end of a path of names and indices parted by dots.
    pub fn at(self, path: &str) -> Option<Json<'d>> {
        let mut place = self;
        for step in path.split('.') {
            place = if place.is_list() { place.item(index(step)?)? } else { place.get(step)? };
        }
        Some(place).filter(|value| !value.is_null())
    }

    /// A string's text with escapes resolved; half a surrogate pair becomes U+FFFD.
    pub fn string(self) -> Option<Cow<'d, str>> {
        Some(unescape(self.text().strip_prefix('"')?.strip_suffix('"')?))
    }

    /// A string that is not empty.
    pub fn filled(self) -> Option<Cow<'d, str>> {
        self.string().filter(|text| !text.is_empty())
    }

    /// A number.
    pub fn number(self) -> Option<f64> {
        matches!(self.first(), b'-' | b'0'..=b'9').then(|| self.node().map_or(0.0, |node| node.number))
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
        if self.first() == b'{' || self.first() == b'[' {
            let count = self.children().count();
            return self.first() == other.first()
                && count == other.children().count()
                && self.children().enumerate().all(|(index, child)| {
                    let twin = if self.is_list() { other.item(index) } else { other.member(&unescape(child.name())) };
                    twin.is_some_and(|twin| child.equals(twin))
                });
        }
        self.is_same(other)
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

    fn is_called(self, name: &str) -> bool {
        let own = self.name();
        own == name || own.contains('\\') && unescape(own) == name
    }

    fn first(self) -> u8 {
        self.text().as_bytes().first().copied().unwrap_or(0)
    }

    fn node(self) -> Option<&'d Node> {
        self.document.nodes.get(self.at)
    }

    fn cut(self, start: u32, end: u32) -> &'d str {
        self.document.text.get(start as usize..end as usize).unwrap_or("")
    }
}

/// The children of a value, in their order.
#[derive(Clone)]
pub struct Children<'d> {
    next: Json<'d>,
    end: usize,
}

impl<'d> Iterator for Children<'d> {
    type Item = Json<'d>;

    fn next(&mut self) -> Option<Json<'d>> {
        let child = self.next;
        let node = child.node().filter(|_| child.at < self.end)?;
        self.next.at = node.after as usize;
        Some(child)
    }
}

/// A list index has digits only and no leading zero.
fn index(step: &str) -> Option<usize> {
    let canonical = step == "0" || !step.starts_with(['0', '+']);
    step.parse::<u32>().ok().filter(|_| canonical).map(|index| index as usize)
}

fn unescape(inner: &str) -> Cow<'_, str> {
    if !inner.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(inner);
    }
    let mut units: Vec<u16> = Vec::new();
    let mut rest = inner.chars();
    while let Some(letter) = rest.next() {
        let letter = if letter == '\\' {
            rest.next().unwrap_or('\\')
        } else {
            units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
            continue;
        };
        units.push(match letter {
            'n' => 10,
            't' => 9,
            'r' => 13,
            'b' => 8,
            'f' => 12,
            'u' => (0..4).fold(0, |unit, _| unit << 4 | rest.next().and_then(|digit| digit.to_digit(16)).unwrap_or(0) as u16),
            plain => plain as u16,
        });
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}
