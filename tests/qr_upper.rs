//! Links in capitals lead where they led.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::qr::{Code, Options, Upper, upper};
use proptest::prelude::*;
use url::Url;

#[test]
fn what_the_server_may_tell_apart_stays_as_it_is() {
    // Each line: the link, with the host in capitals, with the path, too. RFC 3986, 6.2.2.1: scheme and host alone are the same in capitals.
    let table = [
        ("https://example.com", "HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"),
        ("http://example.com:8080/r/a?b=c#d", "HTTP://EXAMPLE.COM:8080/r/a?b=c#d", "HTTP://EXAMPLE.COM:8080/R/A?b=c#d"),
        ("HttpS://Example.com/Some/Path", "HTTPS://EXAMPLE.COM/Some/Path", "HTTPS://EXAMPLE.COM/SOME/PATH"),
        ("https://example.com?to=/a/b", "HTTPS://EXAMPLE.COM?to=/a/b", "HTTPS://EXAMPLE.COM?to=/a/b"),
        ("https://example.com#a/b", "HTTPS://EXAMPLE.COM#a/b", "HTTPS://EXAMPLE.COM#a/b"),
        ("https://example.com/r#a?b", "HTTPS://EXAMPLE.COM/r#a?b", "HTTPS://EXAMPLE.COM/R#a?b"),
        // No capitals would make these shorter, or they name a user, or are no links.
        ("https://robin:Secret@example.com/r", "https://robin:Secret@example.com/r", "https://robin:Secret@example.com/r"),
        ("https://bücher.example/r", "https://bücher.example/r", "https://bücher.example/r"),
        ("https://[fe80::1]/r", "https://[fe80::1]/r", "https://[fe80::1]/r"),
        ("mailto:robin@example.com", "mailto:robin@example.com", "mailto:robin@example.com"),
        ("ftp://example.com/r", "ftp://example.com/r", "ftp://example.com/r"),
        ("httpsx://example.com/r", "httpsx://example.com/r", "httpsx://example.com/r"),
        ("example.com/r", "example.com/r", "example.com/r"),
        ("", "", ""),
        // A percent-encoding is the same in capitals (RFC 3986, 2.1).
        ("https://example.com/r/%c3%bc", "HTTPS://EXAMPLE.COM/r/%c3%bc", "HTTPS://EXAMPLE.COM/R/%C3%BC"),
    ];
    for (link, host, path) in table {
        assert_eq!([upper(link, Upper::None), upper(link, Upper::Host), upper(link, Upper::Path)], [link, host, path]);
    }
}

/// Version 2 holds 38 capitals and digits at level M, and 26 bytes (ISO/IEC 18004:2015, table 7).
#[test]
fn a_short_link_fits_a_small_code() {
    let side = |upper| Code::with("https://example.com/r/abc234xy", &Options { upper, ..Options::default() }).unwrap().side();
    assert_eq!([side(Upper::None), side(Upper::Path)], [29, 25]);
}

proptest! {
    /// The crate `url` reads links as browsers do (WHATWG URL): with the host in capitals it reads the same link.
    #[test]
    fn a_link_with_its_host_in_capitals_is_the_same(
        link in "(https?|HTTPS)://[A-Za-z0-9-]{1,9}(\\.[A-Za-z0-9]{1,5}){0,2}(:[0-9]{1,4})?(/[A-Za-z0-9%~._@:-]{0,9}){0,3}(\\?[A-Za-z0-9=&/?]{0,9})?(#[A-Za-z]{0,5})?",
    ) {
        let raised = upper(&link, Upper::Host);
        prop_assert_eq!(Url::parse(&raised).ok(), Url::parse(&link).ok());
        prop_assert!(raised.eq_ignore_ascii_case(&link));
        let path = upper(&link, Upper::Path);
        prop_assert!(path.eq_ignore_ascii_case(&link));
        if let (Ok(one), Ok(other)) = (Url::parse(&path), Url::parse(&link)) {
            prop_assert_eq!((one.host_str(), one.port(), one.query(), one.fragment()), (other.host_str(), other.port(), other.query(), other.fragment()));
        }
    }

    #[test]
    fn nothing_but_letters_changes(text in ".{0,40}|https://.{0,40}") {
        for parts in [Upper::None, Upper::Host, Upper::Path] {
            let raised = upper(&text, parts);
            prop_assert!(raised.eq_ignore_ascii_case(&text));
            prop_assert_eq!(upper(&raised, parts), raised);
        }
    }
}
