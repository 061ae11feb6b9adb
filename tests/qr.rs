//! QR codes against Project Nayuki's reference generator (crate `qrcodegen` 1.8.0), module by module.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::qr::{Code, Level, Mode, Options, Run, runs};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use std::collections::BTreeSet;

const LEVELS: [(Level, QrCodeEcc); 4] =
    [(Level::L, QrCodeEcc::Low), (Level::M, QrCodeEcc::Medium), (Level::Q, QrCodeEcc::Quartile), (Level::H, QrCodeEcc::High)];

/// First and last of the versions in which a text is cut the same way: ISO/IEC 18004:2015, table 3.
const CLASSES: [(u8, u8); 3] = [(1, 9), (10, 26), (27, 40)];

/// The reference's choice from `version` on: smallest version, best mask, level as asked (its "boost" would raise it). It cuts no
/// text, so that it is given the runs.
fn reference(text: &str, level: QrCodeEcc, version: u8) -> Option<QrCode> {
    CLASSES.into_iter().enumerate().filter(|(_, (_, last))| version <= *last).find_map(|(class, (first, last))| {
        let segments: Vec<QrSegment> = runs(text.as_bytes(), class).iter().map(|run| segment(text, run)).collect();
        let (from, to, best): (_, _, Option<Mask>) = (Version::new(first.max(version)), Version::new(last), None);
        QrCode::encode_segments_advanced(&segments, level, from, to, best, false).ok()
    })
}

fn segment(text: &str, run: &Run) -> QrSegment {
    match run.mode {
        Mode::Bytes => QrSegment::make_bytes(&text.as_bytes()[run.bytes.clone()]),
        Mode::Capitals => QrSegment::make_alphanumeric(&text[run.bytes.clone()]),
        Mode::Digits => QrSegment::make_numeric(&text[run.bytes.clone()]),
    }
}

/// Compares a code with the reference's; its side, unless both find the text too long.
fn same(text: &str, level: (Level, QrCodeEcc), version: u8) -> Option<usize> {
    let ours = Code::with(text, &Options { level: Some(level.0), version, ..Options::default() });
    match (&ours, reference(text, level.1, version)) {
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
            assert_eq!(ours.is_dark(x, y), theirs.get_module(x as i32, y as i32), "column {x}, row {y} of {}", ours.side());
        }
    }
}

/// A text of `length` characters that takes all three modes, the same on every machine.
fn mixed(length: usize) -> String {
    let parts = ["https://example.com/", "ABC234XY/", "?n=", "31415926535897932384", "&utm_source=", "WHATSAPP-", "Grid"];
    parts.iter().cycle().flat_map(|part| part.chars()).take(length).collect()
}

/// Lengths grow in steps of one letter and a forty-fifth, small enough to meet every version.
fn meets_every_version(text: impl Fn(usize) -> String) {
    for level in LEVELS {
        let lengths = std::iter::successors(Some(1_usize), |length| Some(length + 1 + length / 45));
        let sides: BTreeSet<usize> = lengths.map_while(|length| same(&text(length), level, 1)).collect();
        assert_eq!(sides.into_iter().collect::<Vec<_>>(), (21..=177).step_by(4).collect::<Vec<_>>());
    }
}

#[test]
fn every_version_and_level_equals_the_reference() {
    meets_every_version(|length| "a".repeat(length));
}

#[test]
fn every_version_and_level_equals_the_reference_with_mixed_runs() {
    meets_every_version(mixed);
}

/// A short text in each version, so that padding, 0xEC and 0x11 by turns, fills most of it.
#[test]
fn a_version_may_be_asked_for() {
    for level in LEVELS {
        for version in 1..=40 {
            let side = same("https://example.com/?ref=ABC234XY", level, version).unwrap();
            assert!(side >= usize::from(version) * 4 + 17);
            assert!(version < 5 || side == usize::from(version) * 4 + 17);
        }
    }
    let with = |version| Code::with("a", &Options { version, ..Options::default() });
    assert_eq!(with(0), with(1));
    assert_eq!(with(41).unwrap_err().code, "qr-version");
}

#[test]
fn a_long_text_lowers_the_usual_level() {
    let usual = |length: usize| Code::usual(&"a".repeat(length));
    assert_eq!(usual(2_331), Code::new(&"a".repeat(2_331), Level::M));
    assert_eq!(usual(2_332), Code::new(&"a".repeat(2_332), Level::L));
    assert_eq!(usual(2_953).unwrap().side(), 177);
    assert_eq!(usual(2_954).unwrap_err().code, "qr-too-long");
    assert_eq!(usual(10_000_000).unwrap_err().path, "text");
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
    assert!(!svg.contains("data-logo"));
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
    same("", LEVELS[1], 1);
}

/// Characters of a mode cost 8, 11/2 and 10/3 bits, a run ends on a whole bit (ISO/IEC 18004:2015, 7.4.3 to 7.4.5) and begins with 4
/// bits for the mode and those of its length (table 3). The reference counts the same bits.
fn bits(modes: &[(Mode, usize)], class: usize) -> usize {
    let run = |&(mode, length): &(Mode, usize)| match mode {
        Mode::Bytes => [12, 20, 20][class] + 8 * length,
        Mode::Capitals => [13, 15, 17][class] + (11 * length).div_ceil(2),
        Mode::Digits => [14, 16, 18][class] + (10 * length).div_ceil(3),
    };
    modes.iter().map(run).sum()
}

/// The fewest bits among all ways to give each character a mode.
fn fewest(text: &str, class: usize) -> usize {
    let ways = 3_usize.pow(text.len() as u32);
    (0..ways).filter_map(|way| way_of(text, way)).map(|modes| bits(&modes, class)).min().unwrap()
}

fn way_of(text: &str, mut way: usize) -> Option<Vec<(Mode, usize)>> {
    let mut modes: Vec<(Mode, usize)> = Vec::new();
    for letter in text.chars() {
        let mode = [Mode::Bytes, Mode::Capitals, Mode::Digits][way % 3];
        way /= 3;
        let takes = match mode {
            Mode::Bytes => true,
            Mode::Capitals => QrSegment::is_alphanumeric(&letter.to_string()),
            Mode::Digits => letter.is_ascii_digit(),
        };
        match modes.last_mut() {
            _ if !takes => return None,
            Some((last, length)) if *last == mode => *length += 1,
            _ => modes.push((mode, 1)),
        }
    }
    Some(modes)
}

/// Stretched, so that it is worth while to change the mode: each sign stands for `stretch` of its kind.
fn stretched(pattern: &str, stretch: usize) -> String {
    pattern.chars().flat_map(|sign| std::iter::repeat_n(sign, stretch)).collect()
}

proptest! {
    #[test]
    fn any_text_equals_the_reference(text in ".{0,120}", level in 0..4_usize) {
        same(&text, LEVELS[level], 1);
    }

    #[test]
    fn packed_text_equals_the_reference(text in "[0-9]{0,300}|[0-9A-Z $%*+./:-]{0,200}|[0-9A-Za-c]{0,200}", level in 0..4_usize, version in 1..=40_u8) {
        same(&text, LEVELS[level], version);
    }

    #[test]
    fn runs_follow_on_each_other(text in "([0-9]{0,20}[A-Z]{0,20}[a-z]{0,9}){0,9}|.{0,40}", class in 0..3_usize) {
        let found = runs(text.as_bytes(), class);
        let ends: Vec<usize> = found.iter().map(|run| run.bytes.end).collect();
        let starts: Vec<usize> = found.iter().map(|run| run.bytes.start).collect();
        prop_assert_eq!(starts, [0].into_iter().chain(ends.iter().copied()).take(ends.len()).collect::<Vec<_>>());
        prop_assert_eq!(ends.last().copied().unwrap_or(0), text.len());
        prop_assert!(found.windows(2).all(|two| two[0].mode != two[1].mode));
    }

    #[test]
    fn no_way_to_cut_a_text_takes_fewer_bits(text in "[0-9A-Za-z]{1,9}", class in 0..3_usize) {
        prop_assert_eq!(of_runs(&text, class), fewest(&text, class));
    }

    /// Of a stretched text each kind is cut as a whole, or not at all: one sign stands for all of its kind.
    #[test]
    fn no_way_to_cut_a_long_text_takes_fewer_bits(pattern in "[7Aa]{1,7}", stretch in 1..16_usize, class in 0..3_usize) {
        let best = (0..3_usize.pow(pattern.len() as u32))
            .filter_map(|way| way_of(&pattern, way))
            .map(|modes| bits(&modes.iter().map(|&(mode, length)| (mode, length * stretch)).collect::<Vec<_>>(), class))
            .min();
        prop_assert!(of_runs(&stretched(&pattern, stretch), class) <= best.unwrap());
    }

    #[test]
    fn other_than_ascii_is_one_run(text in "[a-z0-9A-Z]{0,30}[à-ÿ你好][a-z0-9A-Z]{0,30}") {
        prop_assert_eq!(runs(text.as_bytes(), 0), [Run { mode: Mode::Bytes, bytes: 0..text.len() }]);
    }
}

fn of_runs(text: &str, class: usize) -> usize {
    bits(&runs(text.as_bytes(), class).iter().map(|run| (run.mode, run.bytes.len())).collect::<Vec<_>>(), class)
}
