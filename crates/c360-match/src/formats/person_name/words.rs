//! The words that are no names: titles, suffixes, particles, placeholders. Lookups only; where they may stand is decided elsewhere.
//!
//! Lookups take a [`Key`]: the letters and digits of a word in lower case, so `Dipl.-Ing.`, `DIPL ING` and `dipl.-ing` are one.

mod particle;
mod placeholder;
mod suffix;
mod title;

pub(super) use particle::{
    begins_compound_first, goes_with_maria, is_doubtful_particle, is_noble_rank, is_particle, is_small_particle, joining,
};
pub(super) use placeholder::{placeholder, placeholders};
pub(super) use suffix::{degree, doubtful_degree, generation, is_doubtful_generation, is_spelled_generation, suffixes};
pub(super) use title::{is_doctoral, title, titles};

/// A word in lower case without punctuation, on the stack. A word that is too long for any table has an empty key.
#[derive(Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; Key::LONGEST],
    length: usize,
}

impl Key {
    const LONGEST: usize = 24;

    /// The key of `word`.
    pub(super) fn new(word: &str) -> Key {
        if !word.is_ascii() {
            return Key::of_words(&[word]);
        }
        let mut key = Key { bytes: [0; Key::LONGEST], length: 0 };
        if word.len() <= Key::LONGEST && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.bytes[..word.len()].copy_from_slice(word.as_bytes());
            key.bytes.make_ascii_lowercase();
            return Key { length: word.len(), ..key };
        }
        for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
            let Some(slot) = key.bytes.get_mut(key.length) else { return Key { length: 0, ..key } };
            *slot = byte.to_ascii_lowercase();
            key.length += 1;
        }
        key
    }

    /// The key of `words` as if they were one.
    pub(super) fn of_words(words: &[&str]) -> Key {
        let mut key = Key { bytes: [0; Key::LONGEST], length: 0 };
        for letter in words.iter().flat_map(|word| word.chars()) {
            if letter.is_ascii_alphanumeric() {
                key.push(letter.to_ascii_lowercase());
            } else if !letter.is_ascii() && letter.is_alphanumeric() {
                // `İ` becomes two: a letter and a mark, which is dropped like any other that stands alone.
                letter.to_lowercase().filter(|lower| lower.is_alphanumeric()).for_each(|lower| key.push(lower));
            }
        }
        if key.length > Key::LONGEST {
            key.length = 0;
        }
        key
    }

    fn push(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        if end <= Key::LONGEST {
            letter.encode_utf8(&mut self.bytes[self.length..end]);
        }
        self.length = if end <= Key::LONGEST { end } else { Key::LONGEST + 1 };
    }

    /// The key as text.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("only whole letters were pushed")
    }
}

/// What follows is an earlier name or another name.
pub(super) fn is_former(key: &str) -> bool {
    matches!(key, "geb" | "geborene" | "gebürtig" | "née" | "nee" | "né" | "roz" | "aka" | "alias")
}

/// What joins two people's names, as keys.
pub(super) const ANDS: [&str; 3] = ["und", "and", "et"];

/// Joins two people's names.
pub(super) fn is_and(word: &str) -> bool {
    matches!(word, "&" | "+" | "und" | "and" | "et" | "UND" | "AND" | "ET" | "Und" | "And")
}
