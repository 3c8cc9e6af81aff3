//! Reads the arguments of a stage, with messages that say what is expected. Knows no stage.

use crate::format::{Argument, ArgumentValue};

/// Why a stage cannot be built from its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArgumentError {
    /// Which argument is to blame, where one is.
    pub(super) argument: Option<usize>,
    /// What is wrong and what is expected instead.
    pub(super) message: String,
}

impl ArgumentError {
    /// An error of the whole call: arguments missing or too many.
    pub(super) fn call(message: impl Into<String>) -> ArgumentError {
        ArgumentError { argument: None, message: message.into() }
    }

    /// An error of one argument.
    pub(super) fn at(argument: usize, message: impl Into<String>) -> ArgumentError {
        ArgumentError { argument: Some(argument), message: message.into() }
    }
}

/// Accepts no argument at all.
pub(super) fn none(arguments: &[Argument]) -> Result<(), ArgumentError> {
    at_most(arguments, 0, "no arguments")
}

/// Accepts up to `count` arguments; `expected` describes the call: "a width and a character, as in `lpad(8, \"0\")`".
pub(super) fn at_most(arguments: &[Argument], count: usize, expected: &str) -> Result<(), ArgumentError> {
    match arguments.len() > count {
        true => Err(ArgumentError::at(count, format!("one argument too many; expected {expected}"))),
        false => Ok(()),
    }
}

/// The text at position `at`, which has no name.
pub(super) fn text<'a>(arguments: &'a [Argument], at: usize, expected: &str) -> Result<&'a str, ArgumentError> {
    match positional(arguments, at, expected)? {
        ArgumentValue::Text(text) => Ok(text),
        _ => Err(ArgumentError::at(at, format!("this must be a text; expected {expected}"))),
    }
}

/// The number at position `at`, which has no name and lies in `0..=limit`.
pub(super) fn count(arguments: &[Argument], at: usize, limit: usize, expected: &str) -> Result<usize, ArgumentError> {
    match positional(arguments, at, expected)? {
        ArgumentValue::Integer(value) => usize::try_from(*value)
            .ok()
            .filter(|value| *value <= limit)
            .ok_or_else(|| ArgumentError::at(at, format!("this must be between 0 and {limit}; expected {expected}"))),
        _ => Err(ArgumentError::at(at, format!("this must be a whole number; expected {expected}"))),
    }
}

/// The only arguments that `names` lists, by name, each at most once and each a text: a value per name in the order of `names`.
/// For formats whose arguments are all named: `email(plus: "drop")`.
pub(super) fn named_texts<'a, const N: usize>(
    arguments: &'a [Argument],
    names: [&str; N],
) -> Result<[Option<(usize, &'a str)>; N], ArgumentError> {
    let mut found = [None; N];
    for (at, argument) in arguments.iter().enumerate() {
        let name = argument.name.as_deref().unwrap_or_default();
        let Some(slot) = names.iter().position(|known| *known == name) else {
            return Err(ArgumentError::at(at, format!("expected `{}:`", names.join(":`, `"))));
        };
        let ArgumentValue::Text(text) = &argument.value else {
            return Err(ArgumentError::at(at, format!("`{name}` must be a text")));
        };
        if found[slot].replace((at, text.as_str())).is_some() {
            return Err(ArgumentError::at(at, format!("`{name}` is given twice")));
        }
    }
    Ok(found)
}

fn positional<'a>(arguments: &'a [Argument], at: usize, expected: &str) -> Result<&'a ArgumentValue, ArgumentError> {
    match arguments.get(at) {
        None => Err(ArgumentError::call(format!("expected {expected}"))),
        Some(Argument { name: Some(name), .. }) => {
            Err(ArgumentError::at(at, format!("there is no argument `{name}`; expected {expected}")))
        }
        Some(argument) => Ok(&argument.value),
    }
}
