//! A JSON value with its place in the file, so that every mistake says where it is.

use super::json::Json;
use crate::model::error::ModelError;

type Found<T> = Result<T, ModelError>;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    json: &'a Json,
    place: String,
}

impl<'a> Node<'a> {
    /// The value that is the whole file.
    pub(crate) fn root(json: &'a Json) -> Self {
        Self { json, place: String::new() }
    }

    /// Where it is: `comparisons[2].name`.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// A field that must be there.
    pub(crate) fn field(&self, name: &str) -> Found<Self> {
        let missing = || ModelError::new(&self.place, format!("`{name}` is missing"), "write it");
        self.optional(name)?.ok_or_else(missing)
    }

    /// A field that may be left out; `null` is left out.
    pub(crate) fn optional(&self, name: &str) -> Found<Option<Self>> {
        let found = self.fields()?.iter().find(|(field, value)| field == name && *value != Json::Null);
        Ok(found.map(|(_, json)| Self { json, place: self.below(name) }))
    }

    /// Refuses fields of other names.
    pub(crate) fn only(&self, known: &[&str]) -> Found<()> {
        match self.fields()?.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => {
                let help = format!("take it out, or write one of `{}`", known.join("`, `"));
                Err(ModelError::new(self.below(name), "there is no such field", help))
            }
            None => Ok(()),
        }
    }

    /// The fields of an object.
    pub(crate) fn fields(&self) -> Found<&'a [(String, Json)]> {
        match self.json {
            Json::Object(fields) => Ok(fields),
            _ => Err(self.not("an object `{ .. }`")),
        }
    }

    /// The fields of an object of numbers; a field that is none is named by its place among the others, for it may be a customer's value.
    pub(crate) fn numbers(&self) -> Found<Vec<(&'a str, f64)>> {
        let number = |(index, (name, json)): (usize, &'a (String, Json))| {
            let value = Self { json, place: format!("{}[{index}]", self.place) }.number()?;
            Ok((name.as_str(), value))
        };
        self.fields()?.iter().enumerate().map(number).collect()
    }

    /// The values of a list.
    pub(crate) fn list(&self) -> Found<Vec<Self>> {
        let Json::List(values) = self.json else { return Err(self.not("a list `[ .. ]`")) };
        Ok(values.iter().enumerate().map(|(index, json)| Self { json, place: format!("{}[{index}]", self.place) }).collect())
    }

    /// A text.
    pub(crate) fn text(&self) -> Found<&'a str> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.not("a text in quotes")),
        }
    }

    /// A number.
    pub(crate) fn number(&self) -> Found<f64> {
        match *self.json {
            Json::Whole(number) => Ok(number as f64),
            Json::Number(number) => Ok(number),
            _ => Err(self.not("a number")),
        }
    }

    /// A whole number from 0 on.
    pub(crate) fn whole(&self) -> Found<u64> {
        match *self.json {
            Json::Whole(number) => Ok(number),
            _ => Err(self.not("a whole number from 0 on")),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Found<bool> {
        match *self.json {
            Json::Flag(flag) => Ok(flag),
            _ => Err(self.not("`true` or `false`")),
        }
    }

    fn not(&self, wanted: &str) -> ModelError {
        let found = match self.json {
            Json::Null => "nothing",
            Json::Flag(_) => "`true` or `false`",
            Json::Whole(_) | Json::Number(_) => "a number",
            Json::Text(_) => "a text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        };
        ModelError::new(&self.place, format!("this is {found}"), format!("write {wanted}"))
    }

    fn below(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }
}
