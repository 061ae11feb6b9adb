//! A row through the model: the sum, its lines, the reasons.

use super::{
    FEATURE, HEAD, NONE, Node, RIGHT, SET, ZERO,
    flag::{ABOVE, DEFAULTS, ROUND, SINGLE},
    plan::{ATTRIBUTE_BYTES, Plan},
    read::Reader,
};

/// What LightGBM takes for zero: up to the single precision number 1e-35 (`kZeroThreshold`).
pub(crate) const NEARLY_ZERO: f64 = 1e-35_f32 as f64;

impl Plan {
    /// How many numbers a row and its outcome are.
    pub fn room(&self) -> usize {
        self.features + HEAD + self.lines + self.codes
    }

    /// Asks the model about the row that `room` begins with, which is prepared in place. The outcome follows it: value, margin,
    /// base, rounding, the lines, the points of the reason codes.
    ///
    /// The margin is base, lines in their order and the rounding, added from the left: `rounding` is chosen last, as what
    /// the trainer's own order of adding leaves.
    pub fn predict(&self, file: &[u8], nodes: &[Node], room: &mut [f64]) -> Option<()> {
        let lines = self.features + HEAD;
        self.prepare(file, room);
        let (mut sum, _) = self.add_terms(file, room)?;
        let mut start = 0;
        for _ in 0..self.tree_count {
            let tree = nodes.get(start..)?;
            let own = tree.get(1)?;
            let (leaf, feature, rest) = self.descend(file, tree, room)?;
            // A path has a part for each feature; a whole leaf is one line's.
            let (line, part, says) = if own.test == NONE {
                (feature, rest, leaf.at)
            } else {
                let points = self.points(file, leaf, room)?;
                (usize::from(own.test), points, points)
            };
            if let Some(line) = room.get_mut(self.features + HEAD + line) {
                *line += part;
            }
            sum += says;
            if self.kinds & SINGLE != 0 {
                // The exact sum of two single precision numbers, or very near: rounded once more, it is what they round to.
                sum = f64::from(sum as f32);
            }
            start = own.at as usize;
        }
        let mut told = self.constant;
        for line in room.get(lines..lines + self.lines)? {
            told += line;
        }
        let rounding = sum - told;
        let margin = told + rounding;
        *room.get_mut(self.features..)?.first_chunk_mut()? = [self.value(file, margin), margin, self.constant, rounding];
        Some(())
    }

    fn prepare(&self, file: &[u8], room: &mut [f64]) {
        let mut defaults = Reader::at(file, self.defaults);
        for (place, x) in room.iter_mut().enumerate() {
            if place >= self.features {
                // Codes that are never met have no points.
                *x = if place < self.features + HEAD + self.lines { 0.0 } else { f64::NAN };
                continue;
            }
            if self.kinds & DEFAULTS != 0 {
                let default = defaults.double();
                *x = if x.is_nan() { default } else { *x };
            }
            if self.kinds & ROUND != 0 {
                *x = f64::from(*x as f32);
            }
        }
    }

    /// The leaf that a row comes to, the feature asked last, and what its answer changes of what is expected. What each answer
    /// before changed is added to its feature's line; in a characteristic nothing is expected, so that this is nothing.
    fn descend<'a>(&self, file: &[u8], tree: &'a [Node], room: &mut [f64]) -> Option<(&'a Node, usize, f64)> {
        let mut node = tree.first()?;
        let mut expected = f64::from(node.expected);
        let mut feature = 0;
        while node.child != 0 {
            let now = f64::from(node.expected);
            *room.get_mut(self.features + HEAD + feature)? += now - expected;
            expected = now;
            feature = usize::from(node.test & FEATURE);
            let x = *room.get(feature)?;
            let right = if node.test & (SET | ZERO) == 0 {
                (x > node.at) | (x.is_nan() & (node.test & RIGHT != 0))
            } else {
                self.goes_right(file, node, x)
            };
            node = tree.get(2 * usize::from(node.child) + usize::from(right))?;
        }
        Some((node, feature, node.at - expected))
    }

    /// The rarer questions: is it in a set, or is it missing because it is zero.
    fn goes_right(&self, file: &[u8], node: &Node, x: f64) -> bool {
        let zero = node.test & ZERO != 0;
        if x.is_nan() | (zero & (-NEARLY_ZERO..=NEARLY_ZERO).contains(&x)) {
            return node.test & RIGHT != 0;
        }
        if zero {
            return x > node.at;
        }
        let mut set = Reader::at(file, (node.at.to_bits() >> 16) as usize);
        let bits = 8 * (node.at.to_bits() as usize & 0xffff);
        let category = x as usize;
        // LightGBM cuts fractions off before it looks at the sign, XGBoost after.
        let least = if self.kinds & ROUND == 0 { -1.0 } else { -f64::MIN_POSITIVE };
        let inside = (x > least) & (category < bits);
        set.take(category / 8);
        !(inside & (set.byte() >> (category % 8) & 1 != 0))
    }

    /// A scorecard's leaf: its points. Their distance from the baseline belongs to its reason code.
    fn points(&self, file: &[u8], leaf: &Node, room: &mut [f64]) -> Option<f64> {
        let mut points = leaf.at;
        let attribute = usize::from(leaf.test & FEATURE);
        if attribute != usize::from(FEATURE) {
            let mut reader = Reader::at(file, self.attributes);
            reader.take(attribute * ATTRIBUTE_BYTES);
            let (baseline, slope) = (reader.double(), reader.double());
            let field = reader.short();
            if field < self.features {
                points += slope * room.get(field)?;
            }
            let below = if self.kinds & ABOVE == 0 { baseline - points } else { points - baseline };
            // No code: the characteristic is never a reason.
            if let Some(reason) = room.get_mut(self.features + HEAD + self.lines + reader.short()) {
                *reason = if reason.is_nan() { below } else { *reason + below };
            }
        }
        Some(points)
    }
}
