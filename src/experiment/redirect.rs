//! Automatic experiments: those of the payload that belong to no feature and run by the address of the page.

use super::{Engine, Placed, Sink, payload::Standalone, target};
use crate::base::{
    json::{Json, children},
    text::cut,
    url,
};
use alloc::{string::String, vec::Vec};

/// What the automatic experiments came to.
#[derive(Default)]
pub struct Automatic<'a> {
    /// Places that count, and those that were forced, in order.
    pub placed: Vec<Placed<'a>>,
    /// Where the visitor belongs instead of this page.
    pub redirect: Option<String>,
}

impl Engine {
    /// Runs the automatic experiments in order. After the first experiment with redirects that the visitor is in, also in
    /// its control, no other runs: the visitor may be on the way out.
    pub fn run_automatic<'d>(&'d self, sink: &mut Sink<'d>) -> Automatic<'d> {
        let mut found = Automatic::default();
        for Standalone { document, experiment, .. } in &self.automatic {
            let definition = document.place(experiment.place);
            let (mut visual, mut redirects, mut sound) = (false, false, true);
            for variation in children(definition.get("variations")) {
                for name in &["domMutations", "css", "js"] {
                    visual |= says(variation, name);
                }
                if let Some(target) = destination(variation) {
                    redirects = definition.get("urlPatterns").is_some();
                    sound &= self.is_sound(target);
                }
            }
            if says(definition, "manual") || !(visual || redirects && sound) {
                continue;
            }
            self.begin(sink);
            let placed = self.run_and_count(experiment, document, None, sink);
            if placed.run.is_in() {
                found.redirect = placed.value().and_then(destination).and_then(|target| self.redirect(definition, target));
                found.placed.push(placed);
                if redirects {
                    break;
                }
            }
        }
        found
    }

    /// Whether a destination is an address of the web.
    fn is_sound(&self, target: &str) -> bool {
        let whole = self.host.resolve_url(target, &self.settings.url);
        whole.is_some_and(|whole| whole.as_bytes().starts_with(b"http"))
    }

    /// Where to go; nowhere when the experiment runs there too, for that would never end.
    fn redirect(&self, definition: Json<'_>, target: &str) -> Option<String> {
        let target =
            if says(definition, "persistQueryString") { with_query_of(target, &self.settings.url) } else { String::from(target) };
        let patterns = definition.get("urlPatterns")?;
        let whole = self.host.resolve_url(&target, &self.settings.url)?;
        (!target::matches(patterns, &whole, &*self.host)).then_some(target)
    }
}

fn says(definition: Json<'_>, name: &str) -> bool {
    definition.get(name).is_some_and(Json::truthy)
}

fn destination(variation: Json<'_>) -> Option<&str> {
    variation.get_filled("urlRedirect")
}

/// `target` with the parameters of `page` that it does not have itself, the first of each name.
fn with_query_of(target: &str, page: &str) -> String {
    let (rest, fragment) = cut(target, b'#');
    let mut out = String::from(rest);
    for pair in url::pieces(url::split(page).query, b'&') {
        let name = url::decode(cut(pair, b'=').0);
        if !pair.is_empty() && url::parameter(&out, &name).is_none() {
            out.push(if cut(&out, b'?').1.is_some() { '&' } else { '?' });
            out.push_str(pair);
        }
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}
