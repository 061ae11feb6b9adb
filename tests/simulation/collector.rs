//! The collector: takes what comes, knows events by their ids, has limits, and cannot take everything.

use super::{network::Fate, text::member, world::World};
use privateer::tracking::delivery::Answer;

impl World {
    /// A request arrives.
    pub fn arrive(&mut self, number: usize) {
        if self.requests[number].cut {
            return;
        }
        self.requests[number].arrived = true;
        let answer = self.verdict(number);
        let batch = self.requests[number].batch;
        let request = &mut self.requests[number];
        if request.fate == Fate::Arrives {
            request.answer = Answer { batch, ..answer.clone() };
        }
        if answer.status == 200 {
            self.take(number, &answer);
        }
    }

    fn verdict(&self, number: usize) -> Answer {
        let request = &self.requests[number];
        let status = |status| Answer { status, ..Answer::default() };
        let is_poison = |index: usize| member(&self.ledger.entries[index].message, "event") == "Poison";
        let poison: Vec<usize> = request.items.iter().map(|(index, _)| *index).filter(|index| is_poison(*index)).collect();
        let bytes: usize = request.items.iter().map(|(_, message)| message.len() + 1).sum();
        if bytes > self.plan.most_bytes || request.items.len() > self.plan.most_events {
            return status(413);
        }
        if self.plan.partial {
            return self.partial(number, &poison);
        }
        status(if poison.is_empty() { 200 } else { self.plan.poison })
    }

    /// Some are taken, some are wanted once more, some will never be taken.
    fn partial(&self, number: usize, poison: &[usize]) -> Answer {
        let ids = |indices: &[usize]| indices.iter().map(|index| &*self.ledger.entries[*index].id).collect::<Vec<_>>().join(" ");
        let rough = self.weather != super::network::Weather::Fair;
        let others = self.requests[number].items.iter().map(|(index, _)| *index).filter(|index| !poison.contains(index));
        let again: Vec<usize> = others.filter(|_| rough && self.dice.once_in(4)).collect();
        let retry_after_ms = (!again.is_empty() && self.dice.once_in(2)).then_some(3_000);
        Answer { status: 200, again: ids(&again), never: ids(poison), retry_after_ms, ..Answer::default() }
    }

    fn take(&mut self, number: usize, answer: &Answer) {
        let named = |ids: &str, id: &str| ids.split(' ').any(|each| each == id);
        let items = self.requests[number].items.clone();
        let (page, visitor) = (self.requests[number].page, self.requests[number].visitor);
        let _ = (page, visitor);
        for (index, message) in items {
            let entry = &mut self.ledger.entries[index];
            if named(&answer.again, &entry.id) || named(&answer.never, &entry.id) {
                continue;
            }
            entry.taken += 1;
            entry.first.get_or_insert(message);
            if entry.taken > 1 && !entry.copies && self.plan.locks {
                self.break_law(
                    "An event goes out twice only where an answer was lost or a page died with the request under way.",
                    index,
                );
            }
        }
    }
}
