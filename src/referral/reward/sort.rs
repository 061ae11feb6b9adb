//! One sort for everything here: the standard library's is several kilobytes for each type that is sorted.

use alloc::vec::Vec;

/// What things are put in order by, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'h> {
    pub rank: usize,
    pub name: &'h str,
    pub time: i64,
    pub id: &'h str,
    /// Where it was: what is equal stays in its order.
    pub index: usize,
}

/// The items in the order of their keys.
pub(super) fn sorted<'h, T: Copy>(items: &[T], key: impl Fn(&T) -> Key<'h>) -> Vec<T> {
    let mut keys = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        keys.push(Key { index, ..key(item) });
    }
    sort(&mut keys);
    keys.iter().filter_map(|key| items.get(key.index)).copied().collect()
}

/// Heap sort: J. W. J. Williams, "Algorithm 232", 1964. It needs no more than 2n·log₂ n comparisons, whatever the order was.
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
