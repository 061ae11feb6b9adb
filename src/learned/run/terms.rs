//! Terms of a sum that are no trees: weight · (x - mean) · (y - mean) · …, read where they stand.

use super::{HEAD, plan::Plan, read::Reader};

/// Of a term's number of factors: where one is missing, the term adds nothing.
pub(crate) const LENIENT: usize = 0x8000;

impl Plan {
    /// What all terms add to their lines, in their order, and to the base; and how many bytes are left then. `None` where one is
    /// cut off, or names a feature or a line that is not there.
    pub(super) fn add_terms(&self, file: &[u8], room: &mut [f64]) -> Option<(f64, usize)> {
        let mut reader = Reader::at(file, self.terms);
        let mut sum = self.base;
        for _ in 0..self.term_count {
            let line = reader.short();
            let factors = reader.short();
            let mut added = reader.double();
            for _ in 0..factors & !LENIENT {
                let feature = reader.short();
                if feature >= self.features {
                    return None;
                }
                added *= room.get(feature)? - reader.double();
            }
            if (line >= self.lines) | !reader.sound() {
                return None;
            }
            if (factors & LENIENT != 0) & added.is_nan() {
                added = 0.0;
            }
            sum += added;
            *room.get_mut(self.features + HEAD + line)? += added;
        }
        Some((sum, reader.left()))
    }
}
