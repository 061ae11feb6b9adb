//! The codes of a program's definition.

use super::host::Native;
use privateer::{
    base::json::{Document, Section},
    error::Error,
    referral::code::{Codes, blocked::BlockList},
};
use serde_json::Value;

/// What is read of the section `codes`, and what is wrong with it.
pub fn read(section: &Value) -> (Codes, Vec<Error>) {
    let document = Document::read(&section.to_string(), u32::MAX, &Native::seeded(0)).unwrap();
    let (mut codes, mut problems) = (Codes::default(), Vec::new());
    codes.read(Section::new(document.root(), "$.referral.codes", &mut problems));
    (codes, problems)
}

/// The codes of a section without mistakes.
pub fn codes(section: Value) -> Codes {
    let (codes, problems) = read(&section);
    assert_eq!(problems, [], "{section}");
    codes
}

/// So many random codes, from a seed.
pub fn made(codes: &Codes, count: usize) -> Vec<String> {
    codes.many(count, &Native::seeded(1), &BlockList::new("")).lines().map(str::to_owned).collect()
}
