//! The forms under which parts of addresses are held equal: case, accents, spaces, hyphens, abbreviations and ways to write ordinals gone.

use super::number;
use super::words;
use crate::formats::fold;
use crate::formats::scratch::with_buffer;

/// Whether the word for the kind of a street counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    Compare,
    Ignore,
}

/// Appends the comparison form of a street without its number: `mainst` of `Main Street`.
pub(super) fn append_street(value: &str, kinds: Kinds, out: &mut String) {
    let start = out.len();
    with_buffer(|word| {
        let count = value.split(' ').count();
        for (at, token) in value.split([' ', '-']).enumerate() {
            word.clear();
            fold::squeeze(token, word);
            let behind_name = at > 0 && at + 2 >= count;
            append_word(word, if behind_name { kinds } else { Kinds::Compare }, out);
        }
    });
    shorten(start, kinds, out);
    if out.len() == start {
        // Nothing but kinds, such as `Broadway Court` in a street of one word: then they are the name.
        fold::squeeze(value, out);
    }
}

fn append_word(word: &str, kinds: Kinds, out: &mut String) {
    match words::compared(word) {
        Some(_) if kinds == Kinds::Ignore => {}
        Some(short) => out.push_str(short),
        None => out.push_str(number::ordinal(word).or_else(|| counted(word)).or_else(|| direction(word)).unwrap_or(word)),
    }
}

/// `hauptstrasse` and `haupt strasse` are one, and `Haupt Street`, as foreigners write it, with them.
fn shorten(start: usize, kinds: Kinds, out: &mut String) {
    if let Some(name) = out[start..].strip_suffix("strasse") {
        let keep = start + name.len();
        out.truncate(keep);
        if kinds == Kinds::Compare || keep == start {
            out.push_str("st");
        }
    }
}

/// Appends the comparison form of a town, a state or the like.
pub(super) fn append_name(value: &str, out: &mut String) {
    let start = out.len();
    with_buffer(|word| {
        for token in value.split([' ', '-']) {
            word.clear();
            fold::squeeze(token, word);
            out.push_str(match word.as_str() {
                "saint" | "sankt" => "st",
                "mount" => "mt",
                "fort" => "ft",
                other => other,
            });
        }
    });
    if matches!(&out[start..], "newyorkcity" | "nyc") {
        out.truncate(start);
        out.push_str("newyork");
    }
}

fn direction(word: &str) -> Option<&'static str> {
    Some(match word {
        "north" => "n",
        "south" => "s",
        "east" => "e",
        "west" => "w",
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        _ => return None,
    })
}

/// The digits of a counting word: `5` of `fifth`.
pub(super) fn counted(word: &str) -> Option<&'static str> {
    const WORDS: [&str; 12] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    const DIGITS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    if !(5..=8).contains(&word.len()) {
        return None;
    }
    WORDS.iter().position(|known| word.eq_ignore_ascii_case(known)).map(|at| DIGITS[at])
}
