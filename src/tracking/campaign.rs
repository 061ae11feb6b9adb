//! Which campaign brought the visitor.

use crate::base::{
    json::{Json, Writer},
    url,
};
use alloc::{string::String, vec::Vec};

/// Query parameters and the names that Segment's `context.campaign` gives them.
const FIELDS: [(&str, &str); 5] = [
    ("utm_source", "source"),
    ("utm_medium", "medium"),
    ("utm_campaign", "name"),
    ("utm_term", "term"),
    ("utm_content", "content"),
];

/// The `utm_*` parameters of the address a visit began with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Campaign(Vec<(String, String)>);

impl Campaign {
    /// The campaign in an address; `None` when it names none. Empty parameters do not count.
    pub fn of(address: &str) -> Option<Campaign> {
        let value = |parameter| url::parameter(address, parameter).filter(|value| !value.is_empty());
        Campaign::some(FIELDS.into_iter().filter_map(|(parameter, name)| Some((name.into(), value(parameter)?))).collect())
    }

    /// The campaign as it was written by [`Campaign::write`].
    pub fn read(written: Json<'_>) -> Option<Campaign> {
        Campaign::some(
            FIELDS.into_iter().filter_map(|(_, name)| Some((name.into(), written.get(name)?.filled()?.into_owned()))).collect(),
        )
    }

    /// Writes `{"source":…,"medium":…,"name":…,"term":…,"content":…}`, without what is absent.
    pub fn write(&self, out: &mut Writer) {
        out.open('{');
        for (name, value) in &self.0 {
            out.key(name).string(value);
        }
        out.close('}');
    }

    fn some(fields: Vec<(String, String)>) -> Option<Campaign> {
        (!fields.is_empty()).then_some(Campaign(fields))
    }
}
