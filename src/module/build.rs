//! How the wasm module is linked.

/// What calls may nest to, in bytes. The deepest ones are conditions and prerequisites at their limits, 128 levels each;
/// the linker's own choice of 1 MiB would be most of a page's memory.
const STACK: u32 = 128 * 1024;

/// What a small build uses of WebAssembly. Without references to JavaScript's objects, of which hardly any crosses its
/// boundary, wasm-bindgen leaves out the table for them; without several results, too, it can be written as JavaScript.
const SMALL: &str = "bulk-memory,bulk-memory-opt,mutable-globals,nontrapping-fptoint,sign-ext";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size={STACK}");
        if ["CARGO_FEATURE_PAGE", "CARGO_FEATURE_QR"].iter().any(|feature| std::env::var_os(feature).is_some()) {
            println!("cargo::rustc-cdylib-link-arg=--features={SMALL}");
            println!("cargo::rustc-cdylib-link-arg=--no-check-features");
        }
    }
}
