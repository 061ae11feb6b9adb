//! QR codes for links: text in, a square of dark and light modules out, and its drawing as SVG.
//!
//! The encoder is our own, for the smallest of the kept crates (Project Nayuki's `qrcodegen-no-heap`) is too large and too slow: its
//! choice of a mask asks for each module by itself, some fifty times over, and takes nine tenths of the time; here it is made for 48
//! modules of a line at once. `tests/qr.rs` compares every module with that project's reference generator.
//!
//! **What is written.** A text of ASCII characters is cut into digits, capitals with digits, and bytes so that it takes the
//! fewest bits: a code in capitals is packed tighter even where the rest of the link is not. Any other text is one run of UTF-8
//! bytes, without an ECI header: readers guess the character set of each run by itself and guess UTF-8 from a whole one, while
//! some refuse codes with a header.

mod blocks;
mod code;
mod fixed;
mod format;
mod grid;
mod logo;
mod mask;
mod penalty;
mod refusal;
mod segment;
mod svg;
mod upper;

#[doc(hidden)]
pub use refusal::Refusal;
pub use segment::{Mode, Run, runs};
pub use upper::{Upper, upper};

use crate::error::Error;
use grid::Grid;

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

/// What a code is to be like. The default is the smallest code of the usual level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Without one, M, or L for a text that only fits so. With a logo it is H, whatever stands here.
    pub level: Option<Level>,
    /// The smallest version to use, 1 to 40, so that codes of texts of different length have one size; 0 is 1. A text that needs
    /// more gets a larger one.
    pub version: u8,
    /// How much of the width, in percent, a square in the middle takes that is kept free for a logo: at most [`Options::LOGO`]; 0 for none.
    pub logo: u8,
    /// Which parts of a link are put in capitals, which take less room.
    pub upper: Upper,
}

impl Options {
    /// The widest logo, in percent of the code's width without its quiet zone.
    ///
    /// A quarter of the width is a sixteenth of the modules, or less. Counted for each of the 40 versions at
    /// level H, what it covers of a block is never more than 8 of the 11 codewords that can be restored there (version 13); in 36
    /// versions it is half of them or less. The rest is for dirt and for bad light. `tests/qr_logo.rs` counts anew.
    pub const LOGO: u8 = 25;
}

/// A finished code: a square of modules, without its quiet zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    grid: Grid,
    mask: usize,
    /// The side of the square in the middle that is free; 0 for none.
    logo: usize,
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
        Code::with(text, &Options { level: Some(level), ..Options::default() })
    }

    /// The smallest code at level M; at level L when the text is too long for that.
    ///
    /// # Errors
    /// `qr-too-long` beyond 2,953 UTF-8 bytes, 4,296 capitals and digits, or 7,089 digits.
    pub fn usual(text: &str) -> Result<Code, Error> {
        Code::with(text, &Options::default())
    }

    /// The smallest code that holds `text` and is as the options say.
    ///
    /// # Errors
    /// `qr-version` for a version beyond 40, `qr-logo` for a logo wider than [`Options::LOGO`] percent, `qr-too-long` when no version
    /// is large enough.
    ///
    /// ```
    /// use privateer::qr::{Code, Options, Upper};
    /// // In small letters the same link takes version 3.
    /// let short = Options { upper: Upper::Path, ..Options::default() };
    /// assert_eq!(Code::with("https://example.com/r/abc234xy", &short)?.side(), 25);
    /// // With a logo, level H: version 3, 29 modules a side, of which 7 are the logo's.
    /// let logo = Code::with("https://example.com/r/abc234xy", &Options { logo: 25, ..short })?;
    /// assert_eq!((logo.side(), logo.logo()), (29, 7));
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn with(text: &str, options: &Options) -> Result<Code, Error> {
        Code::drawn(text, options).map_err(Refusal::error)
    }

    /// As [`Code::with`]; what is wrong as a text that stands ready.
    #[doc(hidden)]
    pub fn drawn(text: &str, options: &Options) -> Result<Code, Refusal> {
        options.check()?;
        let mut written = text.as_bytes().to_vec();
        written.iter_mut().take(upper::end(text.as_bytes(), options.upper)).for_each(|byte| byte.make_ascii_uppercase());
        let level = if options.logo > 0 { Some(Level::H) } else { options.level };
        let code = |level| code::encoded(&written, level, options.version.max(1).into());
        let code = code(level.unwrap_or(Level::M)).or_else(|| if level.is_none() { code(Level::L) } else { None });
        let mut code = code.ok_or(Refusal::TOO_LONG)?;
        code.logo = logo::side(code.side(), options.logo);
        Ok(code)
    }

    /// Modules per edge: 21 for version 1, 4 more for each further version, 177 at most.
    pub fn side(&self) -> usize {
        self.grid.side
    }

    /// How wide the square in the middle is that is kept free for a logo, in modules: an odd number, or 0.
    pub fn logo(&self) -> usize {
        self.logo
    }

    /// Whether the module in column `x` of row `y` is dark; outside the code everything is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side() && y < self.side() && !logo::covers(self, x, y) && self.grid.is_dark(x, y, mask::inverts(self.mask, x, y))
    }
}

impl Options {
    fn check(&self) -> Result<(), Refusal> {
        if self.version > 40 {
            return Err(Refusal::VERSION);
        }
        if self.logo > Options::LOGO {
            return Err(Refusal::LOGO);
        }
        Ok(())
    }
}
