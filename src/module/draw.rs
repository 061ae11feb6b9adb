//! The QR build: what JavaScript calls, its allocator and its last word. It has no glue, numbers alone cross; texts stand in memory.
//! `www/harness/qr.js` knows the way.

#![allow(unsafe_code)] // Places in memory are handed over as numbers, and an allocator hands out raw memory.

use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32::{memory_grow, memory_size},
    cell::UnsafeCell,
    ptr::null_mut,
};
use privateer::qr::{Code, Level, Options, Refusal, Upper};

/// An allocator that takes nothing back: a call's memory is free when the next one begins.
struct Bump(UnsafeCell<usize>);

const PAGE: usize = 65_536;
const ALIGNMENT: usize = 8;

unsafe extern "C" {
    /// The linker's name for where the module's own data ends.
    static __heap_base: u8;
}

// SAFETY: WebAssembly modules of this kind have one thread.
unsafe impl Sync for Bump {}

#[global_allocator]
static MEMORY: Bump = Bump(UnsafeCell::new(0));

// SAFETY: pieces never overlap, for each begins where the one before it ends; wider alignments are refused.
unsafe impl GlobalAlloc for Bump {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: nobody else holds the place while this runs.
        let fresh = unsafe { &mut *self.0.get() };
        let (piece, size) = (*fresh, layout.size().next_multiple_of(ALIGNMENT));
        let missing = (piece + size).saturating_sub(memory_size(0) * PAGE);
        if layout.align() > ALIGNMENT || missing > 0 && memory_grow(0, missing.div_ceil(PAGE)) == usize::MAX {
            return null_mut();
        }
        *fresh = piece + size;
        piece as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

/// Begins a call: room for a text of so many bytes. What the call before left is gone.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    // SAFETY: nobody holds anything that was handed out: between two calls nothing of them is used.
    unsafe {
        *MEMORY.0.get() = (&raw const __heap_base as usize).next_multiple_of(ALIGNMENT);
        MEMORY.alloc(Layout::from_size_align_unchecked(length, 1))
    }
}

/// Draws the text of `length` bytes, in UTF-8, that stands at `at`. The answer ends with a byte 0: an SVG document, or the code, path and
/// sentence of an error, a line each.
///
/// `level` counts from 0 for L; 4 is the usual level. `upper` is 0 for nothing, 1 for the host, 2 for the path, too.
#[unsafe(no_mangle)]
pub extern "C" fn draw(at: *const u8, length: usize, level: usize, version: i32, logo: i32, upper: i32) -> *const u8 {
    // SAFETY: `room` gave the place, and `TextEncoder` writes UTF-8.
    let text = unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(at, length)) };
    match drawn(text, level, version, logo, upper) {
        Ok(code) => code.svg_bytes().leak().as_ptr(),
        Err(Refusal(text)) => text.as_ptr(),
    }
}

fn drawn(text: &str, level: usize, version: i32, logo: i32, upper: i32) -> Result<Code, Refusal> {
    let level = match level {
        0 => Some(Level::L),
        1 => Some(Level::M),
        2 => Some(Level::Q),
        3 => Some(Level::H),
        4 => None,
        _ => return Err(Refusal::LEVEL),
    };
    let upper = match upper {
        0 => Upper::None,
        1 => Upper::Host,
        _ => Upper::Path,
    };
    // What is no such number is refused as a number that is too large.
    let number = |value| u8::try_from(value).unwrap_or(u8::MAX);
    Code::drawn(text, &Options { level, version: number(version), logo: number(logo), upper })
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
