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

/// Parameters that advertising networks add to say which click it was; `tests/data/channels` says who adds which.
const CLICK_IDS: &str = "msclkid yclid bd_vid qhclickid gclid gbraid wbraid dclid gad_source gad_campaignid gclsrc ttclid twclid li_fat_id rdt_cid epik sccid ScCid qclid obclid dicbo tblci btid urid s_kwcid ef_id _openstat irclid irclickid cjevent awc mc_cid srsltid ysclid fbclid igshid igsh ko_click_id mtm_clid";

/// The same where the value names the one who got an e-mail: that there was one is all that is recorded.
const RECIPIENT_IDS: &str = "_kx mc_eid mkt_tok";

/// The campaign in an address as Segment's `context.campaign`, `{"source":…,"medium":…,"name":…,"term":…,"content":…}`
/// without what is absent; empty when the address names none. Empty parameters do not count.
pub fn of(address: &str) -> String {
    let mut out = Writer::begin('{');
    for (parameter, name) in &FIELDS {
        if let Some(value) = filled(address, parameter) {
            out.member(name, &value);
        }
    }
    whole(out)
}

/// The ids of clicks in an address, under the names of their parameters; empty when there is none.
pub fn clicks(address: &str) -> String {
    let mut out = Writer::begin('{');
    for name in url::pieces(Some(CLICK_IDS), b' ') {
        if let Some(id) = filled(address, name) {
            out.member(name, &id);
        }
    }
    for name in url::pieces(Some(RECIPIENT_IDS), b' ') {
        if filled(address, name).is_some() {
            out.member(name, "yes");
        }
    }
    whole(out)
}

fn filled(address: &str, parameter: &str) -> Option<String> {
    url::parameter(address, parameter).filter(|value| !value.is_empty())
}

/// An object; an empty text for one without members.
fn whole(out: Writer) -> String {
    if out.text.len() > 1 { out.end('}') } else { String::new() }
}
