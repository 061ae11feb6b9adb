//! Links in capitals, which take two thirds of the room.

use alloc::string::String;

/// Which parts of a link are put in capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Upper {
    /// None.
    #[default]
    None,
    /// Scheme and host, in which capitals and small letters are the same (RFC 3986, 3.1 and 3.2.2).
    Host,
    /// The path, too: right where the server takes it in capitals as it does in small letters, such as a short link whose code is
    /// read in capitals anyhow.
    Path,
}

/// A link with parts of it in capitals. It leads to the same page: what the server may tell apart stays as it is, that is the name of a user,
/// the path unless it is asked for, the query and the fragment.
///
/// What is no `http` or `https` link, and what has a host that capitals make no shorter (other than letters, digits, `.` and `-`), stays as it is.
///
/// ```
/// use privateer::qr::{Upper, upper};
/// assert_eq!(upper("https://example.com/r/abc234xy?via=qr", Upper::Host), "HTTPS://EXAMPLE.COM/r/abc234xy?via=qr");
/// assert_eq!(upper("https://example.com/r/abc234xy?via=qr", Upper::Path), "HTTPS://EXAMPLE.COM/R/ABC234XY?via=qr");
/// assert_eq!(upper("mailto:Robin@example.com", Upper::Path), "mailto:Robin@example.com");
/// ```
pub fn upper(text: &str, parts: Upper) -> String {
    let (start, rest) = text.split_at_checked(end(text.as_bytes(), parts)).unwrap_or(("", text));
    [&start.to_ascii_uppercase(), rest].concat()
}

/// Up to where a text is put in capitals.
pub(super) fn end(text: &[u8], parts: Upper) -> usize {
    let from = if is_web(text, b"https://") { 8 } else { 7 };
    if parts == Upper::None || from == 7 && !is_web(text, b"http://") {
        return 0;
    }
    let host = until(text, from, |byte| !byte.is_ascii_alphanumeric() && !b".-:".contains(&byte));
    match text.get(host) {
        None | Some(b'?' | b'#') => host,
        Some(b'/') if parts == Upper::Host => host,
        Some(b'/') => until(text, host, |byte| byte == b'?' || byte == b'#'),
        _ => 0,
    }
}

fn is_web(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// The first of those bytes from there on, or the end.
fn until(text: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    text.iter().skip(from).position(|&byte| ends(byte)).map_or(text.len(), |place| from + place)
}
