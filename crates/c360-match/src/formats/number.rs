//! The format `number`: a decimal number of up to 38 digits, `scale` of them behind the point (6 unless told otherwise, at most 18).
//!
//! Reads `1234`, `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `1_234`, `12,34,567.8`, `.5`, `1.5e3`; a sign before or behind, or parentheses
//! for negative; `12.5 %` is 0.125. Digits of other scripts, typographic spaces, dashes and apostrophes count as their ASCII kin.
//!
//! What a comma or point means follows from the numeral where it can: the last of both kinds is the decimal mark, a repeated one
//! groups thousands, and one that does not stand before exactly three digits is the decimal mark. That leaves `1.234` and `1,234`. They
//! are read by the pipeline's country; without one, or where both marks are in use (Canada, South Africa), they are refused.
//! `decimal: ","` or `decimal: "."` settles it: then the other mark only groups.
//!
//! Digits beyond the scale that are not zero would be lost: such a number is refused, or rounded (halves away from zero) with
//! `excess: "round"`, which suits exports of binary fractions (`0.30000000000000004`).
//!
//! Reasons: "not a number", "decimal comma or point?", "another decimal mark than declared", "more digits behind the point than are
//! kept", "too large".

mod decimal_mark;
mod numeral;
mod settings;
mod sign;

use std::sync::Arc;

use super::arguments::ArgumentError;
use super::narrow::narrow;
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, ScalarFormat};

pub(super) use decimal_mark::DecimalMark;
pub(super) use numeral::{NO_NUMBER, Rules, read};
pub(super) use settings::{positional, rules};
pub(super) use sign::{has_sign, strip as strip_sign};

/// Digits behind the point unless told otherwise.
const SCALE: u8 = 6;

/// Builds `number(scale, decimal: ",", excess: "round")`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let scale = match positional(arguments)? {
        None => SCALE,
        Some((_, ArgumentValue::Integer(scale @ 0..=18))) => u8::try_from(*scale).expect("it is below 19"),
        Some((at, _)) => return Err(ArgumentError::at(at, "the digits behind the point, between 0 and 18, as in `number(2)`")),
    };
    let rules = Rules { scale, ..rules(arguments, context)? };
    Ok(Format::Decimal { scale: i8::try_from(scale).expect("it is below 19"), parser: Arc::new(Number { rules }) })
}

#[derive(Debug)]
struct Number {
    rules: Rules,
}

impl ScalarFormat<i128> for Number {
    fn parse(&self, raw: &str) -> Result<i128, Reason> {
        let text = narrow(raw);
        let (negative, unsigned) = strip_sign(&text).ok_or(NO_NUMBER)?;
        let (is_percent, numeral) = strip_percent(unsigned);
        let value = read(numeral, &self.rules, if is_percent { -2 } else { 0 })?;
        Ok(if negative { -value } else { value })
    }
}

/// Takes off a percent sign, behind the number or, as in Turkish, before it.
fn strip_percent(text: &str) -> (bool, &str) {
    match text.strip_suffix('%').or_else(|| text.strip_prefix('%')) {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    }
}
