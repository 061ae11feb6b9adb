//! What the page says about itself.

use crate::base::json::{Document, Json, Writer, children, merge};

/// The member that is no part of the context.
pub const ARRIVAL: &str = "arrival";

/// The page and the browser, as Segment's `context` describes them:
/// `{"page":{"path","referrer","search","title","url"},"locale","timezone","userAgent",…}`, and beside it `arrival`, which
/// is no part of the context: `{"owner","window","id","carried","channel","clicks","tagged","refused"}`, how the visitor came here.
///
/// The page writes it itself, which costs fewer bytes than reading and writing every field here.
#[derive(Debug, Default)]
pub struct Page(pub Document);

impl Page {
    /// Its address.
    pub fn url(&self) -> &str {
        self.field("url")
    }

    /// The same as the browser has it, where the harness took something out: experiments go by it, and nobody is told.
    pub fn address(&self) -> &str {
        Some(self.arrival_text("address")).filter(|address| !address.is_empty()).unwrap_or(self.url())
    }

    /// Its title.
    pub fn title(&self) -> &str {
        self.field("title")
    }

    /// The browser's name for itself.
    pub fn user_agent(&self) -> &str {
        self.0.root().and_then(|page| page.get_string("userAgent")).unwrap_or("")
    }

    /// The page that led here, or nothing.
    pub fn referrer(&self) -> &str {
        self.field("referrer")
    }

    /// The page's own fields, an object.
    pub fn location(&self) -> Option<Json<'_>> {
        self.0.get("page")
    }

    /// How the visitor came here.
    pub fn arrival(&self, name: &str) -> Option<Json<'_>> {
        self.0.get(ARRIVAL)?.get(name)
    }

    /// The same as a text; empty where it is none.
    pub fn arrival_text(&self, name: &str) -> &str {
        self.arrival(name).and_then(Json::string).unwrap_or("")
    }

    /// Writes the members of the context; with `tagged` the address with the ids of clicks, where the harness took them out.
    pub fn write(&self, tagged: bool, out: &mut Writer) {
        let whole = self.arrival("tagged").filter(|_| tagged);
        for member in children(self.0.root().filter(|page| page.is_object())) {
            if member.is_named("page") && whole.is_some() {
                out.key("page").raw(&merge(Some(member), whole));
            } else if !member.is_named(ARRIVAL) {
                out.key(member.name()).raw(member.text());
            }
        }
    }

    fn field(&self, name: &str) -> &str {
        self.location().and_then(|page| page.get_string(name)).unwrap_or("")
    }
}
