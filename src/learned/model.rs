//! A model, ready to be asked.

use super::{
    file::{self, Header},
    import,
    kinds::{Calibration, Feature, Prediction, Reason},
    run::{HEAD, Node, Plan},
};
use crate::error::Error;

/// A model that was learned elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(super) file: Vec<u8>,
    pub(super) plan: Plan,
    pub(super) nodes: Vec<Node>,
    pub(super) header: Header,
}

impl Model {
    /// Reads what a trainer wrote, whichever it is: LightGBM's text or dump, XGBoost's JSON, scikit-learn's through our exporter,
    /// PMML's Scorecard, RegressionModel and TreeModel.
    ///
    /// # Errors
    /// A code, a place and a sentence: what cannot be read exactly as its trainer reads it is refused.
    ///
    /// ```
    /// use privateer::learned::Model;
    /// let model = Model::import(r#"{ "privateer": "model", "version": 1, "features": [{ "name": "visits", "kind": "number" }],
    ///     "link": "logistic", "base": -2.0, "terms": [{ "kind": "linear", "feature": 0, "weight": 0.5, "mean": 4.0 }] }"#)?;
    /// let told = model.predict(&[6.0])?;
    /// assert_eq!((told.margin, told.contributions[0]), (-1.0, 1.0)); // -2 + 0.5 · (6 - 4)
    /// assert_eq!(Model::read(model.bytes())?, model);
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn import(text: &str) -> Result<Model, Error> {
        Model::read(&import::import(text)?.written()?)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// `model-file` where the bytes are no model file of this version, or a damaged one.
    pub fn read(bytes: &[u8]) -> Result<Model, Error> {
        file::read(bytes)
    }

    /// The model file: what a page loads.
    pub fn bytes(&self) -> &[u8] {
        &self.file
    }

    /// What a row is made of, in order.
    pub fn features(&self) -> &[Feature] {
        &self.header.features
    }

    /// The names of the contributions: the features', then those of the other lines.
    pub fn lines(&self) -> Vec<&str> {
        if self.header.lines.is_empty() {
            return self.header.features.iter().map(|feature| feature.name.as_str()).collect();
        }
        self.header.lines.iter().map(String::as_str).collect()
    }

    /// Asks the model. A missing value is not a number.
    ///
    /// # Errors
    /// `wrong-length` where the row has another number of values than the model has features.
    pub fn predict(&self, row: &[f64]) -> Result<Prediction, Error> {
        if row.len() != self.plan.features {
            return Err(Error::new("wrong-length", "row", format!("The model takes {} values.", self.plan.features)));
        }
        let mut room = row.to_vec();
        room.resize(self.plan.room(), 0.0);
        self.plan.predict(&self.file, &self.nodes, &mut room).ok_or_else(file::damaged)?;
        let (head, lines) = room[row.len()..].split_at(HEAD);
        let (lines, codes) = lines.split_at(self.plan.lines);
        Ok(Prediction {
            value: head[0],
            margin: head[1],
            base: head[2],
            rounding: head[3],
            contributions: lines.to_vec(),
            reasons: self.reasons(codes),
        })
    }

    /// Codes with points of at least 0, most first; equals in the card's order.
    fn reasons(&self, points: &[f64]) -> Vec<Reason> {
        let both = self.header.codes.iter().zip(points);
        let mut reasons: Vec<Reason> = both
            .filter(|(_, points)| **points >= 0.0)
            .map(|(code, points)| Reason { code: code.clone(), points: *points })
            .collect();
        reasons.sort_by(|one, other| other.points.total_cmp(&one.points));
        reasons
    }

    /// The same model with another calibration.
    ///
    /// # Errors
    /// `calibration` where a number is not finite, or knots do not rise.
    pub fn calibrated(&self, calibration: &Calibration) -> Result<Model, Error> {
        Model::read(&file::recalibrated(self, calibration)?)
    }
}
