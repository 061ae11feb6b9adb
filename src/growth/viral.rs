//! The K-factor: how many new users one user brings.

use crate::{
    error::Error,
    stats::{critical, wilson},
};

/// The share of invites that became users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversion {
    /// Friends over invites, 0 to 1.
    pub rate: f64,
    /// The lower end of Wilson's interval, which takes invites as independent of each other.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// How many each user brings. Intervals hold the true value in `confidence` of all samples, as nearly as their methods do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KFactor {
    /// New users per user: invites per user times conversion, which is friends over users.
    pub k: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How much more the friends of one user differ than chance has it: their variance over their mean, 1 at least; 1 where it is not known.
    pub dispersion: f64,
    /// Invites per user; `None` where invites were not counted.
    pub invites_per_user: Option<f64>,
    /// The share of invites that became users; `None` without invites.
    pub conversion: Option<Conversion>,
}

/// K of some users: how many friends each one brought. Of who brought nobody the count may be left out; `friends` has `users` counts
/// at most. `invites` is how many they sent, if that was counted.
///
/// The interval is the score interval of a Poisson rate (see Barker, *The American Statistician* 56 (2002) 85), widened for how unevenly
/// friends are brought: a few users bring most, so counts vary by φ times their mean, with φ = s² / K̄ over all users (quasi-likelihood;
/// McCullagh and Nelder, *Generalized Linear Models*, 1989, 9.2), and 1 at least. Its ends are the two rates with
/// (x - nK)² = z² φ n K, for n users and x friends:
/// K = (x + φz²/2 ± z √(φx + φ²z²/4)) / n. Without any friend it is from 0 to φz² / n.
///
/// Users must have had time: who came yesterday has brought few, and makes K smaller than it will be.
///
/// # Errors
/// `empty` without users; `impossible` with more counts than users, or more friends than invites; `confidence-out-of-range`.
///
/// ```
/// use privateer::growth::k_factor;
/// let found = k_factor(10, Some(20), &[2, 1, 1], 0.95).unwrap();
/// assert_eq!((found.k, found.invites_per_user), (0.4, Some(2.0))); // 2 invites each, of which a fifth
/// assert_eq!(found.conversion.unwrap().rate, 0.2);
/// ```
pub fn k_factor(users: u64, invites: Option<u64>, friends: &[u64], confidence: f64) -> Result<KFactor, Error> {
    let brought = friends.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
    check(users, invites, friends, brought)?;
    let (n, x, z) = (users as f64, brought as f64, critical(confidence)?);
    let dispersion = dispersion(n, x, friends);
    let middle = x + dispersion * z * z / 2.0;
    let half = z * libm::sqrt(dispersion * x + dispersion * dispersion * z * z / 4.0);
    let conversion = invites.filter(|sent| *sent > 0).map(|sent| {
        let (low, high) = wilson(x, sent as f64, z);
        Conversion { rate: x / sent as f64, low, high }
    });
    Ok(KFactor {
        k: x / n,
        // The smaller root as product of the roots, x², over the larger one: exactly 0 for nobody.
        low: x / n * (x / (middle + half)),
        high: (middle + half) / n,
        dispersion,
        invites_per_user: invites.map(|sent| sent as f64 / n),
        conversion,
    })
}

/// Variance over mean of the counts of all users, those without friends too; 1 at least.
fn dispersion(n: f64, x: f64, friends: &[u64]) -> f64 {
    let mean = x / n;
    let silent = (n - friends.len() as f64) * mean * mean;
    let squares = friends.iter().fold(silent, |sum, count| sum + (*count as f64 - mean) * (*count as f64 - mean));
    let found = squares / (n - 1.0) / mean;
    if found.is_finite() { found.max(1.0) } else { 1.0 }
}

fn check(users: u64, invites: Option<u64>, friends: &[u64], brought: u64) -> Result<(), Error> {
    if users == 0 {
        return Err(Error::new("empty", "users", "Without users there is no K: give how many could have invited."));
    }
    if friends.len() as u64 > users {
        return Err(Error::new("impossible", "friends", "There are more counts of friends than users."));
    }
    if invites.is_some_and(|sent| brought > sent) {
        let message = "More friends came than were invited: leave invites out where not all of them are counted.";
        return Err(Error::new("impossible", "invites", message));
    }
    Ok(())
}
