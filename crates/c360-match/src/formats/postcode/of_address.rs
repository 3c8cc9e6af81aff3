//! Postcodes within addresses: where a country is known or not, and where a code must be told apart from other words.

use super::by_code::country;
use super::patterns::{COUNTRIES, Country};
use super::{Code, PlusFour, Rules, Short, ZEROS};

/// Appends the postcode of an address as its country writes it if it fits, else in capitals; nothing if it stands for "none".
pub(crate) fn append_of_address(raw: &str, address: Option<[u8; 2]>, out: &mut String) {
    let known = address.and_then(country);
    if known.is_some_and(|country| country.writes_digits(raw)) {
        let code = if raw.bytes().all(|byte| byte == b'0') { "" } else { raw };
        return out.push_str(code);
    }
    let start = out.len();
    let zip = raw.len() == 10 && raw.as_bytes()[5] == b'-';
    let american = address.is_none() && zip && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let tries: [&dyn Fn() -> Option<Option<&'static Country>>; 4] =
        [&|| known.map(Some), &|| country(*b"US").filter(|_| american).map(Some), &|| named_before(raw).map(Some), &|| Some(None)];
    for country in tries.into_iter().filter_map(|country| country()) {
        let rules = Rules { countries: country.as_slice(), short: Short::Pad, plus4: PlusFour::Drop };
        match rules.append(raw, out) {
            Ok(()) => return,
            Err(reason) => {
                out.truncate(start);
                if reason == ZEROS {
                    return;
                }
            }
        }
    }
}

/// Whether `code` is digits that the country of an address writes just so.
pub(crate) fn is_written(code: &str, address: [u8; 2]) -> bool {
    country(address).is_some_and(|country| country.writes_digits(code))
}

/// The country that is named before a code: `CH-8001`.
fn named_before(raw: &str) -> Option<&'static Country> {
    let (letters, digits) = raw.split_once('-')?;
    COUNTRIES.iter().find(|country| country.is_called(letters) && country.has(digits))
}

/// Countries whose codes tell themselves apart from other words, with letters or hyphens in fixed places.
const DISTINCT: [[u8; 2]; 4] = [*b"GB", *b"CA", *b"NL", *b"PL"];

/// Where words stand in the text between two commas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    First,
    Later,
}

/// Whether one or two words within an address are a postcode. Without a country, or with one that it does not fit, only a distinct code is;
/// without a country so are five or six digits, and four where they come first.
pub(crate) fn is_one(words: &str, address: Option<[u8; 2]>, position: Position) -> bool {
    if words.len() > 12 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let Ok(code) = Code::read(words) else { return false };
    let fits = |country: &Country| country.has(code.text()) || is_behind_country(words, country);
    if address.and_then(country).is_some_and(fits) {
        return true;
    }
    let digits = words.bytes().all(|byte| byte.is_ascii_digit());
    let unknown = address.is_none() && digits && (matches!(words.len(), 5 | 6) || (position == Position::First && words.len() == 4));
    let zip = address.is_none() && words.len() == 10 && words.as_bytes()[5] == b'-' && country(*b"US").is_some_and(fits);
    unknown
        || zip
        || (!digits && has_letter_or_hyphen(words) && !is_before_town(words) && DISTINCT.iter().filter_map(|code| country(*code)).any(fits))
        || is_behind_letters(words)
}

/// `3100 St.`, where a town goes on that is called Sankt Pölten: no Dutch code, which has two letters without a point.
fn is_before_town(words: &str) -> bool {
    words.split_once(' ').is_some_and(|(_, word)| word.ends_with('.') || word.eq_ignore_ascii_case("st"))
}

fn has_letter_or_hyphen(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// `D-10115`, `D10115` in Germany.
fn is_behind_country(words: &str, country: &Country) -> bool {
    let letters = words.bytes().take_while(u8::is_ascii_uppercase).count();
    letters > 0 && country.is_called(&words[..letters]) && country.has(words[letters..].trim_start_matches('-'))
}

/// `FL-2198`, `A-1010`: capitals, a hyphen and four to six digits, wherever that is.
fn is_behind_letters(words: &str) -> bool {
    words.split_once('-').is_some_and(|(letters, digits)| {
        (1..=3).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && (4..=6).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
