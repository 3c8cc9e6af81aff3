//! Addresses in plain words, which most are, in columns or a line: a street with one number before or behind it, perhaps a unit, a code, a
//! town and a country. They need no search for units, towns and remarks. Gives back the same as the reader of all addresses, or leaves the
//! address to that.

mod american;
mod line;
mod stays;
mod street;
#[cfg(test)]
mod tests;

use super::clean::{is_placeholder, trimmed};
use super::place::Place;
use super::read::{self, Inputs};
use super::style::Style;
use super::{CITY, NUMBER, STATE, STREET, UNIT, settled, spelling, unit};
use crate::formats::{country, latin};

/// The inputs, in the order of the format's inputs.
type Columns<'a> = [Option<&'a str>; 8];

/// Fills `out` if the inputs are a plain address; otherwise leaves it empty and returns false.
pub(super) fn read(inputs: &[Option<&str>], assumed: Option<[u8; 2]>, out: &mut [String]) -> bool {
    match *inputs {
        [Some(line), None, None, None, None, None, None, None] => {
            let columns = american::columns_of(line, assumed).or_else(|| line::columns_of(line, assumed));
            columns.is_some_and(|columns| read_columns(&columns, assumed, out))
        }
        _ => read_columns(inputs, assumed, out),
    }
}

/// Fills `out` if columns are a plain address.
fn read_columns(inputs: &[Option<&str>], assumed: Option<[u8; 2]>, out: &mut [String]) -> bool {
    let [None, Some(street), number, unit, postcode, Some(city), state, country] = *inputs else { return false };
    let code = country.and_then(country::find);
    let known = [state, country].into_iter().flatten().all(is_name) && country.is_some() == code.is_some();
    if !known || !is_town(city) || !postcode.is_none_or(is_code) || !unit.is_none_or(is_unit) {
        return false;
    }
    let style = Style::of(code.map(read::bytes).or(assumed));
    let Some(plain) = street::parted(street, number) else { return false };
    let mut words = [""; street::MOST];
    let Some(words) = street::words_of(&plain, style, &mut words) else { return false };
    spelling::append_street(words, style, &mut out[STREET]);
    street::append_number(plain.number, &mut out[NUMBER]);
    unit.into_iter().for_each(|unit| unit::append(unit, &mut out[UNIT]));
    let inputs = Inputs { street: Some(street), postcode, city: Some(city), state, country, code, ..Inputs::default() };
    read::fill_place(&Place::default(), &inputs, style.country, out);
    let stays = is_settled(out, state) && (is_read_once(out) || stays::is_alike(out, style));
    if !stays {
        out.iter_mut().for_each(String::clear);
    }
    stays
}

/// Words that are spelt out in another script could be composed, and whatever means nothing now would be left out the next time.
fn is_settled(out: &[String], state: Option<&str>) -> bool {
    let street = &out[STREET];
    let ordinals = || !street.is_empty() && street.is_ascii() && settled::words_stay(street);
    let plain = is_name(street) || ordinals() || (street.split([' ', '-']).all(latin::is_words) && !is_placeholder(street));
    plain && is_town(&out[CITY]) && (state.is_none() || is_name(&out[STATE]))
}

/// Whether the reader of all addresses does not read these parts again.
fn is_read_once(out: &[String]) -> bool {
    out[UNIT].is_empty() && latin::is_words(&out[CITY]) && !out[STREET].contains('-')
}

fn is_name(text: &str) -> bool {
    latin::is_words(text) && !is_placeholder(text)
}

/// Words, of which signs may be a part: `St. Pölten`, `Aix-en-Provence`, `'s-Hertogenbosch`.
fn is_town(text: &str) -> bool {
    (latin::is_words(text) || latin::words(text).all(is_signed)) && !is_placeholder(text)
}

fn is_signed(word: &str) -> bool {
    let letters = word.strip_suffix('.').unwrap_or(word);
    letters.len() > 1 && letters.strip_prefix('\'').unwrap_or(letters).split(['-', '\'']).all(latin::is_words)
}

/// Digits, letters, spaces and hyphens with at least one digit, which no placeholder has.
fn is_code(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    plain && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A word for units and its number: `Apt 4b`, `#4`.
fn is_unit(text: &str) -> bool {
    let id = match latin::cut(text, b' ') {
        Some((word, id)) => Some(id).filter(|_| unit::is_designator(word) && latin::is_words(trimmed(word, b"."))),
        None => text.strip_prefix('#'),
    };
    id.is_some_and(|id| id.len() < 6 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) && id.bytes().any(|byte| byte.is_ascii_digit()))
}
