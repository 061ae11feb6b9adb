//! The modules that every code of a version has alike (ISO/IEC 18004:2015, 6.3 and 7.10): they carry no data and no mask.

use alloc::vec::Vec;

pub(super) struct Fixed {
    version: usize,
    side: usize,
    /// How far a place of an edge is from the middle of an alignment pattern; beyond 2 it has none.
    alignment: Vec<usize>,
}

impl Fixed {
    pub(super) fn of(version: usize) -> Fixed {
        let side = version * 4 + 17;
        Fixed { version, side, alignment: (0..side).map(|place| alignment(version, side, place)).collect() }
    }

    /// Whether the module is dark; `None` for one that is free for data. Those for the format are light.
    pub(super) fn module(&self, x: usize, y: usize) -> Option<bool> {
        let far = self.side - 8;
        let is_corner = |edge| x < 9 && (y < 9 || y >= edge) || x >= edge && y < 9;
        let to_finder = self.to_finder(x).max(self.to_finder(y));
        let to_alignment = self.to_alignment(x).max(self.to_alignment(y));
        if is_corner(far) && to_finder < 5 {
            Some(to_finder == 3 || to_finder < 2)
        } else if to_alignment < 3 && !is_corner(far - 1) {
            Some(to_alignment != 1)
        } else if x == 6 || y == 6 {
            Some((x + y).is_multiple_of(2))
        } else if is_corner(far) {
            Some(false)
        } else if self.version > 6 && (x < 6 && y >= far - 3 || y < 6 && x >= far - 3) {
            // Either of the two is within an edge's first six, the other one of three before the finder.
            Some(version_bits(self.version) >> (x.max(y) + 3 - far + 3 * x.min(y)) & 1 == 1)
        } else {
            None
        }
    }

    /// To the middle of the finder that is nearer, along an edge.
    fn to_finder(&self, place: usize) -> usize {
        place.min(self.side - 1 - place).abs_diff(3)
    }

    fn to_alignment(&self, place: usize) -> usize {
        self.alignment.get(place).copied().unwrap_or(3)
    }
}

/// The first stands in module 6; the others in equal steps from the far end (ISO/IEC 18004:2015, annex E, has their places as a table).
fn alignment(version: usize, side: usize, place: usize) -> usize {
    if version == 1 || place + 5 > side {
        return 3;
    }
    if place < 12 {
        return place.abs_diff(6);
    }
    let many = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 4 + many * 2 + 1) / (many * 2 - 2) * 2 };
    ((side - 5 - place) % step).abs_diff(2)
}

/// The version in the (18, 6) BCH code with the generator 0x1F25.
fn version_bits(version: usize) -> usize {
    let mut rest = version;
    for _ in 0..12 {
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
    }
    (version << 12) | rest
}
