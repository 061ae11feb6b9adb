//! The names that mean something in a payload, numbered.
//!
//! A document notes what each member's name means while it is read, so that looking a name up later, or telling what
//! an operator does, compares a number.

macro_rules! words {
    ($($word:ident $name:literal)*) => {
        /// What a member's name means. The fields of rules and experiments come first, see [`Word::FIELDS`]; the operators
        /// of conditions last.
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        #[repr(u8)]
        #[allow(missing_docs)] // Each has its name in the list below.
        pub enum Word {
            /// Any other name.
            Other,
            $($word,)*
            /// A name that begins with `$` and is none of these: an operator of a later version of the language.
            Unknown,
        }

        /// The names by their words.
        static NAMES: [&str; Word::Unknown as usize] = ["", $($name,)*];
        const WORDS: [Word; Word::Unknown as usize] = [Word::Other, $(Word::$word,)*];
    };
}

words! {
    Condition "condition"
    Variations "variations"
    Weights "weights"
    Coverage "coverage"
    HashAttribute "hashAttribute"
    Force "force"
    Key "key"
    Meta "meta"
    HashVersion "hashVersion"
    Seed "seed"
    Namespace "namespace"
    Filters "filters"
    Ranges "ranges"
    Range "range"
    ParentConditions "parentConditions"
    FallbackAttribute "fallbackAttribute"
    DisableStickyBucketing "disableStickyBucketing"
    BucketVersion "bucketVersion"
    MinBucketVersion "minBucketVersion"
    ContextualVariations "contextualVariations"
    ContextualBanditRef "contextualBanditRef"
    UrlPatterns "urlPatterns"
    Status "status"
    Active "active"
    Tracks "tracks"
    In "$in"
    InFolded "$ini"
    NotIn "$nin"
    NotInFolded "$nini"
    Equal "$eq"
    NotEqual "$ne"
    Less "$lt"
    LessOrEqual "$lte"
    Greater "$gt"
    GreaterOrEqual "$gte"
    VersionEqual "$veq"
    VersionNotEqual "$vne"
    VersionLess "$vlt"
    VersionLessOrEqual "$vlte"
    VersionGreater "$vgt"
    VersionGreaterOrEqual "$vgte"
    Exists "$exists"
    Pattern "$regex"
    PatternFolded "$regexi"
    InGroup "$inGroup"
    NotInGroup "$notInGroup"
    SavedGroup "$savedGroup"
    SavedGroups "$savedGroups"
    And "$and"
    Or "$or"
    Nor "$nor"
    Not "$not"
    Element "$elemMatch"
    All "$all"
    AllFolded "$alli"
    Size "$size"
    Type "$type"
}

/// Where each name is looked for; a word may stand in a later slot where its own was taken.
static SLOTS: [Word; SIZE] = slots();
const SIZE: usize = 256;

impl Word {
    /// The fields of rules and experiments are smaller than this.
    pub const FIELDS: usize = Word::In as usize;

    /// What a name means.
    pub fn of(name: &[u8]) -> Word {
        let letter = |at: usize| name.get(at).copied().unwrap_or(0);
        let mut slot = slot(name.len(), [letter(0), letter(name.len() / 2), letter(name.len().wrapping_sub(1))]);
        while let Some(word) = SLOTS.get(slot % SIZE).copied().filter(|word| *word != Word::Other) {
            if NAMES.get(word as usize).is_some_and(|known| known.as_bytes() == name) {
                return word;
            }
            slot += 1;
        }
        if letter(0) == b'$' { Word::Unknown } else { Word::Other }
    }

    /// Whether it is an operator: whether the name begins with `$`.
    #[inline(always)]
    pub fn is_operator(self) -> bool {
        self >= Word::In
    }
}

/// Length and three letters, the first, one in the middle and the last, tell nearly all names apart.
const fn slot(length: usize, letters: [u8; 3]) -> usize {
    let [first, middle, last] = letters;
    length * 7 + first as usize + middle as usize * 3 + last as usize * 5
}

#[allow(clippy::indexing_slicing)] // While compiling, which would tell.
const fn slots() -> [Word; SIZE] {
    let mut slots = [Word::Other; SIZE];
    let mut number = 1;
    while number < NAMES.len() {
        let name = NAMES[number].as_bytes();
        let mut place = slot(name.len(), [name[0], name[name.len() / 2], name[name.len() - 1]]) % SIZE;
        while slots[place] as u8 != 0 {
            place = (place + 1) % SIZE;
        }
        slots[place] = WORDS[number];
        number += 1;
    }
    slots
}
