//! `company_name`: the name of a company or other organisation, for reading and for comparison.
//!
//! - Canonical: the name as written, cleaned: as `text` does; typographic apostrophes and quotes are `'` and `"`, dashes `-`, full-width
//!   letters are plain ones; quotes around the whole name, commas and semicolons at its ends, and HTML's `&amp;` are gone. Case and
//!   legal form stay as the source has them.
//! - Comparison form: lower-case ASCII words with one space between them. Legal forms are left out, at the end (`Acme GmbH & Co. KG`), where
//!   the country has them there at the front (`ООО Ромашка`, `PT Astra Tbk`, `株式会社トヨタ`), and German ones inside, too (`Acme GmbH Berlin`);
//!   a name that is nothing but a legal form keeps it. `&`, `+`, `und` and the like are `and`; `the` at the front or behind a comma is
//!   left out; initials are joined (`I.B.M.` is `ibm`); apostrophes join, other punctuation parts; letters become ASCII as everywhere
//!   (ü = ue, ß = ss, Chinese as pinyin); a few unmistakable abbreviations are written out (`Bros` is `brothers`).
//! - Refused: "no letters or digits", "a placeholder, not a company", "an e-mail address, not a company", "too long for a company".

mod common;
mod compare;
mod east_asian;
mod forms;
mod tidy;
mod words;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::scratch::with_buffer;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

pub(crate) use common::weight;
pub(crate) use compare::push as push_comparable;

/// Bytes; above this it is a description, not a name.
const LONGEST: usize = 600;

/// `company_name` takes no arguments.
pub(super) fn build(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    arguments::none(arguments)?;
    Ok(Format::Text(Arc::new(CompanyName)))
}

#[derive(Debug)]
struct CompanyName;

impl TextFormat for CompanyName {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        if raw.len() > LONGEST {
            return Err(Reason::new("too long for a company"));
        }
        let start = out.len();
        tidy::tidy(raw, out);
        let name = &out[start..];
        if !name.contains(char::is_alphanumeric) {
            return Err(Reason::new("no letters or digits"));
        }
        if is_email(name) {
            return Err(Reason::new("an e-mail address, not a company"));
        }
        if is_placeholder(name) { Err(Reason::new("a placeholder, not a company")) } else { Ok(()) }
    }

    fn comparable(&self, value: &str, out: &mut String) {
        compare::push(value, out);
    }
}

fn is_email(name: &str) -> bool {
    name.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !name.contains(' '))
}

/// Whether `name` says that there is no company.
fn is_placeholder(name: &str) -> bool {
    with_buffer(|key| {
        super::fold::squeeze(name, key);
        let key = key.as_str();
        let repeated = key.len() >= 3 && key.bytes().all(|letter| letter == key.as_bytes()[0] && letter.is_ascii_lowercase());
        (repeated && key != "aaa") || PLACEHOLDERS.contains(&key)
    })
}

const PLACEHOLDERS: [&str; 34] = [
    "na",
    "none",
    "null",
    "nil",
    "nan",
    "unknown",
    "unbekannt",
    "inconnu",
    "desconocido",
    "tbd",
    "test",
    "testfirma",
    "testcompany",
    "dummy",
    "private",
    "privat",
    "privatperson",
    "privatkunde",
    "particulier",
    "individual",
    "notapplicable",
    "notavailable",
    "notprovided",
    "noname",
    "nocompany",
    "keinefirma",
    "keine",
    "companyname",
    "firmenname",
    "company",
    "firma",
    "selfemployed",
    "unemployed",
    "xx",
];
