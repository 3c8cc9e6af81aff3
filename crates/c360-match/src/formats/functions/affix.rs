//! `prefix`, `strip_prefix`, `strip_suffix`: how a value begins and ends.

use std::sync::Arc;

use crate::format::{Argument, Context, Format, Reason, TextFormat};
use crate::formats::arguments::{self, ArgumentError};

/// `prefix("KD-")`: the value begins with it; put in front where it is missing.
pub(in crate::formats) fn prefix(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    Ok(Format::Text(Arc::new(Prefix(affix(arguments, "prefix")?))))
}

/// `strip_prefix("KD-")`: without it, once; a value that does not begin with it stays.
pub(in crate::formats) fn strip_prefix(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    Ok(Format::Text(Arc::new(StripPrefix(affix(arguments, "strip_prefix")?))))
}

/// `strip_suffix(".0")`: without it, once; a value that does not end with it stays.
pub(in crate::formats) fn strip_suffix(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    Ok(Format::Text(Arc::new(StripSuffix(affix(arguments, "strip_suffix")?))))
}

fn affix(arguments: &[Argument], name: &str) -> Result<String, ArgumentError> {
    let expected = format!("one text, as in `{name}(\"KD-\")`");
    arguments::at_most(arguments, 1, &expected)?;
    match arguments::text(arguments, 0, &expected)? {
        "" => Err(ArgumentError::at(0, format!("an empty text changes nothing; expected {expected}"))),
        text => Ok(text.to_owned()),
    }
}

#[derive(Debug)]
struct Prefix(String);

impl TextFormat for Prefix {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        if !raw.starts_with(&self.0) {
            out.push_str(&self.0);
        }
        out.push_str(raw);
        Ok(())
    }
}

#[derive(Debug)]
struct StripPrefix(String);

impl TextFormat for StripPrefix {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        out.push_str(raw.strip_prefix(&self.0).unwrap_or(raw));
        Ok(())
    }
}

#[derive(Debug)]
struct StripSuffix(String);

impl TextFormat for StripSuffix {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        out.push_str(raw.strip_suffix(&self.0).unwrap_or(raw));
        Ok(())
    }
}
