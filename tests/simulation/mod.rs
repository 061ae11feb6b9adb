//! A visitor's whole browser, simulated: tabs, storage, locks, the network and a collector, and everything that can go wrong.
//!
//! The client is the real one; around it is a model of what the harness (`www/harness`) does with its effects. All follows
//! from a seed.

mod browser;
mod carry;
mod collector;
mod dice;
mod faults;
mod happenings;
mod host;
mod journal;
mod laws;
mod laws_at_the_end;
mod ledger;
mod network;
mod plan;
pub mod run;
mod tab;
mod text;
mod visitor;
mod world;
