#![cfg_attr(all(target_arch = "wasm32", any(feature = "page", feature = "qr")), no_std)]
#![doc = "Growth tooling for web pages: one visitor, now (decide, track, score, refer); many visitors, later (learn)."]
//!
//! The core is pure: it is given the time, the random bytes and the page's facts, and answers with values and
//! effects. ARCHITECTURE.md shows the layers; `tests/layers.rs` enforces them.

extern crate alloc;

pub mod base;
pub mod client;
pub mod condition;
pub mod error;
pub mod event;
pub mod experiment;
pub mod referral;
pub mod scoring;
pub mod tracking;

#[cfg(feature = "insights")]
pub mod evaluate;
#[cfg(feature = "insights")]
pub mod growth;
#[cfg(feature = "insights")]
pub mod insights;
#[cfg(any(feature = "insights", feature = "models"))]
pub mod learned;
#[cfg(feature = "qr")]
pub mod qr;
#[cfg(feature = "insights")]
pub mod stats;

#[cfg(all(target_arch = "wasm32", any(feature = "insights", feature = "page")))]
pub mod browser;
#[cfg(target_arch = "wasm32")]
mod wasm;
