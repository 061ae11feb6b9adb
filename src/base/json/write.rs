//! Writing JSON, without the weight of a formatting library.

use super::{Json, children};
use crate::base::{Host, text::push_digits};
use alloc::string::String;

/// JSON text in the making. Commas place themselves.
///
/// ```
/// # use privateer::base::json::Writer;
/// let mut out = Writer::default();
/// out.open('{').key("name").string("a \"b\"").key("list").open('[').integer(1).integer(-2).close(']').close('}');
/// assert_eq!(out.text, r#"{"name":"a \"b\"","list":[1,-2]}"#);
/// ```
#[derive(Default)]
pub struct Writer {
    /// What was written so far.
    pub text: String,
}

impl Writer {
    /// A text that begins with `{` or `[`; see [`Writer::end`].
    pub fn begin(bracket: char) -> Writer {
        let mut out = Writer::default();
        out.text.push(bracket);
        out
    }

    /// The whole text, closed by `}` or `]`.
    pub fn end(mut self, bracket: char) -> String {
        self.text.push(bracket);
        self.text
    }

    /// `{` or `[`.
    pub fn open(&mut self, bracket: char) -> &mut Writer {
        self.separate();
        self.text.push(bracket);
        self
    }

    /// `}` or `]`.
    pub fn close(&mut self, bracket: char) -> &mut Writer {
        self.text.push(bracket);
        self
    }

    /// A member's name; its value comes next.
    pub fn key(&mut self, name: &str) -> &mut Writer {
        self.string(name);
        self.text.push(':');
        self
    }

    /// A member that is a text.
    pub fn member(&mut self, name: &str, text: &str) -> &mut Writer {
        self.key(name).string(text)
    }

    /// A member that is a whole number.
    pub fn count(&mut self, name: &str, number: i64) -> &mut Writer {
        self.key(name).integer(number)
    }

    /// A member that is `true` or `false`.
    pub fn flag(&mut self, name: &str, value: bool) -> &mut Writer {
        self.key(name).boolean(value)
    }

    /// A member that is written already; `null` for a missing one.
    pub fn json(&mut self, name: &str, value: Option<Json<'_>>) -> &mut Writer {
        self.key(name).raw(value.map_or("null", Json::text))
    }

    /// A text.
    pub fn string(&mut self, text: &str) -> &mut Writer {
        self.separate();
        self.text.push('"');
        if text.bytes().all(|byte| byte >= 32 && byte != b'"' && byte != b'\\') {
            self.text.push_str(text);
            self.text.push('"');
            return self;
        }
        for letter in text.chars() {
            match letter {
                '\n' => self.text.push_str("\\n"),
                '\0'..='\x1f' => {
                    self.text.push_str("\\u");
                    push_digits(&mut self.text, letter.into(), 16, 4);
                }
                _ => {
                    if matches!(letter, '"' | '\\') {
                        self.text.push('\\');
                    }
                    self.text.push(letter);
                }
            }
        }
        self.text.push('"');
        self
    }

    /// A whole number.
    pub fn integer(&mut self, number: i64) -> &mut Writer {
        self.separate();
        push_integer(&mut self.text, number);
        self
    }

    /// Any number; `null` when it is not finite.
    pub fn number(&mut self, number: f64, host: &dyn Host) -> &mut Writer {
        let text = if number.is_finite() { print_number(number, host) } else { "null".into() };
        self.raw(&text)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) -> &mut Writer {
        self.raw(if value { "true" } else { "false" })
    }

    /// JSON that is written already.
    pub fn raw(&mut self, json: &str) -> &mut Writer {
        self.separate();
        self.text.push_str(json);
        self
    }

    /// A member that is a text; `null` for an empty one.
    pub fn filled(&mut self, name: &str, text: &str) -> &mut Writer {
        self.key(name).optional(Some(text).filter(|text| !text.is_empty()))
    }

    /// A text, or `null`.
    pub fn optional(&mut self, text: Option<&str>) -> &mut Writer {
        match text {
            Some(text) => self.string(text),
            None => self.raw("null"),
        }
    }

    /// An object's members, but for those that `beaten_by` has too.
    pub fn members(&mut self, object: Option<Json<'_>>, beaten_by: Option<Json<'_>>) {
        for child in children(object.filter(|object| object.is_object())) {
            if beaten_by.is_none_or(|later| later.member(child.name()).is_none()) {
                self.key(child.name()).raw(child.text());
            }
        }
    }

    /// The finished text.
    pub fn finish(&mut self) -> String {
        core::mem::take(&mut self.text)
    }

    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':' | b',')) {
            self.text.push(',');
        }
    }
}

/// The members of two objects in one; where both have a name, `later` wins.
pub fn merge(earlier: Option<Json<'_>>, later: Option<Json<'_>>) -> String {
    let mut out = Writer::begin('{');
    out.members(earlier, later);
    out.members(later, None);
    out.end('}')
}

/// A number as ECMAScript prints it: whole ones here, the rest by the host.
pub fn print_number(number: f64, host: &dyn Host) -> String {
    let whole = number as i64;
    if whole as f64 == number && whole.unsigned_abs() < 1 << 53 { print_integer(whole) } else { host.print_number(number) }
}

/// A whole number's text.
pub fn print_integer(number: i64) -> String {
    let mut text = String::new();
    push_integer(&mut text, number);
    text
}

pub(super) fn push_integer(text: &mut String, number: i64) {
    if number < 0 {
        text.push('-');
    }
    push_digits(text, number.unsigned_abs(), 10, 1);
}
