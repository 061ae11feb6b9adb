//! The names that mean something in a condition, numbered.

use crate::base::json::Json;

/// What an entry of a condition is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // Each is the operator of the like name in the table below.
pub enum Operator {
    In,
    Equal,
    NotIn,
    InGroup,
    GreaterOrEqual,
    Greater,
    Less,
    LessOrEqual,
    NotEqual,
    Pattern,
    And,
    Or,
    Not,
    Exists,
    VersionGreaterOrEqual,
    VersionGreater,
    VersionLess,
    VersionLessOrEqual,
    VersionEqual,
    VersionNotEqual,
    NotInGroup,
    SavedGroup,
    SavedGroups,
    Element,
    Nor,
    All,
    AllFolded,
    Size,
    Type,
    InFolded,
    NotInFolded,
    PatternFolded,
    /// A name without `$`: the path of an attribute.
    Attribute,
    /// Of a later version of the language.
    Unknown,
}

/// Ordered by how often payloads use them, for they are found by looking one after another.
static NAMES: [(&str, Operator); 34] = [
    ("$in", Operator::In),
    ("$eq", Operator::Equal),
    ("$nin", Operator::NotIn),
    ("$inGroup", Operator::InGroup),
    ("$gte", Operator::GreaterOrEqual),
    ("$gt", Operator::Greater),
    ("$lt", Operator::Less),
    ("$lte", Operator::LessOrEqual),
    ("$ne", Operator::NotEqual),
    ("$regex", Operator::Pattern),
    ("$and", Operator::And),
    ("$or", Operator::Or),
    ("$not", Operator::Not),
    ("$exists", Operator::Exists),
    ("$vgte", Operator::VersionGreaterOrEqual),
    ("$vgt", Operator::VersionGreater),
    ("$vlt", Operator::VersionLess),
    ("$vlte", Operator::VersionLessOrEqual),
    ("$veq", Operator::VersionEqual),
    ("$vne", Operator::VersionNotEqual),
    ("$notInGroup", Operator::NotInGroup),
    ("$savedGroup", Operator::SavedGroup),
    ("$savedGroups", Operator::SavedGroups),
    ("$elemMatch", Operator::Element),
    ("$nor", Operator::Nor),
    ("$all", Operator::All),
    ("$alli", Operator::AllFolded),
    ("$size", Operator::Size),
    ("$type", Operator::Type),
    ("$ini", Operator::InFolded),
    ("$nini", Operator::NotInFolded),
    ("$regexi", Operator::PatternFolded),
    ("", Operator::Attribute),
    ("$", Operator::Unknown),
];

/// What an entry is, as it was noted or by its name.
pub fn of(entry: Json<'_>) -> Operator {
    let number = match entry.note().kind {
        0 => number(entry.name()),
        noted => noted,
    };
    NAMES.get(usize::from(number) - 1).map_or(Operator::Unknown, |(_, operator)| *operator)
}

/// The number to note for a name: its place in the table, from 1 on.
pub fn number(name: &str) -> u8 {
    let place = match name.as_bytes().first() {
        Some(b'$') => {
            NAMES.iter().position(|(known, _)| known.len() == name.len() && *known == name).unwrap_or(Operator::Unknown as usize)
        }
        _ => Operator::Attribute as usize,
    };
    place as u8 + 1
}
