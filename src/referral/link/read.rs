//! Reading what a site says about its links.

use super::Links;
use crate::base::{json::Section, url::pieces};
use alloc::{string::String, vec::Vec};

/// What the field's products call the parameter of a referral: Tapfiliate and Tolt `ref`, Dub and Rewardful `via`, RefRef `refcode`,
/// Cello `ucc`. Shorter ones, such as `r`, are too often something else's.
const USUAL: &str = "ref via refcode ucc";

impl Links {
    /// Reads `parameter`, `aliases`, `path`, `hosts` and `clean_address` of the section `referral`. Aliases that a site names stand
    /// in place of the usual ones: an empty list means that the parameter alone is read.
    pub fn read(&mut self, section: &mut Section<'_, '_>) {
        self.parameters.push(parameter(section).unwrap_or("ref").into());
        texts(section, "aliases", &mut self.parameters);
        if section.get("aliases").is_none() {
            for name in pieces(Some(USUAL), b' ') {
                if !self.parameters.iter().any(|known| known == name) {
                    self.parameters.push(name.into());
                }
            }
        }
        if let Some(path) = path(section) {
            self.path = path.into();
        }
        texts(section, "hosts", &mut self.hosts);
        self.cleans = section.flag("clean_address", false);
    }
}

/// A name that would need encoding could not be put into an address as it is.
pub fn parameter<'d>(section: &mut Section<'d, '_>) -> Option<&'d str> {
    let name = section.text("parameter")?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !plain {
        section.problem("wrong-type", "parameter", "A parameter has letters, digits, - and _ only.");
    }
    plain.then_some(name)
}

/// A path in which a code can be told from what stands before it.
fn path<'d>(section: &mut Section<'d, '_>) -> Option<&'d str> {
    let path = section.text("path")?;
    let whole = path.starts_with('/') && path.ends_with('/') && !path.bytes().any(|byte| matches!(byte, b'?' | b'#'));
    if !whole {
        section.problem("wrong-type", "path", "A path begins and ends with /, such as /r/.");
    }
    whole.then_some(path)
}

/// Texts that name something: no empty ones, and none with the marks between the parts of an address.
fn texts(section: &mut Section<'_, '_>, name: &str, found: &mut Vec<String>) {
    for item in section.items(name) {
        let text = item.string().unwrap_or("");
        if text.is_empty() || text.bytes().any(|byte| matches!(byte, b'/' | b'?' | b'#' | b'@' | b'\\' | b' ')) {
            section.problem("wrong-type", name, "Names belong here, without spaces and slashes.");
        } else {
            found.push(text.into());
        }
    }
}
