//! Lines as Americans write them, the number first: `12 N Main St Apt 4, Springfield, IL 62704`, perhaps with the country behind.

use super::Columns;
use crate::formats::postal_address::clean::{is_care_of, trimmed};
use crate::formats::postal_address::{read, region, unit};
use crate::formats::{country, latin, postcode};

/// The columns of such a line, if the country is the United States or unknown. That they are plain is for the reader of columns to find out.
pub(super) fn columns_of(line: &str, assumed: Option<[u8; 2]>) -> Option<Columns<'_>> {
    let possible = line.as_bytes().first()?.is_ascii_digit() && assumed.is_none_or(|assumed| assumed == *b"US");
    let (street, rest) = latin::cut(line, b',').filter(|_| possible)?;
    let (city, rest) = latin::cut(rest, b',')?;
    let (place, country) = latin::cut(rest, b',').map_or((rest, None), |(place, country)| (place, Some(trimmed(country, b" "))));
    let address = match country {
        Some(name) => Some(read::bytes(country::find_name(name).filter(|code| *code == "US")?)),
        None => assumed,
    };
    let (state, code) = latin::cut_last(trimmed(place, b" "), b' ')?;
    if !postcode::is_written(code, *b"US") || !is_state(state, address) {
        return None;
    }
    let city = Some(trimmed(city, b" ")).filter(|city| is_town_alone(city))?;
    let (street, unit) = unit_apart(trimmed(street, b" "))?;
    Some([None, Some(street), None, unit, Some(code), Some(city), Some(state), country])
}

/// Whether the whole is a state and the end of it is not: `West Virginia` ends in one.
fn is_state(text: &str, address: Option<[u8; 2]>) -> bool {
    let end = latin::cut_last(text, b' ').map(|(_, end)| end);
    region::find(text, address).is_some() && end.is_none_or(|end| region::find(end, address).is_none())
}

/// Whether a text is a town that can be nothing else: no country (`Lebanon`), no unit.
fn is_town_alone(text: &str) -> bool {
    let last = latin::cut_last(text, b' ').map(|(_, last)| last);
    let is_country = country::find_name(text).is_some() || last.is_some_and(|last| country::find_name(last).is_some());
    !is_country && !is_care_of(text) && !latin::words(text).any(unit::is_designator)
}

/// The street and the unit behind it: the first word for units, with one word behind it.
fn unit_apart(street: &str) -> Option<(&str, Option<&str>)> {
    let begins = |word: &&str| unit::is_designator(word);
    let Some(word) = latin::words(street).find(begins) else { return Some((street, None)) };
    let at = word.as_ptr().addr() - street.as_ptr().addr();
    let (before, unit) = (street[..at].strip_suffix(' ')?, &street[at..]);
    let counted = unit::is_floor(word) && latin::cut_last(before, b' ').is_some_and(|(_, last)| unit::is_count(last));
    let id = latin::cut(unit, b' ').map(|(_, id)| id);
    (!counted && id.map_or(word.len() > 1, unit::is_id)).then_some((before, Some(unit)))
}
