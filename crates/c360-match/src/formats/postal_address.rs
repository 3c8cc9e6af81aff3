//! `postal_address`: an address in parts: street, number, unit, postcode, city, state, country. Looks up no street and corrects no spelling.
//!
//! `address(street: .., postcode: .., city: ..)` builds one from columns; the street may hold the number, the unit and, where no city is
//! given, town, state and postcode as well. A plain value, or `address(line: ..)`, is the whole as one text with commas or line ends.
//! The country of the address, else the pipeline's, decides how it is read: where the number stands, which abbreviations count.
//! Fixed form: street words spelt out (`St.` Street, `Str.` Straße, `C/` Calle), directions in full, mixed case where case said nothing, the
//! number without spaces (`12a`, `12-14`), units as `Apt 4`, `Floor 2`, boxes as street `PO Box` with a number, the postcode as its country
//! writes it, American, Canadian and Australian states by their abbreviation, the country by its ISO code. A country that is not
//! recognised stays as written; the country is never filled in. Names of buildings, `c/o` lines and cross streets are dropped.
//! Compared, by part: case, accents, spaces, hyphens and abbreviations gone (`mainst`), `ü` as `ue`, ordinals as digits, a range by its
//! first number, units without their word. Compared, as a whole: number, street, unit and postcode, or the city where there is no
//! postcode; nothing if number, street or both of these are missing. `unit: "ignore"` leaves the unit out; `kinds: "ignore"` the words
//! Street, Avenue, .., for data that often omits them.
//! Refused: values that stand for "none".

mod cjk;
mod clean;
mod compare;
mod number;
mod place;
mod plain;
mod post_box;
mod read;
mod region;
mod settled;
mod shape;
mod spelling;
mod street;
mod style;
mod unit;
mod words;

use std::sync::Arc;

use super::arguments::{ArgumentError, named_texts};
use super::options;
use crate::format::{Argument, Context, Format, PartsFormat, Reason};
use compare::Kinds;
use settled::Reading;
use smallvec::SmallVec;

/// The words of a street. In most addresses they are so few that they need no allocation, and so are those below.
type Tokens<'a> = SmallVec<[&'a str; 12]>;
/// The texts between commas and line ends.
type Segments<'a> = SmallVec<[&'a str; 6]>;
/// The words of a number, a unit or a town.
type Few<'a> = SmallVec<[&'a str; 4]>;

const PARTS: [&str; 7] = ["street", "number", "unit", "postcode", "city", "state", "country"];
const INPUTS: [&str; 8] = ["line", "street", "number", "unit", "postcode", "city", "state", "country"];

const STREET: usize = 0;
const NUMBER: usize = 1;
const UNIT: usize = 2;
const POSTCODE: usize = 3;
const CITY: usize = 4;
const STATE: usize = 5;
const COUNTRY: usize = 6;

const UNSTABLE: Reason = Reason::new("address that cannot be told apart");

/// Whether the flat or suite counts when whole addresses are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Units {
    Compare,
    Ignore,
}

#[derive(Debug)]
struct PostalAddress {
    country: Option<[u8; 2]>,
    units: Units,
    kinds: Kinds,
}

/// `postal_address("DE", unit: "compare" | "ignore", kinds: "compare" | "ignore")`
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let (positional, named) = options::split(arguments);
    super::arguments::at_most(positional, 1, "one country")?;
    let [unit, kinds] = named_texts(named, ["unit", "kinds"]).map_err(options::behind(positional.len()))?;
    Ok(Format::Parts(Arc::new(PostalAddress {
        country: options::countries(positional, context)?.first().copied(),
        units: options::choice(unit, &[("compare", Units::Compare), ("ignore", Units::Ignore)], Units::Compare)?,
        kinds: options::choice(kinds, &[("compare", Kinds::Compare), ("ignore", Kinds::Ignore)], Kinds::Compare)?,
    })))
}

impl PartsFormat for PostalAddress {
    fn parts(&self) -> &'static [&'static str] {
        &PARTS
    }

    fn constructor(&self) -> &'static str {
        "address"
    }

    fn inputs(&self) -> &'static [&'static str] {
        &INPUTS
    }

    fn normalize(&self, inputs: &[Option<&str>], out: &mut [String]) -> Result<(), Reason> {
        if plain::read(inputs, self.country, out) { Ok(()) } else { read_any(inputs, self.country, out) }
    }

    fn comparable_part(&self, part: usize, value: &str, out: &mut String) {
        match part {
            STREET => compare::append_street(cjk::without_district(value), self.kinds, out),
            NUMBER => number::append_compared(value, out),
            UNIT => unit::append_compared(value, out),
            POSTCODE => out.extend(value.chars().filter(|character| character.is_alphanumeric())),
            CITY | STATE => compare::append_name(value, out),
            _ => out.push_str(value),
        }
    }

    fn comparable(&self, parts: &[Option<&str>], out: &mut String) {
        let (Some(street), Some(number)) = (parts[STREET], parts[NUMBER]) else { return };
        let Some((at, place)) = parts[POSTCODE].map(|code| (POSTCODE, code)).or(parts[CITY].map(|city| (CITY, city))) else { return };
        self.comparable_part(NUMBER, number, out);
        out.push(' ');
        self.comparable_part(STREET, street, out);
        if let (Some(unit), Units::Compare) = (parts[UNIT], self.units) {
            out.push_str(" #");
            self.comparable_part(UNIT, unit, out);
        }
        out.push(' ');
        self.comparable_part(at, place, out);
    }
}

/// Reads any address.
fn read_any(inputs: &[Option<&str>], country: Option<[u8; 2]>, out: &mut [String]) -> Result<(), Reason> {
    if read::address(inputs, country, out)? == Reading::Settled {
        return Ok(());
    }
    // What was found is read again until it stays: a street that is cut off its town can turn out to hold a number.
    for _ in 0..4 {
        let mut again: [String; 7] = Default::default();
        let mut found = [None; 8];
        for (found, part) in found[1..].iter_mut().zip(out.iter()) {
            *found = Some(part.as_str()).filter(|part| !part.is_empty());
        }
        read::address(&found, country, &mut again)?;
        if again == *out {
            return Ok(());
        }
        out.clone_from_slice(&again);
    }
    Err(UNSTABLE)
}
