//! Texts from outside are anything: whatever comes in as a payload, attributes, a condition, an experiment, a site
//! definition or during a visit, nothing panics, nothing hangs, and what is answered is JSON.
//!
//! Inputs are made from real ones, changed in their structure first, see `fuzz/mutate.rs`. Each follows from the seed and
//! its number alone, and has at most 4 KB, so that a reader that is slow by its kind shows in the time of a run.
//!
//! `FUZZ_INPUTS=1000000 cargo test --release --test fuzz` runs as many; `FUZZ_SEED` is 1 unless told. To find the input
//! that hangs, or exhausts the stack, look at the last line of progress and begin near it: `FUZZ_FIRST`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

#[path = "fuzz/chance.rs"]
mod chance;
#[path = "fuzz/entrances.rs"]
mod entrances;
#[path = "fuzz/grammar.rs"]
mod grammar;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/stock.rs"]
mod stock;
mod support;
#[path = "fuzz/tree.rs"]
mod tree;

use chance::Chance;
use entrances::{Around, ENTRANCES, Entrance, open};
use mutate::{noise, odd_text};
use privateer::{base::json::Json, experiment::Decision};
use serde_json::{Value, json};
use std::{
    env,
    io::{Write, stdout},
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};
use stock::Stock;
use support::{engine::Engine, visit::Visit};

/// How many inputs an ordinary test run has, in a few seconds without optimisation.
const INPUTS: u64 = 2_500;
/// A run goes on after a failure, to show what failures have in common.
const MOST_FAILURES: usize = 20;

struct Input {
    entrance: Entrance,
    text: String,
    around: Around,
}

impl Input {
    /// The input of a number.
    fn made(seed: u64, number: u64, stock: &Stock) -> Input {
        let chance = Chance::of(seed, number);
        let entrance = *chance.pick(&ENTRANCES);
        let visitor = stock.visitor(&chance);
        let fitting = stock.fitting(entrance, &visitor, &chance);
        let text = if chance.once_in(50) { noise(&chance) } else { odd_text(fitting, stock, &chance) };
        Input { entrance, text, around: Around { payload: stock.payload(&visitor, &chance).text(), visitor: visitor.text() } }
    }

    /// What went wrong with it, if anything did.
    fn failure(&self) -> Option<String> {
        let tried = catch_unwind(AssertUnwindSafe(|| open(self.entrance, &self.text, &self.around))).err()?;
        let told = tried.downcast_ref::<String>().cloned();
        let told = told.or_else(|| tried.downcast_ref::<&str>().map(|told| told.to_string())).unwrap_or_default();
        let Around { payload, visitor } = &self.around;
        Some(format!("{:?}: {told}\ninput   {}\npayload {payload}\nvisitor {visitor}\n", self.entrance, self.text))
    }
}

fn told(name: &str) -> Option<u64> {
    env::var(name).ok().map(|number| number.parse().unwrap())
}

/// Tests capture what is printed; this is seen anyway.
fn say(line: &str) {
    stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// What a run found.
#[derive(Default)]
struct Found {
    inputs: u64,
    /// How long the slowest input took, and its number.
    slowest: (Duration, u64),
    failures: Vec<String>,
}

impl Found {
    fn try_input(&mut self, seed: u64, number: u64, stock: &Stock) {
        let input = Input::made(seed, number, stock);
        let entered = Instant::now();
        let failure = input.failure();
        self.inputs += 1;
        self.slowest = self.slowest.max((entered.elapsed(), number));
        self.failures.extend(failure.map(|failure| format!("input {number} of seed {seed}, {failure}")));
        if self.inputs.is_multiple_of(100_000) {
            say(&format!("fuzz: at input {number}"));
        }
    }
}

/// No panic, and every law of `fuzz/entrances.rs`, over inputs made by chance.
#[test]
fn whatever_comes_in_is_survived() {
    let stock = Stock::gather();
    let [seed, first, inputs] =
        [("FUZZ_SEED", 1), ("FUZZ_FIRST", 0), ("FUZZ_INPUTS", INPUTS)].map(|(name, usual)| told(name).unwrap_or(usual));
    let (began, mut found) = (Instant::now(), Found::default());
    for number in first..first + inputs {
        if found.failures.len() < MOST_FAILURES {
            found.try_input(seed, number, &stock);
        }
    }
    let (seconds, (longest, number)) = (began.elapsed().as_secs_f64(), found.slowest);
    let longest = longest.as_millis();
    if told("FUZZ_INPUTS").is_some() {
        say(&format!("fuzz: {} inputs in {seconds:.0} s, seed {seed}; the slowest was {number}, {longest} ms", found.inputs));
    }
    assert!(found.failures.is_empty(), "{}", found.failures.join("\n"));
}

/// The corpus: cases that were thought of, or found. Each goes in everywhere.
#[test]
fn the_corpus_is_survived() {
    let stock = Stock::gather();
    assert!(!stock.corpus.is_empty());
    let ordinary = Input::made(1, 0, &stock);
    for (name, text) in &stock.corpus {
        for entrance in ENTRANCES {
            let input = Input { entrance, text: text.clone(), around: ordinary.around.clone() };
            assert_eq!(input.failure(), None, "{name}");
        }
    }
}

/// What is too deep or too large is refused by name, where it stands; everything else goes on.
#[test]
fn depth_and_size_have_names() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let site = format!(
        r#"{{"experiments":{{"payload":{{"features":{{"f":{{"defaultValue":{deep}}}}},"experiments":[{deep}]}}}},"scoring":{deep}}}"#
    );
    let mut visit = Visit::with(site, "https://example.com/", 1, Default::default());
    assert_eq!(visit.decision("f")["value"], json!(null));
    let told: Vec<Value> = visit.problems().as_array().unwrap().iter().map(|told| json!([told["code"], told["path"]])).collect();
    for path in ["$.experiments.payload.features.f", "$.experiments.payload.experiments[0]", "$.scoring"] {
        assert!(told.contains(&json!(["too-deep", path])), "{path} is not among {told:?}");
    }
    let mut engine = Engine::of(json!({ "force": 1 }));
    let variations = |count: usize| json!({ "key": "k", "variations": vec![0; count] }).to_string();
    assert!(engine.engine.experiment(&variations(4_096)).is_some() && engine.problems().is_empty());
    assert_eq!(engine.engine.experiment(&variations(4_097)), None);
    assert_eq!(engine.problems(), [("out-of-range".to_owned(), "$.variations".to_owned())]);
    assert_eq!(engine.engine.experiment(&deep), None);
    assert_eq!(engine.value("experiment", &json!({ "id": "a" })), 1);
}

/// Under names that JavaScript's objects inherit, attributes, saved groups and features mean what they do under any other.
#[test]
fn inherited_names_are_ordinary() {
    let read =
        |name: &str| std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "/tests/data/experiments/", name].concat()).unwrap();
    let (payload, visitors) = (read("payload-100.json"), read("users.json"));
    let names = [
        ("country", "__proto__"),
        ("account.seats", "constructor.prototype"),
        ("account", "constructor"),
        ("seats", "prototype"),
        ("plan", "toString"),
        ("g0", "hasOwnProperty"),
        ("feature-1", "valueOf"),
    ];
    let renamed = |text: &str| {
        names.iter().fold(text.to_owned(), |text, (name, other)| text.replace(&format!("\"{name}\""), &format!("\"{other}\"")))
    };
    let (mut plain, mut other) = (Engine::load(&payload), Engine::load(&renamed(&payload)));
    let keys: Vec<String> = plain.engine.payload.keys().map(str::to_owned).collect();
    for visitor in serde_json::from_str::<Vec<Value>>(&visitors).unwrap().iter().take(50).map(Value::to_string) {
        for key in &keys {
            let text = |decision: Decision<'_>| format!("{:?} {:?}", decision.code, decision.value.map(Json::text));
            let under = if key == "feature-1" { "valueOf" } else { key };
            assert_eq!(other.ask(under, &renamed(&visitor), text), plain.ask(key, &visitor, text), "{key} for {visitor}");
        }
    }
}
