//! One sort for everything here: the standard library's is several kilobytes for each type that is sorted.

use alloc::vec::Vec;

/// Where something is, and what it is put in order by, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'h> {
    pub rank: usize,
    pub name: &'h str,
    pub time: i64,
    pub id: &'h str,
    /// What is equal stays in its order.
    pub index: usize,
}

/// The keys of items, in order.
pub(super) fn sorted<'h, T>(items: &[T], key: impl Fn(&T) -> Key<'h>) -> Vec<Key<'h>> {
    let mut keys = Vec::new();
    for item in items {
        keys.push(Key { index: keys.len(), ..key(item) });
    }
    sort(&mut keys);
    keys
}

/// Those that follow one another with the same rank and name.
pub(super) fn runs<'k, 'h>(keys: &'k [Key<'h>]) -> impl Iterator<Item = &'k [Key<'h>]> {
    keys.chunk_by(|one, other| one.rank == other.rank && one.name == other.name)
}

/// Heap sort: J. W. J. Williams, "Algorithm 232", 1964. It needs no more than 2n·log₂ n comparisons, whatever the order was.
#[inline(never)]
fn sort(keys: &mut [Key<'_>]) {
    for root in (0..keys.len() / 2).rev() {
        sink(keys, root);
    }
    for end in (1..keys.len()).rev() {
        keys.swap(0, end);
        sink(keys.get_mut(..end).unwrap_or_default(), 0);
    }
}

/// Lets a key sink until neither of those below it is larger.
#[inline(never)]
fn sink(keys: &mut [Key<'_>], mut root: usize) {
    loop {
        let mut child = 2 * root + 1;
        if keys.get(child) < keys.get(child + 1) {
            child += 1;
        }
        if keys.get(child) <= keys.get(root) {
            return;
        }
        keys.swap(root, child);
        root = child;
    }
}
