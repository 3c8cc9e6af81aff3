//! How parts of addresses are written: one case, street words spelt out, directions in full. Parses nothing.

use super::clean::trimmed;
use super::number;
use super::shape::{Shape, is_direction};
use super::style::{Language, Style};
use crate::formats::latin;

/// Small words within names.
const SMALL: &[&str] = &[
    "de", "du", "des", "la", "le", "les", "del", "della", "delle", "dei", "di", "da", "do", "dos", "das", "el", "los", "las", "y", "e",
    "of", "the", "and", "am", "an", "auf", "bei", "der", "den", "dem", "die", "im", "in", "und", "vom", "von", "vor", "zu", "zum", "zur",
    "van", "op", "aan", "et", "en", "sur", "sous", "à",
];

/// Small words of English names; the others begin names there (`La Cienega`, `Las Vegas`, `Des Plaines`).
const SMALL_ENGLISH: &[&str] = &["of", "the", "and", "in", "on"];

/// What is done to the case of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// It says something and stays.
    Keep,
    /// All capitals or none: words begin with a capital.
    Mix,
}

impl Case {
    fn of<'a>(tokens: impl Iterator<Item = &'a str>) -> Case {
        let (mut lower, mut upper) = (false, false);
        for token in tokens {
            lower |= token.bytes().any(|byte| byte.is_ascii_lowercase()) || (!token.is_ascii() && token.contains(char::is_lowercase));
            upper |= token.bytes().any(|byte| byte.is_ascii_uppercase()) || (!token.is_ascii() && token.contains(char::is_uppercase));
            if lower && upper {
                return Case::Keep;
            }
        }
        Case::Mix
    }
}

/// Appends a name of a town or the like: words with single spaces, in mixed case.
pub(super) fn append_name(text: &str, style: Style, out: &mut String) {
    let case = Case::of(std::iter::once(text));
    if case == Case::Keep && latin::is_words(text) {
        return out.push_str(text);
    }
    let start = out.len();
    for token in text.split_ascii_whitespace() {
        let small = if out.len() == start { &[] } else { small_words(style) };
        append_separated(start, out, |out| append_word(trimmed(token, b",;"), case, small, out));
    }
}

/// Appends what `write` does behind a space, unless it is the first; where it appends nothing (of a lone point), there is no space either.
fn append_separated(start: usize, out: &mut String, write: impl FnOnce(&mut String)) {
    let before = out.len();
    if before > start {
        out.push(' ');
    }
    let from = out.len();
    write(out);
    if out.len() == from {
        out.truncate(before);
    }
}

/// Appends a street without its number: street words spelt out, directions in full, mixed case.
pub(super) fn append_street(tokens: &[&str], style: Style, out: &mut String) {
    let case = Case::of(tokens.iter().copied());
    let shape = Shape::of(tokens, style);
    let start = out.len();
    for (at, token) in tokens.iter().enumerate() {
        let full = shape.kind_at(at).map(|kind| kind.full).or_else(|| shape.direction_at(tokens, at, style));
        let small = if out.len() == start { &[] } else { small_words(style) };
        append_separated(start, out, |out| match full {
            Some(full) => out.push_str(full),
            None if style.is_english() && is_saint(tokens, at) => out.push_str("Saint"),
            None => append_street_word(token, case, small, style, out),
        });
    }
}

/// Words that stay small within a name.
fn small_words(style: Style) -> &'static [&'static str] {
    if style.is_english() { SMALL_ENGLISH } else { SMALL }
}

/// `St` at the beginning, before a name, is a saint: `N St Louis Avenue`.
fn is_saint(tokens: &[&str], at: usize) -> bool {
    let is_st = tokens[at].trim_end_matches('.').eq_ignore_ascii_case("st") && tokens[..at].iter().all(|token| is_direction(token));
    is_st
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.len() > 2 && next.bytes().all(|byte| byte.is_ascii_alphabetic() || b"'-".contains(&byte)))
}

/// A word of a street; German and Dutch kinds are written within the word.
fn append_street_word(token: &str, case: Case, small: &[&str], style: Style, out: &mut String) {
    let start = out.len();
    if number::is_ordinal(token) {
        out.push_str(token.trim_end_matches('.'));
        out[start..].make_ascii_lowercase();
        return;
    }
    append_word(token, case, small, out);
    if token.ends_with('.') && out[start..].bytes().all(|byte| byte.is_ascii_digit()) {
        // `Straße des 17. Juni`
        out.push('.');
    }
    if matches!(style.language, Language::German | Language::Dutch | Language::Unknown) {
        spell_suffix(start, style, out);
    }
    let square = matches!(style.language, Language::German | Language::Unknown) && token.ends_with("pl.") && token.len() > 5;
    if square {
        out.truncate(out.len() - 1);
        out.push_str("latz");
    }
}

/// `Hauptstr.`, `Haupt-Strasse` and `Hauptstrasse` end in `straße`; in Switzerland and Liechtenstein in `strasse`.
fn spell_suffix(start: usize, style: Style, out: &mut String) {
    let word = out[start..].trim_end_matches('.');
    let Some(ending) = street_ending(word) else { return };
    let street = match style.language {
        Language::Dutch => "straat",
        _ if matches!(&style.country, Some(country) if [*b"CH", *b"LI"].contains(country)) => "strasse",
        _ => "straße",
    };
    if style.language == Language::Dutch && ending != "str" {
        return;
    }
    // In a language that is not known, `Str` by itself can be a street of any.
    if style.language == Language::Unknown && word.len() == 3 {
        return;
    }
    let end = start + word.len();
    out.truncate(end);
    let cut = out[start..].char_indices().rev().nth(ending.chars().count() - 1).map_or(start, |(at, _)| start + at);
    let capital = out[cut..].starts_with(char::is_uppercase);
    out.truncate(cut);
    match capital {
        true => out.extend(street.chars().enumerate().map(|(at, letter)| if at == 0 { 'S' } else { letter })),
        false => out.push_str(street),
    }
}

/// Which word for a street `word` ends in, in any case.
fn street_ending(word: &str) -> Option<&'static str> {
    let ends =
        |ending: &str| word.len() >= ending.len() && word.as_bytes()[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes());
    let sharp = || word.strip_suffix(['e', 'E'])?.strip_suffix(['ß', 'ẞ']);
    match word.as_bytes().last()? {
        b'r' | b'R' if ends("str") => Some("str"),
        b'e' | b'E' if ends("strasse") => Some("strasse"),
        b'e' | b'E'
            if sharp().is_some_and(|front| front.len() >= 4 && front.as_bytes()[front.len() - 4..].eq_ignore_ascii_case(b"stra")) =>
        {
            Some("straße")
        }
        _ => None,
    }
}

/// A word in mixed case: unchanged if its text was, else with capitals at its beginnings, small words small.
fn append_word(token: &str, case: Case, small: &[&str], out: &mut String) {
    let token = token.trim_end_matches('.');
    if case == Case::Keep {
        out.push_str(token);
        return;
    }
    let lower = token.to_lowercase();
    if small.contains(&lower.as_str()) {
        out.push_str(&lower);
        return;
    }
    let mut beginning = true;
    for letter in lower.chars() {
        match beginning {
            true => append_capital(letter, out),
            false => out.push(letter),
        }
        beginning = matches!(letter, '-' | '/' | '.' | '(') || (letter == '\'' && lower.len() - lower.find('\'').unwrap_or(0) > 2);
    }
}

/// Appends a capital; one that takes two letters (`ß`) has only the first large.
fn append_capital(letter: char, out: &mut String) {
    let mut capitals = letter.to_uppercase();
    out.extend(capitals.next());
    out.extend(capitals.flat_map(char::to_lowercase));
}
