//! The signals, one a line of the table: what each is called, what it counts, what it looks at.

use super::{Email, Lists, Referral, Rules, around::Around, name::similarity};
use crate::base::{Host, Time, json::print_integer, time::SECOND};

/// Something that is seen in frauds more often than in honest referrals.
#[derive(Debug)]
pub struct Signal {
    /// A stable word: in reasons, and in the rules' `points`.
    pub id: &'static str,
    /// What it adds to the score, unless rules say otherwise.
    pub points: i64,
    /// A sentence.
    pub label: &'static str,
    look: fn(&Case<'_>) -> Finding,
}

/// `None` where what is needed is not known; else whether it was found, and by what.
pub(super) type Finding = Option<Option<String>>;

/// All signals.
///
/// Four of the points are those of GrowSurf's guide "How to detect referral fraud with webhooks": `same_ip` 40, `disposable_email` 30,
/// `many_in_hour` 25 (more than 5), `similar_name` 20. The others are set beside them: what proves that there is one person, or none,
/// is high by itself; what also happens to families, colleagues and the quick is not even medium.
pub static SIGNALS: [Signal; 19] = [
    signal("same_id", 100, "Advocate and friend are the same user.", same_id),
    signal("same_email", 80, "Both addresses are of one mailbox.", same_email),
    signal("same_payment", 60, "Both have the same card or account.", |case| told(case.referral.same_payment)),
    signal("bot", 60, "A program came, not a person.", bot),
    signal("preview", 60, "The link was fetched for a preview, not clicked.", |case| told(case.referral.preview)),
    signal("prefetch", 60, "The link was fetched ahead, not clicked.", |case| told(case.referral.prefetch)),
    signal("webdriver", 60, "A program steers the friend's browser.", |case| told(case.referral.webdriver)),
    signal("existing_customer", 40, "The friend was there before the link.", existing_customer),
    signal("same_device", 40, "Both use the same browser or device.", same_device),
    signal("same_ip", 40, "Both came from one network address, as households and offices do.", |case| {
        told(case.referral.same_ip)
    }),
    signal("disposable_email", 30, "The friend's address is one to throw away.", disposable_email),
    signal("ring", 30, "Advocate and friend are in a ring of people who brought each other.", ring),
    signal("many_in_hour", 25, "Very many friends of this advocate came within an hour.", |case| many(case.around.in_hour)),
    signal("numbered_email", 20, "Both addresses differ in digits only.", numbered_email),
    signal("similar_name", 20, "Both names are very much alike.", similar_name),
    signal("too_fast", 20, "The friend signed up or bought faster than a page can be read.", too_fast),
    signal("many_in_day", 15, "Very many friends of this advocate came within a day.", |case| many(case.around.in_day)),
    signal("mutual", 10, "Each of the two brought the other.", |case| told(case.around.mutual)),
    signal("same_domain", 10, "Both addresses are of one domain that is not open to everybody.", same_domain),
];

const fn signal(id: &'static str, points: i64, label: &'static str, look: fn(&Case<'_>) -> Finding) -> Signal {
    Signal { id, points, label, look }
}

impl Signal {
    pub(super) fn look(&self, case: &Case<'_>) -> Finding {
        (self.look)(case)
    }
}

/// A referral with all that signals look at.
pub(super) struct Case<'c> {
    pub referral: &'c Referral<'c>,
    around: Around,
    rules: &'c Rules,
    lists: &'c Lists<'c>,
    host: &'c dyn Host,
    advocate: Option<Email>,
    friend: Option<Email>,
}

impl<'c> Case<'c> {
    pub fn new(
        referral: &'c Referral<'c>,
        around: Around,
        rules: &'c Rules,
        lists: &'c Lists<'c>,
        host: &'c dyn Host,
    ) -> Case<'c> {
        let [advocate, friend] = [referral.advocate.email, referral.friend.email].map(|text| Email::read(text?, host));
        Case { referral, around, rules, lists, host, advocate, friend }
    }

    fn emails(&self) -> Option<(&Email, &Email)> {
        self.advocate.as_ref().zip(self.friend.as_ref())
    }
}

fn found(is_so: bool, evidence: impl FnOnce() -> String) -> Finding {
    Some(is_so.then(evidence))
}

/// What was told needs no evidence.
fn told(is_so: Option<bool>) -> Finding {
    found(is_so?, String::new)
}

/// An empty text is not known.
fn same(one: Option<&str>, other: Option<&str>) -> Finding {
    let [one, other] = [one, other].map(|text| text.filter(|text| !text.is_empty()));
    let (one, other) = one.zip(other)?;
    found(one == other, || one.into())
}

fn same_id(case: &Case<'_>) -> Finding {
    same(case.referral.advocate.id, case.referral.friend.id)
}

fn same_device(case: &Case<'_>) -> Finding {
    same(case.referral.advocate.device, case.referral.friend.device)
}

fn same_email(case: &Case<'_>) -> Finding {
    let (advocate, friend) = case.emails()?;
    found(advocate == friend, || friend.address())
}

/// Three letters at least besides the digits: `a1` and `a2`, or numbers alone, say nothing.
fn numbered_email(case: &Case<'_>) -> Finding {
    let (advocate, friend) = case.emails()?;
    let (stem, other) = (advocate.stem(), friend.stem());
    let is_so = advocate.domain == friend.domain && advocate.local != friend.local && stem == other && stem.chars().count() >= 3;
    found(is_so, || [&advocate.address(), ", ", &friend.address()].concat())
}

fn same_domain(case: &Case<'_>) -> Finding {
    let (advocate, friend) = case.emails()?;
    let is_public = |domain: &str| case.lists.public.map_or_else(|| Email::is_public(domain), |is_public| is_public(domain));
    found(advocate.domain == friend.domain && !is_public(&friend.domain), || friend.domain.clone())
}

fn disposable_email(case: &Case<'_>) -> Finding {
    let (friend, disposable) = (case.friend.as_ref()?, case.lists.disposable?);
    found(friend.is_listed(disposable), || friend.domain.clone())
}

fn similar_name(case: &Case<'_>) -> Finding {
    let alike = similarity(case.referral.advocate.name?, case.referral.friend.name?, case.host)?;
    found(alike >= case.rules.similar_name, || hundredths(alike))
}

/// A share from 0 to 1 as `0.97`, rounded down: 1.00 are equals alone.
fn hundredths(share: f64) -> String {
    let hundreds = (share * 100.0 + 1e-9) as i64;
    [if hundreds < 100 { "0." } else { "1." }, &print_integer(hundreds % 100 / 10), &print_integer(hundreds % 10)].concat()
}

/// What the page counts as programs (`client`), by how the browser names itself.
const PROGRAMS: &str = include_str!("../../client/programs.txt");

fn bot(case: &Case<'_>) -> Finding {
    if let Some(bot) = case.referral.bot {
        return told(Some(bot));
    }
    let user_agent = case.referral.user_agent?;
    found(case.host.matches(PROGRAMS.trim_end(), user_agent, true), || user_agent.into())
}

/// A customer, a later purchase, or a sign-up before the first touch: any of these that is known. With none known, nothing is.
fn existing_customer(case: &Case<'_>) -> Finding {
    let Referral { customer, repeat, signed_up, touched, .. } = case.referral;
    let before = signed_up.zip(*touched).map(|(signed_up, touched)| signed_up < touched);
    let any =
        [(*customer, "a customer before"), (*repeat, "not the first purchase"), (before, "signed up before the first touch")];
    let is_known = any.iter().any(|(is_so, _)| is_so.is_some());
    let first = any.iter().find(|(is_so, _)| *is_so == Some(true));
    is_known.then(|| first.map(|(_, evidence)| (*evidence).into()))
}

/// From the first touch to the sign-up or the conversion, whichever came first after it.
fn too_fast(case: &Case<'_>) -> Finding {
    let Referral { touched, signed_up, converted, .. } = case.referral;
    let touched = (*touched)?;
    let spans = [*signed_up, *converted].into_iter().flatten().map(|time: Time| time.since(touched));
    let known: Vec<i64> = spans.collect();
    let least = known.iter().copied().filter(|span| *span >= 0).min();
    let fast = least.filter(|span| *span < case.rules.fast).map(|span| [&print_integer(span / SECOND), " s"].concat());
    (!known.is_empty()).then_some(fast)
}

/// A burst of so many friends; 0 for none.
fn many(friends: Option<u32>) -> Finding {
    let friends = friends?;
    found(friends > 0, || [&print_integer(friends.into()), " friends"].concat())
}

fn ring(case: &Case<'_>) -> Finding {
    let size = case.around.ring?;
    found(size > 0, || [&print_integer(size.into()), " people"].concat())
}
