//! What the page's engine does for the core, in a real browser. Expected numbers are ECMAScript's own (ECMA-262,
//! Number::toString and StringToNumber); the same table holds for every engine.
#![cfg(all(target_arch = "wasm32", feature = "page"))]
#![allow(clippy::unwrap_used)] // a test says no by panicking

use privateer::{
    base::Host,
    browser::{Clock, Page, Store, carry_out},
    client::{Client, Effect, Input},
};
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn numbers_are_read_and_printed_as_ecmascript_does() {
    let host = Page::default();
    let table = [
        ("1e21", "1e+21"),
        ("1e-7", "1e-7"),
        ("0.1", "0.1"),
        ("5e-324", "5e-324"),
        ("123456789012345680000", "123456789012345680000"),
    ];
    for (read, printed) in table {
        assert_eq!(host.print_number(host.parse_number(read)), printed);
    }
    assert_eq!(host.parse_number("0.30000000000000004"), 0.1 + 0.2);
}

#[wasm_bindgen_test]
fn patterns_follow_ecmascript() {
    let host = Page::default();
    assert!(host.matches("@(?=example)", "me@example.com", false));
    assert!(!host.matches("@(?!example)", "me@example.com", false));
    assert!(host.matches("^\\u{1F600}|é$", "café", false));
    assert!(!host.matches("(", "(", false), "an invalid pattern matches nothing");
    assert!(!host.matches("^b", "ab", false), "a pattern used twice keeps no state");
    assert!(!host.matches("^b", "ab", false));
    assert!(host.matches("^É", "éa", true) && !host.matches("^É", "éa", false), "the same pattern, whatever the case");
}

#[wasm_bindgen_test]
fn letters_and_addresses_are_the_browsers() {
    let host = Page::default();
    assert_eq!(host.lower_case("ÉA Σ"), "éa σ");
    let whole = host.resolve_url("../b?c=1#", "https://EXAMPLE.com:8443/x/y/z");
    assert_eq!(whole.as_deref(), Some("https://example.com:8443/x/b?c=1#"));
    assert_eq!(host.resolve_url("https://", "https://example.com"), None);
}

#[wasm_bindgen_test]
fn random_bytes_differ_unless_seeded() {
    let draw = |host: &Page| {
        let mut bytes = [0; 32];
        host.fill(&mut bytes);
        bytes
    };
    assert_ne!(draw(&Page::default()), draw(&Page::default()));
    assert_eq!(draw(&Page::seeded(7)), draw(&Page::seeded(7)));
    assert_ne!(draw(&Page::seeded(7)), draw(&Page::seeded(8)));
}

#[wasm_bindgen_test]
fn a_visit_is_kept_in_local_storage_and_erased_again() {
    let mut store = Store::local();
    store.erase_all();
    let host = Rc::new(Page::default());
    let (mut client, effects) = Client::begin("{}", "{}", &store.all(), host.clone(), Clock::Page.now());
    assert_eq!(carry_out(effects, &mut store, &mut String::new()), None);
    let effects = client.step(Input::Track("Plan Chosen", "{}", None), Clock::Page.now());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Save(key, _) if key.starts_with("privateer.event."))));
    carry_out(effects, &mut store, &mut String::new());
    assert_eq!(store.all().len(), 1, "the visitor; events are taken by whoever adopts them");
    let (again, _) = Client::begin("{}", "{}", &store.all(), host, Clock::Page.now());
    let id = |client: &Client| client.identity_json().get(..60).map(String::from);
    assert_eq!(id(&again), id(&client));
    store.erase_all();
    assert!(store.all().is_empty());
}
