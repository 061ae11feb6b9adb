//! Finding where the values of a text are.

use crate::{base::Host, error::Error};
use alloc::{string::String, vec::Vec};

/// Deeper documents are refused: they come from mistakes or malice, and reading them could exhaust the stack.
const DEEPEST: u32 = 128;

/// JSON text with the places of its values.
#[derive(Debug, Default)]
pub struct Document {
    pub(super) text: String,
    /// The values in the order of the text; the children of one follow it.
    pub(super) nodes: Vec<Node>,
}

/// Where a value is. Offsets are in bytes; documents are smaller than 4 GiB.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The name of a member, without quotes; empty for elements.
    pub name: (u32, u32),
    /// The value's text, strings with their quotes.
    pub text: (u32, u32),
    /// The index of the first node that is not below this one.
    pub after: u32,
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
        let mut reader = Reader { bytes: text.as_bytes(), at: 0, nodes: Vec::new(), folded, host, text };
        let read = reader.value((0, 0), 0) && reader.next() == 0 && reader.at >= text.len();
        match read {
            true => Ok(Document { nodes: reader.nodes, text: text.into() }),
            false => Err(reader.error()),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    folded: u32,
    host: &'t dyn Host,
}

/// Each step answers whether it went well; where it did not, `at` stands at the mistake.
impl Reader<'_> {
    fn value(&mut self, name: (u32, u32), depth: u32) -> bool {
        let first = self.next();
        let start = self.at;
        let index = self.nodes.len();
        self.nodes.push(Node { name, text: (0, 0), after: 0, number: 0.0 });
        let mut number = 0.0;
        let read = match first {
            b'"' => self.string(),
            b'{' | b'[' if depth >= self.folded => self.fold(),
            b'{' | b'[' => depth < DEEPEST && self.children(first, depth),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => {
                number = self.number();
                !number.is_nan()
            }
        };
        let after = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(index) {
            node.text = (start as u32, self.at as u32);
            node.after = after;
            node.number = number;
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
            let mut name = (0, 0);
            if open == b'{' {
                if self.next() != b'"' {
                    return false;
                }
                name.0 = self.at as u32 + 1;
                if !self.string() {
                    return false;
                }
                name.1 = self.at as u32 - 1;
                if !self.take(b':') {
                    return false;
                }
            }
            if !self.value(name, depth + 1) {
                return false;
            }
            if !self.take(b',') {
                return self.take(close);
            }
        }
    }

    /// Passes over an object or a list by its brackets.
    fn fold(&mut self) -> bool {
        let mut depth = 0;
        loop {
            match self.byte() {
                b'"' if self.string() => continue,
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

    fn string(&mut self) -> bool {
        loop {
            self.at += 1;
            match self.byte() {
                b'"' => break,
                b'\\' => self.at += 1,
                0..=31 => return false,
                _ => {}
            }
        }
        self.at += 1;
        true
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Digits that fit 2⁵³ with up to 22 decimals are exact by one division (Clinger 1990); the host reads the
    /// rest. NaN for what is no number.
    fn number(&mut self) -> f64 {
        let start = self.at;
        let mut mantissa = 0u64;
        let mut digits = 0;
        let mut decimals = None;
        let mut simple = true;
        loop {
            match self.byte() {
                digit @ b'0'..=b'9' => {
                    simple &= mantissa < 1 << 49; // the next digit still fits 2⁵³
                    mantissa = mantissa.wrapping_mul(10) + u64::from(digit - b'0');
                    digits += 1;
                    decimals = decimals.map(|count: usize| count + 1);
                }
                b'.' if decimals.is_none() && digits > 0 => decimals = Some(0),
                b'-' if self.at == start => {}
                b'.' | b'+' | b'-' | b'e' | b'E' if digits > 0 => simple = false,
                _ => break,
            }
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        match POWERS.get(decimals.unwrap_or(0)) {
            _ if digits == 0 => f64::NAN,
            Some(power) if simple => {
                let magnitude = mantissa as f64 / power;
                if text.starts_with('-') { -magnitude } else { magnitude }
            }
            _ => self.host.parse_number(text),
        }
    }

    /// The next byte that is no white space, without passing it; 0 at the end.
    fn next(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.byte()
    }

    fn take(&mut self, mark: u8) -> bool {
        let found = self.next() == mark;
        self.at += usize::from(found);
        found
    }

    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn error(&self) -> Error {
        if matches!(self.byte(), b'{' | b'[') && self.nodes.len() >= DEEPEST as usize {
            return Error::new("too-deep", "", "Values are nested more than 128 levels deep.");
        }
        let line = self.bytes.iter().take(self.at).filter(|byte| **byte == b'\n').count() + 1;
        let mut message = super::Writer::default();
        message.text.push_str("This is no JSON: look at line ");
        super::write::push_integer(&mut message.text, line as i64);
        message.text.push('.');
        Error::new("not-json", "", message.text)
    }
}

static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];
