//! Texts in name fields that are no names: `unknown`, `n/a`, `xxx`, `test`. Finds them; does not read names.

use super::words::{self, Key};
use crate::format::Reason;
use crate::formats::table::SHORT;

/// Why a value that is a placeholder is refused.
pub(super) const REASON: Reason = Reason::new("a placeholder, not a name");

/// What a text in a name field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Could be a name.
    Name,
    /// A placeholder, unless another part is a name: Jennifer Null.
    Doubtful,
    /// A placeholder.
    Placeholder,
}

/// What `text` is.
pub(super) fn kind(text: &str) -> Kind {
    if text.len() <= SHORT && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return kind_of_word(text);
    }
    if matches!(text, "n/a" | "N/A" | "n.a." | "N.A." | "k.A." | "k. A.") {
        Kind::Placeholder
    } else {
        kind_of_key(Key::new(text).as_str())
    }
}

/// What a plain word is: most are no placeholder, which their first letter and their length tell.
fn kind_of_word(word: &str) -> Kind {
    match words::placeholder(word) {
        Some(kind) => kind,
        None if matches!(word.as_bytes(), [first, second, ..] if first.eq_ignore_ascii_case(second)) => {
            kind_of_key(Key::new(word).as_str())
        }
        None => Kind::Name,
    }
}

/// What the words of a part are together.
pub(super) fn kind_of_words(words: &[&str]) -> Kind {
    match words {
        [word] => kind(word),
        _ => kind_of_key(Key::of_words(words).as_str()),
    }
}

fn kind_of_key(key: &str) -> Kind {
    match is_one_letter_repeated(key) {
        true => Kind::Placeholder,
        false => words::placeholder(key).unwrap_or(Kind::Name),
    }
}

/// `xx`, `xxx`, `aaa`.
fn is_one_letter_repeated(key: &str) -> bool {
    let mut letters = key.bytes();
    let Some(first) = letters.next().filter(u8::is_ascii_alphabetic) else { return false };
    letters.all(|letter| letter == first) && (key.len() >= 3 || key == "xx")
}
