//! `lower`, `upper`, `title`, `ascii`: other letters for the same word.

use unicode_normalization::char::is_combining_mark;

use super::plain;
use crate::format::{Argument, Context, Format};
use crate::formats::arguments::ArgumentError;
use crate::formats::fold;

/// `lower`: lower case, by Unicode.
pub(in crate::formats) fn lower(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("lower", push_lower, arguments)
}

/// `upper`: upper case, by Unicode.
pub(in crate::formats) fn upper(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("upper", push_upper, arguments)
}

/// `title`: the first letter of each word in upper case, the others in lower case. An apostrophe does not begin a word: `don't` is `Don't`.
pub(in crate::formats) fn title(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("title", push_title, arguments)
}

/// `ascii`: letters of any script as ASCII: `Größe` is `Groesse`, `王伟` is `WangWei`.
pub(in crate::formats) fn ascii(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    plain("ascii", fold::keep_case, arguments)
}

fn push_lower(raw: &str, out: &mut String) {
    if raw.is_ascii() {
        let start = out.len();
        out.push_str(raw);
        out[start..].make_ascii_lowercase();
    } else {
        out.extend(raw.chars().flat_map(char::to_lowercase));
    }
}

fn push_upper(raw: &str, out: &mut String) {
    if raw.is_ascii() {
        let start = out.len();
        out.push_str(raw);
        out[start..].make_ascii_uppercase();
    } else {
        out.extend(raw.chars().flat_map(char::to_uppercase));
    }
}

fn push_title(raw: &str, out: &mut String) {
    let mut inside = false;
    for letter in raw.chars() {
        match inside {
            true => out.extend(letter.to_lowercase()),
            false => push_capital(letter, out),
        }
        inside = letter.is_alphanumeric() || (inside && (matches!(letter, '\'' | '’') || is_combining_mark(letter)));
    }
}

/// Appends `letter` as a capital; one that becomes several letters (`ß`, `ﬁ`) has only the first of them in upper case.
fn push_capital(letter: char, out: &mut String) {
    let mut upper = letter.to_uppercase();
    out.extend(upper.next());
    out.extend(upper.flat_map(char::to_lowercase));
}
