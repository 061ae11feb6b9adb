//! The only code that touches the page: what the core asks of it at once (numbers, patterns, random bytes, the
//! clock, storage). What takes time or may call back (listening, sending, showing) is the harness's part, where
//! every entry is guarded.

#[cfg(feature = "page")]
mod carry;
#[cfg(feature = "page")]
mod clock;
mod host;
#[cfg(feature = "page")]
mod store;

#[cfg(feature = "page")]
pub use carry::carry_out;
#[cfg(feature = "page")]
pub use clock::Clock;
pub use host::Page;
#[cfg(feature = "page")]
pub use store::{Store, pairs};
