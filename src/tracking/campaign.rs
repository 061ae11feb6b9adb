//! Which campaign brought the visitor, and which click on an advertisement.

use crate::base::{json::Writer, url};
use alloc::string::String;

/// Query parameters and the names that Segment's `context.campaign` gives them.
const FIELDS: [(&str, &str); 5] = [
    ("utm_source", "source"),
    ("utm_medium", "medium"),
    ("utm_campaign", "name"),
    ("utm_term", "term"),
    ("utm_content", "content"),
];

/// Parameters that advertising networks add to say which click it was.
const CLICK_IDS: &str = "gclid gclsrc gad_source gad_campaignid gbraid wbraid dclid srsltid fbclid msclkid ttclid twclid li_fat_id igshid rdt_cid epik sccid qclid irclid yclid ysclid _openstat mkt_tok s_kwcid ef_id cjevent awc obclid dicbo tblci mc_cid mc_eid ko_click_id btid urid mtm_clid _kx";

/// The campaign in an address as Segment's `context.campaign`, `{"source":…,"medium":…,"name":…,"term":…,"content":…}`
/// without what is absent; empty when the address names none. Empty parameters do not count.
pub fn of(address: &str) -> String {
    gather(address, FIELDS.into_iter())
}

/// The ids of clicks in an address, under the names of their parameters; empty when there is none.
pub fn clicks(address: &str) -> String {
    gather(address, CLICK_IDS.split(' ').map(|name| (name, name)))
}

fn gather<'n>(address: &str, fields: impl Iterator<Item = (&'n str, &'n str)>) -> String {
    let mut out = Writer::begin('{');
    for (parameter, name) in fields {
        if let Some(value) = url::parameter(address, parameter).filter(|value| !value.is_empty()) {
            out.member(name, &value);
        }
    }
    if out.text.len() > 1 { out.end('}') } else { String::new() }
}
