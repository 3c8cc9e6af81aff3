//! `country`: the ISO 3166-1 two-letter code of a country. Knows no regions within countries.
//!
//! Accepted: two-letter, three-letter and numeric codes (`DE`, `deu`, `276`, `40` for `040`) and names: the English, German, French,
//! Spanish, Italian and Chinese ones, what people call the country at home, and common variants (`USA`, `U.K.`, `England`, `Holland`,
//! `BRD`, `Korea, Republic of`). Case, accents, punctuation and `&` for `and` do not matter; German spellings with `ae`, `oe`, `ue` count.
//! Fixed form: the two-letter code in capitals. Compared: the same.
//! Kosovo has no ISO code; its name gives `XK`, the code that ISO leaves to users and the European Union uses.
//! Refused: everything else, dissolved countries with a reason of their own. The former East Germany counts as `DE`.

mod table;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::scratch::with_buffer;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const UNKNOWN: Reason = Reason::new("unknown country");
const DISSOLVED: Reason = Reason::new("dissolved country");

#[derive(Debug)]
struct Country;

/// `country`
pub(super) fn build(given: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    arguments::none(given)?;
    Ok(Format::Text(Arc::new(Country)))
}

impl TextFormat for Country {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        match find(raw) {
            Some(code) => {
                out.push_str(code);
                Ok(())
            }
            None if table::is_dissolved(raw) => Err(DISSOLVED),
            None => Err(UNKNOWN),
        }
    }
}

/// The two-letter code of a country given by code or name.
pub(super) fn find(raw: &str) -> Option<&'static str> {
    if raw.len() <= table::SHORT && raw.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return table::find(raw);
    }
    with_buffer(|key| {
        table::append_key(raw, key);
        table::find(key)
    })
}

/// The first bytes of the letters behind U+2000, and of no others, are at least this.
const FAR_SCRIPTS: u8 = 0xe2;

/// The two-letter code of a country given by name, not by code: within an address `DE` may be Delaware and `IN` a word.
pub(super) fn find_name(raw: &str) -> Option<&'static str> {
    // No name has a digit, and a code in digits is no abbreviation unless signs of another script stand around it.
    if raw.bytes().fold(false, |digit, byte| digit | byte.is_ascii_digit()) && raw.bytes().all(|byte| byte < FAR_SCRIPTS) {
        return None;
    }
    let code = find(raw)?;
    let short = raw.chars().filter(|character| character.is_alphanumeric()).count() <= 3;
    let abbreviation =
        matches!(raw, "USA" | "U.S.A." | "UK" | "U.K." | "UAE" | "BRD") || raw.chars().any(|character| character > '\u{2e80}');
    (!short || abbreviation).then_some(code)
}

/// The English name of a country by its two-letter code.
pub(super) fn english_name(code: &str) -> Option<&'static str> {
    table::english_name(code)
}

/// Whether these are the two letters of a country.
pub(super) fn is_code(code: [u8; 2]) -> bool {
    std::str::from_utf8(&code).is_ok_and(|code| find(code) == Some(code))
}
