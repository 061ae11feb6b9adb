//! The two figures that tests of uniformity need.

/// Pearson's chi-square of counts against equal shares.
pub fn chi_square(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
}

/// What chi-square with `freedom` degrees exceeds once in a million: Wilson and Hilferty's cube, PNAS 17 (1931) 684,
/// with the normal quantile 4.7534.
pub fn once_in_a_million(freedom: usize) -> f64 {
    let spread = 2.0 / (9.0 * freedom as f64);
    freedom as f64 * (1.0 - spread + 4.7534 * spread.sqrt()).powi(3)
}

pub fn assert_uniform(counts: &[u32], what: &str) {
    let (found, most) = (chi_square(counts), once_in_a_million(counts.len() - 1));
    assert!(found < most, "{what}: chi-square {found:.1} of {} places is above {most:.1}", counts.len());
}
