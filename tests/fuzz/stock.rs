//! What inputs are made of: a real payload, real visitors, the example site, and the committed corpus.

use super::{chance::Chance, entrances::Entrance, grammar, tree::Tree};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Larger values are not put into others: inputs are to stay small.
const LARGEST_PART: usize = 15;

pub struct Stock {
    /// The corpus by its files' names.
    pub corpus: Vec<(String, String)>,
    /// Any small value.
    pub parts: Vec<Tree>,
    /// Any name, with its quotes.
    pub names: Vec<String>,
    features: Vec<(String, Tree)>,
    sections: Vec<(String, Tree)>,
    conditions: Vec<Tree>,
    experiments: Vec<Tree>,
    visitors: Vec<Tree>,
    /// The corpus, as far as it is JSON.
    odd: Vec<Tree>,
}

impl Stock {
    pub fn gather() -> Stock {
        let corpus = corpus();
        let odd = corpus.iter().filter_map(|(_, text)| Some(Tree::from(&serde_json::from_str::<Value>(text).ok()?))).collect();
        let mut stock = Stock {
            corpus,
            odd,
            features: members(read("tests/data/experiments/payload-100.json").member("features")),
            sections: members(Some(&read("www/site.json"))),
            visitors: read("tests/data/experiments/users.json").children().into_iter().take(50).cloned().collect(),
            parts: Vec::new(),
            names: Vec::new(),
            conditions: Vec::new(),
            experiments: Vec::new(),
        };
        stock.take_apart();
        stock
    }

    fn take_apart(&mut self) {
        let named = self.features.iter().chain(&self.sections).map(|(_, value)| value);
        let wholes: Vec<Tree> = named.chain(&self.odd).chain(&self.visitors).cloned().collect();
        let all: Vec<&Tree> = wholes.iter().flat_map(below).collect();
        let names: BTreeSet<String> = all.iter().flat_map(|tree| members(Some(tree))).map(|(name, _)| name).collect();
        let parts: BTreeSet<String> = all.iter().filter(|tree| tree.size() <= LARGEST_PART).map(|tree| tree.text()).collect();
        self.names = names.into_iter().collect();
        self.parts = parts.iter().map(|text| Tree::from(&serde_json::from_str::<Value>(text).unwrap())).collect();
        self.conditions = all.iter().filter_map(|tree| tree.member("condition")).cloned().collect();
        self.experiments = all.iter().filter(|tree| tree.member("variations").is_some()).map(|tree| (*tree).clone()).collect();
    }

    /// What an entrance is made for, or now and then something else; `visitor` is who decisions are for.
    pub fn fitting(&self, entrance: Entrance, visitor: &Tree, chance: &Chance) -> Tree {
        if chance.once_in(5) {
            return chance.pick(&self.odd).clone();
        }
        match entrance {
            Entrance::Payload => self.payload(visitor, chance),
            Entrance::Attributes | Entrance::Visit => visitor.clone(),
            Entrance::Condition if chance.once_in(4) => chance.pick(&self.conditions).clone(),
            Entrance::Condition => grammar::condition(visitor, 3, chance),
            Entrance::Experiment => chance.pick(&self.experiments).clone(),
            Entrance::Site => self.site(visitor, chance),
            Entrance::Reduction => Tree::object([
                ("payload", self.payload(visitor, chance)),
                ("attributes", visitor.clone()),
                ("include", chance.pick(&self.parts).clone()),
            ]),
        }
    }

    /// A few features of the real payload and one with a condition made for the visitor; and saved groups.
    pub fn payload(&self, visitor: &Tree, chance: &Chance) -> Tree {
        let mut features: Vec<(String, Tree)> = (0..chance.below(4)).map(|_| chance.pick(&self.features).clone()).collect();
        let rule = [("condition", grammar::condition(visitor, 2, chance)), ("force", Tree::Leaf("1".into()))];
        features.push(("\"made\"".into(), Tree::object([("rules", Tree::List(vec![Tree::object(rule)]))])));
        let groups = Tree::Object(grammar::groups(visitor, chance));
        Tree::object([("features", Tree::Object(features)), ("savedGroups", groups)])
    }

    pub fn visitor(&self, chance: &Chance) -> Tree {
        chance.pick(&self.visitors).clone()
    }

    fn site(&self, visitor: &Tree, chance: &Chance) -> Tree {
        let mut sections: Vec<(String, Tree)> = self.sections.iter().filter(|_| chance.once_in(2)).cloned().collect();
        sections.push(("\"experiments\"".into(), Tree::object([("payload", self.payload(visitor, chance))])));
        Tree::Object(sections)
    }
}

fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(ROOT).join("tests/data/fuzz");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap().trim_end().to_owned())).collect()
}

fn read(path: &str) -> Tree {
    let text = fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    Tree::from(&serde_json::from_str::<Value>(&text).unwrap())
}

fn members(tree: Option<&Tree>) -> Vec<(String, Tree)> {
    if let Some(Tree::Object(members)) = tree { members.clone() } else { Vec::new() }
}

/// A value and all below it.
fn below(tree: &Tree) -> Vec<&Tree> {
    (0..tree.size()).map(|number| tree.at(number)).collect()
}
