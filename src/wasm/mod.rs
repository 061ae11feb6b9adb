//! The JavaScript boundary: read, call, return.

#[cfg(any(feature = "insights", feature = "qr"))]
mod failure;
#[cfg(feature = "insights")]
mod insights;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "page")]
mod probe;
#[cfg(feature = "qr")]
mod qr;
#[cfg(feature = "page")]
mod words;
