//! The small questions of GrowthBook's shared suite, asked of the very functions that decide.

use crate::{
    base::{
        hash,
        json::{Document, Json, Writer},
    },
    browser::Page,
    experiment::{Settings, asked, line},
};
use alloc::string::String;

/// Answers one small question, `[question, arguments]`; the arguments and the answer are as the suite has them, `null` for
/// what has no answer.
///
/// | question | arguments |
/// |---|---|
/// | `hash` | `[seed, value, version]` |
/// | `bucketRange` | `[variations, coverage, weights]` |
/// | `equalWeights` | `[variations]` |
/// | `chooseVariation` | `[place, ranges]` |
/// | `inNamespace` | `[value, [id, from, to]]` |
/// | `queryOverride` | `[key, address, variations]` |
pub fn answer(asked_for: &str) -> String {
    let host = Page::default();
    let document = Document::read(asked_for, u32::MAX, &host).unwrap_or_default();
    let part = |index| document.root().and_then(|root| root.item(index));
    let item = |index| part(1).and_then(|arguments| arguments.item(index));
    let text = |index| item(index).and_then(Json::string).unwrap_or("");
    let number = |index: usize, default| item(index).and_then(Json::number).unwrap_or(default);
    #[allow(clippy::manual_clamp)] // clamp's assertion brings float formatting, 20 KB
    let count = |index| number(index, 0.0).max(0.0).min(4096.0) as usize;
    let mut out = Writer::default();
    match part(0).and_then(Json::string).unwrap_or("") {
        "hash" => {
            out.number(hash::place(text(1), text(0), number(2, 0.0)).unwrap_or(f64::NAN), &host);
        }
        "bucketRange" => line::write(&line::shared_out(count(0), number(1, 1.0), item(2)), &mut out, &host),
        "equalWeights" => {
            out.open('[');
            for _ in 0..count(0) {
                out.number(1.0 / count(0) as f64, &host);
            }
            out.close(']');
        }
        "chooseVariation" => {
            let index = line::choose(&line::ranges(item(1)), number(0, f64::NAN));
            out.integer(index.map_or(-1, |index| index as i64));
        }
        "inNamespace" => {
            out.boolean(item(1).is_some_and(|namespace| line::namespace(namespace, 0).holds(text(0))));
        }
        _ => {
            let settings = Settings { asked: asked(text(1)), ..Settings::default() };
            let found = settings.asked(text(0), count(2));
            out.number(found.map_or(f64::NAN, |index| index as f64), &host);
        }
    }
    out.finish()
}
