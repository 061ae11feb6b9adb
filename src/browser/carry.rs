//! Carrying out effects.

use super::Store;
use crate::{base::json::Writer, client::Effect};
use alloc::{string::String, vec::Vec};

/// Stores and erases at once; hands the rest to the harness as JSON, `None` when there is no rest.
///
/// The rest: `[["send", url, batch, lasting], ["abort"], ["wake", time in ms], ["load", url],
/// ["tell", kind, id], ["spill", key, event],
/// ["unspill", key, …], ["unsaved"]]`; a batch's body, which is long, is put into `body`. What local storage has no room for is spilled; without a key, all that was spilled goes.
pub fn carry_out(effects: Vec<Effect>, store: &mut Store, body: &mut String) -> Option<String> {
    let mut out = Writer::begin('[');
    let mut unsaved = false;
    let mut erased = Vec::new();
    for effect in effects {
        match effect {
            Effect::Save(key, value) if store.save(&key, &value) => {}
            Effect::Save(key, value) if Store::is_event(&key) => {
                out.open('[').string("spill").string(&key).string(&value).close(']');
            }
            Effect::Save(..) => unsaved = true,
            Effect::Remember(key, value, most) => store.remember(&key, &value, most),
            Effect::Erase(key) => {
                store.erase(&key);
                erased.push(key);
            }
            Effect::EraseAll => {
                store.erase_all();
                out.open('[').string("unspill").close(']');
            }
            Effect::Send(url, batch) => {
                out.open('[').string("send").string(&url).integer(i64::from(batch.number));
                out.boolean(batch.lasting).close(']');
                *body = batch.body;
            }
            Effect::Abort => drop(out.open('[').string("abort").close(']')),
            Effect::WakeAt(time) => drop(out.open('[').string("wake").integer(time.0).close(']')),
            Effect::Tell(kind, id) => drop(out.open('[').string("tell").string(kind).string(&id).close(']')),
            Effect::Load(url) => drop(out.open('[').string("load").string(&url).close(']')),
        }
    }
    if store.spilled() && !erased.is_empty() {
        out.open('[').string("unspill");
        for key in &erased {
            out.string(key);
        }
        out.close(']');
    }
    if unsaved {
        out.open('[').string("unsaved").close(']');
    }
    (out.text.len() > 1).then(|| out.end(']'))
}
