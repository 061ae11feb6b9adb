//! The fields of rules and experiments, found in one walk.

use crate::base::json::Json;

/// The fields that reading looks at, those of most rules first.
const NAMES: [&str; Field::COUNT] = [
    "condition",
    "variations",
    "weights",
    "coverage",
    "hashAttribute",
    "force",
    "key",
    "meta",
    "hashVersion",
    "seed",
    "namespace",
    "filters",
    "ranges",
    "range",
    "parentConditions",
    "fallbackAttribute",
    "disableStickyBucketing",
    "bucketVersion",
    "minBucketVersion",
    "contextualVariations",
    "contextualBanditRef",
    "urlPatterns",
    "status",
    "active",
    "tracks",
];

/// A field of a rule or an experiment; each has the name at its place above.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The names say it.
pub enum Field {
    Condition,
    Variations,
    Weights,
    Coverage,
    HashAttribute,
    Force,
    Key,
    Meta,
    HashVersion,
    Seed,
    Namespace,
    Filters,
    Ranges,
    Range,
    ParentConditions,
    FallbackAttribute,
    DisableStickyBucketing,
    BucketVersion,
    MinBucketVersion,
    ContextualVariations,
    ContextualBanditRef,
    UrlPatterns,
    Status,
    Active,
    Tracks,
}

impl Field {
    const COUNT: usize = Field::Tracks as usize + 1;
}

/// A rule or an experiment, and where its fields stand.
pub struct Fields<'d> {
    /// The rule or the experiment itself.
    pub value: Json<'d>,
    /// By field; 0 where it is absent, for at 0 stands the whole document.
    places: [usize; Field::COUNT],
}

impl<'d> Fields<'d> {
    /// Finds the fields; what is no object has none.
    pub fn of(value: Json<'d>) -> Fields<'d> {
        let mut places = [0; Field::COUNT];
        for member in value.children() {
            let name = member.name();
            let known = NAMES.iter().position(|known| known.len() == name.len() && *known == name);
            if let Some(place) = known.and_then(|index| places.get_mut(index)) {
                *place = member.place();
            }
        }
        Fields { value, places }
    }

    /// Where a field stands; 0 where it is absent.
    pub fn place(&self, field: Field) -> usize {
        self.get(field).map_or(0, Json::place)
    }

    /// A field, `null` too.
    pub fn member(&self, field: Field) -> Option<Json<'d>> {
        let place = self.places.get(field as usize).copied().filter(|place| *place > 0)?;
        Some(self.value.document().place(place))
    }

    /// A field; `null` counts as absent.
    pub fn get(&self, field: Field) -> Option<Json<'d>> {
        self.member(field).filter(|value| !value.is_null())
    }

    /// A field, if it is a text that is not empty.
    pub fn text(&self, field: Field) -> Option<&'d str> {
        self.get(field)?.string().filter(|text| !text.is_empty())
    }

    /// A field, if it is a number.
    pub fn number(&self, field: Field) -> Option<f64> {
        self.get(field)?.number()
    }

    /// Whether a field is truthy.
    pub fn says(&self, field: Field) -> bool {
        self.get(field).is_some_and(Json::truthy)
    }
}
