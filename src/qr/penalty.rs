//! How hard a code is to scan: the points of ISO/IEC 18004:2015, 7.8.3, fewer are better.

use super::Code;

/// Lengths of the runs of one line: light first (perhaps none), then dark and light in turn, light last.
struct Runs {
    lengths: [usize; 180],
    count: usize,
}

/// Penalty points of a whole code.
pub(super) fn of(code: &Code) -> usize {
    let lines: usize = (0..code.side).map(|line| across(code, line) + down(code, line)).sum();
    lines + blocks(code) + balance(code)
}

fn across(code: &Code, y: usize) -> usize {
    line(code.side, |x| code.dark[y * code.side + x])
}

fn down(code: &Code, x: usize) -> usize {
    line(code.side, |y| code.dark[y * code.side + x])
}

/// Long runs, and whatever looks like a finder pattern.
fn line(side: usize, dark: impl Fn(usize) -> bool) -> usize {
    let mut runs = Runs::read(side, dark);
    let long: usize = runs.lengths[..runs.count].iter().filter(|&&length| length >= 5).map(|length| length - 2).sum();
    // The quiet zone belongs to the light runs at both ends.
    runs.lengths[0] += side;
    runs.lengths[runs.count - 1] += side;
    let false_finders: usize = runs.lengths[..runs.count].windows(7).step_by(2).map(like_a_finder).sum();
    long + 40 * false_finders
}

impl Runs {
    fn read(side: usize, dark: impl Fn(usize) -> bool) -> Runs {
        let mut runs = Runs { lengths: [0; 180], count: 1 };
        for place in 0..side {
            if dark(place) == (runs.count % 2 == 1) {
                runs.count += 1;
            }
            runs.lengths[runs.count - 1] += 1;
        }
        runs.count += usize::from(runs.count.is_multiple_of(2));
        runs
    }
}

/// Dark, light, dark, light, dark as 1:1:3:1:1, with four times as much light on the left, on the right, or both.
fn like_a_finder(runs: &[usize]) -> usize {
    let one = runs[1];
    if [runs[2], runs[3], runs[4], runs[5]] != [one, 3 * one, one, one] {
        return 0;
    }
    let (before, after) = (runs[0], runs[6]);
    usize::from(before >= 4 * one && after >= one) + usize::from(after >= 4 * one && before >= one)
}

/// Squares of two by two in one colour, overlapping ones counted each.
fn blocks(code: &Code) -> usize {
    let edge = code.side - 1;
    let uniform = |x: usize, y: usize| {
        let place = y * code.side + x;
        let corners = [place, place + 1, place + code.side, place + code.side + 1];
        corners.iter().all(|&corner| code.dark[corner] == code.dark[place])
    };
    let squares = (0..edge).flat_map(|y| (0..edge).map(move |x| (x, y)));
    3 * squares.filter(|&(x, y)| uniform(x, y)).count()
}

/// Ten points for each whole 5 % by which the dark part misses one half.
fn balance(code: &Code) -> usize {
    let (dark, all) = (code.dark.iter().filter(|dark| **dark).count(), code.dark.len());
    let distance = (20 * dark).abs_diff(10 * all);
    // A code has an odd number of modules, so the distance is never 0; a whole step exactly met does not count.
    10 * (distance.div_ceil(all) - 1)
}
