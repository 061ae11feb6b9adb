//! Finding where the values of a text are.

use super::{
    Document, Writer,
    document::{Node, Span},
    unescape::unescape,
    write::push_integer,
};
use crate::{base::Host, error::Error};
use alloc::vec::Vec;

/// Deeper documents are refused: they come from mistakes or malice, and reading them could exhaust the stack.
const DEEPEST: u32 = 128;

/// A place in a text, and the document made so far.
pub struct Reader<'t> {
    text: &'t str,
    at: usize,
    document: Document,
    folded: u32,
    /// Whether it was depth that ended the reading.
    deep: bool,
    host: &'t dyn Host,
}

impl<'t> Reader<'t> {
    /// At the beginning of `text`; see [`Document::read`].
    pub fn new(text: &'t str, folded: u32, host: &'t dyn Host) -> Reader<'t> {
        let document = Document { text: text.into(), nodes: Vec::new() };
        Reader { text, at: 0, document, folded, deep: false, host }
    }

    /// The document in the whole text.
    pub fn read(mut self) -> Result<Document, Error> {
        let read = self.value((0, 0), 0) && self.next() == 0 && self.at >= self.text.len();
        if read { Ok(self.document) } else { Err(self.error()) }
    }
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
        let mut message = Writer::default();
        message.text.push_str("This is no JSON: look at line ");
        push_integer(&mut message.text, line as i64);
        message.text.push('.');
        Error::new("not-json", "", message.text)
    }
}

static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];
