//! The wasm module: everything that `privateer` exports to JavaScript.
#![no_std]
pub use privateer::*;
