//! Reading the section `codes` of a program.

use super::{
    Alphabet, Codes, Kind, blocked,
    length::{LONGEST, MOST, SHORTEST, USUAL},
};
use crate::base::json::Section;

const KINDS: [(&str, Kind); 3] = [("random", Kind::Random), ("derived", Kind::Derived), ("server", Kind::Server)];

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
            let advice = "So many characters have no check character that catches every mistake: add or remove one character.";
            section.problem("no-check-character", "alphabet", advice);
        }
        wanted && self.can_check()
    }

    fn read_length(&self, section: &mut Section<'_, '_>) -> usize {
        let expected = section.whole("expected", 0, 1, MOST) as u32;
        let needed = self.length_for(expected);
        if needed.is_none() {
            section.problem(
                "out-of-range",
                "expected",
                "So many codes take more than 20 characters: add characters to the alphabet.",
            );
        }
        let needed = needed.unwrap_or(LONGEST);
        let usual = if expected > 0 { needed } else { USUAL };
        let length = section.whole("length", usual as u32, SHORTEST as u32, LONGEST as u32) as usize;
        if expected > 0 && length < needed {
            section.problem(
                "out-of-range",
                "length",
                "This is too short for as many codes as are expected; leave it out to have it chosen.",
            );
        }
        length
    }

    fn read_prefix(&mut self, section: &mut Section<'_, '_>) {
        let prefix = section.get("prefix").map_or("", |prefix| prefix.string().unwrap_or("?"));
        let plain = prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if plain && prefix.len() <= LONGEST {
            self.prefix = prefix.into();
        } else {
            section.problem("wrong-type", "prefix", "A prefix has letters, digits and hyphens only, 20 at most.");
        }
    }

    fn read_words(&mut self, section: &mut Section<'_, '_>) {
        for word in section.items("blocked") {
            let word = word.string().unwrap_or("");
            if blocked::folded_length(word) < 3 {
                section.problem("out-of-range", "blocked", "A blocked word has 3 letters or digits, or more.");
                continue;
            }
            self.words.push_str(word);
            self.words.push(' ');
        }
    }

    fn read_vanity(&mut self, section: &mut Section<'_, '_>) {
        for code in section.items("vanity") {
            if let Err(error) = self.list(code.string().unwrap_or("")) {
                section.problem(error.code, "vanity", &error.message);
            }
        }
    }
}

fn kind(section: &mut Section<'_, '_>) -> Kind {
    let word = section.text("kind").unwrap_or("random");
    let kind = KINDS.iter().find(|(name, _)| *name == word);
    if kind.is_none() {
        section.problem("unknown-word", "kind", "Codes are \"random\", \"derived\" or made by a \"server\".");
    }
    kind.map_or(Kind::Random, |(_, kind)| *kind)
}

fn alphabet(section: &mut Section<'_, '_>) -> Alphabet {
    let named = Alphabet::named(section.text("alphabet").unwrap_or("safe"));
    if named.is_none() {
        let advice = "\"safe\", \"crockford\", \"lower\" or \"numeric\" belongs here, or 2 to 64 different letters, digits, dots and tildes.";
        section.problem("out-of-range", "alphabet", advice);
    }
    let all = named.unwrap_or_else(Alphabet::safe);
    if section.flag("vowels", true) {
        return all;
    }
    let some = all.without_vowels();
    if some.is_none() {
        section.problem("out-of-range", "vowels", "Without vowels fewer than 2 characters are left: add others to the alphabet.");
    }
    some.unwrap_or(all)
}
