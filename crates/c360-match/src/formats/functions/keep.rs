//! `digits`, `letters`, `alphanumeric`: keep one kind of character and drop the others.

use super::plain;
use crate::format::{Argument, Context, Format};
use crate::formats::arguments::ArgumentError;

/// `digits`: only decimal digits, as ASCII whatever their script: `Tel. ０３０` is `030`.
pub(in crate::formats) fn digits(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("digits", |raw, out| out.extend(raw.chars().filter_map(digit)), arguments)
}

/// `letters`: only letters, of any script.
pub(in crate::formats) fn letters(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("letters", |raw, out| out.extend(raw.chars().filter(|letter| letter.is_alphabetic())), arguments)
}

/// `alphanumeric`: only letters and decimal digits; digits as ASCII.
pub(in crate::formats) fn alphanumeric(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("alphanumeric", |raw, out| out.extend(raw.chars().filter_map(letter_or_digit)), arguments)
}

fn letter_or_digit(letter: char) -> Option<char> {
    if letter.is_alphabetic() { Some(letter) } else { digit(letter) }
}

/// The first digits of the decimal digit sets that business data has: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Thai, full width.
const ZEROS: [char; 7] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];

fn digit(letter: char) -> Option<char> {
    let value = ZEROS.iter().map(|zero| u32::from(letter).wrapping_sub(u32::from(*zero))).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}
