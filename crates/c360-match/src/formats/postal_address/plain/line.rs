//! Lines of a street, a code with a town and perhaps a country, as most of the world writes them: `Hauptstr. 5, 10115 Berlin`.

use super::{Columns, is_name, is_town};
use crate::formats::postal_address::clean::{is_care_of, trimmed};
use crate::formats::postal_address::style::Style;
use crate::formats::postal_address::{number, place, read, unit};
use crate::formats::{country, latin, postcode};

/// The columns of such a line. Where states are written, the town and the state must be told apart, which is not done here.
pub(super) fn columns_of(line: &str, assumed: Option<[u8; 2]>) -> Option<Columns<'_>> {
    let (street, rest) = latin::cut(line, b',')?;
    let (place, country) = latin::cut(rest, b',').map_or((rest, None), |(place, country)| (place, Some(trimmed(country, b" "))));
    let named = match country {
        Some(name) => Some(country::find_name(name).filter(|_| is_name(name) && assumed.is_some_and(|assumed| assumed != *b"US"))?),
        None => None,
    };
    let address = named.map(read::bytes).or(assumed)?;
    if Style::of(Some(address)).may_be(&[b"US", b"CA", b"AU"]) {
        return None;
    }
    let (code, city) = code_apart(trimmed(place, b" "), address)?;
    let last = latin::cut_last(city, b' ').map_or(city, |(_, last)| last);
    let ends_plain = is_town(city) && (country.is_some() || country::find_name(last).is_none());
    ends_plain.then_some([None, Some(trimmed(street, b" ")), None, None, Some(code), Some(city), None, country])
}

/// The code and the town. Most codes are digits before the town; two letters behind them can belong to them.
fn code_apart(text: &str, address: [u8; 2]) -> Option<(&str, &str)> {
    let (code, city) = latin::cut(text, b' ')?;
    let first = latin::cut(city, b' ').map_or(city, |(first, _)| first);
    let letters = first.bytes().filter(|byte| !byte.is_ascii_punctuation()).count();
    if letters > 2 && postcode::is_written(code, address) {
        return Some((code, city));
    }
    let (code, city) = Some(place::split_code(text, Some(address))).filter(|_| is_place(text))?;
    Some((code?, city))
}

/// Whether no word makes a text something else than a code and a town: a unit, a house or a name.
fn is_place(text: &str) -> bool {
    !is_care_of(text) && !latin::words(text).any(|word| unit::is_designator(word) || number::is_marker(word))
}
