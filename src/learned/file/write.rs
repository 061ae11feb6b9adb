//! A draft becomes a file.

use super::{Header, sound};
use crate::error::Error;
use crate::learned::{
    draft::{Draft, Term, not_finite},
    kinds::{Calibration, Of},
    model::Model,
    run::{self, LENIENT},
};

impl Draft {
    /// The model file.
    ///
    /// # Errors
    /// What the form cannot hold, numbers that are not finite, trees that are none.
    pub fn written(&self) -> Result<Vec<u8>, Error> {
        self.check()?;
        let names = self.features.iter().map(|feature| feature.name.clone());
        let lines = if self.lines.is_empty() { Vec::new() } else { names.chain(self.lines.iter().cloned()).collect() };
        let header = Header { features: self.features.clone(), lines, codes: self.codes.clone() };
        let header = serde_json::to_vec(&header).map_err(|error| Error::new("model-file", "$", error.to_string()))?;
        let (trees, expected) = self.write_trees()?;
        let mut out = Vec::new();
        long(&mut out, run::MAGIC);
        long(&mut out, header.len());
        out.extend(header);
        for number in
            [self.flags | self.defaults_flag() | self.link | kind(&self.calibration), self.trees.len(), self.terms.len()]
        {
            long(&mut out, number);
        }
        let base = self.base / self.divisor;
        doubles(&mut out, &[base, base + expected, self.scale]);
        if self.defaults_flag() != 0 {
            doubles(&mut out, &self.defaults);
        }
        out.extend(curve(&self.calibration)?);
        self.write_attributes(&mut out)?;
        out.extend(trees);
        for (place, term) in self.terms.iter().enumerate() {
            self.write_term(term, &mut out).ok_or_else(|| not_finite(format!("$.terms[{place}]")))?;
        }
        out.extend([0; run::END]);
        Ok(out)
    }

    /// `None` where a number is not finite.
    fn write_term(&self, term: &Term, out: &mut Vec<u8>) -> Option<()> {
        let weight = term.weight / self.divisor;
        short(out, term.line);
        short(out, term.factors.len() | if term.lenient { LENIENT } else { 0 });
        doubles(out, &[weight]);
        for (feature, mean) in &term.factors {
            short(out, *feature);
            doubles(out, &[*mean]);
        }
        (weight.is_finite() && term.factors.iter().all(|(_, mean)| mean.is_finite())).then_some(())
    }

    fn write_attributes(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        short(out, self.attributes.len());
        for attribute in &self.attributes {
            if !(attribute.baseline.is_finite() && attribute.slope.is_finite()) {
                return Err(not_finite("$"));
            }
            doubles(out, &[attribute.baseline, attribute.slope]);
            short(out, usize::from(attribute.field));
            short(out, usize::from(attribute.code));
        }
        Ok(())
    }
}

fn kind(calibration: &Calibration) -> usize {
    use run::curve::{ISOTONIC, NOT, OF_VALUE, SIGMOID};
    let of = |of: &Of| if *of == Of::Value { OF_VALUE } else { 0 };
    match calibration {
        Calibration::None => NOT,
        Calibration::Sigmoid { of: x, .. } => SIGMOID | of(x),
        Calibration::Isotonic { of: x, .. } => ISOTONIC | of(x),
    }
}

fn curve(calibration: &Calibration) -> Result<Vec<u8>, Error> {
    if !sound(calibration) {
        return Err(Error::new("calibration", "$.calibration", "A calibration needs finite numbers, and knots whose xs rise."));
    }
    let mut out = Vec::new();
    match calibration {
        Calibration::None => {}
        Calibration::Sigmoid { a, b, .. } => doubles(&mut out, &[*a, *b]),
        Calibration::Isotonic { xs, ys, .. } => {
            long(&mut out, xs.len());
            xs.iter().zip(ys).for_each(|(x, y)| doubles(&mut out, &[*x, *y]));
        }
    }
    Ok(out)
}

/// The same file with another calibration: its kind is in the upper half of the first number, its own numbers stand behind the
/// fixed ones.
pub(in crate::learned) fn recalibrated(model: &Model, calibration: &Calibration) -> Result<Vec<u8>, Error> {
    let (file, plan) = (&model.file, &model.plan);
    let at = |left: usize| file.len() - left;
    let mut out = file[..at(plan.curve)].to_vec();
    let kinds = at(plan.defaults) - FIXED;
    out[kinds + 2..kinds + 4].copy_from_slice(&((kind(calibration) >> 16) as u16).to_le_bytes());
    out.extend(curve(calibration)?);
    out.extend(&file[at(plan.attributes) - 2..]); // with their count
    Ok(out)
}

/// Three counts and three numbers.
const FIXED: usize = 3 * 4 + 3 * 8;

pub(super) fn short(out: &mut Vec<u8>, number: usize) {
    out.extend((number as u16).to_le_bytes());
}

pub(super) fn long(out: &mut Vec<u8>, number: usize) {
    out.extend((number as u32).to_le_bytes());
}

pub(super) fn doubles(out: &mut Vec<u8>, numbers: &[f64]) {
    numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
}
