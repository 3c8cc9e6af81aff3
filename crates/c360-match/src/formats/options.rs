//! Reads the arguments that formats of contact data share: countries by position, then named choices. Knows no format.

use super::arguments::ArgumentError;
use crate::format::{Argument, ArgumentValue, Context};

/// Splits arguments into those without a name, which come first, and those with one.
pub(super) fn split(arguments: &[Argument]) -> (&[Argument], &[Argument]) {
    let named = arguments.iter().position(|argument| argument.name.is_some()).unwrap_or(arguments.len());
    arguments.split_at(named)
}

/// Moves the place of an error behind `skipped` arguments that [`split`] took off the front.
pub(super) fn behind(skipped: usize) -> impl Fn(ArgumentError) -> ArgumentError {
    move |error| ArgumentError { argument: error.argument.map(|at| at + skipped), ..error }
}

/// One of several words, each with its meaning; `default` where the argument is missing.
pub(super) fn choice<T: Copy>(given: Option<(usize, &str)>, words: &[(&str, T)], default: T) -> Result<T, ArgumentError> {
    let Some((at, text)) = given else { return Ok(default) };
    match words.iter().find(|(word, _)| *word == text) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(ArgumentError::at(at, format!("expected \"{}\"", words.join("\" or \""))))
        }
    }
}

/// The country codes given by position, else the pipeline's country, else none.
pub(super) fn countries(positional: &[Argument], context: &Context) -> Result<Vec<[u8; 2]>, ArgumentError> {
    if positional.is_empty() {
        return Ok(context.country.as_deref().and_then(code).into_iter().collect());
    }
    positional.iter().enumerate().map(|(at, argument)| country(at, argument)).collect()
}

fn country(at: usize, argument: &Argument) -> Result<[u8; 2], ArgumentError> {
    let expected = || ArgumentError::at(at, "expected a two-letter country code in capitals, such as \"DE\"");
    match &argument.value {
        ArgumentValue::Text(text) => code(text).filter(|code| super::country::is_code(*code)).ok_or_else(expected),
        _ => Err(expected()),
    }
}

fn code(text: &str) -> Option<[u8; 2]> {
    let code: [u8; 2] = text.as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_uppercase).then_some(code)
}
