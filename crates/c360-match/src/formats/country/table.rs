//! The table behind `country`: codes and names, folded, to two-letter codes. The data is in `countries.tsv`: the three codes, then names.

use std::sync::LazyLock;

use any_ascii::any_ascii_char;

pub(super) use crate::formats::table::SHORT;
use crate::formats::table::Table;

const TABLE: &str = include_str!("countries.tsv");

static COUNTRIES: LazyLock<Table<&'static str>> = LazyLock::new(|| Table::first_of(read(TABLE)));

/// Countries of ISO 3166-3 that more than one country followed, folded.
const DISSOLVED: &[&str] = &[
    "yugoslavia",
    "jugoslawien",
    "yougoslavie",
    "jugoslavija",
    "ussr",
    "udssr",
    "urss",
    "sovietunion",
    "sowjetunion",
    "czechoslovakia",
    "tschechoslowakei",
    "cssr",
    "serbiaandmontenegro",
    "serbienundmontenegro",
    "netherlandsantilles",
    "niederlaendischeantillen",
];

/// The two-letter code of a folded code or name; one of at most [`SHORT`] bytes may be in any case.
pub(super) fn find(key: &str) -> Option<&'static str> {
    if let Some(code) = COUNTRIES.get(key) {
        return Some(code);
    }
    // Numbers lose their leading zeros in spreadsheets.
    match key.len() <= 2 && key.bytes().all(|byte| byte.is_ascii_digit()) {
        true => COUNTRIES.get(&format!("{key:0>3}")),
        false => None,
    }
}

/// The first name of a country in the table, the English one.
pub(super) fn english_name(code: &str) -> Option<&'static str> {
    let line = TABLE.lines().find(|line| line.starts_with(code))?;
    line.split(['\t', '|']).nth(1)
}

/// Whether `raw` names a country that is no more.
pub(super) fn is_dissolved(raw: &str) -> bool {
    let mut key = String::new();
    append_key(raw, &mut key);
    DISSOLVED.contains(&key.as_str())
}

/// Appends the folded form under which the table is kept: letters and digits only, lower case, Latin letters without accents
/// (`ä`, `ö`, `ü` as `ae`, `oe`, `ue`, the other spelling is in the table as well), `&` as `and`.
pub(super) fn append_key(raw: &str, key: &mut String) {
    append_folded(raw, umlaut, key);
}

fn umlaut(character: char) -> &'static str {
    match character {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        _ => any_ascii_char(character),
    }
}

fn append_folded(raw: &str, latin: fn(char) -> &'static str, key: &mut String) {
    if raw.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let start = key.len();
        key.push_str(raw);
        return key[start..].make_ascii_lowercase();
    }
    for character in raw.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => key.push(character.to_ascii_lowercase()),
            '&' => key.push_str("and"),
            '\0'..='\u{7f}' => {}
            _ => character.to_lowercase().for_each(|letter| append_letter(letter, latin, key)),
        }
    }
}

/// Appends a letter that its capital, none of ASCII, became: `İ` is `i` with a point.
fn append_letter(letter: char, latin: fn(char) -> &'static str, key: &mut String) {
    match letter {
        // Latin letters; other scripts stay, since transliterated names of different countries can meet.
        '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            key.extend(latin(letter).chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()))
        }
        // Combining accents of decomposed text.
        '\u{300}'..='\u{36f}' => {}
        _ if letter.is_alphanumeric() => key.push(letter),
        _ => {}
    }
}

fn read(text: &'static str) -> Vec<(String, &'static str)> {
    let mut countries = Vec::new();
    for line in text.lines() {
        let (codes, names) = line.split_once('\t').expect("a line of the table has codes and names");
        let code = &codes[..2];
        for word in codes.split(' ').chain(names.split('|')) {
            for latin in [umlaut, any_ascii_char] {
                let mut key = String::new();
                append_folded(word, latin, &mut key);
                countries.push((key, code));
            }
        }
    }
    countries
}
