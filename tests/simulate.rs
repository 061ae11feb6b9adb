//! Whole visitors, simulated from a seed, with faults between any two effects; see `simulation/mod.rs`.
//!
//! `npm run simulate -- --visits 1000000` runs many; `--seed` makes others, `--first` begins at a later one.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod simulation;
mod support;

use simulation::run::{Found, last_steps, run};
use std::{
    collections::BTreeMap,
    env,
    io::{Write, stdout},
    time::Instant,
};

/// How many visits an ordinary test run has, in a few seconds without optimisation.
const VISITS: u64 = 300;
/// How many steps of a visit that went wrong are shown.
const STEPS: usize = 40;

fn told(name: &str) -> Option<u64> {
    env::var(name).ok().map(|number| number.parse().unwrap())
}

/// Tests capture what is printed; this is seen anyway.
fn say(line: &str) {
    stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn whatever_happens_every_law_holds() {
    let seed = told("SIMULATE_SEED").unwrap_or(1);
    let visits = told("SIMULATE_VISITS").unwrap_or(VISITS);
    let first = told("SIMULATE_FIRST").unwrap_or(0);
    let begun = Instant::now();
    let found = run(seed, first, visits, |done| {
        if visits >= 10_000 && done % (visits / 20) == 0 {
            say(&format!("{done} of {visits} visits, {} s", begun.elapsed().as_secs()));
        }
    });
    tell_violations(seed, &found);
    let Found { visits, events, faults, violations } = &found;
    say(&format!("{visits} visits, {events} events, {faults} faults, {} violations", violations.len()));
    assert!(violations.is_empty(), "{} of {visits} visits broke a law", violations.len());
}

/// The first visit that broke each law, and how it went.
fn tell_violations(seed: u64, found: &Found) {
    let mut laws = BTreeMap::new();
    for (number, violation) in &found.violations {
        laws.entry(violation.law).or_insert_with(Vec::new).push((*number, &violation.detail));
    }
    for (law, visits) in laws {
        let (number, detail) = visits[0];
        say(&format!("\n── {law}\nbroken by {} visits; visit {number} of seed {seed}: {detail}\n", visits.len()));
        let steps = told("SIMULATE_STEPS").map_or(STEPS, |steps| steps as usize);
        last_steps(seed, number, steps).iter().for_each(|step| say(step));
        say(&format!("\nnpm run simulate -- --seed {seed} --first {number} --visits 1"));
    }
}
