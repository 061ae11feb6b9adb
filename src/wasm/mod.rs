//! The JavaScript boundary: read, call, return.

#[cfg(feature = "insights")]
mod activation;
#[cfg(feature = "insights")]
mod codes;
#[cfg(feature = "insights")]
mod evaluate;
#[cfg(any(feature = "insights", feature = "models"))]
mod failure;
#[cfg(feature = "insights")]
mod fraud;
#[cfg(feature = "insights")]
mod growth;
#[cfg(feature = "insights")]
mod insights;
#[cfg(feature = "insights")]
mod leads;
#[cfg(feature = "models")]
mod models;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "insights")]
mod plain;
#[cfg(feature = "page")]
mod probe;
#[cfg(feature = "insights")]
mod rewards;
#[cfg(feature = "insights")]
mod values;
#[cfg(feature = "insights")]
mod virality;
#[cfg(feature = "page")]
mod words;
