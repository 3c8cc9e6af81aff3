//! `matches`, `length`, `empty_if`: refuse values and change none.

use std::sync::Arc;

use regex::Regex;

use crate::format::{Argument, ArgumentValue, Context, Format, Reason, TextFormat};
use crate::formats::arguments::{self, ArgumentError};

/// Longer than any text that has a length worth checking.
const LONGEST: usize = 1_000_000;

/// `matches("[0-9]{5}")`: the whole value must match the regular expression.
pub(in crate::formats) fn matches(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let expected = "one regular expression, as in `matches(\"[A-Z]{2}[0-9]+\")`";
    arguments::at_most(arguments, 1, expected)?;
    let pattern = arguments::text(arguments, 0, expected)?;
    // The user's own pattern first: its errors then show it as written, and `a)(b` does not become valid by what is put around it.
    Regex::new(pattern)
        .and_then(|_| Regex::new(&format!(r"\A(?:{pattern})\z")))
        .map(|pattern| Format::Text(Arc::new(Matches(pattern))))
        .map_err(|error| ArgumentError::at(0, format!("this is no regular expression: {error}")))
}

/// `length(5, 10)`: 5 to 10 characters.
pub(in crate::formats) fn length(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let expected = "the least and the greatest number of characters, as in `length(5, 10)`";
    arguments::at_most(arguments, 2, expected)?;
    let least = arguments::count(arguments, 0, LONGEST, expected)?;
    let greatest = arguments::count(arguments, 1, LONGEST, expected)?;
    if least > greatest {
        return Err(ArgumentError::at(1, format!("no length is at least {least} and at most {greatest}")));
    }
    Ok(Format::Text(Arc::new(Length { least, greatest })))
}

/// `empty_if("n/a", "unknown")`: these values mean that there is none; upper and lower case are the same.
pub(in crate::formats) fn empty_if(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let expected = "texts that mean no value, as in `empty_if(\"n/a\", \"unknown\")`";
    if arguments.is_empty() {
        return Err(ArgumentError::call(format!("expected {expected}")));
    }
    let words = arguments.iter().enumerate().map(|(at, argument)| match argument {
        Argument { name: None, value: ArgumentValue::Text(word) } => Ok(word.trim().to_lowercase()),
        _ => Err(ArgumentError::at(at, format!("this must be a text; expected {expected}"))),
    });
    Ok(Format::Text(Arc::new(EmptyIf(words.collect::<Result<_, _>>()?))))
}

#[derive(Debug)]
struct Matches(Regex);

impl TextFormat for Matches {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        if !self.0.is_match(raw) {
            return Err(Reason::new("does not match the pattern"));
        }
        out.push_str(raw);
        Ok(())
    }
}

#[derive(Debug)]
struct Length {
    least: usize,
    greatest: usize,
}

impl TextFormat for Length {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        match raw.chars().count() {
            count if count < self.least => Err(Reason::new("too short")),
            count if count > self.greatest => Err(Reason::new("too long")),
            _ => {
                out.push_str(raw);
                Ok(())
            }
        }
    }
}

/// Holds the words in lower case.
#[derive(Debug)]
struct EmptyIf(Vec<String>);

impl TextFormat for EmptyIf {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let same = |word: &String| match raw.is_ascii() {
            true => raw.eq_ignore_ascii_case(word),
            false => raw.chars().flat_map(char::to_lowercase).eq(word.chars()),
        };
        if self.0.iter().any(same) {
            return Err(Reason::NO_VALUE);
        }
        out.push_str(raw);
        Ok(())
    }
}
