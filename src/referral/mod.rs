//! Referrals: a code for every advocate, links that carry it, and the friend who arrives with one.

pub mod code;
pub mod link;

use crate::base::json::Section;
use alloc::{string::String, vec::Vec};

/// A referral program; without parameters there is none.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The query parameter that carries a code, and others that are read on arrival.
    pub parameters: Vec<String>,
    /// How many characters a new code has, the check character included.
    pub length: usize,
}

impl Program {
    /// Reads the section `referral` of a site definition.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        self.parameters.push(parameter(&mut section).unwrap_or("ref").into());
        for alias in section.items("aliases") {
            if let Some(alias) = alias.string() {
                self.parameters.push(alias.into());
            }
        }
        self.length = section.whole("length", 8, 4, 20) as usize;
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !self.parameters.is_empty()
    }
}

/// A name that would need encoding could not be put into an address as it is.
fn parameter<'d>(section: &mut Section<'d, '_>) -> Option<&'d str> {
    let name = section.text("parameter")?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !plain {
        section.problem("wrong-type", "parameter", "A parameter has letters, digits, - and _ only.");
    }
    plain.then_some(name)
}
