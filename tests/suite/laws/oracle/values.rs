//! Values of the few formats that the pipelines use, for texts that are already in their fixed form or plainly wrong. No format knowledge.

use std::fmt;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `text`
    Text,
    /// `text | upper`
    Upper,
    /// `text | lower`
    Lower,
    /// `date`
    Date,
    /// `number`, here whole
    Number,
}

/// A value in its fixed form. Values of one attribute are of one kind, so the order among kinds decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    /// The object that a reference leads to, by its label.
    Object(String),
}

/// A format refuses a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

/// The fixed form of a trimmed text; none where it is empty.
pub(crate) fn read(kind: Kind, raw: &str) -> Result<Option<Value>, Refused> {
    if raw.is_empty() {
        return Ok(None);
    }
    match kind {
        Kind::Text => Ok(Value::Text(raw.to_owned())),
        Kind::Upper => Ok(Value::Text(raw.to_uppercase())),
        Kind::Lower => Ok(Value::Text(raw.to_lowercase())),
        Kind::Date => day(raw).map(|_| Value::Text(raw.to_owned())),
        Kind::Number => raw.parse().map(Value::Number).map_err(|_| Refused),
    }
    .map(Some)
}

/// A number that orders days as the calendar does, of `2026-01-31`.
pub(crate) fn day(raw: &str) -> Result<i64, Refused> {
    let parts: Vec<&str> = raw.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Err(Refused) };
    let number = |part: &str, digits: usize| part.parse::<i64>().ok().filter(|_| part.len() == digits).ok_or(Refused);
    Ok(number(year, 4)? * 10_000 + number(month, 2)? * 100 + number(day, 2)?)
}

impl Value {
    /// Characters of a text.
    pub(crate) fn length(&self) -> usize {
        match self {
            Value::Text(text) => text.chars().count(),
            Value::Number(_) | Value::Object(_) => 0,
        }
    }
}

impl fmt::Display for Value {
    /// As SQL casts it to text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) | Value::Object(text) => write!(f, "{text}"),
            Value::Number(number) => write!(f, "{number}.000000"),
        }
    }
}
