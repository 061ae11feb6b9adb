//! Why there is no code.

use crate::error::Error;

/// An error whose text is at hand: code, path and sentence, a line each, and a byte 0 at the end. JavaScript is handed the place where it
/// stands, so that the module need not put anything together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refusal(pub &'static str);

impl Refusal {
    /// For callers who are given a level as a text.
    pub const LEVEL: Refusal = Refusal("qr-level\nlevel\nThe level must be L, M, Q or H.\0");
    pub(super) const VERSION: Refusal = Refusal("qr-version\nversion\nThe version must be a whole number from 1 to 40.\0");
    pub(super) const LOGO: Refusal = Refusal(
        "qr-logo\nlogo\nA logo can take 1 to 25 percent of the width: more would hide what is needed to read the code.\0",
    );
    pub(super) const TOO_LONG: Refusal =
        Refusal("qr-too-long\ntext\nThe text is too long: a QR code holds 2,953 bytes at level L, and fewer at the others.\0");

    pub(super) fn error(self) -> Error {
        let mut lines = self.0.trim_end_matches('\0').split('\n');
        let mut line = || lines.next().unwrap_or_default();
        Error::new(line(), line(), line())
    }
}
