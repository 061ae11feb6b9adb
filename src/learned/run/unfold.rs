//! Trees out of the file, into places that can be walked fast.
//!
//! A tree is written node, left part, right part. Nothing in the file says where a child is, so that no file can lead in a
//! circle or out of its tree; every turn of a loop takes a place,
//! of which there are fewer than bytes: a file that is cut off, whose rest is zeros, ends it too.

use super::{END, FEATURE, LEAF, NONE, Node, SET, WIDE, plan::Plan, read::Reader};

impl Plan {
    /// Unfolds all trees into `nodes`, of which there are `most_nodes`, and tries the terms in `room`, which is all
    /// zeros. How many nodes were needed; `None` where the file is damaged.
    pub fn unfold(&mut self, file: &[u8], nodes: &mut [Node], room: &mut [f64]) -> Option<usize> {
        let mut reader = Reader::at(file, self.trees);
        // The roots stand first.
        let mut next = self.tree_count;
        for root in 0..self.tree_count {
            next = self.tree(&mut reader, nodes, root, next)?;
        }
        self.terms = reader.left();
        // All of the file is the model.
        let (_, left) = self.add_terms(file, room)?;
        (left == END).then_some(next)
    }

    /// One tree, whose other nodes go to `next` and behind it; where the next tree's do.
    fn tree(&self, reader: &mut Reader<'_>, nodes: &mut [Node], root: usize, mut next: usize) -> Option<usize> {
        let whole = reader.short();
        let mut slot = root;
        let mut waiting = 0; // the right part that comes next; each tells the one after it
        loop {
            let test = reader.short() as u16;
            let mut at = if test & WIDE == 0 { f64::from(reader.single()) } else { reader.double() };
            let (mut says, mut child, mut line) = (at, 0, whole);
            if test & LEAF != LEAF {
                let feature = usize::from(test & FEATURE);
                line = if whole == usize::from(NONE) { feature } else { whole };
                if (feature >= self.features) | (line >= self.lines) {
                    return None;
                }
                says = f64::from(reader.single());
                if test & SET != 0 {
                    let bytes = at as u16;
                    at = f64::from_bits((reader.left() as u64) << 16 | u64::from(bytes));
                    reader.take(bytes.into());
                }
                child = next;
            }
            *nodes.get_mut(slot)? = Node { at, says, child: child as u32, test, line: line as u16 };
            if child != 0 {
                slot = child;
                nodes.get_mut(slot + 1)?.at = waiting as f64;
                waiting = slot + 1;
                next += 2;
            } else if waiting != 0 {
                slot = waiting;
                waiting = nodes.get(slot)?.at as usize;
            } else {
                return Some(next);
            }
        }
    }
}
