//! Finds the shapes of a country's postcodes by its two-letter code, without a search: every address does.

use super::patterns::{COUNTRIES, Country};

/// The shapes of a country, by its two-letter code.
pub(crate) fn country(code: [u8; 2]) -> Option<&'static Country> {
    let letter = |at: usize| code[at].checked_sub(b'A').map(usize::from).filter(|letter| *letter < 26);
    let place = PLACES[26 * letter(0)? + letter(1)?];
    COUNTRIES.get(usize::from(place))
}

/// Where each country stands in the list, by the letters of its code; behind its end where there is none.
static PLACES: [u8; 26 * 26] = places();

const fn places() -> [u8; 26 * 26] {
    let mut places = [u8::MAX; 26 * 26];
    let mut at = 0;
    assert!(COUNTRIES.len() < u8::MAX as usize, "a place is a byte");
    while at < COUNTRIES.len() {
        let [first, second] = COUNTRIES[at].code;
        places[26 * (first - b'A') as usize + (second - b'A') as usize] = at as u8;
        at += 1;
    }
    places
}
