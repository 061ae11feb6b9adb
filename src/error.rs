//! The one error type: a stable code, the place, and a sentence somebody can act on.

use alloc::string::String;
use core::fmt;

/// What is wrong with a definition, where, and what to do about it.
///
/// ```
/// let error = privateer::error::Error::new("wrong-type", "", "Points must be a number.").within(".points").within("$.scoring.rules[2]");
/// assert_eq!(error.to_string(), "wrong-type at $.scoring.rules[2].points: Points must be a number.");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// A stable word for programs, such as `wrong-type`.
    pub code: &'static str,
    /// Where in the document, such as `$.scoring.rules[2].points`; empty when there is no document.
    pub path: String,
    /// A plain sentence.
    pub message: String,
}

impl Error {
    /// An error at `path`, which may be relative: see [`Error::within`].
    pub fn new(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Error {
        Error { code, path: path.into(), message: message.into() }
    }

    /// The same error seen from one level further out: `step` is put before its path.
    ///
    /// Paths are built on the way up, so that reading without mistakes builds none.
    #[must_use]
    pub fn within(mut self, step: &str) -> Error {
        self.path = [step, &self.path].concat(); // not insert_str: its assertion brings number formatting
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [self.code, if self.path.is_empty() { "" } else { " at " }, &self.path, ": ", &self.message] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}
