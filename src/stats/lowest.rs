//! The lowest place of a function, without its derivatives.

use super::order;

/// Steps at most.
const STEPS: usize = 4_000;

/// Nelder and Mead's simplex search (*The Computer Journal* 7 (1965) 308) from a place, with a first simplex of a size: where it ended, and the
/// value there. It stops when all corners have the same value, to 15 digits.
///
/// It finds a low place, not in all cases the lowest; begin it anew from where it ended to be surer. A value that is no number counts as
/// infinitely high. Our own, because it is sixty lines, and what a general optimiser adds a function of four numbers does not need.
///
/// ```
/// # use privateer::stats::lowest;
/// let (place, value) = lowest(&|[x, y]: &[f64; 2]| (x - 3.0) * (x - 3.0) + (y + 1.0) * (y + 1.0), [0.0, 0.0], 1.0);
/// assert!((place[0] - 3.0).abs() < 1e-6 && (place[1] + 1.0).abs() < 1e-6 && value < 1e-12);
/// ```
pub fn lowest<const N: usize>(of: &impl Fn(&[f64; N]) -> f64, from: [f64; N], size: f64) -> ([f64; N], f64) {
    let value = |place: [f64; N]| (place, Some(of(&place)).filter(|value| !value.is_nan()).unwrap_or(f64::INFINITY));
    let mut corners = vec![value(from)];
    corners
        .extend((0..N).map(|axis| value(core::array::from_fn(|each| if each == axis { from[each] + size } else { from[each] }))));
    for _ in 0..STEPS {
        corners = order(N + 1, &|one, other| corners[one].1.total_cmp(&corners[other].1))
            .into_iter()
            .map(|place| corners[place])
            .collect();
        let (best, worst, second_worst) = (corners[0], corners[N], corners[N - 1]);
        if worst.1 - best.1 <= 1e-15 * best.1.abs() {
            break;
        }
        let centre: [f64; N] =
            core::array::from_fn(|axis| corners[..N].iter().map(|corner| corner.0[axis]).sum::<f64>() / N as f64);
        let toward = |share: f64| value(core::array::from_fn(|axis| centre[axis] + share * (worst.0[axis] - centre[axis])));
        let mirrored = toward(-1.0);
        let next = if mirrored.1 < best.1 {
            lower(toward(-2.0), mirrored)
        } else if mirrored.1 < second_worst.1 {
            mirrored
        } else {
            lower(toward(-0.5), toward(0.5))
        };
        if next.1 < worst.1 {
            corners[N] = next;
        } else {
            for corner in &mut corners[1..] {
                *corner = value(core::array::from_fn(|axis| (best.0[axis] + corner.0[axis]) / 2.0));
            }
        }
    }
    corners.into_iter().fold((from, f64::INFINITY), lower)
}

fn lower<const N: usize>(one: ([f64; N], f64), other: ([f64; N], f64)) -> ([f64; N], f64) {
    if other.1 < one.1 { other } else { one }
}
