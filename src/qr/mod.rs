//! QR codes for links: text in, a square of dark and light modules out, and its drawing as SVG.
//!
//! Model 2 of ISO/IEC 18004:2015, versions 1 to 40, levels L to H, written here because both crates we measured
//! (`fast_qr`, `qrcodegen`) bring 15 KB of compressed WebAssembly, four times this module. It chooses as Project Nayuki's
//! reference generator does (one segment for the whole text, smallest version, lowest penalty), so codes can be
//! compared module by module; `tests/qr.rs` does.
//!
//! Numeric and alphanumeric text is packed tighter than bytes: a link in capitals takes a smaller code.
//! Everything else is written as UTF-8 bytes, which every current scanner reads.

mod blocks;
mod matrix;
mod penalty;
mod segment;
mod svg;
mod version;

use crate::error::Error;
use alloc::vec::Vec;

/// How much of a code may be dirty or hidden and still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// About 7 % of the codewords can be restored.
    L,
    /// About 15 %: the usual choice for screens and clean paper.
    M,
    /// About 25 %.
    Q,
    /// About 30 %: for stickers, or a logo in the middle.
    H,
}

/// A finished code: a square of modules, without its quiet zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The smallest code at `level` that holds `text`.
    ///
    /// # Errors
    /// `qr-too-long` when no version is large enough: at level M beyond 2,331 UTF-8 bytes, 3,391 capitals and
    /// digits, or 5,596 digits.
    ///
    /// ```
    /// use privateer::qr::{Code, Level};
    /// let code = Code::new("HTTPS://EXAMPLE.COM/R/ABC234XY", Level::M)?;
    /// assert_eq!(code.side(), 25); // version 2
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn new(text: &str, level: Level) -> Result<Code, Error> {
        let version = version::smallest(text, level).ok_or_else(too_long)?;
        let words = segment::codewords(text, version, level);
        Ok(matrix::draw(version, level, &blocks::interleave(&words, version, level)))
    }

    /// Modules per edge: 21 for version 1, 4 more for each further version, 177 at most.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether the module in column `x` of row `y` is dark; outside the code everything is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }
}

fn too_long() -> Error {
    Error::new("qr-too-long", "text", "This text is too long for a QR code. Shorten the link, or lower the level.")
}
