//! By what a model is told from others.

use crate::base::{
    Host,
    hash::Fnv,
    json::{Json, Writer, print_number},
    text::push_digits,
};
use alloc::string::String;

/// The hash of a model's canonical form, 16 hexadecimal digits: FNV-1a with 32 bits of the form, then of the form after itself.
pub fn version(model: Option<Json<'_>>, host: &dyn Host) -> String {
    let mut out = Writer::default();
    if let Some(model) = model {
        write_canonical(&mut out, model, host);
    }
    let once = Fnv::START.text(&out.text);
    let mut version = String::new();
    for half in [once, once.text(&out.text)] {
        push_digits(&mut version, half.value().into(), 16, 8);
    }
    version
}

/// JSON Canonicalization Scheme (RFC 8785): members by name, no space, numbers as ECMAScript prints them. Names beyond U+FFFF are
/// ordered by code points, where the scheme has UTF-16 units.
fn write_canonical(out: &mut Writer, value: Json<'_>, host: &dyn Host) {
    if value.is_object() {
        out.open('{');
        // The smallest name after the last one, again and again: a sorting function is many times as large.
        let mut last = None;
        while let Some(member) = value.children().filter(|member| Some(member.name()) > last).min_by_key(|member| member.name()) {
            last = Some(member.name());
            write_canonical(out.key(member.name()), member, host);
        }
        out.close('}');
    } else if value.is_list() {
        out.open('[');
        for element in value.children() {
            write_canonical(out, element, host);
        }
        out.close(']');
    } else if let Some(number) = value.number() {
        out.raw(&print_number(number, host));
    } else if let Some(text) = value.string() {
        out.string(text);
    } else {
        out.raw(value.text());
    }
}
