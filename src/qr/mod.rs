//! QR codes for links: text in, a square of dark and light modules out, and its drawing as SVG.
//!
//! Encoded by Project Nayuki's `qrcodegen-no-heap`: the reference generator itself, and the smallest of the kept
//! crates. Measured as a module of its own, after wasm-opt, brotli: 6.4 KB; `qrcodegen` takes 11.0, `fast_qr` 14.9.
//! It brings no formatting and no standard library, which is what the others are heavy with.
//!
//! Numeric and alphanumeric text is packed tighter than bytes: a link in capitals takes a smaller code. Everything
//! else is written as UTF-8 bytes, which every current scanner reads.

mod svg;

use crate::error::Error;
use alloc::{vec, vec::Vec};
use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

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
        let mut scratch = vec![0; Version::MAX.buffer_len()];
        let mut modules = scratch.clone();
        // No boost: the level is the one that was asked for, also where a higher one would fit.
        let code = QrCode::encode_text(text, &mut scratch, &mut modules, level.into(), Version::MIN, Version::MAX, None, false);
        let code = code.map_err(|_| too_long())?;
        let side = code.size();
        let dark = (0..side * side).map(|place| code.get_module(place % side, place / side)).collect();
        Ok(Code { side: side as usize, dark })
    }

    /// The smallest code at level M; at level L when the text is too long for that.
    ///
    /// # Errors
    /// `qr-too-long` beyond 2,953 UTF-8 bytes, 4,296 capitals and digits, or 7,089 digits.
    pub fn usual(text: &str) -> Result<Code, Error> {
        Code::new(text, Level::M).or_else(|_| Code::new(text, Level::L))
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

impl From<Level> for QrCodeEcc {
    fn from(level: Level) -> QrCodeEcc {
        match level {
            Level::L => QrCodeEcc::Low,
            Level::M => QrCodeEcc::Medium,
            Level::Q => QrCodeEcc::Quartile,
            Level::H => QrCodeEcc::High,
        }
    }
}

fn too_long() -> Error {
    Error::new("qr-too-long", "text", "The text is too long: a QR code holds 2,953 bytes at level L, and fewer at the others.")
}
