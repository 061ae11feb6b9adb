//! Trees out of the file, into places that can be walked fast.
//!
//! A tree is written node, left part, right part. Nothing in the file says where a child is, so that no file can lead in a
//! circle or out of its tree; every turn of a loop takes a place,
//! of which there are fewer than bytes: a file that is cut off, whose rest is zeros, ends it too.

use super::{END, FEATURE, LEAF, Node, SET, WIDE, plan::Plan, read::Reader};

impl Plan {
    /// Unfolds all trees into `nodes`, of which there are `most_nodes`, and tries the terms in `room`, which is all
    /// zeros. How many nodes were needed; `None` where the file is damaged.
    pub fn unfold(&mut self, file: &[u8], nodes: &mut [Node], room: &mut [f64]) -> Option<usize> {
        let mut reader = Reader::at(file, self.trees);
        let mut start = 0;
        for _ in 0..self.tree_count {
            start = self.tree(&mut reader, nodes, start)?;
        }
        self.terms = reader.left();
        // All of the file is the model.
        let (_, left) = self.add_terms(file, room)?;
        (left == END).then_some(start)
    }

    /// One tree from `start` on; where the next one begins. Its second place, which no node needs, tells that and the line.
    fn tree(&self, reader: &mut Reader<'_>, nodes: &mut [Node], start: usize) -> Option<usize> {
        let line = reader.short();
        let mut next = start + 2;
        let mut slot = start;
        let mut waiting = 0; // the right part that comes next; each tells the one after it
        loop {
            let test = reader.short() as u16;
            let mut at = if test & WIDE == 0 { f64::from(reader.single()) } else { reader.double() };
            let (mut expected, mut child) = (0.0, 0);
            if test & LEAF != LEAF {
                if usize::from(test & FEATURE) >= self.features {
                    return None;
                }
                expected = reader.single();
                if test & SET != 0 {
                    let bytes = at as u16;
                    at = f64::from_bits((reader.left() as u64) << 16 | u64::from(bytes));
                    reader.take(bytes.into());
                }
                child = u16::try_from((next - start) / 2).ok()?;
            }
            *nodes.get_mut(slot)? = Node { at, expected, child, test };
            if child != 0 {
                nodes.get_mut(next + 1)?.at = waiting as f64;
                slot = next;
                waiting = next + 1;
                next += 2;
            } else if waiting != 0 {
                slot = waiting;
                waiting = nodes.get(slot)?.at as usize;
            } else {
                *nodes.get_mut(start + 1)? = Node { at: next as f64, test: line as u16, ..Node::default() };
                return Some(next);
            }
        }
    }
}
