//! Links that carry a code, there and back.

use super::{Program, code};
use crate::base::{Host, url};
use alloc::string::String;

impl Program {
    /// `address` with `code` added; everything else in it stays as it is.
    pub fn link(&self, address: &str, code: &str, _channel: &str) -> String {
        url::with_parameter(address, self.parameters.first().map_or("ref", String::as_str), code)
    }

    /// The code that an address carries, under the program's parameter or an alias; nothing when there is none. What is no valid code, such as
    /// another product's `ref`, is none of ours.
    pub fn incoming(&self, address: &str, _host: &dyn Host) -> String {
        for name in &self.parameters {
            if let Some(code) = url::parameter(address, name).and_then(|typed| code::normalise(&typed)) {
                return code;
            }
        }
        String::new()
    }
}
