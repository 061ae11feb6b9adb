//! What several test files share. Each uses its part, so the rest is unused there.
#![allow(dead_code)]

pub mod cases;
pub mod codes;
pub mod engine;
pub mod host;
pub mod random_rewards;
pub mod rewarded;
pub mod scored;
pub mod statistics;
pub mod visit;
