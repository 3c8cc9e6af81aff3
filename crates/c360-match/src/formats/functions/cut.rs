//! `trim`, `replace`, `substring`: a part of the value, or a part exchanged.

use std::sync::Arc;

use super::plain;
use crate::format::{Argument, Context, Format, Reason, TextFormat};
use crate::formats::arguments::{self, ArgumentError};

/// Longer than any text of which a part is taken.
const LONGEST: usize = 1_000_000;

/// `trim`: no white space at the ends. Values come trimmed; it says so where a pipe is read.
pub(in crate::formats) fn trim(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("trim", |raw, out| out.push_str(raw.trim()), arguments)
}

/// `replace("/", "-")`: each occurrence of the first is the second.
pub(in crate::formats) fn replace(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let expected = "what is replaced and by what, as in `replace(\"/\", \"-\")`";
    arguments::at_most(arguments, 2, expected)?;
    let from = arguments::text(arguments, 0, expected)?.to_owned();
    let to = arguments::text(arguments, 1, expected)?.to_owned();
    match from.is_empty() {
        true => Err(ArgumentError::at(0, "an empty text cannot be replaced")),
        false => Ok(Format::Text(Arc::new(Replace { from, to }))),
    }
}

/// `substring(1, 5)`: five characters from the first on; positions count from 1, as in SQL.
pub(in crate::formats) fn substring(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let expected = "the first position, from 1, and how many characters, as in `substring(1, 5)`";
    arguments::at_most(arguments, 2, expected)?;
    let first = arguments::count(arguments, 0, LONGEST, expected)?;
    let length = arguments::count(arguments, 1, LONGEST, expected)?;
    let skip = first.checked_sub(1).ok_or_else(|| ArgumentError::at(0, "positions count from 1"))?;
    match length {
        0 => Err(ArgumentError::at(1, "nothing would be left of any value")),
        _ => Ok(Format::Text(Arc::new(Substring { skip, length }))),
    }
}

#[derive(Debug)]
struct Replace {
    from: String,
    to: String,
}

impl TextFormat for Replace {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once(&self.from) {
            out.push_str(before);
            out.push_str(&self.to);
            rest = after;
        }
        out.push_str(rest);
        Ok(())
    }
}

#[derive(Debug)]
struct Substring {
    skip: usize,
    length: usize,
}

impl TextFormat for Substring {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        out.extend(raw.chars().skip(self.skip).take(self.length));
        Ok(())
    }
}
