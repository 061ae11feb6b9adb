//! The map of the crate, checked: a module may use only modules on a lower line.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use std::{fs, path::Path};

const LAYERS: &[&[&str]] = &[
    &["error"],
    &["base"],
    &["qr", "stats", "learned"],
    &["event", "condition", "evaluate"],
    &["experiment", "tracking", "scoring", "referral"],
    &["client", "growth", "insights"],
    &["browser"],
    &["wasm"],
    &["module"],    // a package of its own, which exports all of the above
    &["predictor"], // one, too: `learned/run` alone
];

/// Only these know that there is a browser, a clock, a source of random bytes.
const OUTSIDE: [&str; 2] = ["browser", "wasm"];
const OUTSIDE_WORLD: [&str; 6] = ["web_sys", "js_sys", "wasm_bindgen", "SystemTime", "Instant::now", "getrandom"];

/// A longer file holds more than one idea.
const LONGEST: usize = 400;

struct File {
    path: String,
    module: String,
    text: String,
}

#[test]
fn modules_only_look_down() {
    for File { path, module, text } in sources() {
        for used in uses(&text).filter(|used| *used != module) {
            assert!(layer(used) < layer(&module), "{path}: `{module}` looks up, or aside, at `{used}`");
        }
    }
}

#[test]
fn the_core_never_touches_the_outside_world() {
    for File { path, text, .. } in sources().into_iter().filter(|file| !OUTSIDE.contains(&file.module.as_str())) {
        for name in OUTSIDE_WORLD {
            // `serde_wasm_bindgen` would be found too, and rightly.
            assert!(!text.contains(name), "{path} mentions `{name}`");
        }
    }
}

#[test]
fn a_file_holds_one_idea() {
    for File { path, text, .. } in sources() {
        assert!(text.lines().count() <= LONGEST, "{path} is longer than {LONGEST} lines");
    }
}

#[test]
fn every_module_is_on_the_map_and_every_place_on_the_map_is_a_module() {
    let modules: Vec<String> = sources().into_iter().map(|file| file.module).collect();
    for module in &modules {
        layer(module);
    }
    for place in LAYERS.concat() {
        assert!(modules.iter().any(|module| module == place), "there is no module `{place}`");
    }
}

#[test]
fn uses_are_found_in_lists_and_paths() {
    let text = "use crate::{base::{Host, Time}, error::Error};\nuse crate::event::Kind;\nlet x = crate::tracking::page::Page(y);";
    assert_eq!(uses(text).collect::<Vec<_>>(), ["base", "error", "event", "tracking"]);
}

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|line| line.contains(&module)).unwrap_or_else(|| panic!("`{module}` is on no layer"))
}

fn sources() -> Vec<File> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    gather(&root, &root, &mut found);
    assert!(found.len() > 20, "the sources are in {}", root.display());
    found
}

fn gather(root: &Path, folder: &Path, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("src/lib.rs") {
            let inside = path.strip_prefix(root).unwrap().with_extension("");
            let module = inside.iter().next().unwrap().to_str().unwrap().to_owned();
            found.push(File { path: path.display().to_string(), module, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The modules named after `crate::`, also in a list such as `use crate::{base::Time, error::Error}`.
fn uses(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
        Some(list) => first_names(list),
        None => vec![name(rest)],
    })
}

/// The name at the start of every entry of a braced list, not of the lists inside it.
fn first_names(list: &str) -> Vec<&str> {
    let mut names = vec![name(list.trim_start())];
    let mut depth = 1;
    for (at, letter) in list.char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 {
            break;
        }
        if depth == 1 && letter == ',' {
            names.push(name(list[at + 1..].trim_start()));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or("")
}
