//! `lpad`, `rpad`: values of one width.

use std::sync::Arc;

use crate::format::{Argument, Context, Format, Reason, TextFormat};
use crate::formats::arguments::{self, ArgumentError};

/// Wider than any number or code that is padded; guards against a value that explodes by a typing error in the width.
const WIDEST: usize = 1000;

/// `lpad(8, "0")`: filled on the left to 8 characters; a longer value stays as it is, nothing is cut off.
pub(in crate::formats) fn lpad(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let (width, fill) = width_and_fill(arguments, "lpad")?;
    Ok(Format::Text(Arc::new(LeftPad { width, fill })))
}

/// `rpad(8, "0")`: filled on the right to 8 characters; a longer value stays as it is.
pub(in crate::formats) fn rpad(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    let (width, fill) = width_and_fill(arguments, "rpad")?;
    Ok(Format::Text(Arc::new(RightPad { width, fill })))
}

fn width_and_fill(arguments: &[Argument], name: &str) -> Result<(usize, char), ArgumentError> {
    let expected = format!("a width and a character, as in `{name}(8, \"0\")`");
    arguments::at_most(arguments, 2, &expected)?;
    let width = arguments::count(arguments, 0, WIDEST, &expected)?;
    let mut fill = arguments::text(arguments, 1, &expected)?.chars();
    match (fill.next(), fill.next()) {
        (Some(fill), None) if !fill.is_whitespace() => Ok((width, fill)),
        (Some(_), None) => Err(ArgumentError::at(1, "values have no white space at their ends, so it cannot fill them")),
        _ => Err(ArgumentError::at(1, format!("this must be one character; expected {expected}"))),
    }
}

fn fill_up(raw: &str, width: usize, fill: char, out: &mut String) {
    let missing = width.saturating_sub(raw.chars().count());
    out.extend(std::iter::repeat_n(fill, missing));
}

#[derive(Debug)]
struct LeftPad {
    width: usize,
    fill: char,
}

impl TextFormat for LeftPad {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        fill_up(raw, self.width, self.fill, out);
        out.push_str(raw);
        Ok(())
    }
}

#[derive(Debug)]
struct RightPad {
    width: usize,
    fill: char,
}

impl TextFormat for RightPad {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        out.push_str(raw);
        fill_up(raw, self.width, self.fill, out);
        Ok(())
    }
}
