//! What happened, as servers tell it.

use super::{MOST, sentence, sort::Key, when};
use crate::{
    base::{
        Time,
        json::{Json, Section, children, print_integer},
    },
    error::Error,
};
use alloc::vec::Vec;

/// What an entry says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A friend converted.
    #[default]
    Conversion,
    /// Money went back.
    Refund,
    /// Somebody looked at a conversion, and it is fine.
    Approved,
    /// Somebody looked at a conversion, and nothing is paid for it.
    Rejected,
    /// Something was said about a conversion that cannot be used. Nothing is paid for it until somebody approves it later, or
    /// the entry is mended.
    Unclear,
}

/// An entry of the history. Its order in the list does not matter. Of conversions with the same id the earliest counts, and of
/// refunds of one conversion with the same id; of equal times the smallest in the order of these fields. Of an approval and a
/// rejection of one conversion the later counts, of equal times the rejection. What is said about a conversion in another currency is
/// taken as [`Kind::Unclear`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<'h> {
    /// When it happened.
    pub time: Time,
    /// What it says.
    pub kind: Kind,
    /// Its own id; of no meaning for approvals and rejections. Conversions have one; refunds that have none are told from others
    /// of their conversion by their time.
    pub id: &'h str,
    /// The id of the conversion that it is about; empty for conversions.
    pub of: &'h str,
    /// The code of who brought the friend; empty where the conversion came without one: the friend may be bound already.
    pub advocate: &'h str,
    /// Who converted.
    pub friend: &'h str,
    /// Of the amount; empty for the program's own.
    pub currency: &'h str,
    /// What was paid or goes back, in minor units, 0 to [`MOST`]. A refund without an amount is of everything.
    pub amount: Option<i64>,
}

impl<'h> Entry<'h> {
    /// In the order of kinds, then of what tells it from others of its kind, then in time.
    pub(super) fn key(&self) -> Key<'h> {
        let time = self.time.0;
        let (name, part) = match self.kind {
            Kind::Conversion => (self.id, ("", 0)),
            Kind::Approved | Kind::Rejected => (self.of, (self.currency, 0)),
            Kind::Refund if !self.id.is_empty() => (self.of, (self.id, 0)),
            Kind::Refund | Kind::Unclear => (self.of, (self.id, time)),
        };
        Key { rank: self.kind as usize, name, part, time, ..Key::default() }
    }

    /// What problems with it are found by: its id, or that of its conversion.
    pub(super) fn label(&self) -> &'h str {
        if self.id.is_empty() { self.of } else { self.id }
    }

    /// All that it says, in the order in which entries are compared: texts in a row take less code than one by one.
    pub(super) fn content(&self) -> (Time, [&'h str; 5], Option<i64>) {
        (self.time, [self.id, self.of, self.advocate, self.friend, self.currency], self.amount)
    }

    /// An approval or a rejection: what those are about tells them apart.
    pub(super) fn is_verdict(&self) -> bool {
        matches!(self.kind, Kind::Approved | Kind::Rejected)
    }
}

/// The entries that can be read; what is wrong with the others is noted, each one's first mistake. One that names a conversion by
/// `of` is [`Kind::Unclear`] then: at its time, or at the end of all where that cannot be read either.
///
/// `{"id","type":"conversion","advocate","friend","time","amount","currency"}`, and
/// `{"id","type":"refund"|"approved"|"rejected","of","time","amount","currency"}`, of which only refunds have an amount
/// and need no `id`; times are in ms, or texts as [`Time::iso8601`] writes them.
pub fn entries<'h>(history: Option<Json<'h>>, problems: &mut Vec<Error>) -> Vec<Entry<'h>> {
    let mut read = Vec::new();
    if history.is_some_and(|history| !history.is_list()) {
        problems.push(Error::new("wrong-type", "$.history", sentence("A list […] belongs here.")));
        return read;
    }
    for (index, element) in children(history).enumerate() {
        let mut found = Vec::new();
        let entry = entry(&mut Section::new(Some(element), "", &mut found));
        if found.is_empty() {
            read.push(entry);
        } else if let Some(of) = element.get_string("of") {
            read.push(Entry { kind: Kind::Unclear, time: entry.time, of, ..Entry::default() });
        }
        found.truncate(1);
        adopt(problems, found, "$.history", index);
    }
    read
}

/// Takes the problems of an element of a list at `path`, which begin there.
#[inline(never)]
pub(super) fn adopt(problems: &mut Vec<Error>, found: Vec<Error>, path: &str, index: usize) {
    for error in found {
        problems.push(error.within(&[path, "[", &print_integer(index as i64), "]"].concat()));
    }
}

fn entry<'h>(fields: &mut Section<'h, '_>) -> Entry<'h> {
    let kind = kind(fields);
    let converts = kind == Kind::Conversion;
    let amount = fields.get("amount").is_some().then(|| whole(fields, "amount", 0, 0, MOST));
    let named = converts || kind == Kind::Refund;
    Entry {
        time: time(fields),
        kind,
        id: match kind {
            Kind::Conversion => required(fields, "id"),
            Kind::Refund => fields.text("id").unwrap_or(""),
            _ => "",
        },
        of: if converts { "" } else { required(fields, "of") },
        advocate: if converts { fields.text("advocate").unwrap_or("") } else { "" },
        friend: if converts { required(fields, "friend") } else { "" },
        amount: amount.filter(|_| named),
        currency: fields.text("currency").unwrap_or(""),
    }
}

fn kind(fields: &mut Section<'_, '_>) -> Kind {
    match required(fields, "type") {
        "conversion" => Kind::Conversion,
        "refund" => Kind::Refund,
        "approved" => Kind::Approved,
        "rejected" => Kind::Rejected,
        _ => {
            fields.problem("unknown-word", "type", sentence("This word means nothing here."));
            Kind::Conversion
        }
    }
}

fn time(fields: &mut Section<'_, '_>) -> Time {
    /// The furthest from 1970 that JavaScript's dates go.
    const FURTHEST: f64 = 8.64e15;
    let value = fields.get("time");
    let number = value.and_then(Json::number).filter(|ms| ms.abs() <= FURTHEST);
    let time = number.map(|ms| Time(ms as i64)).or_else(|| when::parse(value?.string()?));
    if time.is_none() {
        fields.problem("wrong-type", "time", sentence("A time is ms since 1970, or a text like 2026-03-01T09:05:00Z."));
    }
    time.unwrap_or(Time(i64::MAX))
}

/// A text that there has to be.
pub(super) fn required<'d>(fields: &mut Section<'d, '_>, name: &str) -> &'d str {
    if fields.get(name).is_none() {
        fields.problem("wrong-type", name, sentence("A text in quotes belongs here."));
    }
    fields.text(name).unwrap_or("")
}

/// A whole number; one with a fraction is no amount that could be paid.
pub(super) fn whole(fields: &mut Section<'_, '_>, name: &str, default: i64, least: i64, most: i64) -> i64 {
    let number = fields.number(name, default as f64, least as f64, most as f64);
    let whole = number as i64;
    if whole as f64 != number {
        fields.problem(
            "out-of-range",
            name,
            sentence("A whole number belongs here; of money in its smallest unit, such as cents."),
        );
    }
    whole
}
