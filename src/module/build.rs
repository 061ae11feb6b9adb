//! How the wasm module is linked.

/// What calls may nest to, in bytes. The deepest ones are conditions and prerequisites at their limits, 128 levels each;
/// the linker's own choice of 1 MiB would be most of a page's memory.
const STACK: u32 = 128 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size={STACK}");
    }
}
