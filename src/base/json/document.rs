//! Finding where the values of a text are.

use crate::{base::Host, error::Error};
use alloc::{string::String, vec::Vec};

/// Deeper documents are refused: they come from mistakes or malice, and reading them could exhaust the stack.
const DEEPEST: u32 = 128;

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
        let document = Document { text: text.into(), nodes: Vec::new() };
        let mut reader = Reader { text, at: 0, document, folded, deep: false, host };
        let read = reader.value((0, 0), 0) && reader.next() == 0 && reader.at >= text.len();
        if read { Ok(reader.document) } else { Err(reader.error()) }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    document: Document,
    folded: u32,
    /// Whether it was depth that ended the reading.
    deep: bool,
    host: &'t dyn Host,
}

/// Each step answers whether it went well; where it did not, `at` stands at the mistake.
impl Reader<'_> {
    fn value(&mut self, name: Span, depth: u32) -> bool {
        let first = self.next();
        let start = self.at;
        let index = self.document.nodes.len();
        self.document.nodes.push(Node { name, text: (0, 0), string: (0, 0), after: 0, kind: first, number: 0.0 });
        let mut number = 0.0;
        let mut string = Some((0, 0));
        let read = match first {
            b'"' => {
                string = self.string();
                string.is_some()
            }
            b'{' | b'[' if depth >= self.folded => self.fold(),
            b'{' | b'[' => {
                self.deep = depth >= DEEPEST;
                !self.deep && self.children(first, depth)
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => {
                number = self.number();
                !number.is_nan()
            }
        };
        let after = self.document.nodes.len() as u32;
        if let Some(node) = self.document.nodes.get_mut(index) {
            let text = (start as u32, self.at as u32);
            *node = Node { name, text, string: string.unwrap_or_default(), after, kind: first, number };
        }
        read
    }

    fn children(&mut self, open: u8, depth: u32) -> bool {
        let close = open + 2; // '{' and '}', '[' and ']' are two apart
        self.at += 1;
        if self.take(close) {
            return true;
        }
        loop {
            let name = if open == b'{' { self.name() } else { Some((0, 0)) };
            if !name.is_some_and(|name| self.value(name, depth + 1)) {
                return false;
            }
            if !self.take(b',') {
                return self.take(close);
            }
        }
    }

    fn name(&mut self) -> Option<Span> {
        if self.next() != b'"' {
            return None;
        }
        let name = self.string();
        if self.take(b':') { name } else { None }
    }

    /// Passes over an object or a list by its brackets.
    fn fold(&mut self) -> bool {
        let mut depth = 0;
        loop {
            match self.byte() {
                b'"' if self.close().is_some() => continue,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' | 0 => return false,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return true;
            }
        }
    }

    /// The letters of a string: where they stand, or, with escapes, behind the text.
    fn string(&mut self) -> Option<Span> {
        let start = self.at + 1;
        let escaped = self.close()?;
        if !escaped {
            return Some((start as u32, self.at as u32 - 1));
        }
        let text = &mut self.document.text;
        let from = text.len();
        unescape(self.text.get(start..self.at - 1)?, text);
        Some((from as u32, text.len() as u32))
    }

    /// Passes over a string; whether it has escapes, `None` when it does not end.
    fn close(&mut self) -> Option<bool> {
        let mut escaped = false;
        loop {
            self.at += 1;
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    match self.byte() {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' if self.hexadecimal() => self.at += 4,
                        _ => return None,
                    }
                }
                0..=31 => return None,
                _ => {}
            }
        }
        self.at += 1;
        Some(escaped)
    }

    /// Whether four hexadecimal digits come next.
    fn hexadecimal(&self) -> bool {
        let digits = self.text.as_bytes().get(self.at + 1..self.at + 5);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Up to 15 digits, which fit 2⁵³, are exact by one division (Clinger 1990); the host reads the
    /// rest. NaN for what is no number.
    fn number(&mut self) -> f64 {
        let start = self.at;
        let negative = self.pass(b'-');
        let leading_zero = self.byte() == b'0';
        let mut mantissa = 0;
        let whole = self.digits(&mut mantissa);
        let mut valid = whole == 1 || whole > 1 && !leading_zero;
        let mut decimals = 0;
        if self.pass(b'.') {
            decimals = self.digits(&mut mantissa);
            valid &= decimals > 0;
        }
        let exponent = self.pass(b'e') || self.pass(b'E');
        if exponent {
            let _sign = self.pass(b'+') || self.pass(b'-');
            valid &= self.digits(&mut 0) > 0;
        }
        match POWERS.get(decimals) {
            _ if !valid => f64::NAN,
            Some(power) if !exponent && whole + decimals <= 15 => {
                let magnitude = mantissa as f64 / power;
                if negative { -magnitude } else { magnitude }
            }
            _ => self.host.parse_number(self.text.get(start..self.at).unwrap_or("")),
        }
    }

    /// Passes over digits and appends them to `number`, which wraps around past 19 of them; how many there were.
    fn digits(&mut self, number: &mut u64) -> usize {
        let mut count = 0;
        while let digit @ b'0'..=b'9' = self.byte() {
            *number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            count += 1;
            self.at += 1;
        }
        count
    }

    fn pass(&mut self, mark: u8) -> bool {
        let found = self.byte() == mark;
        self.at += usize::from(found);
        found
    }

    /// The next byte that is no white space, without passing it; 0 at the end.
    fn next(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.byte()
    }

    fn take(&mut self, mark: u8) -> bool {
        self.next();
        self.pass(mark)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn error(&self) -> Error {
        if self.deep {
            return Error::new("too-deep", "", "Values are nested more than 128 levels deep.");
        }
        let line = self.text.bytes().take(self.at).filter(|byte| *byte == b'\n').count() + 1;
        let mut message = super::Writer::default();
        message.text.push_str("This is no JSON: look at line ");
        super::write::push_integer(&mut message.text, line as i64);
        message.text.push('.');
        Error::new("not-json", "", message.text)
    }
}

/// Half a surrogate pair becomes U+FFFD.
fn unescape(inner: &str, out: &mut String) {
    let mut rest = inner.chars();
    let mut high: Option<u32> = None;
    while let Some(letter) = rest.next() {
        let escape = if letter == '\\' { rest.next() } else { None };
        let unit = match escape {
            None => letter as u32,
            Some('n') => 10,
            Some('t') => 9,
            Some('r') => 13,
            Some('b') => 8,
            Some('f') => 12,
            Some('u') => (0..4).fold(0u32, |unit, _| unit << 4 | rest.next().and_then(|digit| digit.to_digit(16)).unwrap_or(0)),
            Some(plain) => plain as u32,
        };
        match (high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => out.extend(char::from_u32(0x1_0000 + ((high & 0x3ff) << 10 | unit & 0x3ff))),
            (alone, _) => {
                out.extend(alone.map(|_| char::REPLACEMENT_CHARACTER));
                match unit {
                    0xd800..=0xdbff => high = Some(unit),
                    _ => out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
        }
    }
    out.extend(high.map(|_| char::REPLACEMENT_CHARACTER));
}

static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];
