//! JSON that stays text.
//!
//! A [`Document`] is the text and a list of where its values are; a [`Json`] is a place in it. Nothing is copied
//! into a tree of its own: rules are read where they stand, and a value goes out as the text it came in. That is
//! what makes the page build small: typed copies of every definition made the module a quarter larger (measured).

mod document;
mod find;
mod number;
mod reader;
mod scan;
mod section;
mod take;
mod unescape;
mod view;
mod word;
mod write;

pub use document::Document;
pub use section::Section;
pub use view::{Children, Json, children, texts};
pub use word::Word;
pub use write::{Writer, merge, print_integer, print_number};
