//! Whether a referral looks like fraud: a score with reasons. It flags for a person to look at, and never blocks.
//!
//! It looks only at what it is given: ids, addresses, names, times, and what a browser or a server says of itself. A field that is
//! absent, because nobody consented to it or nobody knows it, counts nothing and is told (`unknown`). Nothing here takes a
//! fingerprint: device ids are those that a site gives with consent, and whether two addresses of the network are equal is compared
//! by the server that knows them, so that they need not be passed on.
//!
//! Each signal is judged by itself and adds its points; the score is their sum, 100 at most. So one more signal never lowers it.

mod around;
mod bursts;
mod email;
mod name;
mod rings;
mod rules;
mod signals;

use crate::{
    base::{Host, Time},
    stats::order,
};
use around::around;
use core::mem;
use signals::Case;

pub use bursts::{Came, bursts};
pub use email::Email;
pub use name::similarity;
pub use rings::Rings;
pub use rules::Rules;
pub use signals::{SIGNALS, Signal};

/// One of the two people of a referral, as far as is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    /// Their id in the program, the same in every referral.
    pub id: Option<&'a str>,
    /// A mail address as they wrote it.
    pub email: Option<&'a str>,
    /// Their whole name.
    pub name: Option<&'a str>,
    /// The id that the site gave their browser or device, where they consented to it.
    pub device: Option<&'a str>,
}

/// A referral: who brought whom, when, and what is known of the way.
#[derive(Clone, Debug, Default)]
pub struct Referral<'a> {
    /// Who passed the link on.
    pub advocate: Person<'a>,
    /// Who arrived with it.
    pub friend: Person<'a>,
    /// When the friend first arrived by the link.
    pub touched: Option<Time>,
    /// When they signed up.
    pub signed_up: Option<Time>,
    /// When they became a customer.
    pub converted: Option<Time>,
    /// Whether they were a customer before.
    pub customer: Option<bool>,
    /// Whether the purchase was not their first one.
    pub repeat: Option<bool>,
    /// How the friend's browser names itself; asked only where `bot` is not known.
    pub user_agent: Option<&'a str>,
    /// Whether a program came, by whoever saw it come.
    pub bot: Option<bool>,
    /// Whether it was fetched for a preview of the link.
    pub preview: Option<bool>,
    /// Whether it was fetched ahead of a click (`Sec-Purpose: prefetch`).
    pub prefetch: Option<bool>,
    /// Whether a program steers the browser (`navigator.webdriver`).
    pub webdriver: Option<bool>,
    /// Whether both came from one network address, which a server compares.
    pub same_ip: Option<bool>,
    /// Whether both pay, or are paid, by one account or card, which a server compares.
    pub same_payment: Option<bool>,
    /// Whatever else a server knows.
    pub facts: Vec<Fact<'a>>,
}

/// What a server knows of a referral, and what it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fact<'a> {
    /// A stable word for programs.
    pub id: &'a str,
    /// A sentence.
    pub label: &'a str,
    /// 0 to 100; what is beyond counts as the nearer end.
    pub points: i64,
    /// What it was seen by; may be empty.
    pub evidence: &'a str,
}

/// Lists of mail domains, in small letters and ASCII, as functions: whoever has a list asks it as it is.
#[derive(Clone, Copy, Default)]
pub struct Lists<'a> {
    /// Whether a domain gives addresses to throw away. Domains above it are asked too. Without it nothing is said of that.
    pub disposable: Option<&'a dyn Fn(&str) -> bool>,
    /// Whether everybody can have an address at a domain; by a short list of large providers where there is none.
    pub public: Option<&'a dyn Fn(&str) -> bool>,
}

/// How likely it is that somebody should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing, or what happens to honest people too.
    Low,
    /// Worth a look before a reward is paid.
    Medium,
    /// Most likely no new customer.
    High,
}

impl Level {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The signal, or the server's fact.
    pub id: String,
    /// A sentence.
    pub label: String,
    /// What it adds to the score.
    pub points: i64,
    /// What it was seen by, such as `4 s`; may be empty.
    pub evidence: String,
}

/// What is to be thought of a referral. There is no "blocked": that is for people to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// 0 to 100.
    pub score: i64,
    /// Where the score lies between the limits of the rules.
    pub level: Level,
    /// Largest first; of equals in the order of the signals, and what servers know last.
    pub reasons: Vec<Reason>,
    /// The signals that could not be judged, because what they need is not known. They count nothing.
    pub unknown: Vec<&'static str>,
}

impl Verdict {
    /// Whether somebody should look: medium or high.
    pub fn flagged(&self) -> bool {
        self.level > Level::Low
    }
}

/// Judges referrals, each one also by the others: how fast an advocate's friends come, and who brought each other. Verdicts are in
/// the order of the referrals. O(n log n); no recursion.
pub fn judge(referrals: &[Referral<'_>], rules: &Rules, lists: &Lists<'_>, host: &dyn Host) -> Vec<Verdict> {
    let all_around = around(referrals, rules);
    let cases = referrals.iter().zip(all_around);
    cases.map(|(referral, around)| verdict(&Case::new(referral, around, rules, lists, host), rules)).collect()
}

fn verdict(case: &Case<'_>, rules: &Rules) -> Verdict {
    let (mut reasons, mut unknown) = (Vec::new(), Vec::new());
    for (signal, points) in SIGNALS.iter().zip(rules.points).filter(|(_, points)| *points > 0) {
        match signal.look(case) {
            None => unknown.push(signal.id),
            Some(None) => {}
            Some(Some(evidence)) => {
                reasons.push(Reason { id: signal.id.into(), label: signal.label.into(), points, evidence });
            }
        }
    }
    reasons.extend(case.referral.facts.iter().map(told).filter(|reason| reason.points > 0));
    let rising = order(reasons.len(), &|one, other| reasons[other].points.cmp(&reasons[one].points));
    let reasons: Vec<Reason> = rising.into_iter().map(|place| mem::take(&mut reasons[place])).collect();
    let score = reasons.iter().map(|reason| reason.points).sum::<i64>().min(100);
    Verdict { score, level: rules.level(score), reasons, unknown }
}

fn told(fact: &Fact<'_>) -> Reason {
    let Fact { id, label, points, evidence } = fact;
    Reason { id: (*id).into(), label: (*label).into(), points: (*points).clamp(0, 100), evidence: (*evidence).into() }
}
