//! The format `one_of("basic", "gold")`: text that is one of the declared values, in the spelling in which it is declared.
//!
//! Letters count as equal in either case (ß and SS, too), any run of spaces as one space. `one_of("basic", "gold", gold: "premium")` also reads `premium`, as `gold`;
//! a value can have several such spellings. Comparison form: the value itself.
//!
//! Reason: "not one of the allowed values".

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arguments::ArgumentError;
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, TextFormat};

const NOT_ALLOWED: Reason = Reason::new("not one of the allowed values");

/// Builds `one_of(values.., value: "other spelling")`.
pub(super) fn build(arguments: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    let mut allowed = OneOf { values: Vec::new(), spellings: BTreeMap::new() };
    for (at, argument) in arguments.iter().enumerate().filter(|(_, argument)| argument.name.is_none()) {
        let text = text(at, argument)?;
        allowed.values.push(text.to_owned());
        allowed.add(at, text, allowed.values.len() - 1)?;
    }
    for (at, argument) in arguments.iter().enumerate() {
        let Some(name) = &argument.name else { continue };
        let value = allowed.values.iter().position(|value| value == name).ok_or_else(|| {
            ArgumentError::at(at, format!("`{name}` is not among the values; spellings are given as `value: \"other spelling\"`"))
        })?;
        allowed.add(at, text(at, argument)?, value)?;
    }
    match allowed.values.is_empty() {
        true => Err(ArgumentError::call("expected the allowed values, as in `one_of(\"basic\", \"gold\")`")),
        false => Ok(Format::Text(Arc::new(allowed))),
    }
}

fn text(at: usize, argument: &Argument) -> Result<&str, ArgumentError> {
    match &argument.value {
        ArgumentValue::Text(text) if !text.trim().is_empty() => Ok(text.trim()),
        ArgumentValue::Text(_) => Err(ArgumentError::at(at, "an empty value is never kept, so it cannot be allowed")),
        _ => Err(ArgumentError::at(at, "a value is a text; numbers are written in quotes, too")),
    }
}

#[derive(Debug)]
struct OneOf {
    values: Vec<String>,
    /// From the folded spelling to the position of its value; ordered, since fingerprints of pipelines print it.
    spellings: BTreeMap<String, usize>,
}

impl OneOf {
    fn add(&mut self, at: usize, spelling: &str, value: usize) -> Result<(), ArgumentError> {
        match self.spellings.insert(folded(spelling), value) {
            None => Ok(()),
            Some(_) => Err(ArgumentError::at(at, format!("`{spelling}` is there twice; letters count as equal in either case"))),
        }
    }
}

/// Lower case, with single spaces and ss for ß.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars().flat_map(char::to_lowercase) {
            match letter {
                // Capitals have no ß: GRÖSSER.
                'ß' => folded.push_str("ss"),
                other => folded.push(other),
            }
        }
    }
    folded
}

impl TextFormat for OneOf {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        // Most values come as they are declared, and there are few of them.
        if let Some(value) = self.values.iter().take(16).find(|value| *value == raw) {
            out.push_str(value);
            return Ok(());
        }
        let value = *self.spellings.get(&folded(raw)).ok_or(NOT_ALLOWED)?;
        out.push_str(&self.values[value]);
        Ok(())
    }
}
