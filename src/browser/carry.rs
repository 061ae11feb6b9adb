//! Carrying out effects.

use super::Store;
use crate::{base::json::Writer, client::Effect};
use alloc::{string::String, vec::Vec};

/// Stores and erases at once; hands the rest to the harness as JSON, `None` when there is no rest.
///
/// The rest: `[["send", url, batch, body, leaving], ["wake", time in ms], ["load", url], ["unsaved"]]`.
pub fn carry_out(effects: Vec<Effect>, store: &mut Store) -> Option<String> {
    let mut out = Writer::default();
    let mut unsaved = false;
    out.open('[');
    for effect in effects {
        match effect {
            Effect::Save(key, value) => unsaved |= !store.save(&key, value),
            Effect::Erase(key) => store.erase(&key),
            Effect::EraseAll => store.erase_all(),
            Effect::Send(url, batch, leaving) => {
                out.open('[').string("send").string(&url).integer(i64::from(batch.number)).string(&batch.body);
                out.integer(i64::from(leaving)).close(']');
            }
            Effect::WakeAt(time) => {
                out.open('[').string("wake").integer(time.0).close(']');
            }
            Effect::Load(url) => {
                out.open('[').string("load").string(&url).close(']');
            }
        }
    }
    if unsaved {
        out.open('[').string("unsaved").close(']');
    }
    (out.text.len() > 1).then(|| out.close(']').finish())
}
