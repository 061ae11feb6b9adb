//! Making inputs odd: first in their structure, where mistakes are understood, then in their letters.

use super::{chance::Chance, stock::Stock, tree::Tree};

/// The most bytes of an input. What is slow with so few is slow by its kind, and would show in the time of a run.
pub const LARGEST: usize = 4096;

/// Values that some reader somewhere stumbled over.
const LEAVES: [&str; 36] = [
    "null",
    "true",
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1e400",
    "-1e400",
    "1e-400",
    "1e308",
    "5e-324",
    "9007199254740993",
    "4294967296",
    "-2147483649",
    "18446744073709551616",
    "123456789012345678901234567890.5",
    "0.1000000000000000055511151231257827",
    "[]",
    "{}",
    "\"\"",
    "\"id\"",
    "\"\\ud83d\"",
    "\"\\udc00\\ud800x\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"__proto__\"",
    "\"constructor\"",
    "\"toString\"",
    "\"(\"",
    "\"[a-\"",
    "\"(?<=a)b|\\\\p{L}\"",
    "\"1.2.3-beta+x\"",
    "\"99999999999999999999.1\"",
    "\"2026-02-30T25:00:00Z\"",
    "\"https://[::1]:99999/%zz?a=%\"",
];

const NAMES: [&str; 12] = [
    "\"__proto__\"",
    "\"constructor\"",
    "\"toString\"",
    "\"hasOwnProperty\"",
    "\"\"",
    "\".\"",
    "\"a.b\"",
    "\"$\"",
    "\"\\u0024not\"",
    "\"\\ud800\"",
    "\"$unheardOf\"",
    "\"id\"",
];

/// Letters that mean something to a reader.
const MARKS: [&str; 20] =
    ["{", "}", "[", "]", "\"", "\\", ",", ":", "\\ud83d", "\\u12", "\0", "\u{7f}", "é", "😀", "1e", "-", ".", "//", "\n", "NaN"];

const WRAPS: [&str; 5] = ["\"$not\"", "\"$elemMatch\"", "\"$all\"", "\"condition\"", "\"features\""];

/// An input made from `tree`.
pub fn odd_text(mut tree: Tree, stock: &Stock, chance: &Chance) -> String {
    for _ in 0..chance.below(5) {
        change(&mut tree, stock, chance);
    }
    let mut bytes = tree.text().into_bytes();
    if chance.once_in(4) {
        for _ in 0..=chance.below(3) {
            scratch(&mut bytes, chance);
        }
    }
    bytes.truncate(LARGEST);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Any letters at all.
pub fn noise(chance: &Chance) -> String {
    let bytes: Vec<u8> = (0..chance.below(200)).map(|_| chance.below(256) as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn change(tree: &mut Tree, stock: &Stock, chance: &Chance) {
    let other = tree.at(chance.below(tree.size())).clone();
    let node = tree.at_mut(chance.below(tree.size()));
    match chance.below(8) {
        0 => *node = chance.pick(&stock.parts).clone(),
        1 => *node = Tree::Leaf(chance.pick(&LEAVES).to_string()),
        2 => *node = other,
        3 => wrap(node, chance),
        _ => change_children(node, other, stock, chance),
    }
}

/// A few levels, or about as many as the reader allows.
fn wrap(node: &mut Tree, chance: &Chance) {
    let name = chance.pick(&WRAPS).to_string();
    for _ in 0..*chance.pick(&[1, 2, 3, 60, 122, 127, 128, 129]) {
        let inner = std::mem::replace(node, Tree::List(Vec::new()));
        *node = if name == WRAPS[2] { Tree::List(vec![inner]) } else { Tree::Object(vec![(name.clone(), inner)]) };
    }
}

fn change_children(node: &mut Tree, other: Tree, stock: &Stock, chance: &Chance) {
    match node {
        Tree::Leaf(text) => *text = chance.pick(&LEAVES).to_string(),
        Tree::List(items) => change_items(items, other, chance),
        Tree::Object(members) => change_members(members, other, stock, chance),
    }
}

fn change_items(items: &mut Vec<Tree>, other: Tree, chance: &Chance) {
    let at = chance.below(items.len());
    match chance.below(4) {
        0 if !items.is_empty() => drop(items.remove(at)),
        1 => items.reverse(),
        2 => items.extend(vec![other; *chance.pick(&[2, 30, 300])]),
        _ => items.insert(at, other),
    }
}

fn change_members(members: &mut Vec<(String, Tree)>, other: Tree, stock: &Stock, chance: &Chance) {
    let at = chance.below(members.len());
    let name = if chance.once_in(4) { chance.pick(&NAMES).to_string() } else { chance.pick(&stock.names).clone() };
    match chance.below(5) {
        0 if !members.is_empty() => drop(members.remove(at)),
        1 if !members.is_empty() => members[at].0 = name,
        2 if !members.is_empty() => members.push((members[at].0.clone(), other)),
        3 => members.push((name, other)),
        _ => members.insert(at, (name, chance.pick(&stock.parts).clone())),
    }
}

/// One mistake of a pen, a disk or a network.
fn scratch(bytes: &mut Vec<u8>, chance: &Chance) {
    let (from, to) = (chance.below(bytes.len()), chance.below(bytes.len() + 1));
    let part = bytes.get(from..to).unwrap_or_default().to_vec();
    match chance.below(6) {
        0 if !bytes.is_empty() => bytes[from] ^= 1 << chance.below(8),
        1 => bytes.truncate(from),
        2 if from < to => drop(bytes.drain(from..to.min(from + 9))),
        3 => drop(bytes.splice(from..from, part)),
        4 if !bytes.is_empty() => bytes[from] = chance.below(256) as u8,
        _ => drop(bytes.splice(from..from, chance.pick(&MARKS).bytes())),
    }
}
