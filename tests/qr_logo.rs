//! Room for a logo in a QR code: what it covers is restored in every version.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::qr::{Code, Level, Options};

/// Codewords of each block and those of them for data, at level H: ISO/IEC 18004:2015, table 9, as "blocks × (all, data)". They are written
/// here a second time, from the table, so that a mistake in the encoder's own is found.
const TABLE: [&[(usize, usize, usize)]; 40] = [
    &[(1, 26, 9)],
    &[(1, 44, 16)],
    &[(2, 35, 13)],
    &[(4, 25, 9)],
    &[(2, 33, 11), (2, 34, 12)],
    &[(4, 43, 15)],
    &[(4, 39, 13), (1, 40, 14)],
    &[(4, 40, 14), (2, 41, 15)],
    &[(4, 36, 12), (4, 37, 13)],
    &[(6, 43, 15), (2, 44, 16)],
    &[(3, 36, 12), (8, 37, 13)],
    &[(7, 42, 14), (4, 43, 15)],
    &[(12, 33, 11), (4, 34, 12)],
    &[(11, 36, 12), (5, 37, 13)],
    &[(11, 36, 12), (7, 37, 13)],
    &[(3, 45, 15), (13, 46, 16)],
    &[(2, 42, 14), (17, 43, 15)],
    &[(2, 42, 14), (19, 43, 15)],
    &[(9, 39, 13), (16, 40, 14)],
    &[(15, 43, 15), (10, 44, 16)],
    &[(19, 46, 16), (6, 47, 17)],
    &[(34, 37, 13)],
    &[(16, 45, 15), (14, 46, 16)],
    &[(30, 46, 16), (2, 47, 17)],
    &[(22, 45, 15), (13, 46, 16)],
    &[(33, 46, 16), (4, 47, 17)],
    &[(12, 45, 15), (28, 46, 16)],
    &[(11, 45, 15), (31, 46, 16)],
    &[(19, 45, 15), (26, 46, 16)],
    &[(23, 45, 15), (25, 46, 16)],
    &[(23, 45, 15), (28, 46, 16)],
    &[(19, 45, 15), (35, 46, 16)],
    &[(11, 45, 15), (46, 46, 16)],
    &[(59, 46, 16), (1, 47, 17)],
    &[(22, 45, 15), (41, 46, 16)],
    &[(2, 45, 15), (64, 46, 16)],
    &[(24, 45, 15), (46, 46, 16)],
    &[(42, 45, 15), (32, 46, 16)],
    &[(10, 45, 15), (67, 46, 16)],
    &[(20, 45, 15), (61, 46, 16)],
];

fn with_logo(text: &str, version: u8, logo: u8) -> Code {
    Code::with(text, &Options { version, logo, ..Options::default() }).unwrap()
}

/// For each codeword its block, in the order in which they are placed (ISO/IEC 18004:2015, 7.6).
fn blocks_in_order(version: usize) -> Vec<usize> {
    let blocks: Vec<(usize, usize)> =
        TABLE[version - 1].iter().flat_map(|&(count, all, data)| std::iter::repeat_n((all, data), count)).collect();
    let most = blocks.iter().map(|block| block.1).max().unwrap();
    let data = (0..most).flat_map(|place| (0..blocks.len()).map(move |block| (place, block)));
    let data = data.filter(|&(place, block)| place < blocks[block].1).map(|(_, block)| block);
    let correction = blocks[0].0 - blocks[0].1;
    data.chain((0..correction).flat_map(|_| 0..blocks.len())).collect()
}

/// Where data stand: two texts of one length differ in modules that carry data, or their correction, or the mask. Of many texts, the modules that
/// ever differ are those.
fn free_modules(version: usize) -> Vec<(usize, usize)> {
    let codes: Vec<Code> = (0..48_u8).map(|seed| code_of(version, seed)).collect();
    let side = codes[0].side();
    // In the corner stands the first bit of the data, which is 0 in every mode.
    let differs = |x: usize, y: usize| {
        (x, y) == (side - 1, side - 1) || codes.iter().any(|code| code.is_dark(x, y) != codes[0].is_dark(x, y))
    };
    let format = |x: usize, y: usize| x == 8 && (y < 9 || y + 8 >= side) || y == 8 && (x < 9 || x + 8 >= side);
    let mut places = Vec::new();
    for (pair, right) in (0..side).rev().filter(|&x| x != 6).step_by(2).enumerate() {
        for step in 0..side {
            let y = if pair % 2 == 0 { side - 1 - step } else { step };
            let left = if right == 7 { 5 } else { right - 1 };
            places.extend([(right, y), (left, y)].into_iter().filter(|&(x, y)| differs(x, y) && !format(x, y)));
        }
    }
    places
}

/// A code of this version, full or nearly so, of letters, capitals or digits that a seed chooses: so that every bit is met as 0 and as 1.
fn code_of(version: usize, seed: u8) -> Code {
    let data: usize = TABLE[version - 1].iter().map(|(count, _, data)| count * data).sum();
    let class = usize::from(version > 9) + usize::from(version > 26);
    // Headers of 12 or 20 and of 14, 16 or 18 bits; three digits take 10, two capitals 11.
    let (letters, digits) = (data - if class > 0 { 3 } else { 2 }, (data * 8 - 14 - 2 * class) / 10 * 3);
    let capitals = (data * 8 - 13 - 2 * class) / 11 * 2;
    let mut state = u32::from(seed).wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut chance = |many: u8| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8 % many
    };
    let text: String = match seed % 3 {
        0 => (0..letters).map(|_| char::from(b'a' + chance(26))).collect(),
        1 => (0..digits - usize::from(seed) / 9).map(|_| char::from(b'0' + chance(10))).collect(),
        _ => (0..capitals - usize::from(seed) / 9).map(|_| char::from(b'A' + chance(26))).collect(),
    };
    Code::with(&text, &Options { level: Some(Level::H), version: version as u8, ..Options::default() }).unwrap()
}

/// The codewords that the square touches, counted for the block that has most of them, never are more than 8 of 11 that can be restored
/// (half of the codewords for correction: a Reed-Solomon code corrects one wrong codeword for two of its own).
#[test]
fn the_widest_logo_covers_less_than_can_be_restored() {
    let mut at_most_half = 0;
    for version in 1..=40 {
        let places = free_modules(version);
        let order = blocks_in_order(version);
        assert_eq!(places.len() / 8, order.len(), "all codewords of version {version} are found");
        let code = with_logo("a", version as u8, Options::LOGO);
        let first = (code.side() - code.logo()) / 2;
        let is_within = |place: usize| place >= first && place < first + code.logo();
        let mut covered = vec![0; order.iter().max().unwrap() + 1];
        for (codeword, modules) in places.chunks_exact(8).enumerate() {
            covered[order[codeword]] += usize::from(modules.iter().any(|&(x, y)| is_within(x) && is_within(y)));
        }
        let (most, restored) = (*covered.iter().max().unwrap(), (TABLE[version - 1][0].1 - TABLE[version - 1][0].2) / 2);
        assert!(most * 11 <= restored * 8, "version {version}: {most} of {restored}");
        at_most_half += usize::from(most * 2 <= restored);
    }
    assert_eq!(at_most_half, 36);
}

#[test]
fn a_logo_takes_an_odd_square_in_the_middle_and_changes_nothing_around_it() {
    for version in 1..=40 {
        let plain = Code::with("a", &Options { version, level: Some(Level::H), ..Options::default() }).unwrap();
        for percent in 1..=Options::LOGO {
            let code = with_logo("a", version, percent);
            let (side, logo) = (code.side(), code.logo());
            assert!(logo % 2 == 1 && (logo == 1 || logo * 100 <= side * usize::from(percent)));
            assert!((logo + 2) * 100 > side * usize::from(percent), "no larger one would do");
            let first = (side - logo) / 2;
            let is_within = |place: usize| place >= first && place < first + logo;
            for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
                assert_eq!(code.is_dark(x, y), plain.is_dark(x, y) && !(is_within(x) && is_within(y)));
            }
        }
    }
}

#[test]
fn a_logo_raises_the_level_and_is_told_in_the_picture() {
    let low = Options { level: Some(Level::L), logo: 20, ..Options::default() };
    assert_eq!(Code::with("a", &low), Code::with("a", &Options { level: Some(Level::H), ..low }));
    // Version 1: 21 modules; 20 % are 4.2, of which 3 is the odd number.
    assert!(Code::with("a", &low).unwrap().svg().contains("viewBox=\"0 0 29 29\" data-logo=\"3\""));
}

#[test]
fn a_logo_that_is_too_wide_is_refused() {
    let error = Code::with("a", &Options { logo: 26, ..Options::default() }).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), ("qr-logo", "logo"));
    // Level H holds 1,273 bytes (ISO/IEC 18004:2015, table 7).
    let long = |length| Code::with(&"a".repeat(length), &Options { logo: 1, ..Options::default() });
    assert_eq!(long(1_273).unwrap().side(), 177);
    assert_eq!(long(1_274).unwrap_err().code, "qr-too-long");
}
