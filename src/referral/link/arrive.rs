//! Who comes with a code: reading an address.

use super::Program;
use crate::base::{
    text::cut,
    url::{self, Address},
};
use alloc::string::String;

impl Program {
    /// The code that a whole address carries: of the parameter, of the aliases in their order, of the path; nothing when there is
    /// none. The first valid one counts, so `?ref=producthunt&via=…` is a friend all the same.
    pub fn incoming(&self, address: &str) -> String {
        let query = url::split(address).query;
        for name in &self.links.parameters {
            for pair in url::pieces(query, b'&') {
                let (key, value) = cut(pair, b'=');
                if url::decode(key) == *name
                    && let Some(code) = self.code_in(&url::decode(value.unwrap_or("")))
                {
                    return code;
                }
            }
        }
        self.code_in_path(Address::of(address).path).unwrap_or_default()
    }

    /// The code of a short link: `/r/CODE`, also below another path, with a slash after it, percent-encoded. Capitals and small
    /// letters are the same here, because a link in capitals makes a smaller QR code.
    pub(super) fn code_in_path(&self, path: &str) -> Option<String> {
        let path = url::decode(path);
        let path = path.strip_suffix('/').unwrap_or(&path);
        let last = path.bytes().rposition(|byte| byte == b'/')? + 1;
        let own = path.get(last.checked_sub(self.links.path.len())?..last)?;
        if own.is_empty() || !own.eq_ignore_ascii_case(&self.links.path) {
            return None;
        }
        self.code_in(path.get(last..)?)
    }
}
