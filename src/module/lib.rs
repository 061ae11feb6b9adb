//! The wasm module: everything that `privateer` exports to JavaScript.
#![cfg_attr(target_arch = "wasm32", no_std)]

#[cfg(all(target_arch = "wasm32", feature = "qr"))]
mod draw;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod memory;

pub use privateer::*;
