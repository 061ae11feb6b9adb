//! What the page says about itself.

use crate::base::json::{Document, Json, Writer};
use alloc::string::String;

/// The page and the browser, as Segment's `context` describes them:
/// `{"page":{"path","referrer","search","title","url"},"locale","timezone","userAgent"}`.
///
/// The page writes it itself, which costs fewer bytes than reading and writing every field here.
#[derive(Debug, Default)]
pub struct Page(pub Document);

impl Page {
    /// Its address.
    pub fn url(&self) -> String {
        self.field("url")
    }

    /// Its title.
    pub fn title(&self) -> String {
        self.field("title")
    }

    /// The page's own fields, an object.
    pub fn location(&self) -> Option<Json<'_>> {
        self.0.get("page")
    }

    /// Writes the members of the context.
    pub fn write(&self, out: &mut Writer) {
        for member in self.0.root().into_iter().filter(|root| root.is_object()).flat_map(Json::children) {
            out.member(member);
        }
    }

    fn field(&self, name: &str) -> String {
        self.location().and_then(|page| page.get(name)?.string()).unwrap_or_default().into_owned()
    }
}
