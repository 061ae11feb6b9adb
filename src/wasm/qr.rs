//! The JavaScript boundary of the QR module.

use super::failure::Failure;
use crate::error::Error;
use crate::qr::{Code, Level};
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// Draws `text`, usually a link, as a QR code and returns an SVG document.
///
/// The code is black on white with a quiet zone of 4 modules, whatever the page's colours are, and has no size of its
/// own: it fills the width it is given. Text is encoded as UTF-8; digits alone, or capitals and digits alone, make
/// smaller codes. The same text gives the same code on every machine.
///
/// `level` says how much may be dirty or covered: `"L"` 7 %, `"M"` 15 %, `"Q"` 25 %, `"H"` 30 %. Without it, the level is
/// M, or L for a text that only fits so.
///
/// Throws an `Error` with `code` `"qr-too-long"` when no code is large enough (beyond 2,953, 2,331, 1,663 and 1,273 bytes
/// at the four levels), or `"qr-level"` for another level; `path` names the argument.
///
/// ```js
/// document.querySelector("#code").innerHTML = qr_svg("https://example.com/?ref=ABC234XY");
/// ```
#[wasm_bindgen]
pub fn qr_svg(
    text: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "\"L\" | \"M\" | \"Q\" | \"H\"")] level: Option<char>,
) -> Result<String, Failure> {
    Ok(code(text, level)?.svg())
}

fn code(text: &str, level: Option<char>) -> Result<Code, Error> {
    let level = match level {
        None => return Code::usual(text),
        Some('L') => Level::L,
        Some('M') => Level::M,
        Some('Q') => Level::Q,
        Some('H') => Level::H,
        Some(_) => return Err(Error::new("qr-level", "level", "The level must be L, M, Q or H.")),
    };
    Code::new(text, level)
}
