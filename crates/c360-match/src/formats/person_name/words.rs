//! The words that are no names: titles, suffixes, particles, placeholders. Lookups only; where they may stand is decided elsewhere.
//!
//! Lookups take a [`Key`]: the letters and digits of a word in lower case, so `Dipl.-Ing.`, `DIPL ING` and `dipl.-ing` are one.

mod meaning;
mod particle;
mod placeholder;
mod suffix;
mod title;

use crate::formats::letter;

pub(super) use meaning::{Mark, Meaning};
pub(super) use particle::{goes_with_maria, joining};
pub(super) use placeholder::{has_length as has_placeholder_length, placeholder, placeholders};
pub(super) use suffix::suffixes;
pub(super) use title::titles;

/// A word in lower case without punctuation, on the stack. A word that is too long for any table has an empty key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; Key::LONGEST],
    /// One more than there is room for in a key that is too long.
    length: usize,
}

impl Key {
    /// Bytes.
    pub(super) const LONGEST: usize = 24;

    /// The key of `word`.
    pub(super) fn new(word: &str) -> Key {
        if !word.is_ascii() {
            return Key::of_words([word]);
        }
        let mut key = Key::EMPTY;
        if word.len() <= Key::LONGEST && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.bytes[..word.len()].copy_from_slice(word.as_bytes());
            key.bytes.make_ascii_lowercase();
            return Key { length: word.len(), ..key };
        }
        word.bytes().filter(u8::is_ascii_alphanumeric).for_each(|byte| key.push_byte(byte.to_ascii_lowercase()));
        key.finished()
    }

    /// The key of words as if they were one.
    pub(super) fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Key {
        let mut key = Key::EMPTY;
        words.into_iter().flat_map(str::chars).for_each(|letter| key.push(letter));
        key.finished()
    }

    /// A key to which letters are pushed, until it is [`Key::finished`].
    pub(super) const EMPTY: Key = Key { bytes: [0; Key::LONGEST], length: 0 };

    /// Goes on with an ASCII letter, in lower case, or digit.
    #[inline]
    pub(super) fn push_byte(&mut self, byte: u8) {
        match self.bytes.get_mut(self.length) {
            Some(slot) => {
                *slot = byte;
                self.length += 1;
            }
            None => self.length = Key::LONGEST + 1,
        }
    }

    /// Goes on with a letter in any case; other characters are no part of a key.
    #[inline]
    pub(super) fn push(&mut self, letter: char) {
        if letter.is_ascii_alphanumeric() {
            self.push_byte(letter.to_ascii_lowercase() as u8);
        } else if !letter.is_ascii() && letter::is_alphanumeric(letter) {
            // `İ` becomes two: a letter and a mark, which is dropped like any other that stands alone.
            letter::lower(letter, |lower| {
                if letter::is_alphanumeric(lower) {
                    self.push_lower(lower);
                }
            });
        }
    }

    fn push_lower(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        if end <= Key::LONGEST {
            letter.encode_utf8(&mut self.bytes[self.length..end]);
        }
        self.length = if end <= Key::LONGEST { end } else { Key::LONGEST + 1 };
    }

    /// The key, which is empty where it became too long.
    pub(super) fn finished(mut self) -> Key {
        if self.is_too_long() {
            self.length = 0;
        }
        self
    }

    /// Whether more was pushed than there is room for.
    pub(super) fn is_too_long(&self) -> bool {
        self.length > Key::LONGEST
    }

    /// The key's letters and digits.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length.min(Key::LONGEST)]
    }

    /// The key as text.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("only whole letters were pushed")
    }
}

/// What follows is an earlier name or another name.
const FORMER: [&str; 9] = ["geb", "geborene", "gebürtig", "née", "nee", "né", "roz", "aka", "alias"];

/// The first name with which particles and nouns go on.
const MARIA: [&str; 3] = ["maria", "maría", "mª"];

/// What joins two people's names, as keys.
pub(super) const ANDS: [&str; 3] = ["und", "and", "et"];

/// Joins two people's names.
pub(super) fn is_and(word: &str) -> bool {
    matches!(word, "&" | "+" | "und" | "and" | "et" | "UND" | "AND" | "ET" | "Und" | "And")
}
