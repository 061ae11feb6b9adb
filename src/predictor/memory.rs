//! What JavaScript calls, and where things are.

#![allow(unsafe_code)] // Places in memory are handed over as numbers: the one file of the module that needs it.

use super::run::{Node, Plan};
use core::{
    cell::UnsafeCell,
    slice::{from_raw_parts, from_raw_parts_mut},
};

/// The model of this instance.
struct Loaded {
    plan: Plan,
    file: &'static [u8],
    nodes: &'static [Node],
    room: &'static mut [f64],
}

struct Place(UnsafeCell<Option<Loaded>>);

// SAFETY: a WebAssembly module of this kind has one thread.
unsafe impl Sync for Place {}

static LOADED: Place = Place(UnsafeCell::new(None));

/// Reads the file of `length` bytes that stands at `at`, whose header names so many features, lines and codes. A trap where it is damaged.
///
/// From `room` on there are zeros for the row with its outcome, and behind them for the trees: six times what the file takes.
#[unsafe(no_mangle)]
pub extern "C" fn load(at: usize, length: usize, room: usize, features: usize, lines: usize, codes: usize) {
    if read(at, length, room, features, lines, codes).is_none() {
        core::arch::wasm32::unreachable()
    }
}

fn read(at: usize, length: usize, room: usize, features: usize, lines: usize, codes: usize) -> Option<()> {
    // SAFETY: nothing else uses memory from `at` on, and zeros are numbers and nodes.
    unsafe {
        let file = from_raw_parts(at as *const u8, length);
        let mut plan = Plan::of(file, features, lines, codes)?;
        let room = from_raw_parts_mut(room as *mut f64, plan.room());
        let nodes = from_raw_parts_mut(room.as_mut_ptr_range().end.cast(), Plan::most_nodes(length));
        plan.unfold(file, nodes, room)?;
        *LOADED.0.get() = Some(Loaded { plan, file, nodes, room });
    }
    Some(())
}

/// Asks about the row; the outcome follows it: value, margin, base, rounding, the lines, the reason codes' points.
#[unsafe(no_mangle)]
pub extern "C" fn predict() {
    // SAFETY: nobody else holds the model while this runs.
    if let Some(Loaded { plan, file, nodes, room }) = unsafe { &mut *LOADED.0.get() } {
        plan.predict(file, nodes, room);
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
