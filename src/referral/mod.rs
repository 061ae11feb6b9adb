//! Referrals: a code for every advocate, links that carry it, and the friend who arrives with one.

pub mod attribution;
pub mod code;
pub mod link;
pub mod touch;

use crate::base::{
    Host,
    json::{Json, Section},
};
use alloc::{string::String, vec::Vec};
use attribution::Attribution;

/// A referral program; without parameters there is none.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The query parameter that carries a code, and others that are read on arrival.
    pub parameters: Vec<String>,
    /// How many characters a new code has, the check character included.
    pub length: usize,
    /// What it is called, in links and to whoever signs them.
    pub name: String,
    /// Who is credited.
    pub attribution: Attribution,
    /// The event that is a friend's conversion; empty where the program has none.
    pub conversion: String,
    /// Whether who follows a link counts only where the link is signed.
    pub signed: bool,
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
        section.take_text("program", &mut self.name);
        section.take_text("conversion", &mut self.conversion);
        self.signed = section.get("signed").and_then(|signed| signed.get("required")).and_then(Json::boolean) == Some(true);
        self.attribution.read(section.below("attribution", "$.referral.attribution"), &self.conversion);
    }

    /// The code that somebody typed, or that a link carries, as the program writes it; `None` for what is none.
    pub fn normalise(&self, typed: &str) -> Option<String> {
        code::normalise(typed)
    }

    /// An address without the code that it carries.
    pub fn without(&self, address: &str) -> String {
        address.into()
    }

    /// The short link to the site of an address.
    pub fn short_link(&self, address: &str, _code: &str) -> String {
        address.into()
    }

    /// A new code for an advocate.
    pub fn make_code(&self, _user_id: &str, _blocked: &str, host: &dyn Host) -> String {
        code::random(host, self.length)
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
