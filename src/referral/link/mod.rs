//! Links that carry a code, there and back.
//!
//! Addresses are edited as text, see [`crate::base::url`]: a host in Unicode or punycode, an odd encoding, an empty parameter or a
//! fragment of any form is as it was.

mod arrive;
mod guard;
mod read;
mod tags;
mod write;

pub(super) use read::parameter;
pub use tags::medium;
pub use write::Advocate;

use super::Program;
use alloc::{string::String, vec::Vec};

/// Where a program's codes stand in addresses, and where its links may lead.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The query parameter that carries a code, and others that are read on arrival, in the order in which they are asked.
    pub parameters: Vec<String>,
    /// What stands before the code in the path of a short link, such as `/r/`; empty where there are none.
    pub path: String,
    /// Hosts that links may lead to besides the page's own: each stands for itself, `*.example.com` for all under `example.com`.
    pub hosts: Vec<String>,
    /// Whether the address bar shows no code once it was captured.
    pub cleans: bool,
}

impl Program {
    /// The code that a text stands for. What is no valid code, such as another product's `ref`, is none of ours.
    fn code_in(&self, typed: &str) -> Option<String> {
        self.codes.normalise(typed)
    }
}
