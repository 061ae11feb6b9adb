//! The allocator and the last word of the small builds (page, qr).
//!
//! Without the standard library a build brings its own of both. Talc is smaller than the standard allocator; a
//! panic becomes a trap, which the harness catches, and the page goes on without us.

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
