//! A place in a JSON document, which knows how it was reached.

use crate::error::Error;
use serde_json::Value;

#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub value: &'a Value,
    pub path: String,
}

impl<'a> At<'a> {
    pub fn root(value: &'a Value) -> At<'a> {
        At { value, path: "$".to_owned() }
    }

    /// A member, where there is one.
    pub fn find(&self, name: &str) -> Option<At<'a>> {
        Some(At { value: self.value.get(name)?, path: format!("{}.{name}", self.path) })
    }

    pub fn get(&self, name: &str) -> Result<At<'a>, Error> {
        self.find(name).ok_or_else(|| Error::new("missing-field", &self.path, format!("The model has no \"{name}\" here.")))
    }

    pub fn list(&self) -> Result<Vec<At<'a>>, Error> {
        let list = self.value.as_array().ok_or_else(|| self.wrong("a list"))?;
        Ok(list.iter().enumerate().map(|(place, value)| At { value, path: format!("{}[{place}]", self.path) }).collect())
    }

    pub fn text(&self) -> Result<&'a str, Error> {
        self.value.as_str().ok_or_else(|| self.wrong("a text"))
    }

    /// A finite number, also one that is written as a text.
    pub fn number(&self) -> Result<f64, Error> {
        let number = self.value.as_f64().or_else(|| self.value.as_str()?.parse().ok());
        number.filter(|number| number.is_finite()).ok_or_else(|| self.wrong("a finite number"))
    }

    pub fn whole(&self) -> Result<i64, Error> {
        self.value.as_i64().or_else(|| self.value.as_str()?.parse().ok()).ok_or_else(|| self.wrong("a whole number"))
    }

    /// A flag, which XGBoost writes as 0 or 1.
    pub fn truth(&self) -> Result<bool, Error> {
        self.value.as_bool().or_else(|| Some(self.value.as_i64()? != 0)).ok_or_else(|| self.wrong("true or false"))
    }

    /// All of a list of finite numbers.
    pub fn numbers(&self) -> Result<Vec<f64>, Error> {
        self.list()?.iter().map(At::number).collect()
    }

    pub fn wholes(&self) -> Result<Vec<i64>, Error> {
        self.list()?.iter().map(At::whole).collect()
    }

    pub fn wrong(&self, wanted: &str) -> Error {
        Error::new("wrong-type", &self.path, format!("There must be {wanted} here."))
    }
}
