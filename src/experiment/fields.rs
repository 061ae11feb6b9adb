//! The fields of a rule or an experiment, found in one walk.

use crate::base::json::{Json, Word};

/// A rule or an experiment, and where its fields stand.
pub struct Fields<'d> {
    /// The rule or the experiment itself.
    pub value: Json<'d>,
    /// By the number of the field's name; 0 where it is absent, for at 0 stands the whole document.
    places: [u32; Word::FIELDS],
}

impl<'d> Fields<'d> {
    /// Finds the fields; what is no object has none.
    pub fn of(value: Json<'d>) -> Fields<'d> {
        let mut places = [0; Word::FIELDS];
        if value.is_object() {
            for member in value.children() {
                if let Some(place) = places.get_mut(member.word() as usize) {
                    *place = member.place() as u32;
                }
            }
        }
        Fields { value, places }
    }

    /// A field, `null` too.
    #[inline(always)]
    pub fn member(&self, field: Word) -> Option<Json<'d>> {
        self.at(self.place(field))
    }

    /// A field; `null` counts as absent.
    #[inline(always)]
    pub fn get(&self, field: Word) -> Option<Json<'d>> {
        self.at(self.filled(field))
    }

    #[inline(always)]
    fn at(&self, place: usize) -> Option<Json<'d>> {
        (place > 0).then(|| self.value.document().place(place))
    }

    #[inline(always)]
    fn place(&self, field: Word) -> usize {
        self.places.get(field as usize).map_or(0, |place| *place as usize)
    }

    /// Where a field stands; 0 where it is absent.
    #[inline(never)]
    pub fn filled(&self, field: Word) -> usize {
        self.value.document().filled(self.place(field))
    }

    /// A field, if it is a text that is not empty.
    pub fn text(&self, field: Word) -> Option<&'d str> {
        self.get(field)?.string().filter(|text| !text.is_empty())
    }

    /// A field, if it is a number.
    pub fn number(&self, field: Word) -> Option<f64> {
        self.get(field)?.number()
    }

    /// Whether a field is truthy.
    pub fn says(&self, field: Word) -> bool {
        self.get(field).is_some_and(Json::truthy)
    }
}
