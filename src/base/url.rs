//! Addresses as text: reading parameters, adding one without disturbing the rest.
//!
//! Nothing is parsed further than needed and nothing is written again, so whatever else an address holds
//! (empty and repeated parameters, odd encodings, a `?` in the fragment) stays byte for byte.

use super::text::cut;
use alloc::{string::String, vec::Vec};

/// An address cut at its query and fragment; the marks `?` and `#` belong to neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts<'a> {
    /// Everything before the query.
    pub base: &'a str,
    /// The query, when there is a `?`.
    pub query: Option<&'a str>,
    /// The fragment, when there is a `#`.
    pub fragment: Option<&'a str>,
}

/// Cuts an address at the first `#`, then at the first `?`.
pub fn split(url: &str) -> Parts<'_> {
    let (rest, fragment) = cut(url, b'#');
    let (base, query) = cut(rest, b'?');
    Parts { base, query, fragment }
}

/// A whole address in its parts, as the URL standard has them; queries and fragments without their marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Address<'a> {
    /// Host and port.
    pub host: &'a str,
    /// The path.
    pub path: &'a str,
    /// The query; empty where there is none.
    pub query: &'a str,
    /// The fragment; empty where there is none.
    pub fragment: &'a str,
}

impl Address<'_> {
    /// The parts of an address that the host resolved: nothing in it needs care any more.
    ///
    /// ```
    /// use privateer::base::url::Address;
    /// let address = Address::of("https://me:pass@example.com:81/a/b?c=/#@d");
    /// assert_eq!(address, Address { host: "example.com:81", path: "/a/b", query: "c=/", fragment: "@d" });
    /// ```
    pub fn of(whole: &str) -> Address<'_> {
        let Parts { base, query, fragment } = split(whole);
        let mut host = "";
        let mut path = cut(base, b':').1.unwrap_or("");
        if let Some(rest) = path.strip_prefix("//") {
            let (authority, _) = cut(rest, b'/');
            host = cut(authority, b'@').1.unwrap_or(authority);
            path = rest.get(authority.len()..).unwrap_or("");
        }
        Address { host, path, query: query.unwrap_or(""), fragment: fragment.unwrap_or("") }
    }
}

/// The first parameter of that name, decoded; `None` when it is absent.
///
/// ```
/// use privateer::base::url::parameter;
/// let url = "https://example.com/?utm_source=a%20b+c&x#?utm_source=no";
/// assert_eq!(parameter(url, "utm_source").as_deref(), Some("a b c"));
/// assert_eq!(parameter(url, "x").as_deref(), Some(""));
/// ```
pub fn parameter(url: &str, name: &str) -> Option<String> {
    parameter_of(split(url).query?, name)
}

/// The same of a query.
pub fn parameter_of(query: &str, name: &str) -> Option<String> {
    let mut rest = Some(query);
    while let Some(query) = rest {
        let (pair, later) = cut(query, b'&');
        let (key, value) = cut(pair, b'=');
        if decode(key) == name {
            return Some(decode(value.unwrap_or("")));
        }
        rest = later;
    }
    None
}

/// `url` with `name=value` in its query: in place of the parameters of that name, else at the end.
///
/// `name` and `value` must need no encoding, see [`encode`].
///
/// ```
/// use privateer::base::url::with_parameter;
/// assert_eq!(with_parameter("/a?b=1&ref=X#c?d", "ref", "Y"), "/a?b=1&ref=Y#c?d");
/// assert_eq!(with_parameter("/a#c", "ref", "Y"), "/a?ref=Y#c");
/// ```
pub fn with_parameter(url: &str, name: &str, value: &str) -> String {
    edit(url, &[name, "=", value].concat(), |other, _| other == name)
}

/// `url` without the parameters that `is_old` knows by name and value, decoded, and with `own`, pairs as they are to be
/// written, in place of the first of them, else at the end of the query. Without any parameters there is no `?`.
///
/// An empty query has one parameter without a name. So `own` can be taken out again, and what was there is back byte for byte.
///
/// ```
/// use privateer::base::url::edit;
/// assert_eq!(edit("/?a&b=2&b=3#c", "d=4", |name, _| name == "b"), "/?a&d=4#c");
/// assert_eq!(edit("/?b=2", "", |name, _| name == "b"), "/");
/// assert_eq!(edit("/?", "d=4", |_, _| false), "/?&d=4");
/// ```
pub fn edit(url: &str, own: &str, is_old: impl Fn(&str, &str) -> bool) -> String {
    let parts = split(url);
    let mut out = String::from(parts.base);
    let mut mark = "?";
    let mut own = Some(own).filter(|own| !own.is_empty());
    for pair in pieces(parts.query, b'&') {
        let (name, value) = cut(pair, b'=');
        let kept = if is_old(&decode(name), &decode(value.unwrap_or(""))) { own.take() } else { Some(pair) };
        mark = push(&mut out, mark, kept);
    }
    push(&mut out, mark, own);
    push(&mut out, "#", parts.fragment);
    out
}

/// Writes a mark and a text, if there is one; the mark before the next parameter.
fn push<'m>(out: &mut String, mark: &'m str, text: Option<&str>) -> &'m str {
    let Some(text) = text else { return mark };
    out.push_str(mark);
    out.push_str(text);
    "&"
}

/// The pieces of a text between marks, in order; none of a missing text.
pub fn pieces(text: Option<&str>, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (piece, later) = cut(rest?, mark);
        rest = later;
        Some(piece)
    })
}

/// Percent-encoding of a value: all but ASCII letters, digits and `-._~` (RFC 3986, "unreserved"). A space is `%20`, which both
/// forms and paths read as one.
///
/// ```
/// use privateer::base::url::encode;
/// assert_eq!(encode("a b+é&~"), "a%20b%2B%C3%A9%26~");
/// ```
pub fn encode(text: &str) -> String {
    let mut bytes = Vec::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            bytes.extend_from_slice(&[byte]);
        } else {
            bytes.extend_from_slice(&[b'%', digit(byte / 16), digit(byte % 16)]);
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn digit(number: u8) -> u8 {
    number + if number < 10 { b'0' } else { b'A' - 10 }
}

/// Form decoding: `+` is a space, `%41` is `A`; a stray `%` stays; where the bytes are not UTF-8, the text stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, later @ ..] = rest {
        rest = later;
        let mut byte = if *byte == b'+' { b' ' } else { *byte };
        if let (b'%', [high, low, later @ ..]) = (byte, later)
            && let code @ 0..NO_DIGIT = hex(*high) * 16 + hex(*low)
        {
            byte = code as u8;
            rest = later;
        }
        bytes.extend_from_slice(&[byte]); // as text is added everywhere else: a push brings its own way to grow
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.into())
}

/// More than two digits can say.
const NO_DIGIT: u32 = 256;

fn hex(byte: u8) -> u32 {
    char::from(byte).to_digit(16).unwrap_or(NO_DIGIT)
}
