//! The format `money("EUR")`: an amount of one currency, with as many digits behind the point as the currency has minor units in ISO 4217
//! (EUR 2, JPY 0, KWD 3).
//!
//! Reads what `number` reads, without percent and exponent, with or without the currency before or behind it: its code or a sign of it
//! (`€`, `$`, `US$`, `£`, `¥`, `zł`, `kr`, `Fr.`, `руб.`). A sign that several currencies share, such as `$`, is taken for the
//! declared one. `12,-`, `12.--`, `12,—` and `12:-` are whole amounts. The sign of a debit stands before or behind the amount or the currency, or is a pair
//! of parentheses. An amount in another currency is refused: converting it is not a format's business.
//!
//! Digits beyond the minor units must be zero, or are rounded with `excess: "round"`; `decimal:` is as in `number`.
//!
//! Reasons: those of `number`; "currency USD instead of EUR", "unknown currency".

mod currency;

use std::borrow::Cow;
use std::sync::Arc;

use super::arguments::ArgumentError;
use super::narrow::narrow;
use super::number::{DecimalMark, NO_NUMBER, Rules, has_sign, positional, read, rules, strip_sign};
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, ScalarFormat};
use currency::{Currency, codes_of_sign, currency, is_sign, signs_of};

const UNKNOWN: Reason = Reason::new("unknown currency");

/// Builds `money("EUR", decimal: ",", excess: "round")`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let currency = match positional(arguments)? {
        Some((at, ArgumentValue::Text(code))) => {
            currency(code).ok_or_else(|| ArgumentError::at(at, format!("`{code}` is no currency of ISO 4217")))?
        }
        Some((at, _)) => return Err(ArgumentError::at(at, "the currency is a text, as in `money(\"EUR\")`")),
        None => return Err(ArgumentError::call("the currency is missing; expected for example `money(\"EUR\")`")),
    };
    let rules = Rules { scale: currency.minor_units, ..rules(arguments, context)? };
    let scale = i8::try_from(currency.minor_units).expect("a currency has at most four");
    Ok(Format::Decimal { scale, parser: Arc::new(Money { currency, signs: signs_of(currency.code), rules }) })
}

#[derive(Debug)]
struct Money {
    currency: Currency,
    /// How people write the currency, apart from its code.
    signs: Vec<&'static str>,
    rules: Rules,
}

impl ScalarFormat<i128> for Money {
    fn parse(&self, raw: &str) -> Result<i128, Reason> {
        let text = narrow(raw);
        // The sign stands outside the currency (-€5) or inside (€-5).
        let (outer, rest) = strip_outer_sign(&text).ok_or(NO_NUMBER)?;
        let amount = self.strip_currency(rest)?;
        let (amount, dashed) = strip_dash(amount);
        let (inner, numeral) = strip_sign(amount).ok_or(NO_NUMBER)?;
        if (outer && has_sign(amount)) || numeral.contains(['e', 'E']) {
            return Err(NO_NUMBER);
        }
        let rules = Rules { usual: dashed.or(self.rules.usual), ..self.rules };
        let value = read(numeral, &rules, 0)?;
        Ok(if outer || inner { -value } else { value })
    }
}

impl Money {
    /// Takes the currency off both ends, if it is the right one.
    fn strip_currency<'a>(&self, text: &'a str) -> Result<&'a str, Reason> {
        let (before, rest) = text.split_at(start_of_amount(text).ok_or(NO_NUMBER)?);
        let ends = rest.char_indices().rev().find(|(_, character)| is_of_amount(*character)).map_or(0, |(at, last)| at + last.len_utf8());
        let (amount, behind) = rest.split_at(ends);
        self.check(before.trim())?;
        self.check(behind.trim())?;
        Ok(amount.trim())
    }

    /// Whether `written` is empty or means this currency.
    fn check(&self, written: &str) -> Result<(), Reason> {
        if written.is_empty() || written.eq_ignore_ascii_case(self.currency.code) {
            return Ok(());
        }
        if self.signs.iter().any(|sign| is_sign(sign, written)) {
            return Ok(());
        }
        // "US$ USD" never happens, "USD $" and "$ USD" do.
        if let Some((left, right)) = written.split_once(' ') {
            self.check(left)?;
            return self.check(right.trim_start());
        }
        let codes = codes_of_sign(written);
        match codes.first().copied().or_else(|| currency(written).map(|other| other.code)) {
            Some(other) => Err(Reason(Cow::Owned(format!("currency {other} instead of {}", self.currency.code)))),
            None => Err(if written.chars().all(char::is_alphabetic) || !codes.is_empty() { UNKNOWN } else { NO_NUMBER }),
        }
    }
}

/// Whether a character can begin or end an amount.
fn is_of_amount(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '-' | '+' | '(' | ')')
}

/// Where the amount starts. A mark right before the digits belongs to them (`$.50`), unless it ends an abbreviation (`Rs.500`).
fn start_of_amount(text: &str) -> Option<usize> {
    let start = text.find(is_of_amount)?;
    let Some(before) = text[..start].strip_suffix(['.', ',']) else {
        return Some(start);
    };
    Some(if before.ends_with(char::is_alphabetic) { start } else { before.len() })
}

/// Takes off a sign that stands at the very beginning or end.
fn strip_outer_sign(text: &str) -> Option<(bool, &str)> {
    let is_dash = |before: &str| before.ends_with([',', '.', ':', '-']);
    match text.strip_suffix('-') {
        Some(before) if is_dash(before) => Some(text.strip_prefix('-').map_or((false, text), |rest| (true, rest.trim_start()))),
        _ => strip_sign(text),
    }
}

/// Takes off the dash that stands for no minor units (`12,-`, `12.--`, `12:-`), with the decimal mark that it shows.
fn strip_dash(amount: &str) -> (&str, Option<DecimalMark>) {
    let without = amount.trim_end_matches('-');
    let marks = [(',', Some(DecimalMark::Comma)), ('.', Some(DecimalMark::Point)), (':', None)];
    let found = marks.into_iter().find(|(mark, _)| without.len() < amount.len() && without.ends_with(*mark));
    found.map_or((amount, None), |(_, mark)| (&without[..without.len() - 1], mark))
}
