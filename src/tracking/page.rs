//! What the page says about itself.

use crate::base::json::{Document, Json, Writer};

/// The page and the browser, as Segment's `context` describes them:
/// `{"page":{"path","referrer","search","title","url"},"locale","timezone","userAgent"}`.
///
/// The page writes it itself, which costs fewer bytes than reading and writing every field here.
#[derive(Debug, Default)]
pub struct Page(pub Document);

impl Page {
    /// Its address.
    pub fn url(&self) -> &str {
        self.field("url")
    }

    /// Its title.
    pub fn title(&self) -> &str {
        self.field("title")
    }

    /// The browser's name for itself.
    pub fn user_agent(&self) -> &str {
        self.0.root().and_then(|page| page.get_string("userAgent")).unwrap_or("")
    }

    /// The page's own fields, an object.
    pub fn location(&self) -> Option<Json<'_>> {
        self.0.get("page")
    }

    /// Writes the members of the context.
    pub fn write(&self, out: &mut Writer) {
        out.members(self.0.root(), None);
    }

    fn field(&self, name: &str) -> &str {
        self.location().and_then(|page| page.get_string(name)).unwrap_or("")
    }
}
