//! Distributions, and the interval that everything rests on: a small kernel of our own on `libm`, so that results are the same in every browser.
//!
//! Each function is accurate *relatively*, far into the tails: a p value of 1e-80 is 1e-80, not 0. The crates we
//! measured lose the tails or weigh more. Everything is closed form or a convergent fraction; nothing is random.

mod chi_square;
mod gamma;
mod lowest;
mod normal;
mod order;
mod wilson;

pub use chi_square::ChiSquare;
pub use lowest::lowest;
pub use normal::Normal;
pub use order::{order, sorted};
pub use wilson::{critical, wilson};
