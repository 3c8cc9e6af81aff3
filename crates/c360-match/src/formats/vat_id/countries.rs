//! The countries whose VAT numbers are known: prefix, shapes, check. Computes nothing.

use std::fmt;

use super::{east, west};

/// One country's VAT numbers.
pub(super) struct Country {
    /// The prefix, which is not always the ISO code: EL for Greece, XI for Northern Ireland.
    pub(super) prefix: &'static str,
    /// What may follow the prefix: `n` a digit, `a` a letter, `c` either, capitals themselves.
    shapes: &'static [&'static str],
    /// The letters behind the number that say "this is for VAT" and do not belong to it.
    suffixes: &'static [&'static str],
    /// Whether the check digits of a body of one of these shapes are right.
    pub(super) check: fn(&[u8]) -> bool,
}

/// Without the check, whose address differs from process to process: fingerprints of pipelines print formats.
impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Country")
            .field("prefix", &self.prefix)
            .field("shapes", &self.shapes)
            .field("suffixes", &self.suffixes)
            .finish_non_exhaustive()
    }
}

impl Country {
    /// `body` without the country's suffixes, if it then has one of its shapes.
    pub(super) fn fit<'a>(&self, body: &'a str) -> Option<&'a str> {
        let bare = self.suffixes.iter().find_map(|suffix| body.strip_suffix(suffix)).unwrap_or(body);
        self.shapes.iter().any(|shape| fits(shape, bare)).then_some(bare)
    }
}

fn fits(shape: &str, body: &str) -> bool {
    let fits_one = |(kind, byte): (u8, u8)| match kind {
        b'n' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_uppercase(),
        b'c' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        itself => itself == byte,
    };
    shape.len() == body.len() && shape.bytes().zip(body.bytes()).all(fits_one)
}

/// The country of a VAT prefix or an ISO 3166 code.
pub(super) fn country(code: &str) -> Option<&'static Country> {
    let prefix = match code {
        "GR" => "EL",
        "UK" => "GB",
        "MC" => "FR",
        "IM" => "GB",
        other => other,
    };
    COUNTRIES.iter().find(|country| country.prefix == prefix)
}

const fn of(prefix: &'static str, shapes: &'static [&'static str], check: fn(&[u8]) -> bool) -> Country {
    Country { prefix, shapes, suffixes: &[], check }
}

const BRITISH: &[&str] = &["nnnnnnnnn", "nnnnnnnnnnnn", "GDnnn", "HAnnn"];
const ROMANIAN: &[&str] = &["nn", "nnn", "nnnn", "nnnnn", "nnnnnn", "nnnnnnn", "nnnnnnnn", "nnnnnnnnn", "nnnnnnnnnn"];

static COUNTRIES: &[Country] = &[
    of("AT", &["Unnnnnnnn"], west::austria),
    of("BE", &["nnnnnnnnnn", "nnnnnnnnn"], west::belgium),
    of("BG", &["nnnnnnnnn", "nnnnnnnnnn"], east::bulgaria),
    Country { suffixes: &["MWST", "TVA", "IVA", "TPV"], ..of("CH", &["Ennnnnnnnn"], west::switzerland) },
    of("CY", &["nnnnnnnna"], east::cyprus),
    of("CZ", &["nnnnnnnn", "nnnnnnnnn", "nnnnnnnnnn"], east::czechia),
    of("DE", &["nnnnnnnnn"], west::germany),
    of("DK", &["nnnnnnnn"], west::denmark),
    of("EE", &["nnnnnnnnn"], east::estonia),
    of("EL", &["nnnnnnnnn"], east::greece),
    of("ES", &["annnnnnnc", "nnnnnnnna"], west::spain),
    of("FI", &["nnnnnnnn"], west::finland),
    of("FR", &["ccnnnnnnnnn"], west::france),
    of("GB", BRITISH, west::united_kingdom),
    of("HR", &["nnnnnnnnnnn"], east::croatia),
    of("HU", &["nnnnnnnn"], east::hungary),
    of("IE", &["nnnnnnna", "nnnnnnnaa", "nannnnna"], west::ireland),
    of("IT", &["nnnnnnnnnnn"], west::italy),
    of("LT", &["nnnnnnnnn", "nnnnnnnnnnnn"], east::lithuania),
    of("LU", &["nnnnnnnn"], west::luxembourg),
    of("LV", &["nnnnnnnnnnn"], east::latvia),
    of("MT", &["nnnnnnnn"], west::malta),
    of("NL", &["nnnnnnnnnBnn"], west::netherlands),
    Country { suffixes: &["MVA"], ..of("NO", &["nnnnnnnnn"], west::norway) },
    of("PL", &["nnnnnnnnnn"], east::poland),
    of("PT", &["nnnnnnnnn"], west::portugal),
    of("RO", ROMANIAN, east::romania),
    of("SE", &["nnnnnnnnnnnn"], west::sweden),
    of("SI", &["nnnnnnnn"], east::slovenia),
    of("SK", &["nnnnnnnnnn"], east::slovakia),
    of("XI", BRITISH, west::united_kingdom),
];
