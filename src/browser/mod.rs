//! The only code that touches the page: what the core asks of it at once (numbers, patterns, random bytes, the
//! clock, storage). What takes time or may call back (listening, sending, showing) is the harness's part, where
//! every entry is guarded.

mod carry;
mod clock;
mod host;
mod store;

pub use carry::carry_out;
pub use clock::Clock;
pub use host::Page;
pub use store::Store;
