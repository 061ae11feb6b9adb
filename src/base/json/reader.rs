//! Finding where the values of a text are.

use super::{
    Document, Note, Writer,
    document::{Node, RESOLVED, Span},
    unescape::unescape,
    write::push_integer,
};
use crate::{base::Host, error::Error};
use alloc::{rc::Rc, string::String, vec::Vec};

/// Deeper documents are refused: they come from mistakes or malice, and reading them could exhaust the stack.
const DEEPEST: u32 = 128;

/// A place in a text, and the nodes found so far.
pub struct Reader<'h> {
    text: Rc<str>,
    at: usize,
    resolved: String,
    nodes: Vec<Node>,
    folded: u32,
    /// Whether it was depth that ended the reading.
    deep: bool,
    host: &'h dyn Host,
}

impl<'h> Reader<'h> {
    /// At a place in `text`; see [`Document::read`].
    pub fn new(text: Rc<str>, at: usize, folded: u32, host: &'h dyn Host) -> Reader<'h> {
        Reader { text, at, resolved: String::new(), nodes: Vec::new(), folded, deep: false, host }
    }

    /// The document in the text up to `end`.
    pub fn read(mut self, end: usize) -> Result<Document, Error> {
        // As many as most texts need; growing later costs copies.
        self.nodes.reserve((end - self.at) / if self.folded > 2 { 12 } else { 64 });
        let read = self.value((0, 0), 0) && (self.at == end || self.next() == 0 && self.at >= end);
        if !read {
            return Err(self.error());
        }
        Ok(Document { text: self.text, resolved: self.resolved, nodes: self.nodes })
    }
}

/// Each step answers whether it went well; where it did not, `at` stands at the mistake.
impl Reader<'_> {
    fn value(&mut self, name: Span, depth: u32) -> bool {
        let first = self.next();
        let start = self.at;
        let index = self.nodes.len();
        self.nodes.push(Node { name, text: (0, 0), content: 0, after: 0, kind: first, note: Note::default() });
        let mut content = 0;
        let read = match first {
            b'"' => {
                let string = self.string();
                let (start, end) = string.unwrap_or_default();
                content = u64::from(start) << 32 | u64::from(end);
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
                let number = self.number();
                content = number.to_bits();
                !number.is_nan()
            }
        };
        let after = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(index) {
            node.text = (start as u32, self.at as u32);
            node.content = content;
            node.after = after;
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
        let bytes = self.text.as_bytes();
        let mut rest = bytes.get(self.at..).unwrap_or_default().iter();
        let mut depth = 0;
        while let Some(byte) = rest.next() {
            match byte {
                b'"' => loop {
                    match rest.next() {
                        Some(b'"') => break,
                        Some(b'\\') => drop(rest.next()),
                        None | Some(0..=31) => return false,
                        _ => {}
                    }
                },
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = bytes.len() - rest.len();
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// The letters of a string: where they stand, or, with escapes, among the resolved ones.
    fn string(&mut self) -> Option<Span> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        for (index, byte) in bytes.get(start..)?.iter().enumerate() {
            match byte {
                b'"' => {
                    self.at = start + index + 1;
                    return Some((start as u32, (start + index) as u32));
                }
                b'\\' => break,
                0..=31 => return None,
                _ => {}
            }
        }
        self.escaped(start)
    }

    fn escaped(&mut self, start: usize) -> Option<Span> {
        self.close()?;
        let from = self.resolved.len() as u32;
        unescape(self.text.get(start..self.at - 1)?, &mut self.resolved);
        Some((RESOLVED | from, RESOLVED | self.resolved.len() as u32))
    }

    /// Passes over a string with escapes; `None` when it does not end.
    fn close(&mut self) -> Option<()> {
        loop {
            self.at += 1;
            match self.byte() {
                b'"' => break,
                b'\\' => {
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
        Some(())
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
