//! Addresses as text: parameters read as forms are, and one added or taken out while everything else stays.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::base::url::{edit, encode, parameter, with_parameter};
use proptest::prelude::*;
use url::form_urlencoded;

/// An address in parts, none of which contains the parameter `ref`.
fn address() -> impl Strategy<Value = (String, Vec<String>, Option<String>)> {
    let base = "(https?://)?([a-z]{1,8}\\.example|\\[2001:db8::1\\]|user:p%40ss@host\\.example)(:[0-9]{2,5})?(/[a-z0-9%.;=+é-]{0,8}){0,3}";
    let pair = "|[a-qs-z%+é][a-z0-9%+._é\\[\\]-]{0,6}(=[a-zA-Z0-9%+=/?:@é]{0,8})?|=[a-z]{0,3}|=|a=1|a=1|%|%4|%zz=1|r%65fs=1";
    (base, prop::collection::vec(pair, 0..6), prop::option::of("[a-z0-9?&=#/%+é-]{0,10}"))
}

fn written(base: &str, pairs: &[String], fragment: Option<&str>) -> String {
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    format!("{base}{query}{}", fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_a_parameter_leaves_everything_else((base, pairs, fragment) in address()) {
        let url = written(&base, &pairs, fragment.as_deref());
        let mut longer = pairs.clone();
        longer.push("ref=CODE".into());
        let linked = with_parameter(&url, "ref", "CODE");
        prop_assert_eq!(&linked, &written(&base, &longer, fragment.as_deref()));
        let found = parameter(&linked, "ref");
        prop_assert_eq!(found.as_deref(), Some("CODE"));
        prop_assert_eq!(edit(&linked, "", |name, _| name == "ref"), url);
    }

    #[test]
    fn replacing_parameters_leaves_everything_else((base, pairs, fragment) in address(), at in any::<prop::sample::Index>(), old in prop::sample::select(vec!["ref", "ref=", "ref=a=b", "r%65f=x", "%72%65%66=x"])) {
        let place = at.index(pairs.len() + 1);
        let with = |pair: &str| {
            let mut pairs = pairs.clone();
            pairs.insert(place, pair.to_owned());
            pairs
        };
        let mut doubled = with(old);
        doubled.push("ref=second".into());
        let linked = with_parameter(&written(&base, &doubled, fragment.as_deref()), "ref", "CODE");
        prop_assert_eq!(linked, written(&base, &with("ref=CODE"), fragment.as_deref()));
    }

    #[test]
    fn adding_twice_is_adding_once(url in "\\PC{0,40}|[a-z?&=#%]{0,20}") {
        let once = with_parameter(&url, "ref", "CODE");
        prop_assert_eq!(with_parameter(&once, "ref", "CODE"), once.clone());
        let found = parameter(&once, "ref");
        prop_assert_eq!(found.as_deref(), Some("CODE"));
    }

    /// Forms and `decodeURIComponent` read an encoded value alike, for it has no `+`.
    #[test]
    fn an_encoded_value_is_read_back(value in "\\PC*|[\\x00-\\x7f]*") {
        let encoded = encode(&value);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        let pair = format!("a={encoded}");
        prop_assert_eq!(form_urlencoded::parse(pair.as_bytes()).next().unwrap().1, value.as_str());
        let found = parameter(&format!("?{pair}"), "a");
        prop_assert_eq!(found, Some(value));
    }
}

/// A known difference: browsers put U+FFFD in place of such bytes.
#[test]
fn bytes_that_are_not_utf_8_stay_as_they_are_written() {
    assert_eq!(parameter("?a=%ff+x", "a").as_deref(), Some("%ff+x"));
}

/// Expected values: `new URL(address).searchParams.get(name)` by the URL standard, section 5.1, worked by hand.
#[test]
fn parameters_are_read_as_forms_are() {
    for (query, name, value) in [
        ("?a=1", "a", Some("1")),
        ("?a=1&a=2", "a", Some("1")),
        ("?b&a", "a", Some("")),
        ("?a=", "a", Some("")),
        ("?a=b=c", "a", Some("b=c")),
        ("?a=b+c", "a", Some("b c")),
        ("?a=b%20c%2Bd", "a", Some("b c+d")),
        ("?%61=1", "a", Some("1")),
        ("?a+b=1", "a b", Some("1")),
        ("?a=%C3%A9%e4%bd%a0", "a", Some("é你")),
        ("?a=é", "a", Some("é")),
        ("?a=%F0%9F%98%80", "a", Some("😀")),
        ("?a=100%", "a", Some("100%")),
        ("?a=%4", "a", Some("%4")),
        ("?a=%zz%+1", "a", Some("%zz% 1")),
        ("?a=%%41", "a", Some("%A")),
        ("?&&a=1", "a", Some("1")),
        ("??a=1", "?a", Some("1")),
        ("??a=1", "a", None),
        ("?x=1#?a=2", "a", None),
        ("#a=1?a=2", "a", None),
        ("", "a", None),
        ("?A=1", "a", None),
        ("?a=1;b=2", "b", None),
        ("?a%3D1", "a", None),
    ] {
        for base in ["https://example.com/", "https://[::1]:8080/p;q", ""] {
            assert_eq!(parameter(&[base, query].concat(), name).as_deref(), value, "{base}{query}");
        }
    }
}
