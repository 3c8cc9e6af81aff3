//! How parts of addresses are written: one case, street words spelt out, directions in full. Parses nothing.

use super::number;
use super::style::{Language, Style};
use super::words::{self, Kind};
use crate::formats::fold;

/// Small words within names.
const SMALL: &[&str] = &[
    "de", "du", "des", "la", "le", "les", "del", "della", "delle", "dei", "di", "da", "do", "dos", "das", "el", "los", "las", "y", "e",
    "of", "the", "and", "am", "an", "auf", "bei", "der", "den", "dem", "die", "im", "in", "und", "vom", "von", "vor", "zu", "zum", "zur",
    "van", "op", "aan", "et", "en", "sur", "sous", "à",
];

/// Small words of English names; the others begin names there (`La Cienega`, `Las Vegas`, `Des Plaines`).
const SMALL_ENGLISH: &[&str] = &["of", "the", "and", "in", "on"];

/// Appends a name of a town or the like: words with single spaces, in mixed case.
pub(super) fn append_name(text: &str, style: Style, out: &mut String) {
    let shouted = is_one_case(text);
    for (at, token) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        append_word(token.trim_matches([',', ';']), at > 0, shouted, style, out);
    }
}

/// Appends a street without its number: street words spelt out, directions in full, mixed case.
pub(super) fn append_street(tokens: &[&str], style: Style, out: &mut String) {
    let shouted = tokens.iter().all(|token| is_one_case(token)) && is_one_case(&tokens.concat());
    let shape = Shape::of(tokens, style);
    let start = out.len();
    for (at, token) in tokens.iter().enumerate() {
        if out.len() > start {
            out.push(' ');
        }
        let kind = shape.kind_at(at);
        match kind.map(|kind| kind.full).or_else(|| direction_at(tokens, at, &shape, style)) {
            Some(full) => out.push_str(full),
            None if style.is_english() && is_saint(tokens, at) => out.push_str("Saint"),
            None => append_street_word(token, at > 0, shouted, style, out),
        }
    }
}

/// Which words of a street name its kind.
pub(super) struct Shape {
    before: Option<(usize, &'static Kind)>,
    behind: Option<(usize, &'static Kind)>,
}

impl Shape {
    pub(super) fn of(tokens: &[&str], style: Style) -> Shape {
        let mut word = String::new();
        let mut folded = |token: &str| {
            word.clear();
            fold::squeeze(token, &mut word);
            word.clone()
        };
        let before = match tokens {
            [first, _, ..] => {
                words::find_before(&folded(first), style.language, first.chars().all(|letter| letter < '\u{370}')).map(|kind| (0, kind))
            }
            _ => None,
        };
        let behind = if style.is_english() && (before.is_none() || style.language == Language::English) {
            let last = last_name_token(tokens);
            let numbered = |at: usize| {
                tokens.get(at + 1).is_some_and(|next| next.len() <= 4 && (next.len() == 1 || next.as_bytes()[0].is_ascii_digit()))
            };
            let kind = last.filter(|last| *last > 0).and_then(|last| words::find_behind(&folded(tokens[last])).map(|kind| (last, kind)));
            // `Highway 9`, `Avenue A`: the kind stands before what tells it apart.
            // `Avenue of the Stars`
            let of = tokens.get(1).is_some_and(|word| word.eq_ignore_ascii_case("of"));
            let kind = kind.or_else(|| words::find_behind(&folded(tokens.first()?)).filter(|_| of).map(|kind| (0, kind)));
            kind.or_else(|| {
                let at = tokens.len().checked_sub(2).filter(|at| numbered(*at))?;
                words::find_behind(&folded(tokens[at]))
                    .filter(|kind| matches!(kind.short, "hwy" | "rte" | "av" | "rd"))
                    .map(|kind| (at, kind))
            })
        } else {
            None
        };
        Shape { before: before.filter(|_| behind.is_none()), behind }
    }

    fn kind_at(&self, at: usize) -> Option<&'static Kind> {
        [self.before, self.behind].into_iter().flatten().find(|(place, _)| *place == at).map(|(_, kind)| kind)
    }

    /// Whether there is such a word.
    pub(super) const fn is_some(&self) -> bool {
        self.before.is_some() || self.behind.is_some()
    }

    /// The word behind the name that says its kind: `Street` in `Main Street N`.
    pub(super) const fn behind(&self) -> Option<(usize, &'static Kind)> {
        self.behind
    }
}

/// The last token that is no direction: where English streets have their kind.
fn last_name_token(tokens: &[&str]) -> Option<usize> {
    let last = tokens.len().checked_sub(1)?;
    let skip = usize::from(last > 1 && direction(tokens[last]).is_some());
    Some(last - skip)
}

/// The direction in full that stands at `at`: first or last, with a name beside it (`E Street` is a name).
fn direction_at(tokens: &[&str], at: usize, shape: &Shape, style: Style) -> Option<&'static str> {
    if !style.is_english() || tokens.len() < 2 {
        return None;
    }
    let first = at == 0 && shape.behind.is_none_or(|(kind, _)| kind != 1);
    let last = at == tokens.len() - 1 && (at > 1 || shape.behind.is_some_and(|(kind, _)| kind != at));
    let behind_kind = shape.behind.is_some_and(|(kind, _)| kind + 1 == at && matches!(tokens[kind].len(), 0..=3) && at == 1);
    (first || (last && !behind_kind)).then(|| direction(tokens[at])).flatten()
}

/// Whether a token is a direction: `N`, `southwest`.
pub(super) fn is_direction(token: &str) -> bool {
    direction(token).is_some()
}

fn direction(token: &str) -> Option<&'static str> {
    const DIRECTIONS: [(&str, &str); 8] = [
        ("n", "North"),
        ("s", "South"),
        ("e", "East"),
        ("w", "West"),
        ("ne", "Northeast"),
        ("nw", "Northwest"),
        ("se", "Southeast"),
        ("sw", "Southwest"),
    ];
    let token = token.trim_end_matches('.');
    if token.len() > 9 {
        return None;
    }
    DIRECTIONS.iter().find(|(short, full)| token.eq_ignore_ascii_case(short) || token.eq_ignore_ascii_case(full)).map(|(_, full)| *full)
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
fn append_street_word(token: &str, inner: bool, shouted: bool, style: Style, out: &mut String) {
    let start = out.len();
    if number::is_ordinal(token) {
        out.push_str(token.trim_end_matches('.'));
        out[start..].make_ascii_lowercase();
        return;
    }
    append_word(token, inner, shouted, style, out);
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
    let word = out[start..].trim_end_matches('.').to_lowercase();
    let street = match style.language {
        Language::Dutch => "straat",
        _ if matches!(&style.country, Some(country) if [*b"CH", *b"LI"].contains(country)) => "strasse",
        _ => "straße",
    };
    let Some(ending) = ["strasse", "straße", "str"].into_iter().find(|ending| word.ends_with(ending)) else { return };
    if style.language == Language::Dutch && ending != "str" {
        return;
    }
    // In a language that is not known, `Str` by itself can be a street of any.
    if style.language == Language::Unknown && word == "str" {
        return;
    }
    out.truncate(start + out[start..].trim_end_matches('.').len());
    let cut = out[start..].char_indices().rev().nth(ending.chars().count() - 1).map_or(start, |(at, _)| start + at);
    let capital = out[cut..].starts_with(char::is_uppercase);
    out.truncate(cut);
    match capital {
        true => out.extend(street.chars().enumerate().map(|(at, letter)| if at == 0 { 'S' } else { letter })),
        false => out.push_str(street),
    }
}

/// A word in mixed case: unchanged if its text was, else with capitals at its beginnings, small words small.
fn append_word(token: &str, inner: bool, shouted: bool, style: Style, out: &mut String) {
    let token = token.trim_end_matches('.');
    if !shouted {
        out.push_str(token);
        return;
    }
    let lower = token.to_lowercase();
    let small = if style.is_english() { SMALL_ENGLISH } else { SMALL };
    if inner && small.contains(&lower.as_str()) {
        out.push_str(&lower);
        return;
    }
    let mut beginning = true;
    for letter in lower.chars() {
        match beginning {
            true => out.extend(letter.to_uppercase()),
            false => out.push(letter),
        }
        beginning = matches!(letter, '-' | '/' | '.' | '(') || (letter == '\'' && lower.len() - lower.find('\'').unwrap_or(0) > 2);
    }
}

/// Whether all letters are capitals, or none is: then case carries nothing.
fn is_one_case(text: &str) -> bool {
    !(text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase))
}
