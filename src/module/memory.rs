//! The allocator and the last word of the page build.
//!
//! Without the standard library a build brings its own of both. A panic becomes a trap, which the harness catches,
//! and the page goes on without us.

#![allow(unsafe_code)] // An allocator hands out raw memory: the one place of the module that cannot do without.

use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32::{memory_grow, memory_size},
    cell::UnsafeCell,
    ptr::null_mut,
};

/// An allocator of size classes.
///
/// Each request is rounded up to one of eight sizes an octave (64, 72, 80 … 128, 144 …; four take a tenth more memory), and what is given back waits
/// in the list of its size, so that loading a payload again finds the memory of the one before. Neighbours are never
/// joined: the price is that memory once used for one size serves that size alone. Talc 5.1, the smallest of the
/// registry's allocators that reuse memory, made the page build 440 bytes larger (brotli) and the first decision of
/// 100 features 12 % slower (measured).
struct Classes(UnsafeCell<Memory>);

struct Memory {
    /// What was given back, by class.
    free: [*mut Free; CLASSES],
    /// Where memory begins that was never handed out, and where it ends.
    fresh: usize,
    end: usize,
}

/// Eight an octave, from 16 bytes to 2 GiB; no request is larger. Below 64 bytes, alignment leaves some of them empty.
const CLASSES: usize = 8 * 27 + 1;

/// Every piece begins at a multiple of this.
const ALIGNMENT: usize = 8;

const PAGE: usize = 65_536;

/// The last page stays unused, so that every end is a number other than 0.
const MOST_PAGES: usize = 65_536;

unsafe extern "C" {
    /// The linker's name for where the module's own data ends.
    static __heap_base: u8;
}

/// A piece that waits.
struct Free(*mut Free);

/// Pieces of classes above this one, 16 KiB, are cut up when memory runs out.
const LARGE: usize = class(16 * 1024);

/// The class of a size.
const fn class(size: usize) -> usize {
    let wanted = if size < 16 { 16 } else { size };
    let last = wanted.next_multiple_of(ALIGNMENT) - 1;
    let shift = 28 - last.leading_zeros() as usize;
    shift * 8 + (last >> shift) - 15
}

/// How large the pieces of a class are.
const fn size(class: usize) -> usize {
    let steps = class + 7;
    (steps % 8 + 9) << (steps / 8)
}

impl Memory {
    /// Takes a large piece that waits to cut smaller ones from it: the text of a payload comes in once and is not
    /// needed again. It is one of a class above `class`; whether there was one.
    fn reuse(&mut self, class: usize) -> bool {
        let mut large = class.max(LARGE) + 1;
        while large < CLASSES {
            if let Some(piece) = self.take(large) {
                self.put_rest();
                self.fresh = piece as usize;
                self.end = self.fresh + size(large);
                return true;
            }
            large += 1;
        }
        false
    }

    /// Lets what is left of the fresh memory wait.
    fn put_rest(&mut self) {
        let rest = self.end - self.fresh;
        let class = class(rest);
        if size(class) <= rest {
            self.put(class, self.fresh as *mut Free);
        } else if class > 0 {
            self.put(class - 1, self.fresh as *mut Free);
        }
    }

    fn take(&mut self, class: usize) -> Option<*mut Free> {
        let list = self.free.get_mut(class)?;
        let first = *list;
        if first.is_null() {
            return None;
        }
        // SAFETY: what waits in a list begins with the next that waits.
        *list = unsafe { (*first).0 };
        Some(first)
    }

    fn put(&mut self, class: usize, piece: *mut Free) {
        if let Some(list) = self.free.get_mut(class) {
            // SAFETY: every piece is at least as large as `Free`, and belongs to nobody now.
            unsafe { (*piece).0 = *list };
            *list = piece;
        }
    }

    /// Begins with what the module's own data leaves of its memory, then asks for more; whether there is enough.
    fn grow(&mut self, size: usize) -> bool {
        if self.end == 0 {
            self.fresh = (&raw const __heap_base as usize).next_multiple_of(ALIGNMENT);
            self.end = memory_size(0) * PAGE;
            if self.end - self.fresh >= size {
                return true;
            }
        }
        let pages = size.div_ceil(PAGE);
        if memory_size(0) + pages >= MOST_PAGES {
            return false;
        }
        let old = memory_grow(0, pages);
        if old != usize::MAX {
            if self.end != old * PAGE {
                self.put_rest();
                self.fresh = old * PAGE;
            }
            self.end = (old + pages) * PAGE;
        }
        old != usize::MAX
    }
}

// SAFETY: WebAssembly modules of this kind have one thread.
unsafe impl Sync for Classes {}

// SAFETY: pieces of different requests never overlap, for each is either fresh or was given back; the sizes of all
// classes in use are multiples of the alignment, and wider ones are refused.
unsafe impl GlobalAlloc for Classes {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGNMENT {
            return null_mut();
        }
        let class = class(layout.size());
        // SAFETY: nobody else holds the memory while this runs.
        let memory = unsafe { &mut *self.0.get() };
        if let Some(piece) = memory.take(class) {
            return piece.cast();
        }
        let size = size(class);
        if memory.end - memory.fresh < size && !memory.reuse(class) && !memory.grow(size) {
            return null_mut();
        }
        memory.fresh += size;
        (memory.fresh - size) as *mut u8
    }

    #[inline(never)]
    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        if layout.size() > 0 {
            // SAFETY: nobody else holds the memory while this runs.
            unsafe { &mut *self.0.get() }.put(class(layout.size()), piece.cast());
        }
    }
}

#[global_allocator]
static ALLOCATOR: Classes = Classes(UnsafeCell::new(Memory { free: [null_mut(); CLASSES], fresh: 0, end: 0 }));

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
