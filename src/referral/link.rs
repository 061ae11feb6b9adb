//! Links that carry a code, there and back.

use super::{Program, code};
use crate::base::url;
use alloc::string::String;

impl Program {
    /// `address` with `code` added; everything else in it stays as it is.
    pub fn link(&self, address: &str, code: &str) -> String {
        url::with_parameter(address, &self.parameter, code)
    }

    /// The code that an address carries, under the program's parameter or an alias. What is no valid code, such as
    /// another product's `ref`, is none of ours.
    pub fn incoming(&self, address: &str) -> Option<String> {
        let names = core::iter::once(&self.parameter).chain(&self.aliases);
        names.filter_map(|name| url::parameter(address, name)).find_map(|typed| code::normalise(&typed))
    }
}
