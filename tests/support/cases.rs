//! GrowthBook's shared suite (`cases.json`, specification 0.12.0). It is not part of this repository: the file is named
//! by `GROWTHBOOK_CASES`, or is `tests/data/growthbook-cases.json`.

use serde_json::Value;
use std::{env, fs, path::PathBuf};

/// The cases of a section, such as `run` or `savedGroupReferencesV2.run`; `None`, and a line that says so, when the
/// file is not there.
pub fn cases(section: &str) -> Option<Vec<Value>> {
    let stands_by = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/growthbook-cases.json");
    let path = env::var_os("GROWTHBOOK_CASES").map_or_else(stands_by, PathBuf::from);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("shared suite, {section}: SKIPPED, there is no {}", path.display());
        return None;
    };
    let file = serde_json::from_str::<Value>(&text).unwrap();
    let cases = section.split('.').fold(&file, |place, name| &place[name]).as_array().unwrap().clone();
    assert!(!cases.is_empty());
    println!("shared suite, {section}: {} cases", cases.len());
    Some(cases)
}
