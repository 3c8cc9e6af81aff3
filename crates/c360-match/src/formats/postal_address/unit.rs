//! Flats, suites and floors within a building: what names one, its fixed form (`Apt 4`, `Floor 2`) and its comparison form (`4`, `fl2`).

use std::sync::LazyLock;

use super::Tokens;
use super::clean::trimmed;
use super::number;
use crate::formats::fold;
use crate::formats::table::Table;

/// Words that name a unit: folded, and how they are written.
static DESIGNATORS: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    table_of(&[
        ("apt", "Apt"),
        ("apartment", "Apt"),
        ("apts", "Apt"),
        ("aprt", "Apt"),
        ("aptmnt", "Apt"),
        ("apto", "Apt"),
        ("apartamento", "Apt"),
        ("appt", "Apt"),
        ("appartement", "Apt"),
        ("depto", "Apt"),
        ("dpto", "Apt"),
        ("kv", "Apt"),
        ("кв", "Apt"),
        ("unit", "Unit"),
        ("unt", "Unit"),
        ("suite", "Suite"),
        ("ste", "Suite"),
        ("floor", "Floor"),
        ("flr", "Floor"),
        ("fl", "Floor"),
        ("room", "Room"),
        ("rm", "Room"),
        ("flat", "Flat"),
        ("flt", "Flat"),
        ("lot", "Lot"),
        ("trlr", "Trailer"),
        ("trailer", "Trailer"),
        ("building", "Building"),
        ("bldg", "Building"),
        ("office", "Office"),
        ("penthouse", "Penthouse"),
        ("ph", "Penthouse"),
        ("basement", "Basement"),
        ("bsmt", "Basement"),
        ("wohnung", "Whg"),
        ("whg", "Whg"),
        ("stiege", "Stiege"),
        ("top", "Top"),
        ("og", "OG"),
        ("eg", "EG"),
        ("ug", "UG"),
        ("etage", "Etage"),
        ("piso", "Piso"),
        ("andar", "Andar"),
        ("interno", "Int"),
        ("int", "Int"),
        ("bat", "Bât"),
        ("escalier", "Esc"),
        ("esc", "Esc"),
    ])
});

/// Words that name a unit only in a column of units; in a street they mean other things.
static LOOSE: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    table_of(&[
        ("no", "Unit"),
        ("number", "Unit"),
        ("num", "Unit"),
        ("nbr", "Unit"),
        ("nr", "Unit"),
        ("ap", "Apt"),
        ("app", "Apt"),
        ("u", "Unit"),
        ("un", "Unit"),
        ("m", "Apt"),
        ("lok", "Apt"),
        ("byt", "Apt"),
    ])
});

/// Whether a word within a street names a unit. `#4` and `#` do, too.
pub(super) fn is_designator(token: &str) -> bool {
    token.starts_with('#') || written(token, &DESIGNATORS).is_some()
}

/// Whether what follows a designator can be a unit's number or letter: `Fl 60527` is a state and a postcode.
pub(super) fn is_id(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && digits < 5) || token.len() <= 2
}

/// Whether a word names a floor, so that an ordinal before it belongs to it: `2nd floor`, `2. OG`.
pub(super) fn is_floor(token: &str) -> bool {
    matches!(written(token, &DESIGNATORS), Some("Floor" | "OG" | "UG" | "Etage" | "Piso" | "Andar"))
}

/// Whether a word before a word for floors says which one: `2nd`, `second`, `2.`.
pub(super) fn is_count(token: &str) -> bool {
    let dotted = token.strip_suffix('.').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    number::is_ordinal(token) || dotted || counted_word(token).is_some() || token.eq_ignore_ascii_case("ground")
}

/// How many of the first words of a text between commas are a unit, given its first four: `Suite 900`, `2nd floor`, `#01-11`, `appt. 71` before `Smolensk`.
pub(super) fn leading(words: &[&str]) -> usize {
    match words {
        [count, floor, ..] if is_floor(floor) && is_count(count) => 2,
        // `3º B`: floor and door
        [floor, ..] if words.len() <= 3 && floor.ends_with(['º', 'ª', '°']) && floor.starts_with(|first: char| first.is_ascii_digit()) => {
            words.len()
        }
        [first, "no" | "No" | "no." | "No.", id, ..] if is_designator(first) && is_id(id) => 3,
        [first, second, ..] if is_designator(first) && (is_id(second) || is_designator(second)) => 2,
        [only] if is_complete(only) || (only.len() > 1 && only.starts_with('#') && only.contains('-')) => 1,
        _ => 0,
    }
}

/// Whether a word can stand without anything behind it: `Penthouse`.
pub(super) fn is_complete(token: &str) -> bool {
    matches!(written(token, &DESIGNATORS), Some("Penthouse" | "Basement" | "EG" | "UG"))
}

fn written(token: &str, table: &Table<&'static str>) -> Option<&'static str> {
    table.get(trimmed(token, b".,:()"))
}

fn table_of(words: &[(&str, &'static str)]) -> Table<&'static str> {
    Table::first_of(words.iter().map(|(word, written)| ((*word).to_owned(), *written)))
}

/// Appends the fixed form of a unit.
pub(super) fn append(text: &str, out: &mut String) {
    let start = out.len();
    let tokens: Tokens<'_> =
        text.split([' ', '\t', '\n', ',']).map(|token| trimmed(token, b".:()")).filter(|token| !token.is_empty()).collect();
    if let [counted, floor] = tokens[..]
        && written(floor, &DESIGNATORS) == Some("Floor")
        && let Some(digits) = number::ordinal(counted).or_else(|| counted_word(counted))
    {
        out.push_str("Floor ");
        out.push_str(digits);
        return;
    }
    if let ["ground" | "Ground" | "GROUND", floor] = tokens[..]
        && is_floor(floor)
    {
        out.push_str("Ground Floor");
        return;
    }
    for token in &*tokens {
        let token = match token.strip_prefix('#') {
            Some(rest) => {
                push_word("Unit", start, out);
                rest
            }
            None => *token,
        };
        match written(token, &DESIGNATORS).or_else(|| written(token, &LOOSE)) {
            // `apt no 2r`: the first word says it all.
            Some(word) => push_word(word, start, out),
            None if token.is_empty() => {}
            None => push_id(token, start, out),
        }
    }
}

/// Appends a designator, unless there is one already and this only repeats that a number follows.
fn push_word(word: &str, start: usize, out: &mut String) {
    let repeats = word == "Unit" && out.len() > start;
    if repeats || out[start..].ends_with(word) {
        return;
    }
    separate(start, out);
    out.push_str(word);
}

fn push_id(token: &str, start: usize, out: &mut String) {
    separate(start, out);
    let from = out.len();
    out.push_str(token);
    let is_id = token.chars().count() <= 2 || token.bytes().any(|byte| byte.is_ascii_digit());
    match number::is_ordinal(token) || !is_id {
        true => out[from..].make_ascii_lowercase(),
        false => out[from..].make_ascii_uppercase(),
    }
}

fn separate(start: usize, out: &mut String) {
    if out.len() > start {
        out.push(' ');
    }
}

fn counted_word(token: &str) -> Option<&'static str> {
    super::compare::counted(token)
}

/// Appends the comparison form: what stands behind the designator, floors marked; without digits the letters of the whole.
pub(super) fn append_compared(value: &str, out: &mut String) {
    let floor = value.contains("Floor") || value.ends_with("OG");
    let start = out.len();
    let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_id =
        |token: &&str| has_digits && (token.bytes().any(|byte| byte.is_ascii_digit()) || (token.len() == 1 && !is_designator(token)));
    for token in value.split(' ').filter(is_id) {
        let token = number::ordinal(token).unwrap_or(token).trim_start_matches('0');
        out.extend(token.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').flat_map(char::to_lowercase));
    }
    if out.len() == start {
        // `Apt B`: the letter is the whole of it.
        let id = value.rsplit_once(' ').filter(|(before, id)| is_designator(before) && !is_designator(id)).map_or(value, |(_, id)| id);
        fold::squeeze(id, out);
    } else if floor {
        out.insert_str(start, "fl");
    }
}
