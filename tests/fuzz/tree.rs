//! JSON that may be odd: names may come twice, and numbers and strings are kept as they are written.

use serde_json::Value;

#[derive(Clone)]
pub enum Tree {
    /// A text without brackets: a number, a string with its quotes, a word.
    Leaf(String),
    List(Vec<Tree>),
    /// Names with their quotes, and values.
    Object(Vec<(String, Tree)>),
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Tree {
        match value {
            Value::Array(items) => Tree::List(items.iter().map(Tree::from).collect()),
            Value::Object(members) => {
                Tree::Object(members.iter().map(|(name, value)| (Value::from(name.as_str()).to_string(), value.into())).collect())
            }
            leaf => Tree::Leaf(leaf.to_string()),
        }
    }
}

impl Tree {
    pub fn object<const N: usize>(members: [(&str, Tree); N]) -> Tree {
        Tree::Object(members.into_iter().map(|(name, value)| (format!("\"{name}\""), value)).collect())
    }

    pub fn children(&self) -> Vec<&Tree> {
        match self {
            Tree::Leaf(_) => Vec::new(),
            Tree::List(items) => items.iter().collect(),
            Tree::Object(members) => members.iter().map(|(_, value)| value).collect(),
        }
    }

    pub fn member(&self, name: &str) -> Option<&Tree> {
        let Tree::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known.trim_matches('"') == name).map(|(_, value)| value)
    }

    /// How many values there are, this one included.
    pub fn size(&self) -> usize {
        1 + self.children().into_iter().map(Tree::size).sum::<usize>()
    }

    /// The value of a number, counted in the order of the text, from 0 for this one.
    pub fn at(&self, number: usize) -> &Tree {
        let mut before = 1;
        for child in self.children() {
            if (before..before + child.size()).contains(&number) {
                return child.at(number - before);
            }
            before += child.size();
        }
        self
    }

    pub fn at_mut(&mut self, number: usize) -> &mut Tree {
        let mut before = 1;
        for (index, child) in self.children().into_iter().enumerate() {
            let size = child.size();
            if (before..before + size).contains(&number) {
                return match self {
                    Tree::List(items) => items[index].at_mut(number - before),
                    Tree::Object(members) => members[index].1.at_mut(number - before),
                    Tree::Leaf(_) => unreachable!("a leaf has no children"),
                };
            }
            before += size;
        }
        self
    }

    pub fn text(&self) -> String {
        match self {
            Tree::Leaf(text) => text.clone(),
            Tree::List(items) => format!("[{}]", joined(items.iter().map(Tree::text))),
            Tree::Object(members) => {
                format!("{{{}}}", joined(members.iter().map(|(name, value)| format!("{name}:{}", value.text()))))
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}
