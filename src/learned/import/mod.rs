//! What trainers write, each as its trainer reads it.

mod dump;
mod json;
mod lightgbm;
mod ours;
mod pmml;
mod text;
mod xgboost;

use super::draft::Draft;
use crate::error::Error;

/// Reads a model of any trainer; what it begins with tells which.
pub(super) fn import(text: &str) -> Result<Draft, Error> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.len() > super::most::BYTES {
        return Err(Error::new("too-large", "$", "The model has more than 64 MiB."));
    }
    match text.as_bytes().first() {
        Some(b'<') => pmml::read(text),
        Some(b'{') => read_json(text),
        _ if text.starts_with("tree\n") || text.starts_with("tree\r\n") => text::read(text),
        _ => Err(unknown()),
    }
}

fn read_json(text: &str) -> Result<Draft, Error> {
    let document: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| Error::new("not-json", "$", format!("The model is not readable as JSON: {error}.")))?;
    let root = json::At::root(&document);
    if root.find("learner").is_some() {
        xgboost::read(&root)
    } else if root.find("tree_info").is_some() {
        dump::read(&root)
    } else if root.find("privateer").is_some() {
        ours::read(text)
    } else {
        Err(unknown())
    }
}

fn unknown() -> Error {
    let known = "LightGBM's text or dump, XGBoost's JSON, PMML, or what privateer_export.py writes";
    Error::new("model-format", "$", format!("This is no model of a kind that can be read: {known}."))
}

/// What would be read otherwise than its trainer reads it.
fn unsupported(path: impl Into<String>, what: impl Into<String>) -> Error {
    Error::new("unsupported", path, what)
}
