//! One sort for everything here: the standard library's is several kilobytes for each type that is sorted.

use alloc::vec::Vec;

/// Where something is, and what it is put in order by, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'h> {
    pub rank: usize,
    pub name: &'h str,
    /// The rest of the name, where one text is not enough.
    pub part: (&'h str, i64),
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

/// Those that follow one another with the same rank and the same name, all of it.
pub(super) fn runs<'k, 'h>(keys: &'k [Key<'h>]) -> impl Iterator<Item = &'k [Key<'h>]> {
    keys.chunk_by(|one, other| one.rank == other.rank && one.name == other.name && one.part == other.part)
}

/// Merge sort from the bottom up: at most n·log₂ n comparisons, and few where the order is nearly there.
#[inline(never)]
fn sort(keys: &mut Vec<Key<'_>>) {
    let mut width = 1;
    while width < keys.len() {
        let mut merged = Vec::with_capacity(keys.len());
        for pair in keys.chunks(2 * width) {
            let (left, right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            merge(left, right, &mut merged);
        }
        *keys = merged;
        width *= 2;
    }
}

/// Two parts in order as one. What is in order already is not compared one by one.
fn merge<'h>(mut left: &[Key<'h>], mut right: &[Key<'h>], out: &mut Vec<Key<'h>>) {
    let is_mixed = left.last() > right.first();
    while let (true, [one, lefts @ ..], [other, rights @ ..]) = (is_mixed, left, right) {
        if one < other {
            out.push(*one);
            left = lefts;
        } else {
            out.push(*other);
            right = rights;
        }
    }
    out.extend_from_slice(left);
    out.extend_from_slice(right);
}
