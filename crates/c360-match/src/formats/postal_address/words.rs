//! The words for kinds of streets: how they are found, spelt out and compared. The words themselves are in `words/kinds.rs`.

mod kinds;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::style::Language;
use crate::formats::fold;
use crate::formats::scratch::with_buffer;
use crate::formats::table::Table;
pub(super) use kinds::Kind;
use kinds::{BEFORE, BEHIND};

/// The kind that a word behind a name means, in any case, with or without a dot: `Ave.` in `Fifth Ave.`
pub(super) fn find_behind(token: &str) -> Option<&'static Kind> {
    let mut buffer = [0; LONGEST];
    BEHIND_BY_FORM.get(lower(token, &mut buffer)?)
}

/// Whether `token` is one of `words`, in any case, with or without a dot behind it.
pub(super) fn is_any(token: &str, words: &[&str]) -> bool {
    let token = token.trim_end_matches('.');
    words.iter().any(|word| token.eq_ignore_ascii_case(word))
}

/// The longest word of the tables.
const LONGEST: usize = 16;

/// The ASCII letters and digits of `token` in lower case, without an allocation; nothing if it is too long or holds other letters.
fn lower<'a>(token: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let mut length = 0;
    for byte in token.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                *buffer.get_mut(length)? = byte.to_ascii_lowercase();
                length += 1;
            }
            0x80.. => return None,
            _ => {}
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// The kind that a word before a name means: `R.` in `R. Augusta`. Abbreviations count only in their language.
pub(super) fn find_before(token: &str, language: Language) -> Option<&'static Kind> {
    let mut buffer = [0; LONGEST];
    match lower(token, &mut buffer) {
        Some(word) => among(word, language, Script::Latin),
        None => with_buffer(|word| {
            fold::squeeze(token, word);
            among(word, language, if token.chars().all(is_latin) { Script::Latin } else { Script::Other })
        }),
    }
}

/// Slavic languages write the same words in two scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Other,
}

fn is_latin(letter: char) -> bool {
    letter < '\u{370}'
}

fn among(word: &str, language: Language, script: Script) -> Option<&'static Kind> {
    let (kinds, places) = &*BEFORE_BY_FORM;
    let (from, to) = places.get(word)?;
    let mut kinds = kinds[from..to].iter().copied().filter(|kind| (script == Script::Latin) == kind.full.chars().all(is_latin));
    let first = kinds.clone().find(|kind| folded(kind.full) == word);
    kinds.find(|kind| kind.languages.contains(&language)).or(first)
}

/// The form in which any street word is compared, wherever it stands.
pub(super) fn compared(word: &str) -> Option<&'static str> {
    COMPARED.get(word)
}

/// Words whose kind does not appear within names of towns, so that what follows them is one: `5659 S Union Avenue Evanston`.
pub(super) fn ends_street(kind: &Kind) -> bool {
    matches!(kind.short, "st" | "av" | "blvd" | "rd" | "ln" | "ct" | "dr" | "pl" | "pkwy" | "hwy" | "cir" | "ter")
}

fn folded(full: &str) -> String {
    let mut word = String::new();
    fold::squeeze(full, &mut word);
    word
}

fn forms(kind: &'static Kind) -> impl Iterator<Item = String> {
    kind.forms.split_ascii_whitespace().map(str::to_owned).chain([kind.short.to_owned(), folded(kind.full)])
}

static BEHIND_BY_FORM: LazyLock<Table<&'static Kind>> =
    LazyLock::new(|| Table::last_of(BEHIND.iter().flat_map(|kind| forms(kind).map(move |form| (form, kind)))));

/// The kinds that share a form stand side by side; from where to where, by form.
type ByForm = (Vec<&'static Kind>, Table<(usize, usize)>);

static BEFORE_BY_FORM: LazyLock<ByForm> = LazyLock::new(|| {
    let mut by_form: BTreeMap<String, Vec<&'static Kind>> = BTreeMap::new();
    for kind in BEFORE {
        forms(kind).for_each(|form| by_form.entry(form).or_default().push(kind));
    }
    let (mut kinds, mut places) = (Vec::new(), Vec::new());
    for (form, same) in by_form {
        places.push((form, (kinds.len(), kinds.len() + same.len())));
        kinds.extend(same);
    }
    (kinds, Table::first_of(places))
});

static COMPARED: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let kinds = BEHIND.iter().chain(BEFORE).map(|kind| (folded(kind.full), kind.short));
    let others = [
        ("strasse", "st"),
        ("str", "st"),
        ("platz", "pl"),
        ("saint", "st"),
        ("sainte", "ste"),
        ("sankt", "st"),
        ("mount", "mt"),
        ("fort", "ft"),
    ];
    Table::last_of(kinds.chain(others.map(|(word, short)| (word.to_owned(), short))))
});
