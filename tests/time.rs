//! Times as text, and ids that sort by time.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::base::{Time, random};
use support::{host::Native, statistics::assert_uniform};

/// Seconds since 1970 as `date -u -d … +%s` of GNU coreutils gives them; the leap year rules of the Gregorian
/// calendar: 2000 and 2024 have a 29 February, 1900 and 2100 have none.
#[test]
fn known_dates() {
    for (seconds, text) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.000Z"),
        (951_782_399, "2000-02-28T23:59:59.000Z"),
        (951_782_400, "2000-02-29T00:00:00.000Z"),
        (951_868_800, "2000-03-01T00:00:00.000Z"),
        (1_000_000_000, "2001-09-09T01:46:40.000Z"),
        (1_709_164_800, "2024-02-29T00:00:00.000Z"),
        (1_772_355_900, "2026-03-01T09:05:00.000Z"),
        (2_147_483_648, "2038-01-19T03:14:08.000Z"),
        (4_107_455_999, "2100-02-27T23:59:59.000Z"),
        (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        (-2_203_891_201, "1900-02-28T23:59:59.000Z"),
        (-2_203_891_200, "1900-03-01T00:00:00.000Z"),
        (-62_167_219_200, "0000-01-01T00:00:00.000Z"),
        (253_402_300_799, "9999-12-31T23:59:59.000Z"),
    ] {
        assert_eq!(Time(seconds * 1_000).iso8601(), text);
    }
}

#[test]
fn milliseconds_count_up_also_before_1970() {
    assert_eq!(Time(250).iso8601(), "1970-01-01T00:00:00.250Z");
    assert_eq!(Time(-1).iso8601(), "1969-12-31T23:59:59.999Z");
}

#[test]
fn years_that_would_need_another_format_are_held_at_the_ends() {
    for ms in [i64::MAX, 253_402_300_800_000] {
        assert_eq!(Time(ms).iso8601(), "9999-12-31T23:59:59.999Z");
    }
    for ms in [i64::MIN, -62_167_219_200_001] {
        assert_eq!(Time(ms).iso8601(), "0000-01-01T00:00:00.000Z");
    }
}

/// Every day of 800 years follows the day before, by counting months on the fingers.
#[test]
fn every_day_follows_the_day_before() {
    let (mut year, mut month, mut day) = (1600, 1, 1);
    for days in -135_140..157_054_i64 {
        let text = Time(days * 86_400_000).iso8601();
        assert_eq!(&text[..10], format!("{year:04}-{month:02}-{day:02}"));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + i32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > length {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!((year, month, day), (2400, 1, 1));
}

#[test]
fn spans_do_not_overflow() {
    assert_eq!(Time(i64::MAX).since(Time(i64::MIN)), i64::MAX);
    assert_eq!(Time(i64::MAX).plus(1), Time(i64::MAX));
    assert_eq!(Time(5).since(Time(8)), -3);
}

/// RFC 9562, 5.7 and its example (A.6): the time 0x017F22E279B0 is 2022-02-22T19:22:22Z.
#[test]
fn an_id_is_a_uuid_of_version_7() {
    let id = random::uuid(&Native::seeded(1), Time(0x017f_22e2_79b0), 0xabc);
    assert!(id.starts_with("017f22e2-79b0-7abc-"), "{id}");
    let shape = regress::Regex::new("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").unwrap();
    let host = Native::seeded(2);
    for ms in [0, 1, -1, 1_772_355_900_000, (1 << 48) - 1, i64::MAX] {
        for sequence in [0, 1, 4_095, 4_096, -1] {
            let id = random::uuid(&host, Time(ms), sequence);
            assert!(shape.find(&id).is_some(), "{id} of {ms}, {sequence}");
        }
    }
}

#[test]
fn ids_sort_by_time_and_then_by_sequence() {
    let host = Native::seeded(3);
    let mut before = String::new();
    for ms in [0, 1, 255, 256, 1_772_355_900_000, 1_772_355_900_001, (1 << 48) - 1] {
        for sequence in [0, 1, 255, 4_095] {
            let id = random::uuid(&host, Time(ms), sequence);
            assert!(before < id, "{before} before {id}");
            before = id;
        }
    }
}

#[test]
fn random_choices_are_even() {
    let host = Native::seeded(4);
    for bound in [1, 2, 10, 31, 255, 256] {
        let mut counts = vec![0; bound as usize];
        (0..50_000).for_each(|_| counts[random::below(&host, bound) as usize] += 1);
        if bound > 1 {
            assert_uniform(&counts, &format!("{bound} choices"));
        }
    }
    let mut tenths = vec![0; 10];
    (0..50_000).for_each(|_| tenths[(random::fraction(&host) * 10.0) as usize] += 1);
    assert_uniform(&tenths, "tenths");
}
