//! Bursts: more friends of one advocate within a span than a person usually brings.

/// One friend of an advocate, and when they came.
#[derive(Clone, Copy, Debug)]
pub struct Came {
    /// The number of the advocate.
    pub advocate: u32,
    /// In milliseconds.
    pub time: i64,
}

/// For each friend, the most who came within any `span` that holds their own coming; 0 where it is not above `most`. Friends are in
/// the order of advocate and time.
///
/// A burst is all spans with too many in them that overlap, and each of it has the largest count of the burst: also the first of
/// them, who came when nothing was to be seen yet. Two who came exactly `span` apart are not within it. O(friends).
///
/// ```
/// use privateer::referral::fraud::{Came, bursts};
/// let came = [0, 10, 20, 500].map(|time| Came { advocate: 1, time });
/// assert_eq!(bursts(&came, 60, 2), [3, 3, 3, 0]);
/// assert_eq!(bursts(&came, 60, 3), [0, 0, 0, 0]);
/// ```
pub fn bursts(came: &[Came], span: i64, most: u32) -> Vec<u32> {
    let mut peaks = vec![0; came.len()];
    let mut first = 0; // of the span that ends here
    let mut burst = (0, 0, 0); // from, to (excluded), its largest count
    for (here, friend) in came.iter().enumerate() {
        while is_past(&came[first], friend, span) {
            first += 1;
        }
        let count = (here + 1 - first) as u32;
        if count <= most {
            continue;
        }
        if first >= burst.1 {
            mark(&mut peaks, burst);
            burst = (first, here, 0);
        }
        burst = (burst.0, here + 1, count.max(burst.2));
    }
    mark(&mut peaks, burst);
    peaks
}

fn is_past(earlier: &Came, now: &Came, span: i64) -> bool {
    earlier.advocate != now.advocate || now.time.saturating_sub(earlier.time) >= span
}

fn mark(peaks: &mut [u32], (from, to, count): (usize, usize, u32)) {
    peaks[from..to].fill(count);
}
