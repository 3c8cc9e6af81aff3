//! The format `iban`: an international bank account number of ISO 13616, in its electronic form: capitals and digits without spaces.
//!
//! Accepts spaces, points, dashes, slashes between the groups, small letters, full-width characters, and the word IBAN in front. Refuses what has
//! not its country's length and letters (by SWIFT's registry) or fails the check of ISO 7064 (mod 97-10). National check
//! digits inside the account number are not checked. The country is always part of the number, never taken from the pipeline.
//! Comparison form: the same.
//!
//! Reasons: "not an IBAN", "unknown country", "wrong length", "wrong letters or digits for the country", "wrong check digits".

mod structure;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::compact::Compact;
use super::iso_7064::mod_97;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const NO_IBAN: Reason = Reason::new("not an IBAN");
const NO_COUNTRY: Reason = Reason::new("unknown country");
const LENGTH: Reason = Reason::new("wrong length");
const LETTERS: Reason = Reason::new("wrong letters or digits for the country");
const CHECK: Reason = Reason::new("wrong check digits");

/// Builds `iban`.
pub(super) fn build(arguments: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    arguments::none(arguments)?;
    Ok(Format::Text(Arc::new(Iban)))
}

#[derive(Debug)]
struct Iban;

impl TextFormat for Iban {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let compact = Compact::new(without_label(raw)).ok_or(NO_IBAN)?;
        let iban = compact.as_str();
        check(iban)?;
        out.push_str(iban);
        Ok(())
    }
}

fn without_label(raw: &str) -> &str {
    match raw.get(..4) {
        Some(label) if label.eq_ignore_ascii_case("IBAN") => raw[4..].trim_start_matches([':', '.', ' ']),
        _ => raw,
    }
}

fn check(iban: &str) -> Result<(), Reason> {
    let bytes = iban.as_bytes();
    if bytes.len() < 5 || !bytes[..2].iter().all(u8::is_ascii_uppercase) || !bytes[2..4].iter().all(u8::is_ascii_digit) {
        return Err(NO_IBAN);
    }
    let structure = structure::structure_of(&iban[..2]).ok_or(NO_COUNTRY)?;
    if iban.len() != 4 + structure::length(structure) {
        return Err(LENGTH);
    }
    if !structure::fits(structure, &iban[4..]) {
        return Err(LETTERS);
    }
    // 00, 01 and 99 can give the right remainder, too, but are never issued.
    let issued = !matches!(&bytes[2..4], b"00" | b"01" | b"99");
    if issued && mod_97(bytes[4..].iter().chain(&bytes[..4]).copied()) == 1 { Ok(()) } else { Err(CHECK) }
}
