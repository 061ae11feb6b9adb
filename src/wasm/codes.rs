//! Referral codes by the thousand, for the insights build.

use super::{failure::Failure, values::write};
use crate::{
    base::json::{Document, Section},
    browser::Page,
    error::Error,
    referral::code::{
        Codes, Key,
        blocked::{BlockList, Words},
        clash_odds,
    },
};
use js_sys::{Array, JSON};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("codes.d.ts.txt");

/// A program's codes; see the TypeScript declarations.
#[wasm_bindgen(skip_typescript)]
pub struct ReferralCodes {
    codes: Codes,
    key: Key,
    words: BlockList,
    problems: Vec<Error>,
    host: Page,
}

/// What is made of a wish.
#[derive(Serialize)]
struct Wish {
    code: Option<String>,
    listed: bool,
    problems: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    code: &'static str,
    path: String,
    message: String,
}

impl From<Error> for Told {
    fn from(Error { code, path, message }: Error) -> Told {
        Told { code, path, message }
    }
}

#[wasm_bindgen]
impl ReferralCodes {
    /// The codes of a program, by the section `codes` of its definition.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(
        section: &JsValue,
        program: &str,
        words: Option<String>,
        secret: Option<String>,
    ) -> Result<ReferralCodes, Failure> {
        let host = Page::default();
        let text = JSON::stringify(section).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "{}".into());
        let document = Document::read(&text, u32::MAX, &host).map_err(|error| error.within("$.referral.codes"))?;
        let (mut codes, mut problems) = (Codes::default(), Vec::new());
        codes.read(Section::new(document.root(), "$.referral.codes", &mut problems));
        let key = Key::new(program, secret.as_deref().unwrap_or(""));
        let words = BlockList::new(words.as_deref().unwrap_or(""));
        Ok(ReferralCodes { codes, key, words, problems, host })
    }

    /// What is wrong with the section.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn problems(&self) -> Result<JsValue, Failure> {
        write(&self.problems.iter().cloned().map(Told::from).collect::<Vec<_>>())
    }

    /// Characters of a new code without its prefix.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn length(&self) -> u32 {
        self.codes.length() as u32
    }

    /// The characters.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn alphabet(&self) -> String {
        self.codes.alphabet().letters()
    }

    /// Whether there is a check character.
    #[wasm_bindgen(getter, js_name = hasCheck, skip_typescript)]
    pub fn has_check(&self) -> bool {
        self.codes.has_check()
    }

    /// How many random codes there are.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn space(&self) -> f64 {
        self.codes.space()
    }

    /// How many numbers have codes.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn capacity(&self) -> f64 {
        self.codes.capacity() as f64
    }

    /// Random codes.
    #[wasm_bindgen(skip_typescript)]
    pub fn make(&self, count: u32) -> Array {
        lines(&self.codes.many(count as usize, &self.host, &self.words), count)
    }

    /// An advocate's code.
    #[wasm_bindgen(skip_typescript)]
    pub fn derive(&self, advocate: &str) -> Result<String, Failure> {
        Ok(self.codes.derive(self.key, advocate, &self.words)?)
    }

    /// A counter's code.
    #[wasm_bindgen(skip_typescript)]
    pub fn sequential(&self, counter: f64) -> Result<String, Failure> {
        Ok(self.codes.sequential(self.key, whole(counter)?, &self.words)?)
    }

    /// The codes of a counter that goes on.
    #[wasm_bindgen(skip_typescript)]
    pub fn many(&self, from: f64, count: u32) -> Result<Array, Failure> {
        let from = whole(from)?;
        let mut codes = String::new();
        for counter in from..from + u64::from(count) {
            if counter > from {
                codes.push('\n');
            }
            codes.push_str(&self.codes.sequential(self.key, counter, &self.words)?);
        }
        Ok(lines(&codes, count))
    }

    /// The id that a code was derived from.
    #[wasm_bindgen(js_name = idOf, skip_typescript)]
    pub fn id_of(&self, code: &str) -> Option<String> {
        self.codes.id_of(self.key, code)
    }

    /// The code that was meant.
    #[wasm_bindgen(skip_typescript)]
    pub fn normalise(&self, typed: &str) -> Option<String> {
        self.codes.normalise(typed)
    }

    /// Whether a code was meant.
    #[wasm_bindgen(skip_typescript)]
    pub fn verify(&self, typed: &str) -> bool {
        self.codes.is_code(typed)
    }

    /// What becomes of a wish.
    #[wasm_bindgen(skip_typescript)]
    pub fn check(&self, wish: &str) -> Result<JsValue, Failure> {
        let code = self.codes.vanity(wish, &self.words);
        let listed = self.codes.check_listed(wish, &self.words);
        let problems = code.clone().err().into_iter().chain(listed.clone().err()).map(Told::from).collect();
        write(&Wish { code: code.ok(), listed: listed.is_ok(), problems })
    }

    /// Whether a text has a blocked word in it.
    #[wasm_bindgen(js_name = isBlocked, skip_typescript)]
    pub fn is_blocked(&self, text: &str) -> bool {
        self.words.occur_in(text.as_bytes(), 0)
    }

    /// The odds that codes clash.
    #[wasm_bindgen(js_name = clashOdds, skip_typescript)]
    pub fn clash_odds(&self, count: f64, space: Option<f64>) -> f64 {
        clash_odds(space.unwrap_or_else(|| self.codes.space()), count)
    }

    /// The length for so many codes.
    #[wasm_bindgen(js_name = lengthFor, skip_typescript)]
    pub fn length_for(&self, expected: u32) -> Option<u32> {
        self.codes.length_for(expected).map(|length| length as u32)
    }
}

#[wasm_bindgen(module = "/src/wasm/codes.js")]
extern "C" {
    /// Parts a text into so many lines, which are equally long.
    fn lines(text: &str, count: u32) -> Array;
}

fn whole(number: f64) -> Result<u64, Error> {
    let fits = (0.0..=9_007_199_254_740_991.0).contains(&number) && number.trunc() == number;
    let advice = "A counter is a whole number from 0 to 2⁵³ - 1.";
    if fits { Ok(number as u64) } else { Err(Error::new("out-of-range", "counter", advice)) }
}
