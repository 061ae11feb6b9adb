//! The core's error as JavaScript sees it.

use crate::error::Error;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A JavaScript `Error`, declared by hand: it needs one line of glue for each of these, and no `js-sys`.
    #[wasm_bindgen(js_name = Error)]
    pub type Failure;

    #[wasm_bindgen(constructor, js_class = "Error")]
    fn new(message: &str) -> Failure;

    #[wasm_bindgen(method, setter)]
    fn set_code(this: &Failure, code: &str);

    #[wasm_bindgen(method, setter)]
    fn set_path(this: &Failure, path: &str);
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let failure = Failure::new(&error.message);
        failure.set_code(error.code);
        failure.set_path(&error.path);
        failure
    }
}
