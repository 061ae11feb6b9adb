//! Reading the section `codes` of a program.

use super::{
    Alphabet, Codes, Kind,
    length::{LONGEST, MOST, SHORTEST, USUAL},
};
use crate::base::json::Section;

impl Codes {
    /// Reads the section `codes` of a program; what is wrong is noted, and the usual stands in for it.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        self.kind = kind(&mut section);
        self.alphabet = alphabet(&mut section);
        self.check = self.read_check(&mut section);
        self.length = self.read_length(&mut section);
        self.read_prefix(&mut section);
        self.read_words(&mut section);
        self.read_vanity(&mut section);
    }

    fn read_check(&self, section: &mut Section<'_, '_>) -> bool {
        let wanted = section.flag("check", true);
        if wanted && !self.can_check() {
            section.problem("no-check-character", "alphabet", "So many characters have no check character: add or remove one.");
        }
        wanted && self.can_check()
    }

    fn read_length(&self, section: &mut Section<'_, '_>) -> usize {
        let expected = section.whole("expected", 0, 1, MOST) as u32;
        let needed = if expected > 0 { self.length_for(expected).unwrap_or(LONGEST + 1) } else { USUAL };
        let length = section.whole("length", needed.min(LONGEST) as u32, SHORTEST as u32, LONGEST as u32) as usize;
        if expected > 0 && length < needed {
            section.problem("out-of-range", "expected", "So many take longer codes: leave the length out, or add characters.");
        }
        length
    }

    fn read_prefix(&mut self, section: &mut Section<'_, '_>) {
        let prefix = section.get("prefix").map_or("", |prefix| prefix.string().unwrap_or("?")); // an empty one is none
        if prefix.len() <= LONGEST && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            self.prefix = prefix.into();
        } else {
            section.problem("out-of-range", "prefix", "A prefix has letters, digits and hyphens only, 20 at most.");
        }
    }

    fn read_words(&mut self, section: &mut Section<'_, '_>) {
        for word in section.items("blocked") {
            let word = word.string().unwrap_or_default();
            if word.len() < 3 {
                section.problem("out-of-range", "blocked", "A blocked word has 3 letters or more.");
                continue;
            }
            self.words.push_str(word);
            self.words.push(' ');
        }
    }

    fn read_vanity(&mut self, section: &mut Section<'_, '_>) {
        for code in section.items("vanity") {
            if !self.list(code.string().unwrap_or_default()) {
                section.problem(
                    "out-of-range",
                    "vanity",
                    "A vanity code has 4 to 20 letters, digits and hyphens, and is no code yet.",
                );
            }
        }
    }
}

fn kind(section: &mut Section<'_, '_>) -> Kind {
    match section.text("kind") {
        None | Some("random") => Kind::Random,
        Some("derived") => Kind::Derived,
        Some("server") => Kind::Server,
        Some(_) => {
            section.problem("unknown-word", "kind", "Codes are \"random\", \"derived\" or of a \"server\".");
            Kind::Random
        }
    }
}

fn alphabet(section: &mut Section<'_, '_>) -> Alphabet {
    let vowels = section.flag("vowels", true);
    let found = Alphabet::named(section.text("alphabet").unwrap_or("safe"), vowels);
    found.unwrap_or_else(|| {
        let advice =
            "An alphabet is \"safe\", \"crockford\", \"lower\", \"numeric\", or 2 to 64 letters, digits, . and ~, none twice.";
        section.problem("out-of-range", "alphabet", advice);
        Alphabet::safe()
    })
}
