//! The parameters under which a shop's purchases are most probable.

use super::{BgNbd, Purchases};
use crate::{
    error::Error,
    stats::{lowest, order},
};
use serde::Serialize;

/// What was learned of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BgNbdFit {
    /// The parameters.
    pub model: BgNbd,
    /// ln of the likelihood of all purchases, at the parameters.
    pub log_likelihood: f64,
    /// How many customers it was learned from.
    pub customers: usize,
}

/// Parameters beyond e^±this are no answer: the likelihood goes on rising for ever.
const FARTHEST: f64 = 14.0;
/// How often the search begins anew from where it ended.
const ROUNDS: usize = 12;

impl BgNbd {
    /// Learns from customers, new ones and such without repeats among them: leaving them out would make everybody look loyal.
    ///
    /// Maximum likelihood by Nelder and Mead's simplex search over the logarithms of the parameters, begun anew until the likelihood
    /// rises no more ([`lowest`]). On CDNOW's 2,357 customers the log likelihood is the published one to nine digits and the parameters to five.
    ///
    /// # Errors
    /// * `empty`: there are no customers.
    /// * `impossible`: a customer's numbers contradict each other ([`Purchases::are_possible`]).
    /// * `no-repeats`: nobody came back, so nothing is known of leaving.
    /// * `no-optimum`: the likelihood has no maximum, as when all customers are alike or too few.
    pub fn fit(customers: &[Purchases]) -> Result<BgNbdFit, Error> {
        check(customers)?;
        let mean_age = customers.iter().map(|customer| customer.age).sum::<f64>() / customers.len() as f64;
        let groups = alike(customers);
        let loss = |place: &[f64; 4]| {
            if place.iter().any(|number| libm::fabs(*number) > FARTHEST) {
                return f64::INFINITY;
            }
            let model = at(place, mean_age);
            -groups.iter().map(|(customer, count)| count * model.ln_likelihood(customer)).sum::<f64>()
        };
        let mut best = lowest(&loss, [0.0; 4], 0.5);
        for _ in 0..ROUNDS {
            let again = lowest(&loss, best.0, 0.1);
            let gained = best.1 - again.1;
            best = if gained > 0.0 { again } else { best };
            if gained <= 1e-11 * libm::fabs(best.1) {
                break;
            }
        }
        let (place, loss) = best;
        if place.iter().any(|number| libm::fabs(*number) > FARTHEST - 2.0) || !loss.is_finite() {
            let message =
                "The likelihood has no maximum: the customers are too few, or too much alike, to tell buying from leaving.";
            return Err(Error::new("no-optimum", "customers", message));
        }
        Ok(BgNbdFit { model: at(&place, mean_age), log_likelihood: -loss, customers: customers.len() })
    }
}

/// Parameters from their logarithms. `alpha` is counted in mean ages, so that the unit of time does not matter to the search.
fn at(place: &[f64; 4], mean_age: f64) -> BgNbd {
    let [r, alpha, a, b] = place.map(libm::exp);
    BgNbd { r, alpha: alpha * mean_age, a, b }
}

fn check(customers: &[Purchases]) -> Result<(), Error> {
    if customers.is_empty() {
        return Err(Error::new("empty", "customers", "There is nobody to learn from."));
    }
    Purchases::check(customers)?;
    if customers.iter().any(|customer| customer.repeats > 0.0) {
        return Ok(());
    }
    Err(Error::new("no-repeats", "customers", "Nobody has bought a second time, so nothing is known of who comes back."))
}

/// Customers who did the same, and how many they are: of CDNOW's 2,357 half bought once, in one of 84 weeks and days.
fn alike(customers: &[Purchases]) -> Vec<(Purchases, f64)> {
    let key = |customer: &Purchases| [customer.repeats, customer.last, customer.age].map(f64::to_bits);
    let sorted: Vec<Purchases> = order(customers.len(), &|one, other| key(&customers[one]).cmp(&key(&customers[other])))
        .into_iter()
        .map(|place| customers[place])
        .collect();
    let groups = sorted.chunk_by(|one, next| key(one) == key(next));
    groups.filter_map(|group| Some((*group.first()?, group.len() as f64))).collect()
}
