//! Texts in name fields that are no names: `unknown`, `n/a`, `xxx`, `test`. Finds them; does not read names.

use super::word::{Word, is_one_letter_repeated};
use super::words::{self, Key, Mark};
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
    if is_sign(text) {
        return Kind::Placeholder;
    }
    match text.is_ascii() && !may_be_one(text) {
        true => Kind::Name,
        false => kind_of_key(Key::new(text).as_str()),
    }
}

/// Short for "not applicable" and "keine Angabe", with signs that a key does not have.
fn is_sign(text: &str) -> bool {
    matches!(text, "n/a" | "N/A" | "n.a." | "N.A." | "k.A." | "k. A.")
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

/// Whether an ASCII text is a placeholder by its first and last letter and how many there are.
fn may_be_one(text: &str) -> bool {
    let mut letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    let Some(first) = letters.next() else { return false };
    let (count, last) = letters.fold((1, first), |(count, _), letter| (count + 1, letter));
    words::has_placeholder_length(first.to_ascii_lowercase(), count) || first.eq_ignore_ascii_case(&last)
}

/// What the words of a part are together.
pub(super) fn kind_of_words(words: &[Word<'_>]) -> Kind {
    match words {
        [] => Kind::Name,
        [word] => kind_of_part(word),
        [first, .., last] => match may_be_one_together(words, first, last) {
            true => kind_of_key(Key::of_words(words.iter().map(|word| word.text)).as_str()),
            false => Kind::Name,
        },
    }
}

/// What a word is that is a part of a name.
fn kind_of_part(word: &Word<'_>) -> Kind {
    if word.is_repeated() || word.is(Mark::PLACEHOLDER) || is_sign(word) {
        Kind::Placeholder
    } else if word.is(Mark::DOUBTFUL_PLACEHOLDER) {
        Kind::Doubtful
    } else {
        Kind::Name
    }
}

/// Whether words are a placeholder together by their first letters and their length.
fn may_be_one_together(words: &[Word<'_>], first: &str, last: &str) -> bool {
    let length = words.iter().map(|word| usize::from(word.key_length)).sum::<usize>();
    let begins = |word: &str| word.bytes().next().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase());
    let (Some(first), Some(last)) = (begins(first), begins(last)) else { return length <= Key::LONGEST };
    length <= Key::LONGEST && (first == last || words::has_placeholder_length(first, length))
}

fn kind_of_key(key: &str) -> Kind {
    match is_one_letter_repeated(key.as_bytes()) {
        true => Kind::Placeholder,
        false => words::placeholder(key).unwrap_or(Kind::Name),
    }
}
