//! The JSON reader against serde_json, and the writer against the reader.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::base::json::{Document, Json, Writer, merge, print_number};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::host::Native;

const WHOLE: u32 = u32::MAX;

fn read(text: &str, folded: u32) -> Result<Document, privateer::error::Error> {
    Document::read(text, folded, &Native::seeded(0))
}

fn reads(text: &str) -> bool {
    read(text, WHOLE).is_ok()
}

/// The whole value, rebuilt through the reader's own view of it.
fn rebuilt(value: Json<'_>) -> Value {
    if value.is_null() {
        Value::Null
    } else if let Some(number) = value.number() {
        json!(number)
    } else if let Some(text) = value.string() {
        json!(text)
    } else if let Some(flag) = value.boolean() {
        json!(flag)
    } else if value.is_list() {
        value.children().map(rebuilt).collect()
    } else {
        assert!(value.is_object());
        Value::Object(value.children().map(|member| (member.name().to_owned(), rebuilt(member))).collect())
    }
}

/// Every number as a double, as JavaScript has them.
fn as_doubles(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().unwrap()),
        Value::Array(items) => items.into_iter().map(as_doubles).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, as_doubles(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

/// A valid document, with the liberties that the grammar leaves.
fn any_json() -> impl Strategy<Value = String> {
    let space = prop::sample::select(vec!["", " ", "\n", "\t\r\n  "]);
    let leaf =
        prop_oneof![Just("null".to_owned()), Just("true".to_owned()), Just("false".to_owned()), any_number(), any_string(),];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let spaced = (space.clone(), inner, space.clone()).prop_map(|(before, value, after)| [before, &value, after].concat());
        let member = (any_string(), spaced.clone()).prop_map(|(name, value)| [&name, ":", &value].concat());
        prop_oneof![
            prop::collection::vec(spaced, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?",
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| json!(number).to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
    ]
}

/// Letters of every kind, escaped or not, surrogate pairs included.
fn any_string() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        "[a-z0-9 _.$/-]",
        any::<char>().prop_filter("plain", |letter| *letter >= ' ' && !['"', '\\'].contains(letter)).prop_map(String::from),
        prop::sample::select(vec!["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u001f"])
            .prop_map(String::from),
        any::<char>().prop_map(|letter| letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()),
    ];
    prop::collection::vec(letter, 0..8).prop_map(|letters| format!("\"{}\"", letters.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_valid_document_is_read_with_equal_values(text in any_json()) {
        let expected = as_doubles(serde_json::from_str(&text).unwrap());
        let document = read(&text, WHOLE).unwrap();
        prop_assert_eq!(rebuilt(document.root().unwrap()), expected);
        prop_assert_eq!(document.root().unwrap().text(), text.trim());
    }

    #[test]
    fn numbers_are_equal_to_the_bit(text in any_number()) {
        let expected: f64 = text.parse().unwrap();
        let document = read(&text, WHOLE).unwrap();
        prop_assert_eq!(document.root().unwrap().number().unwrap().to_bits(), expected.to_bits(), "{}", text);
    }

    /// One letter too many, too few or another: what serde_json refuses, we refuse, except where `lenient` says so.
    #[test]
    fn what_is_no_json_is_refused(text in any_json(), at in any::<prop::sample::Index>(), change in prop::sample::select(CHANGES.to_vec())) {
        let mut letters: Vec<char> = text.chars().collect();
        let place = at.index(letters.len());
        match change {
            Some(letter) => letters.insert(place, letter),
            None => drop(letters.remove(place)),
        }
        let broken: String = letters.into_iter().collect();
        match serde_json::from_str::<Value>(&broken) {
            Ok(value) => prop_assert_eq!(rebuilt(read(&broken, WHOLE).unwrap().root().unwrap()), as_doubles(value)),
            Err(error) => prop_assert!(!reads(&broken) || lenient(&broken), "{} was read, although: {}", broken, error),
        }
    }

    /// A folded value, unfolded, is what it would have been.
    #[test]
    fn folding_changes_nothing(text in any_json(), folded in 0..4u32) {
        let whole = read(&text, WHOLE).unwrap();
        let document = read(&text, folded).unwrap();
        prop_assert_eq!(unfolded(document.root().unwrap()), rebuilt(whole.root().unwrap()));
    }

    #[test]
    fn what_is_written_is_read_again(text in any::<String>(), number in any::<f64>(), integer in any::<i64>()) {
        let host = Native::seeded(0);
        let mut out = Writer::default();
        out.open('{').key(&text).open('[').string(&text).number(number, &host).integer(integer).optional(None).raw("{}").close(']').close('}');
        let written: Value = serde_json::from_str(&out.text).unwrap();
        let number = if number.is_finite() { json!(number) } else { Value::Null };
        prop_assert_eq!(as_doubles(written), as_doubles(json!({ &text: [&text, number, integer, null, {}] })));
        prop_assert!(reads(&out.text));
    }

    #[test]
    fn numbers_print_as_in_ecmascript(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
        prop_assert_eq!(print_number(number, &Native::seeded(0)), ryu_js::Buffer::new().format(number).to_owned());
    }

    #[test]
    fn merging_lets_the_later_win(earlier in any_object(), later in any_object()) {
        let [first, second] = [&earlier, &later].map(|object| read(&json!(object).to_string(), WHOLE).unwrap());
        let merged: Value = serde_json::from_str(&merge(first.root(), second.root())).unwrap();
        let mut expected = earlier.clone();
        expected.extend(later);
        prop_assert_eq!(merged, Value::Object(expected));
    }

    #[test]
    fn equality_is_deep_and_without_conversion(left in any_object(), right in any_object()) {
        let [left, right] = [left, right].map(Value::Object);
        let [first, second] = [&left, &right].map(|value| read(&value.to_string(), WHOLE).unwrap());
        prop_assert_eq!(first.root().unwrap().equals(second.root().unwrap()), left == right);
        prop_assert!(first.root().unwrap().equals(first.root().unwrap()));
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(text in any::<String>(), folded in 0..4u32) {
        prop_assert_eq!(read(&text, WHOLE).is_ok(), serde_json::from_str::<Value>(&text).is_ok() || reads(&text) && lenient(&text));
        drop(read(&text, folded));
    }
}

const CHANGES: [Option<char>; 16] = [
    None,
    Some('{'),
    Some('}'),
    Some('['),
    Some(']'),
    Some('"'),
    Some('\\'),
    Some(','),
    Some(':'),
    Some('0'),
    Some('-'),
    Some('.'),
    Some('e'),
    Some('u'),
    Some('\u{0}'),
    Some('é'),
];

/// Exactly what is taken although the grammar has it otherwise. Nothing else is: see the two tests that ask.
const LENIENT: [(&str, &str); 3] =
    [(r#""\ud83d""#, "\"\u{fffd}\""), (r#""\udc00\ud800""#, "\"\u{fffd}\u{fffd}\""), (r#""\ud83dx""#, "\"\u{fffd}x\"")];

#[test]
fn where_the_reader_is_lenient() {
    for (text, meaning) in LENIENT {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text} is JSON after all");
        let expected = as_doubles(serde_json::from_str(meaning).unwrap());
        assert_eq!(rebuilt(read(text, WHOLE).unwrap().root().unwrap()), expected, "{text}");
        assert!(lenient(text), "{text}");
    }
}

/// Whether a text is JSON but for numbers that are too large for a double and for half of a surrogate pair.
fn lenient(text: &str) -> bool {
    let strings = regress::Regex::new(r#""(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*""#).unwrap();
    let numbers = regress::Regex::new(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?").unwrap();
    let plain = strings.replace_all(text, "\"\"");
    serde_json::from_str::<Value>(&numbers.replace_all(&plain, "0")).is_ok()
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..3i32).prop_map(Value::from),
        "[a-c\"\\\\é]?".prop_map(Value::from)
    ];
    let value = leaf.prop_recursive(2, 10, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("[a-c]", inner, 0..3)
                .prop_map(|members| members.into_iter().collect::<Map<_, _>>().into()),
        ]
    });
    prop::collection::hash_map("[a-d\"\\\\\u{1f600}]", value, 0..5).prop_map(|members| members.into_iter().collect())
}

fn unfolded(value: Json<'_>) -> Value {
    let whole = |value: Json<'_>| rebuilt(read(value.text(), WHOLE).unwrap().root().unwrap());
    if value.children().next().is_none() {
        whole(value)
    } else if value.is_list() {
        value.children().map(unfolded).collect()
    } else {
        Value::Object(value.children().map(|member| (member.name().to_owned(), unfolded(member))).collect())
    }
}

#[test]
fn what_is_no_json_says_where() {
    for (text, code, line) in [
        ("", "not-json", 1),
        ("{", "not-json", 1),
        ("{\n\"a\": 1,\n}", "not-json", 3),
        ("[1,\n2\n3]", "not-json", 3),
        ("{\n\"a\": tru\n}", "not-json", 2),
        ("\"\n\"", "not-json", 1),
        ("1 2", "not-json", 1),
        ("'a'", "not-json", 1),
        ("{a: 1}", "not-json", 1),
        ("[1] // end", "not-json", 1),
    ] {
        let error = read(text, WHOLE).unwrap_err();
        assert_eq!(error.code, code, "{text}");
        assert!(error.message.contains(&format!("line {line}.")), "{text:?}: {}", error.message);
    }
}

/// The mistake most often made by hand must be told as such, however long the definition is.
#[test]
fn a_forgotten_comma_is_not_called_depth() {
    let rules = vec!["{\"id\":1}"; 200].join(",\n");
    let error = read(&format!("[{rules}\n{{\"id\":1}}]"), WHOLE).unwrap_err();
    assert_eq!(error.code, "not-json");
    assert!(error.message.contains("line 201."), "{}", error.message);
}

#[test]
fn a_document_may_be_128_levels_deep() {
    let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(reads(&nested(128)));
    assert_eq!(read(&nested(129), WHOLE).unwrap_err().code, "too-deep");
    assert_eq!(read(&nested(2_000_000), WHOLE).unwrap_err().code, "too-deep", "and the stack stays whole");
    assert!(read(&nested(2_000_000), 3).is_ok(), "folded, nobody goes down there");
}

/// Where brackets match, a broken value in a folded one takes nothing with it.
#[test]
fn a_mistake_stays_in_its_fold() {
    let document = read(r#"{"good":{"a":1},"broken":{"a":,,},"text":"}{","list":[{"b":2}]}"#, 1).unwrap();
    assert_eq!(document.get("good").unwrap().text(), r#"{"a":1}"#);
    assert!(!reads(document.get("broken").unwrap().text()));
    assert_eq!(document.get("list").unwrap().text(), r#"[{"b":2}]"#);
    for unmatched in ["{\"a\":{\"b\":1}", "{\"a\":[\"]}"] {
        assert!(read(unmatched, 1).is_err(), "{unmatched}");
    }
    // Which kind of bracket closes is left to whoever unfolds.
    assert!(!reads(read(r#"{"a":{]}"#, 1).unwrap().get("a").unwrap().text()));
}

#[test]
fn where_a_name_comes_twice_the_last_one_counts() {
    let document = read(r#"{"a":1,"a":2,"\u0061":3,"b":null}"#, WHOLE).unwrap();
    assert_eq!(document.get("a").unwrap().number(), Some(3.0));
    assert!(document.get("b").is_none(), "null counts as absent");
    assert!(document.root().unwrap().member("b").is_some());
    assert!(document.get("constructor").is_none() && document.get("__proto__").is_none());
}

/// 2⁶⁴ and its neighbourhood: digits that fit no machine word.
#[test]
fn long_numbers_are_read_without_overflow() {
    for text in [
        "18446744073709551616",
        "18446744073709551619",
        "184467440737095516190",
        "-18446744073709551615.5",
        "0.18446744073709551617",
    ] {
        let expected: f64 = text.parse().unwrap();
        assert_eq!(read(text, WHOLE).unwrap().root().unwrap().number(), Some(expected), "{text}");
    }
}

/// JavaScript's rule: everything but null, false, 0 and "".
#[test]
fn truth_is_javascripts() {
    for (text, truthy) in [
        ("null", false),
        ("false", false),
        ("0", false),
        ("-0.0", false),
        ("0e5", false),
        ("\"\"", false),
        ("true", true),
        ("1", true),
        ("\"0\"", true),
        ("\"false\"", true),
        ("[]", true),
        ("{}", true),
    ] {
        assert_eq!(read(text, WHOLE).unwrap().root().unwrap().truthy(), truthy, "{text}");
    }
}

#[test]
fn an_empty_document_holds_nothing() {
    let empty = Document::default();
    assert!(empty.root().is_none() && empty.get("a").is_none());
    assert_eq!(merge(None, None), "{}");
}
