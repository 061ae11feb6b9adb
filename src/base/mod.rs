//! What everything stands on: JSON, hashes, times, addresses, random choices. No clock, no page, no network.

pub mod hash;
pub mod host;
pub mod json;
pub mod random;
pub mod text;
pub mod time;
pub mod url;

pub use host::Host;
pub use time::Time;
