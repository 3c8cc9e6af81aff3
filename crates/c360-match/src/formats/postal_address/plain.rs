//! Addresses in plain words, which most are, in columns or a line: a street with one number before or behind it, a code, a town and a
//! country. They need no search for units, towns and remarks. Gives back the same as the reader of all addresses, or leaves the address to that.

use super::clean::{is_placeholder, trimmed};
use super::place::Place;
use super::read::{self, Inputs};
use super::style::Style;
use super::{CITY, NUMBER, STATE, STREET, number, post_box, spelling, street, unit};
use crate::formats::{country, latin, postcode};

/// More words than most streets have.
const MOST: usize = 6;

/// Fills `out` if the inputs are a plain address; otherwise leaves it empty and returns false.
pub(super) fn read(inputs: &[Option<&str>], assumed: Option<[u8; 2]>, out: &mut [String]) -> bool {
    match *inputs {
        [Some(line), None, None, None, None, None, None, None] => {
            columns_of(line, assumed).is_some_and(|columns| read_columns(&columns, assumed, out))
        }
        _ => read_columns(inputs, assumed, out),
    }
}

/// The columns of a line that has only a street, a code in digits before a town and perhaps a country: `Hauptstr. 5, 10115 Berlin`. Where
/// states are written, the town and the state must be told apart, which is not done here.
fn columns_of(line: &str, assumed: Option<[u8; 2]>) -> Option<[Option<&str>; 8]> {
    let (street, rest) = latin::cut(line, b',')?;
    let (place, country) = latin::cut(rest, b',').map_or((rest, None), |(place, country)| (place, Some(trimmed(country, b" "))));
    let (code, city) = latin::cut(trimmed(place, b" "), b' ')?;
    // Two letters behind the digits can belong to the code.
    let first = latin::cut(city, b' ').map_or(city, |(first, _)| first);
    let last = latin::cut_last(city, b' ').map_or(city, |(_, last)| last);
    let named = match country {
        Some(name) => Some(country::find_name(name).filter(|_| is_name(name) && assumed.is_some_and(|assumed| assumed != *b"US"))?),
        None => None,
    };
    let address = named.map(read::bytes).or(assumed)?;
    let states = Style::of(Some(address)).may_be(&[b"US", b"CA", b"AU"]);
    let plain = !states && first.len() > 2 && postcode::is_written(code, address) && is_name(city);
    let ends_plain = country.is_some() || (plain && country::find_name(last).is_none());
    (plain && ends_plain).then_some([None, Some(trimmed(street, b" ")), None, None, Some(code), Some(city), None, country])
}

/// Fills `out` if columns are a plain address.
fn read_columns(inputs: &[Option<&str>], assumed: Option<[u8; 2]>, out: &mut [String]) -> bool {
    let [None, Some(street), number, None, postcode, Some(city), state, country] = *inputs else { return false };
    let code = country.and_then(country::find);
    let known = [Some(city), state, country].into_iter().flatten().all(is_name) && country.is_some() == code.is_some();
    if !known || !postcode.is_none_or(is_code) {
        return false;
    }
    let style = Style::of(code.map(read::bytes).or(assumed));
    let Some((side, name, number)) = number_apart(street, number) else { return false };
    let mut words = [""; MOST];
    let Some(words) = words_of(name, &mut words).filter(|words| !style.is_english() || !is_numbered(words, side)) else { return false };
    spelling::append_street(words, style, &mut out[STREET]);
    out[NUMBER].push_str(number);
    out[NUMBER].make_ascii_lowercase();
    let inputs = Inputs { street: Some(street), postcode, city: Some(city), state, country, code, ..Inputs::default() };
    read::fill_place(&Place::default(), &inputs, style.country, out);
    // Words that are spelt out in another script could be composed, and whatever means nothing now would be left out the next time.
    let settled = [STREET, CITY].iter().chain(state.is_some().then_some(&STATE)).all(|part| is_name(&out[*part]));
    if !settled {
        out.iter_mut().for_each(String::clear);
    }
    settled
}

fn is_name(text: &str) -> bool {
    latin::is_words(text) && !is_placeholder(text)
}

/// Digits, letters, spaces and hyphens with at least one digit, which no placeholder has.
fn is_code(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    plain && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where the number of a street stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
    /// In an input of its own.
    Own,
}

/// The name and the number of a street that begins or ends with one, or has one of its own.
fn number_apart<'a>(street: &'a str, own: Option<&'a str>) -> Option<(Side, &'a str, &'a str)> {
    let (side, name, number) = match own {
        Some(number) => (Side::Own, street, number),
        None if street.as_bytes().first()?.is_ascii_digit() => {
            latin::cut(street, b' ').map(|(number, name)| (Side::Before, name, number))?
        }
        None => latin::cut_last(street, b' ').map(|(name, number)| (Side::Behind, name, number))?,
    };
    is_plain_number(number).then_some((side, name, number))
}

/// Whether the number behind an English street can be its name (`Highway 9`), or a cross street is named with it.
fn is_numbered(words: &[&str], side: Side) -> bool {
    let named = match words {
        _ if side != Side::Behind => false,
        [word] => street::names_by_number(word),
        words => street::is_road(words[words.len() - 1]),
    };
    named || words.iter().any(|word| street::begins_cross_street(word))
}

/// Up to six digits, with at most a letter behind them.
fn is_plain_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word.as_bytes()[digits..];
    (1..=6).contains(&digits) && (rest.is_empty() || matches!(rest, [letter] if letter.is_ascii_alphabetic()))
}

/// The words of the name of a street, if all are plain.
fn words_of<'a, 'b>(name: &'a str, words: &'b mut [&'a str; MOST]) -> Option<&'b [&'a str]> {
    let mut count = 0;
    for word in latin::words(name) {
        *words.get_mut(count).filter(|_| is_plain_word(word))? = word;
        count += 1;
    }
    let elsewhere = post_box::begins(words[0]) || words[0].get(..4).is_some_and(|start| start.eq_ignore_ascii_case("attn"));
    (!elsewhere).then_some(&words[..count])
}

/// Whether a word is of two letters at least, perhaps with a point behind it, and belongs to a name: not to a number or a unit.
fn is_plain_word(word: &str) -> bool {
    let letters = word.strip_suffix('.').unwrap_or(word);
    letters.len() > 1 && latin::is_words(letters) && !unit::is_designator(word) && !number::is_marker(word) && !number::is_bis(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::read_any;

    /// Words of streets and towns beside words that mean something in some country.
    const WORDS: [&str; 40] = [
        "Haupt",
        "Hauptstr.",
        "Ringstraße",
        "GOETHESTRASSE",
        "Am",
        "alten",
        "Markt",
        "rue",
        "Paix",
        "Calle",
        "Mayor",
        "ul.",
        "Akacjowa",
        "Sokak",
        "Köln",
        "BERLIN",
        "łódź",
        "İzmir",
        "a×b",
        "Kerkstr",
        "Pl.",
        "Platz",
        "Nr.",
        "dom",
        "bis",
        "Whg",
        "EG",
        "Apt",
        "Postfach",
        "BP",
        "Post",
        "attn",
        "Attnang",
        "none",
        "unbekannt",
        "m",
        "5",
        "12a",
        "3rd",
        "",
    ];

    fn words() -> impl Strategy<Value = String> {
        let number = || select(&["", "", "7", "12a", "012B", "1234567", "5e 6"][..]);
        (number(), prop::collection::vec(select(&WORDS[..]), 1..4), number())
            .prop_map(|(front, words, back)| format!("{front} {} {back}", words.join(" ")).trim().to_owned())
    }

    #[test]
    fn usual_addresses_are_plain() {
        let reads = |inputs: &[Option<&str>]| super::read(inputs, Some(*b"DE"), &mut vec![String::new(); 7]);
        for street in ["Hauptstr. 12a", "12 Am Alten Markt", "Große Straße 5"] {
            assert!(reads(&[None, Some(street), None, None, Some("10115"), Some("Köln"), None, Some("Germany")]), "{street}");
        }
        assert!(reads(&[None, Some("ul. Akacjowa"), Some("5"), None, None, Some("Poznań"), None, Some("PL")]));
        assert!(reads(&[None, Some("12 East Main St"), None, None, Some("62701"), Some("Springfield"), Some("IL"), Some("US")]));
        assert!(!reads(&[None, Some("Highway 5"), None, None, None, Some("Springfield"), None, Some("US")]));
    }

    #[test]
    fn usual_lines_are_plain() {
        let reads = |line| super::read(&[Some(line), None, None, None, None, None, None, None], Some(*b"DE"), &mut vec![String::new(); 7]);
        for line in ["Hauptstr. 5, 10115 Berlin", "12 rue de la Paix, 75002 Paris, France", "Ringstr. 3 , 1010 Wien,Österreich"] {
            assert!(reads(line), "{line}");
        }
        for line in ["Hauptstr. 5, Berlin", "12 Main St, 62701 Springfield, USA", "Markt 5, 10115 Berlin Germany", "Postfach 5, 53111 Bonn"]
        {
            assert!(!reads(line), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_addresses_are_read_as_all_others(
            street in words(),
            number in select(&[None, None, Some("5"), Some("12 a"), Some("7B")][..]),
            postcode in select(&[None, Some("10115"), Some("00000"), Some("1067"), Some("D-10115"), Some("69-331"), Some("SW1A 2AA"), Some("62701-1234"), Some("n/a")][..]),
            city in words(),
            state in select(&[None, None, Some("NY"), Some("New York"), Some("Bayern"), Some("BAYERN"), Some("na")][..]),
            country in select(&[None, Some("DE"), Some("Polen"), Some("Türkei"), Some("France"), Some("US"), Some("United Kingdom"), Some("Kanada"), Some("Nirgends"), Some("none")][..]),
            assumed in select(vec![None, Some(*b"DE"), Some(*b"FR"), Some(*b"CH"), Some(*b"US")]),
        ) {
            let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
            let inputs = [None, given(street.as_str()), number, None, postcode, given(city.as_str()), state, country];
            let (mut plain, mut any) = (vec![String::new(); 7], vec![String::new(); 7]);
            if super::read(&inputs, assumed, &mut plain) {
                prop_assert_eq!(read_any(&inputs, assumed, &mut any), Ok(()));
            }
            // One that is left to the other reader leaves nothing behind.
            prop_assert_eq!(plain, any);
        }

        #[test]
        fn plain_lines_are_read_as_all_others(
            street in words(),
            code in select(&["10115", "1010", "1234 AB", "00000", "1067", "111 22", "D-10115", ""][..]),
            city in words(),
            country in select(&["", ", Deutschland", ", Schweiz", ",France", ", Georgia", ", USA", " Polska", ", DE"][..]),
            assumed in select(vec![None, Some(*b"DE"), Some(*b"FR"), Some(*b"CH"), Some(*b"US"), Some(*b"NL"), Some(*b"IN")]),
        ) {
            let line = format!("{street}, {code} {city}{country}");
            let inputs = [Some(line.trim()), None, None, None, None, None, None, None];
            let (mut plain, mut any) = (vec![String::new(); 7], vec![String::new(); 7]);
            if super::read(&inputs, assumed, &mut plain) {
                prop_assert_eq!(read_any(&inputs, assumed, &mut any), Ok(()));
            }
            prop_assert_eq!(plain, any);
        }
    }
}
