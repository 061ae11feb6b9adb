//! What may happen between any two effects, and at any other time.

use super::{
    network::{Fate, Weather},
    tab::Life,
    world::World,
};

const HOUR: i64 = 3_600_000;

impl World {
    /// Between two effects of a page.
    pub fn trouble(&mut self, page: usize) {
        if self.is_inside || !self.dice.once_in(self.plan.trouble) {
            return;
        }
        self.is_inside = true;
        self.busy = Some(page);
        self.faults += 1;
        match self.dice.below(10) {
            0..3 => self.kill(page),
            3 => self.kill_browser(),
            4 => self.fill(),
            5 if self.plan.jumps => self.jump(),
            6 => self.of_another(page),
            7 if self.others(page).next().is_some() => self.clear(),
            8 => self.change_weather(),
            _ => {}
        }
        self.is_inside = false;
        self.busy = None;
    }

    /// Another tab, which may run in a process of its own, does something.
    fn of_another(&mut self, page: usize) {
        let others: Vec<usize> = self.others(page).collect();
        if !others.is_empty() {
            let other = *self.dice.pick(&others);
            self.act_on(other);
        }
    }

    fn others(&self, page: usize) -> impl Iterator<Item = usize> {
        (0..self.pages.len()).filter(move |other| *other != page && self.pages[*other].life == Life::Live)
    }

    /// The browser is gone; all its tabs come back when it is opened again, with their session storage.
    pub fn kill_browser(&mut self) {
        self.note("the browser is killed");
        for page in 0..self.pages.len() {
            if self.pages[page].life != Life::Dead {
                self.kill(page);
            }
        }
    }

    /// The storage is full, or has room again.
    pub fn fill(&mut self) {
        let is_full = self.browser.quota == usize::MAX;
        self.browser.quota = if is_full { self.browser.used } else { usize::MAX };
        self.note(if is_full { "local storage is full" } else { "local storage has room" });
    }

    /// The clock is set.
    pub fn jump(&mut self) {
        let by = *self.dice.pick(&[-48 * HOUR, -2 * HOUR, -60_000, 60_000, 2 * HOUR, 48 * HOUR]);
        self.note(&format!("the clock jumps by {by} ms"));
        self.before_jump = (self.now, self.shift);
        self.jumps += 1;
        self.shift += by;
        for page in &mut self.pages {
            page.pause = None;
        }
    }

    pub fn change_weather(&mut self) {
        self.weather = match self.dice.below(4) {
            0 if self.plan.failing > 0 => {
                Weather::Down(*self.dice.pick(&[Fate::Refused, Fate::Offline, Fate::Hangs(false), self.mishap()]))
            }
            1 => Weather::Fair,
            _ => Weather::Rough,
        };
        self.note(&format!("the network: {:?}", self.weather));
    }

    /// The time that the page's clock showed before a jump, had it stood still since.
    pub fn last_wall_before_jump(&self, since: i64) -> i64 {
        let (at, shift) = self.before_jump;
        if since - at < 15_000 { since + shift } else { since + self.shift }
    }
}
