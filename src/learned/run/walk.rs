//! A row through the model: the sum, its lines, the reasons.

use super::{
    FEATURE, HEAD, Node, RIGHT, SET, ZERO,
    flag::{ABOVE, DEFAULTS, ROUND, SINGLE},
    plan::{ATTRIBUTE_BYTES, Plan},
    read::Reader,
};
use core::hint::black_box;

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
        for root in 0..self.tree_count {
            let leaf = self.descend(file, nodes, root, room)?;
            sum += self.points(file, leaf, room)?;
            if self.kinds & SINGLE != 0 {
                // The exact sum of two single precision numbers, or very near: rounded once more, it is what they round to.
                sum = f64::from(sum as f32);
            }
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

    /// The leaf that a row comes to. What each answer changes of what is expected is its line's.
    fn descend<'a>(&self, file: &[u8], nodes: &'a [Node], root: usize, room: &mut [f64]) -> Option<&'a Node> {
        let mut node = nodes.get(root)?;
        while node.child != 0 {
            let x = *room.get(usize::from(node.test & FEATURE))?;
            let right = if node.test & (SET | ZERO) == 0 {
                (x > node.at) | (x.is_nan() & (node.test & RIGHT != 0))
            } else {
                self.goes_right(file, node, x)
            };
            let mut next = node.child as usize;
            if right {
                // Out of the compiler's sight, so that this stays a branch: a processor guesses it and goes on, where the sum of both
                // would wait for each answer (a fifth slower).
                next = black_box(next) + 1;
            }
            let to = nodes.get(next)?;
            *room.get_mut(self.features + HEAD + usize::from(node.line))? += to.says - node.says;
            node = to;
        }
        Some(node)
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

    /// What a leaf says. A scorecard's may have points for a field besides; and the distance from its baseline belongs to its reason code.
    fn points(&self, file: &[u8], leaf: &Node, room: &mut [f64]) -> Option<f64> {
        let mut points = leaf.says;
        let attribute = usize::from(leaf.test & FEATURE);
        if attribute != usize::from(FEATURE) {
            let mut reader = Reader::at(file, self.attributes);
            reader.take(attribute * ATTRIBUTE_BYTES);
            let (baseline, slope) = (reader.double(), reader.double());
            let field = reader.short();
            if field < self.features {
                let more = slope * room.get(field)?;
                points += more;
                *room.get_mut(self.features + HEAD + usize::from(leaf.line))? += more;
            }
            let below = if self.kinds & ABOVE == 0 { baseline - points } else { points - baseline };
            // No code: the characteristic is never a reason.
            let code = reader.short();
            if code < self.codes {
                let reason = room.get_mut(self.features + HEAD + self.lines + code)?;
                *reason = if reason.is_nan() { below } else { *reason + below };
            }
        }
        Some(points)
    }
}
