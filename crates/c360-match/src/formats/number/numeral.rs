//! Reads a numeral without sign: finds its decimal mark, checks its groups of thousands, scales it. Knows no percent and no currency.

use super::decimal_mark::DecimalMark;
use crate::format::Reason;

/// The text is no number.
pub(in crate::formats) const NO_NUMBER: Reason = Reason::new("not a number");
const AMBIGUOUS: Reason = Reason::new("decimal comma or point?");
const OTHER_MARK: Reason = Reason::new("another decimal mark than declared");
const EXCESS: Reason = Reason::new("more digits behind the point than are kept");
const TOO_LARGE: Reason = Reason::new("too large");

/// One above the largest value of 38 digits.
const LIMIT: i128 = 10_i128.pow(38);

/// How numerals are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats) struct Rules {
    /// Digits behind the point that are kept.
    pub(in crate::formats) scale: u8,
    /// The decimal mark that the arguments name: no other is accepted.
    pub(in crate::formats) declared: Option<DecimalMark>,
    /// The decimal mark of the country: decides where the numeral alone does not.
    pub(in crate::formats) usual: Option<DecimalMark>,
    /// What happens to digits beyond the scale.
    pub(in crate::formats) excess: Excess,
}

/// What happens to digits beyond the scale that are not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Excess {
    /// The number is refused.
    Refuse,
    /// The number is rounded, halves away from zero.
    Round,
}

/// The value of `numeral` times 10^(scale + shift).
pub(in crate::formats) fn read(numeral: &str, rules: &Rules, shift: i32) -> Result<i128, Reason> {
    let (mantissa, exponent) = split_exponent(numeral).ok_or(NO_NUMBER)?;
    let mark = decimal_mark(mantissa.as_bytes(), rules, exponent.is_some())?;
    let (whole, fraction) = match mark {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, ""),
    };
    if !is_grouped(whole.as_bytes()) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) || whole.len() + fraction.len() == 0 {
        return Err(NO_NUMBER);
    }
    scaled(whole, fraction, i32::from(rules.scale) + shift + exponent.unwrap_or(0), rules.excess)
}

/// Splits `1.5e-3` into mantissa and exponent.
fn split_exponent(numeral: &str) -> Option<(&str, Option<i32>)> {
    let Some(at) = numeral.bytes().position(|byte| matches!(byte, b'e' | b'E')) else {
        return Some((numeral, None));
    };
    let digits = numeral[at + 1..].strip_prefix(['+', '-']).unwrap_or(&numeral[at + 1..]);
    if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((&numeral[..at], numeral[at + 1..].parse().ok()))
}

/// Where the decimal mark stands, if there is one.
fn decimal_mark(mantissa: &[u8], rules: &Rules, has_exponent: bool) -> Result<Option<usize>, Reason> {
    let last = |mark: DecimalMark| mantissa.iter().rposition(|byte| *byte == mark.byte());
    match (last(DecimalMark::Comma), last(DecimalMark::Point)) {
        (None, None) => Ok(None),
        (Some(comma), Some(point)) if comma > point => accept(mantissa, comma, DecimalMark::Comma, rules),
        (Some(_), Some(point)) => accept(mantissa, point, DecimalMark::Point, rules),
        (Some(comma), None) => only_mark(mantissa, comma, DecimalMark::Comma, rules, has_exponent),
        (None, Some(point)) => only_mark(mantissa, point, DecimalMark::Point, rules, has_exponent),
    }
}

/// Takes the mark at `at` as the decimal mark: it stands once and is not another than declared.
fn accept(mantissa: &[u8], at: usize, mark: DecimalMark, rules: &Rules) -> Result<Option<usize>, Reason> {
    match rules.declared {
        Some(declared) if declared != mark => Err(OTHER_MARK),
        _ if mantissa[..at].contains(&mark.byte()) => Err(NO_NUMBER),
        _ => Ok(Some(at)),
    }
}

/// Decides what the only kind of mark in the numeral is, whose last stands at `at`.
fn only_mark(mantissa: &[u8], at: usize, mark: DecimalMark, rules: &Rules, has_exponent: bool) -> Result<Option<usize>, Reason> {
    if rules.declared == Some(mark) {
        return accept(mantissa, at, mark, rules);
    }
    let is_repeated = mantissa[..at].contains(&mark.byte());
    let may_group = !has_exponent && is_grouped(mantissa);
    match (rules.declared.or(rules.usual), may_group) {
        (_, true) if is_repeated => Ok(None),
        (Some(usual), true) if usual != mark => Ok(None),
        (None, true) => Err(AMBIGUOUS),
        _ => accept(mantissa, at, mark, rules),
    }
}

/// Whether these are digits, either plain or in groups of three (or, as in India, of two before the last three) with one separator.
fn is_grouped(whole: &[u8]) -> bool {
    let Some(first) = whole.iter().position(|byte| !byte.is_ascii_digit()) else {
        return true;
    };
    let separator = whole[first];
    if !matches!(separator, b'.' | b',' | b' ' | b'\'' | b'_') || !(1..=3).contains(&first) || whole[0] == b'0' {
        return false;
    }
    let mut groups = whole[first + 1..].rsplit(|byte| *byte == separator);
    let is_group = |group: &[u8], length: usize| group.len() == length && group.iter().all(u8::is_ascii_digit);
    if !groups.next().is_some_and(|last| is_group(last, 3)) {
        return false;
    }
    groups.clone().all(|group| is_group(group, 3)) || (first <= 2 && groups.all(|group| is_group(group, 2)))
}

/// The digits of `whole` and `fraction` as one number, with `kept` of those behind the mark.
fn scaled(whole: &str, fraction: &str, kept: i32, excess: Excess) -> Result<i128, Reason> {
    let whole_digits = whole.bytes().filter(u8::is_ascii_digit).count();
    let keep = i32::try_from(whole_digits).map_err(|_| TOO_LARGE)?.saturating_add(kept);
    let mut value: i128 = 0;
    let mut place = 0;
    let mut lost = Lost::default();
    for digit in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        if place < keep {
            value = times_ten(value)? + i128::from(digit - b'0');
        } else {
            lost.add(digit, place == keep);
        }
        place += 1;
    }
    while place < keep && value != 0 {
        value = times_ten(value)?;
        place += 1;
    }
    match excess {
        Excess::Refuse if lost.any => Err(EXCESS),
        Excess::Round if lost.half && value == LIMIT - 1 => Err(TOO_LARGE),
        Excess::Round => Ok(value + i128::from(lost.half)),
        Excess::Refuse => Ok(value),
    }
}

/// What the digits beyond the scale come to.
#[derive(Default)]
struct Lost {
    any: bool,
    half: bool,
}

impl Lost {
    fn add(&mut self, digit: u8, is_first: bool) {
        self.any |= digit != b'0';
        self.half |= is_first && digit >= b'5';
    }
}

fn times_ten(value: i128) -> Result<i128, Reason> {
    if value < LIMIT / 10 { Ok(value * 10) } else { Err(TOO_LARGE) }
}
