//! QR codes against Project Nayuki's reference generator (crate `qrcodegen` 1.8.0), module by module.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::qr::{Code, Level};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use std::collections::BTreeSet;

const LEVELS: [(Level, QrCodeEcc); 4] =
    [(Level::L, QrCodeEcc::Low), (Level::M, QrCodeEcc::Medium), (Level::Q, QrCodeEcc::Quartile), (Level::H, QrCodeEcc::High)];

/// The reference's choice: smallest version, best mask, level as asked (its "boost" would raise it).
fn reference(text: &str, level: QrCodeEcc) -> Option<QrCode> {
    let (from, to, best): (_, _, Option<Mask>) = (Version::new(1), Version::new(40), None);
    QrCode::encode_segments_advanced(&QrSegment::make_segments(text), level, from, to, best, false).ok()
}

/// Compares a code with the reference's; its side, unless both find the text too long.
fn same(text: &str, level: (Level, QrCodeEcc)) -> Option<usize> {
    let ours = Code::new(text, level.0);
    match (&ours, reference(text, level.1)) {
        (Ok(ours), Some(theirs)) => assert_modules(ours, &theirs),
        (Err(error), None) => assert_eq!(error.code, "qr-too-long"),
        (ours, theirs) => panic!("ours fits: {}, theirs fits: {}", ours.is_ok(), theirs.is_some()),
    }
    ours.ok().map(|code| code.side())
}

fn assert_modules(ours: &Code, theirs: &QrCode) {
    assert_eq!(ours.side(), theirs.size() as usize);
    for y in 0..ours.side() {
        for x in 0..ours.side() {
            assert_eq!(ours.is_dark(x, y), theirs.get_module(x as i32, y as i32), "column {x}, row {y}");
        }
    }
}

/// Lengths grow in steps of one letter and a forty-fifth, small enough to meet every version.
#[test]
fn every_version_and_level_equals_the_reference() {
    for level in LEVELS {
        let lengths = std::iter::successors(Some(1_usize), |length| Some(length + 1 + length / 45));
        let texts = lengths.map(|length| "a".repeat(length));
        let sides: BTreeSet<usize> = texts.map_while(|text| same(&text, level)).collect();
        assert_eq!(sides.into_iter().collect::<Vec<_>>(), (21..=177).step_by(4).collect::<Vec<_>>());
    }
}

#[test]
fn a_long_text_lowers_the_usual_level() {
    let usual = |length: usize| Code::usual(&"a".repeat(length));
    assert_eq!(usual(2_331), Code::new(&"a".repeat(2_331), Level::M));
    assert_eq!(usual(2_332), Code::new(&"a".repeat(2_332), Level::L));
    assert_eq!(usual(2_953).unwrap().side(), 177);
    assert_eq!(usual(2_954).unwrap_err().code, "qr-too-long");
}

/// Capacities of version 40 at level M: ISO/IEC 18004:2015, table 7.
#[test]
fn the_largest_code_holds_what_the_standard_says() {
    for (character, capacity) in [("7", 5_596), ("A", 3_391), ("a", 2_331)] {
        assert_eq!(Code::new(&character.repeat(capacity), Level::M).unwrap().side(), 177);
        assert_eq!(Code::new(&character.repeat(capacity + 1), Level::M).unwrap_err().code, "qr-too-long");
    }
}

#[test]
fn a_picture_is_black_on_white_with_a_quiet_zone() {
    let svg = Code::new("https://example.com/", Level::M).unwrap().svg();
    // Version 2 (20 bytes at M): 25 modules and 4 on both sides. The first finder's top edge is 7 modules at 4, 4.
    assert!(svg.contains("viewBox=\"0 0 33 33\""));
    assert!(svg.contains(" d=\"M4 4h7M"));
}

#[test]
fn the_picture_draws_exactly_the_dark_modules() {
    let code = Code::new("HTTPS://EXAMPLE.COM/R/ABC234XY", Level::Q).unwrap();
    let svg = code.svg();
    let strokes = svg.rsplit_once(" d=\"M").unwrap().1.trim_end_matches("\"/></svg>");
    let mut drawn = vec![vec![false; code.side()]; code.side()];
    for stroke in strokes.split('M') {
        let numbers: Vec<usize> = stroke.split([' ', 'h']).map(|number| number.parse().unwrap()).collect();
        drawn[numbers[1] - 4][numbers[0] - 4..][..numbers[2]].fill(true);
    }
    for (y, row) in drawn.iter().enumerate() {
        assert!(row.iter().enumerate().all(|(x, dark)| *dark == code.is_dark(x, y)));
    }
}

#[test]
fn nothing_is_a_code_too() {
    same("", LEVELS[1]);
}

proptest! {
    #[test]
    fn any_text_equals_the_reference(text in ".{0,120}", level in 0..4_usize) {
        same(&text, LEVELS[level]);
    }

    #[test]
    fn packed_text_equals_the_reference(text in "[0-9]{0,300}|[0-9A-Z $%*+./:-]{0,200}", level in 0..4_usize) {
        same(&text, LEVELS[level]);
    }
}
