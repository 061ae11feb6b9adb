//! The module that asks a learned model in the page. One model an instance, so that memory needs no allocator: who loads it makes
//! memory grow and puts the file there; its unfolded trees follow, then a row, then the outcome. `www/harness/learned.js` does so.
#![cfg_attr(target_arch = "wasm32", no_std)]

#[cfg(target_arch = "wasm32")]
#[allow(dead_code, unused_imports)] // The importers use more of it.
#[path = "../learned/run/mod.rs"]
mod run;

#[cfg(target_arch = "wasm32")]
mod memory;
