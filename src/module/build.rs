//! How the wasm module is linked.

/// What calls may nest to, in bytes. The deepest ones are conditions and prerequisites at their limits, 128 levels each;
/// the linker's own choice of 1 MiB would be most of a page's memory.
const STACK: u32 = 128 * 1024;

/// What the page's module uses of WebAssembly. Without references to JavaScript's objects, of which none crosses its
/// boundary, wasm-bindgen leaves out the table for them, and the module can be written as JavaScript, too.
const PAGE_FEATURES: &str = "bulk-memory,bulk-memory-opt,multivalue,mutable-globals,nontrapping-fptoint,sign-ext";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size={STACK}");
        if std::env::var_os("CARGO_FEATURE_PAGE").is_some() {
            println!("cargo::rustc-cdylib-link-arg=--features={PAGE_FEATURES}");
            println!("cargo::rustc-cdylib-link-arg=--no-check-features");
        }
    }
}
