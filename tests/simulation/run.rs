//! Many visits, side by side.

use super::{
    dice::Dice,
    world::{Violation, World},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    thread,
};

/// What a run found.
#[derive(Default)]
pub struct Found {
    pub visits: u64,
    pub events: u64,
    pub faults: u64,
    /// The number of the visit, and what was wrong.
    pub violations: Vec<(u64, Violation)>,
}

/// A run goes on after a violation, to show what violations have in common.
const MOST: usize = 40;

/// The seed of a visit.
fn seed_of(seed: u64, number: u64) -> u64 {
    Dice::of(seed).next().wrapping_add(number)
}

/// One visit.
fn visit(seed: u64, number: u64, is_told: bool) -> (World, Option<Violation>) {
    let mut world = World::of(seed_of(seed, number), is_told);
    let told = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default()
    };
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| world.live())) {
        world.violation = Some(Violation { law: "Nothing panics.", detail: told(panic) });
    }
    let violation = world.violation.clone();
    (world, violation)
}

/// Visits from `first` on, so many; `tell` hears how far it is.
pub fn run(seed: u64, first: u64, visits: u64, tell: impl Fn(u64) + Sync) -> Found {
    let next = AtomicU64::new(first);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let found: Vec<Found> = thread::scope(|scope| {
        let work = || {
            let mut found = Found::default();
            while found.violations.len() < MOST {
                let number = next.fetch_add(1, Relaxed);
                if number >= first + visits {
                    break;
                }
                let (world, violation) = visit(seed, number, false);
                found.visits += 1;
                found.events += world.events;
                found.faults += world.faults;
                found.violations.extend(violation.map(|violation| (number, violation)));
                tell(number - first + 1);
            }
            found
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    together(found)
}

fn together(parts: Vec<Found>) -> Found {
    let mut all = Found::default();
    for part in parts {
        all.visits += part.visits;
        all.events += part.events;
        all.faults += part.faults;
        all.violations.extend(part.violations);
    }
    all.violations.sort_by_key(|(number, _)| *number);
    all
}

/// The last steps of a visit.
pub fn last_steps(seed: u64, number: u64, most: usize) -> Vec<String> {
    let (world, _) = visit(seed, number, true);
    let steps = world.steps.unwrap_or_default();
    steps[steps.len().saturating_sub(most)..].to_vec()
}
