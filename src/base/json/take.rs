//! Reading members into fields that hold their defaults. Set where they stand, they need not be carried there.

use super::Json;
use alloc::string::String;

impl Json<'_> {
    /// Sets `field` to the member of that name, if it is a text that is not empty; whether it is one.
    pub fn take_text(self, name: &str, field: &mut String) -> bool {
        let text = self.get_filled(name);
        if let Some(text) = text {
            *field = text.into();
        }
        text.is_some()
    }

    /// Sets `field` to the member of that name as it is written, if there is one.
    pub fn take_json(self, name: &str, field: &mut String) {
        if let Some(value) = self.get(name) {
            *field = value.text().into();
        }
    }

    /// Sets `field` to the member of that name, if it is a number, without its fraction; whether it is one.
    pub fn take_whole(self, name: &str, field: &mut i64) -> bool {
        let number = self.get_number(name);
        if let Some(number) = number {
            *field = number as i64;
        }
        number.is_some()
    }
}
