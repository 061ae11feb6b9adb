//! What brought a visitor here, and when: the log that credit is given by.

use crate::base::{
    Time,
    json::{Json, Writer, children},
};
use alloc::{string::String, vec::Vec};
use core::mem::take;

/// More arrivals than credit is ever given by, and a bound for what is stored.
pub const MOST: usize = 50;

/// An arrival that somebody, or something, brought about. Direct visits are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touch {
    /// When.
    pub time: Time,
    /// The advocate's code; empty where something else brought the visitor: a campaign, a search, another site.
    pub code: String,
    /// The number by which a signed link is told from others of the same code; empty for links that are not signed.
    pub nonce: String,
}

impl Touch {
    /// Whether a friend's link brought the visitor.
    pub fn is_referral(&self) -> bool {
        !self.code.is_empty()
    }
}

/// The arrivals of a visitor, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Touches(pub Vec<Touch>);

impl Touches {
    /// Takes one more, unless it is known already: the same code at the same time, or the same as the last one since `since`, when
    /// the present visit began. A page that is loaded again has the same address, and nobody came. Whether it is news.
    ///
    /// Beyond 50 the second oldest is forgotten, so that the first stays the first.
    pub fn take(&mut self, touch: Touch, since: Time) -> bool {
        let is_repeated = |last: &Touch| last.code == touch.code && last.nonce == touch.nonce && last.time >= since;
        let is_known = |other: &Touch| other.code == touch.code && other.time == touch.time;
        let last = self.0.iter().rev().find(|other| other.time <= touch.time);
        if last.is_some_and(is_repeated) || self.0.iter().any(is_known) {
            return false;
        }
        self.place(touch);
        self.forget_surplus();
        true
    }

    /// Other tabs, and a server's cookie, tell of what was before.
    fn place(&mut self, touch: Touch) {
        let mut placed = Vec::new();
        let mut touch = Some(touch);
        for other in take(&mut self.0) {
            let is_later = touch.as_ref().is_some_and(|touch| other.time > touch.time);
            placed.extend(touch.take_if(|_| is_later));
            placed.push(other);
        }
        placed.extend(touch);
        self.0 = placed;
    }

    fn forget_surplus(&mut self) {
        let mut place = 0;
        let is_full = self.0.len() > MOST;
        self.0.retain(|_| {
            place += 1;
            !is_full || place != 2
        });
    }

    /// How often the signed link of this number was followed, as far as is known here.
    pub fn followed(&self, nonce: &str) -> usize {
        self.0.iter().filter(|touch| !nonce.is_empty() && touch.nonce == nonce).count()
    }

    /// Takes what [`Touches::write`] wrote; what is no touch is passed over.
    pub fn read(&mut self, written: Option<Json<'_>>) {
        for entry in children(written) {
            let text = |index| entry.item(index).and_then(Json::string).map(String::from);
            if let Some(time) = entry.item_number(0) {
                let touch =
                    Touch { time: Time(time as i64), code: text(1).unwrap_or_default(), nonce: text(2).unwrap_or_default() };
                self.take(touch, Time(i64::MAX));
            }
        }
    }

    /// Writes a list of `[time, code, nonce]`, without what is empty at the end.
    pub fn write(&self, out: &mut Writer) {
        out.open('[');
        for Touch { time, code, nonce } in &self.0 {
            out.open('[').integer(time.0);
            if !code.is_empty() {
                out.string(code);
            }
            if !nonce.is_empty() {
                out.string(nonce);
            }
            out.close(']');
        }
        out.close(']');
    }
}
