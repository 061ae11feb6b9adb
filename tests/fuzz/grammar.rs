//! Conditions that mean something for the visitors of the stock: what is only changed at random is seldom true.

use super::{chance::Chance, tree::Tree};

const COMPARING: [&str; 18] = [
    "$eq",
    "$ne",
    "$lt",
    "$lte",
    "$gt",
    "$gte",
    "$veq",
    "$vne",
    "$vgt",
    "$vgte",
    "$vlt",
    "$vlte",
    "$regex",
    "$regexi",
    "$notRegex",
    "$notRegexi",
    "$exists",
    "$unheardOf",
];
const LISTING: [&str; 6] = ["$in", "$nin", "$ini", "$nini", "$all", "$alli"];
const JOINING: [&str; 3] = ["$and", "$or", "$nor"];
const GROUPS: [&str; 5] = ["g0", "list", "condition", "circle", "none"];

/// A condition of at most `depth` levels for visitors such as `visitor`.
pub fn condition(visitor: &Tree, depth: usize, chance: &Chance) -> Tree {
    Tree::Object((0..chance.below(4)).map(|_| entry(visitor, depth, chance)).collect())
}

/// Saved groups of all kinds, for `payload.savedGroups`; the ones above are among them.
pub fn groups(visitor: &Tree, chance: &Chance) -> Vec<(String, Tree)> {
    let (path, value) = attribute(visitor, chance);
    let list = [("type", word("list")), ("attributeKey", word(&path)), ("values", Tree::List(vec![value]))];
    let lead = |condition| Tree::object([("type", word("condition")), ("condition", condition)]);
    let circle = Tree::object([("$not", Tree::object([("$savedGroup", Tree::object([("id", word("circle"))]))]))]);
    vec![
        (quoted("g0"), Tree::List(vec![visitor.member("id").cloned().unwrap_or(word("user-1")), word("user-2")])),
        (quoted("list"), Tree::object(list)),
        (quoted("condition"), lead(condition(visitor, 1, chance))),
        (quoted("circle"), lead(circle)),
    ]
}

fn entry(visitor: &Tree, depth: usize, chance: &Chance) -> (String, Tree) {
    let deeper = || condition(visitor, depth - 1, chance);
    match chance.below(if depth > 0 { 8 } else { 4 }) {
        4 => (quoted("$not"), deeper()),
        5 | 6 => (quoted(chance.word(&JOINING)), Tree::List((0..chance.below(4)).map(|_| deeper()).collect())),
        7 => (quoted("$savedGroup"), Tree::object([("id", word(chance.word(&GROUPS)))])),
        _ => {
            let (path, value) = attribute(visitor, chance);
            (quoted(&path), test(value, depth, chance))
        }
    }
}

/// An attribute, and a value that it has; or one that nobody has.
fn attribute(visitor: &Tree, chance: &Chance) -> (String, Tree) {
    let Tree::Object(members) = visitor else { return ("id".into(), word("user-1")) };
    match chance.pick(members) {
        _ if chance.once_in(8) => ("nothing".into(), Tree::Leaf("null".into())),
        (name, inner @ Tree::Object(_)) => {
            let (path, value) = attribute(inner, chance);
            (format!("{}.{path}", name.trim_matches('"')), value)
        }
        (name, value) => (name.trim_matches('"').to_owned(), value.clone()),
    }
}

/// A test of a value, near to what it is.
fn test(value: Tree, depth: usize, chance: &Chance) -> Tree {
    let operator = |name: &str, operand| Tree::Object(vec![(quoted(name), operand)]);
    match chance.below(8) {
        0 => value,
        1 | 2 => operator(chance.word(&LISTING), Tree::List(vec![word("other"), value])),
        3 if depth > 0 => operator("$not", test(value, depth - 1, chance)),
        4 if depth > 0 => operator("$elemMatch", test(value, depth - 1, chance)),
        5 => operator("$size", Tree::Leaf(chance.below(4).to_string())),
        6 => operator(if chance.once_in(2) { "$inGroup" } else { "$notInGroup" }, word(chance.word(&GROUPS))),
        _ => operator(chance.word(&COMPARING), value),
    }
}

fn word(letters: &str) -> Tree {
    Tree::Leaf(quoted(letters))
}

fn quoted(letters: &str) -> String {
    format!("\"{letters}\"")
}
