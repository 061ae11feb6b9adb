//! Where a link may lead: no open redirects.

use super::Program;
use crate::{
    base::{Host, text::cut, url::Address},
    error::Error,
    referral::sentence,
};
use alloc::string::String;

impl Program {
    /// Where `target`, which came from outside (as `?to=` does), leads from `page`, as the browser writes that address whole.
    /// The answer is what is to be followed, not `target`: it alone was judged.
    ///
    /// It leads over http or https, to the page's own host or to one that the program names, without a user's name. Hosts are
    /// compared as browsers write them, so one in Unicode is the same in punycode; a port other than the scheme's own belongs to
    /// the host.
    ///
    /// # Errors
    ///
    /// `no-web-address` for another scheme, a user's name, and for what no careful person writes: backslashes and control
    /// characters (tabs and line ends among them), which browsers read as slashes or not at all. `foreign-host` for other hosts.
    pub fn guard(&self, target: &str, page: &str, host: &dyn Host) -> Result<String, Error> {
        let (code, message) = match web_address(target, page, host) {
            None => ("no-web-address", sentence("This is no address of the web that can be followed.")),
            Some(whole) if self.leads_to(&whole, page, host) => return Ok(whole),
            Some(_) => ("foreign-host", sentence("This leads to a host that referral.hosts does not name.")),
        };
        Err(Error::new(code, "", message))
    }

    fn leads_to(&self, whole: &str, page: &str, host: &dyn Host) -> bool {
        let scheme = cut(whole, b':').0;
        let found = Address::of(whole).host;
        found == Address::of(page).host
            || self.links.hosts.iter().any(|named| {
                let under = named.strip_prefix("*.");
                let Some(named) = host.resolve_url(&[scheme, "://", under.unwrap_or(named)].concat(), whole) else {
                    return false;
                };
                let named = Address::of(&named).host;
                if under.is_some() { found.ends_with(&[".", named].concat()) } else { found == named }
            })
    }
}

/// A target, whole, if it is an address of the web without a trick.
fn web_address(target: &str, page: &str, host: &dyn Host) -> Option<String> {
    if target.bytes().any(|byte| byte < b' ' || matches!(byte, b'\\' | 0x7f)) {
        return None;
    }
    let whole = host.resolve_url(target, page)?;
    let (scheme, rest) = cut(&whole, b':');
    // Behind a user's name the host would stand elsewhere.
    let plain = rest?.starts_with(&["//", Address::of(&whole).host, "/"].concat());
    (plain && matches!(scheme, "http" | "https")).then_some(whole)
}
