//! From a margin to a value: the link, then the calibration.

use super::{
    curve::{CURVES, ISOTONIC, OF_VALUE, SIGMOID},
    exp::exp,
    link::{CLOGLOG, EXP, LINKS, LOGISTIC, LOGLOG},
    plan::Plan,
    read::Reader,
};

impl Plan {
    pub(super) fn value(&self, file: &[u8], margin: f64) -> f64 {
        let x = margin * self.scale;
        let value = match self.kinds & LINKS {
            LOGISTIC => logistic(-x),
            EXP => exp(x),
            CLOGLOG => 1.0 - exp(-exp(x)),
            LOGLOG => exp(-exp(-x)),
            _ => x,
        };
        let from = if self.kinds & OF_VALUE == 0 { margin } else { value };
        let mut reader = Reader::at(file, self.curve);
        match self.kinds & CURVES {
            // Platt's.
            SIGMOID => logistic(reader.double() * from + reader.double()),
            ISOTONIC => isotonic(reader, from),
            _ => value,
        }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(x))
}

/// Straight lines between knots; beyond the ends, the ends.
fn isotonic(mut reader: Reader<'_>, x: f64) -> f64 {
    let count = reader.long();
    let (mut from, mut below) = (reader.double(), reader.double());
    for _ in 1..count {
        let (to, above) = (reader.double(), reader.double());
        if x < to {
            return if x > from { below + (above - below) / (to - from) * (x - from) } else { below };
        }
        (from, below) = (to, above);
    }
    // Without an x there is no answer.
    if x.is_nan() { x } else { below }
}
