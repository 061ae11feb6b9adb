//! The model file: METHODS.md tells its form byte by byte.

mod trees;
mod write;

use super::{
    kinds::{Calibration, Feature},
    model::Model,
    most,
    run::{NOWHERE, Node, Plan},
};
use crate::error::Error;
use serde::{Deserialize, Serialize};

pub(super) use write::recalibrated;

/// Where the header begins.
const HEADER: usize = 8;

/// What a file says in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    pub features: Vec<Feature>,
    /// The names of all lines, where there are more than the features.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// Reason codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

pub(super) fn damaged() -> Error {
    Error::new("model-file", "$", "This is no model file of version 1, or damaged.")
}

/// Reads a file, which anybody may have written.
pub(super) fn read(bytes: &[u8]) -> Result<Model, Error> {
    if bytes.len() > most::BYTES {
        return Err(Error::new("too-large", "$", "The model file has more than 64 MiB."));
    }
    let header = header(bytes).ok_or_else(damaged)?;
    let lines = if header.lines.is_empty() { header.features.len() } else { header.lines.len() };
    let mut plan = Plan::of(bytes, header.features.len(), lines, header.codes.len()).ok_or_else(damaged)?;
    let mut nodes = vec![Node::default(); Plan::most_nodes(bytes.len())];
    let used = plan.unfold(bytes, &mut nodes, &mut vec![0.0; plan.room()]).ok_or_else(damaged)?;
    nodes.truncate(used);
    nodes.shrink_to_fit();
    Ok(Model { file: bytes.to_vec(), plan, nodes, header })
}

/// The header, whose length stands before it.
fn header(bytes: &[u8]) -> Option<Header> {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
    let header: Header = serde_json::from_slice(bytes.get(HEADER..)?.get(..length)?).ok()?;
    let most = [header.features.len(), header.lines.len(), header.codes.len()].iter().all(|count| *count < usize::from(NOWHERE));
    (most && (header.lines.is_empty() || header.lines.len() >= header.features.len())).then_some(header)
}

/// Whether a calibration can be applied.
fn sound(calibration: &Calibration) -> bool {
    match calibration {
        Calibration::None => true,
        Calibration::Sigmoid { a, b, .. } => a.is_finite() && b.is_finite(),
        Calibration::Isotonic { xs, ys, .. } => {
            let rising = xs.windows(2).all(|pair| pair[0] < pair[1]);
            !xs.is_empty() && xs.len() == ys.len() && rising && xs.iter().chain(ys).all(|number| number.is_finite())
        }
    }
}
