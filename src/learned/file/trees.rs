//! Trees, written node, left part, right part.

use super::write::short;
use crate::error::Error;
use crate::learned::{
    draft::{Ask, Draft, Part, Tree, not_finite},
    most,
    run::{FEATURE, LEAF, NONE, NOWHERE, RIGHT, SET, WIDE, ZERO},
};

impl Draft {
    /// All trees, and what they expect together.
    pub(super) fn write_trees(&self) -> Result<(Vec<u8>, f64), Error> {
        let mut out = Vec::new();
        let mut expected = 0.0;
        for (place, tree) in self.trees.iter().enumerate() {
            expected += self.write_tree(tree, &mut out).map_err(|error| error.within(&format!("$.trees[{place}]")))?;
        }
        Ok((out, expected))
    }

    /// One tree, and what it expects, in the single precision in which that is kept.
    fn write_tree(&self, tree: &Tree, out: &mut Vec<u8>) -> Result<f64, Error> {
        let mut order = in_order(tree)?;
        let splits = order.len() / 2;
        if splits > most::SPLITS {
            return Err(Error::new(
                "too-large",
                "",
                format!("A tree has {splits} splits; at most {} are possible.", most::SPLITS),
            ));
        }
        // A line's whole leaf is told, not how it came about.
        let expected = if tree.line.is_some() { vec![0.0; tree.nodes.len()] } else { expected(tree, &order) };
        let scaled = |place: usize| expected[place] / self.divisor;
        let own = if splits == 0 { NOWHERE } else { NONE };
        short(out, tree.line.unwrap_or(usize::from(own)));
        if splits == 0 && tree.line.is_some() {
            // A line hears of its leaf by the question that leads there: one whose answer does not matter.
            self.write_split(0, &Ask::AtMost(0.0), false, 0.0, out)?;
            order.push(order[0]);
        }
        for &place in &order {
            match &tree.nodes[place] {
                Part::Leaf { value, attribute, .. } => write_leaf(value / self.divisor, *attribute, out)?,
                Part::Split { feature, ask, missing_right, .. } => {
                    self.write_split(*feature, ask, *missing_right, scaled(place), out)?
                }
            }
        }
        Ok(if splits == 0 { scaled(0) } else { f64::from(scaled(0) as f32) })
    }

    fn write_split(&self, feature: usize, ask: &Ask, missing_right: bool, expected: f64, out: &mut Vec<u8>) -> Result<(), Error> {
        if feature >= self.features.len() {
            return Err(Error::new(
                "unknown-feature",
                "",
                format!("A split asks feature {feature}; there are {}.", self.features.len()),
            ));
        }
        let bits = feature as u16 | if missing_right { RIGHT } else { 0 };
        let mut set = Vec::new();
        match ask {
            Ask::AtMost(threshold) => write_number(bits, *threshold, out)?,
            Ask::AtMostOrZero(threshold) => write_number(bits | ZERO, *threshold, out)?,
            Ask::Among(categories) => {
                set = bytes(categories)?;
                write_number(bits | SET, set.len() as f64, out)?;
            }
        }
        out.extend((expected as f32).to_le_bytes());
        out.extend(set);
        Ok(())
    }
}

fn write_leaf(value: f64, attribute: u16, out: &mut Vec<u8>) -> Result<(), Error> {
    if value.is_infinite() {
        return Err(not_finite(""));
    }
    let bits = LEAF | attribute & FEATURE;
    if value.is_nan() {
        // A scorecard and a PMML tree may have nothing to say, which is no number; the other importers have looked.
        write_node(bits, &f32::NAN.to_le_bytes(), out);
        return Ok(());
    }
    write_number(bits, value, out)
}

/// A set's bits.
fn bytes(categories: &[usize]) -> Result<Vec<u8>, Error> {
    let most = categories.iter().max().map_or(0, |largest| largest + 1);
    if most > most::CATEGORIES {
        return Err(Error::new(
            "too-large",
            "",
            format!("A split asks category {}; at most {} are possible.", most - 1, most::CATEGORIES),
        ));
    }
    let mut bits = vec![0_u8; most.div_ceil(8)];
    for category in categories {
        bits[category / 8] |= 1 << (category % 8);
    }
    Ok(bits)
}

/// A node's bits and its number: four bytes are enough where single precision has the same one.
fn write_number(bits: u16, number: f64, out: &mut Vec<u8>) -> Result<(), Error> {
    if number.is_nan() {
        return Err(not_finite(""));
    }
    let single = number as f32;
    let exact = f64::from(single).to_bits() == number.to_bits();
    if exact {
        write_node(bits, &single.to_le_bytes(), out)
    } else {
        write_node(bits | WIDE, &number.to_le_bytes(), out)
    }
    Ok(())
}

fn write_node(bits: u16, number: &[u8], out: &mut Vec<u8>) {
    out.extend(bits.to_le_bytes());
    out.extend(number);
}

/// The places of a tree's nodes in the order in which they are written. What is no tree is refused: a child that is not there,
/// a node with two parents, a circle.
fn in_order(tree: &Tree) -> Result<Vec<usize>, Error> {
    let no_tree = |message: &str| Error::new("no-tree", "", message);
    let mut order = Vec::with_capacity(tree.nodes.len());
    let mut seen = vec![false; tree.nodes.len()];
    let mut next = vec![0];
    while let Some(place) = next.pop() {
        match seen.get_mut(place) {
            None => return Err(no_tree("A child of a tree's node is not there.")),
            Some(true) => return Err(no_tree("A tree's node is reached twice: its children lead in a circle, or meet.")),
            Some(seen) => *seen = true,
        }
        order.push(place);
        if let Part::Split { left, right, .. } = &tree.nodes[place] {
            next.extend([*right, *left]);
        }
    }
    Ok(order)
}

/// What is expected at each place: the mean of the leaves below, each as often as it was met in training.
fn expected(tree: &Tree, order: &[usize]) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0, 0.0, 0.0); tree.nodes.len()]; // cover, cover · value, leaves, values
    for &place in order.iter().rev() {
        sums[place] = match &tree.nodes[place] {
            Part::Leaf { value, .. } if value.is_nan() => (0.0, 0.0, 0.0, 0.0),
            Part::Leaf { value, cover, .. } => (*cover, cover * value, 1.0, *value),
            Part::Split { left, right, .. } => {
                let (one, other) = (sums[*left], sums[*right]);
                (one.0 + other.0, one.1 + other.1, one.2 + other.2, one.3 + other.3)
            }
        };
    }
    let mean = |(cover, weighted, leaves, values): (f64, f64, f64, f64)| {
        let mean = weighted / cover;
        // Where no cover is told, or none that makes sense, every leaf counts alike.
        if cover > 0.0 && mean.is_finite() { mean } else { values / f64::max(leaves, 1.0) }
    };
    sums.into_iter().map(mean).collect()
}
