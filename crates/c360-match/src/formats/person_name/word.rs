//! One word of a name: its text, what it can mean, and what case it is written in. Found once, when the word is read. Decides nothing.

use std::ops::Deref;

use super::east_asian::is_east_asian;
use super::words::{Key, Mark, Meaning};
use crate::formats::letter;

/// A word of a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    meaning: Meaning,
    signs: u8,
    /// How many letters have a case, as far as a byte counts. Beside Chinese characters none has: such words are written together, so that
    /// where one ends is not to be seen the next time.
    pub(super) letters: u8,
    /// Bytes of its key; one more than the longest for a word without one.
    pub(super) key_length: u8,
}

const UPPER: u8 = 1;
const LOWER: u8 = 2;
const CAPITALS: u8 = 4;
const ALPHABETIC: u8 = 8;
const POINT: u8 = 16;
const REPEATED: u8 = 32;

impl<'a> Word<'a> {
    /// Looks at `text`, which is a word.
    pub(super) fn new(text: &'a str) -> Word<'a> {
        let mut key = Key::EMPTY;
        let count = if text.is_ascii() { count_ascii(text, &mut key) } else { count_letters(text, &mut key) };
        let key_length = if key.is_too_long() { Key::LONGEST + 1 } else { key.as_bytes().len() };
        let key = key.finished();
        let mut signs = count.signs;
        if count.alphabetic >= 3 && count.upper == count.alphabetic {
            signs |= CAPITALS;
        }
        if is_one_letter_repeated(key.as_bytes()) {
            signs |= REPEATED;
        }
        let cased = u8::try_from(count.cased).unwrap_or(u8::MAX);
        Word { text, meaning: Meaning::of(&key), signs, letters: cased, key_length: key_length as u8 }
    }

    /// Whether it can mean this.
    pub(super) fn is(&self, mark: Mark) -> bool {
        self.meaning.is(mark)
    }

    /// The canonical spelling of a title that stands before a name.
    pub(super) fn title(&self) -> Option<&'static str> {
        self.meaning.title()
    }

    /// The canonical spelling of what stands behind a name: a generation or a degree.
    pub(super) fn suffix(&self) -> Option<&'static str> {
        self.meaning.suffix()
    }

    /// Whether it has a capital.
    pub(super) fn has_upper(&self) -> bool {
        self.signs & UPPER != 0
    }

    /// Whether it has a small letter.
    pub(super) fn has_lower(&self) -> bool {
        self.signs & LOWER != 0
    }

    /// Whether it has at least three letters, all of them capitals; fewer may be initials.
    pub(super) fn is_capitals(&self) -> bool {
        self.signs & CAPITALS != 0
    }

    /// Whether it has a letter of any script.
    pub(super) fn is_alphabetic(&self) -> bool {
        self.signs & ALPHABETIC != 0
    }

    /// Whether it has a point.
    pub(super) fn has_point(&self) -> bool {
        self.signs & POINT != 0
    }

    /// Whether it is one ASCII letter again and again: `xx`, `xxx`, `aaa`.
    pub(super) fn is_repeated(&self) -> bool {
        self.signs & REPEATED != 0
    }
}

impl Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

/// `xx`, `xxx`, `aaa`, as keys.
pub(super) fn is_one_letter_repeated(key: &[u8]) -> bool {
    let [first, rest @ ..] = key else { return false };
    first.is_ascii_alphabetic() && rest.iter().all(|letter| letter == first) && (key.len() >= 3 || key == b"xx")
}

/// What a word's letters are.
#[derive(Default)]
struct Count {
    signs: u8,
    alphabetic: usize,
    upper: usize,
    cased: usize,
}

fn count_ascii(text: &str, key: &mut Key) -> Count {
    let (mut upper, mut lower, mut signs) = (0, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' => lower += 1,
            b'A'..=b'Z' => upper += 1,
            b'0'..=b'9' => {}
            _ => {
                signs |= if byte == b'.' { POINT } else { 0 };
                continue;
            }
        }
        // Of digits the bit is set anyway.
        key.push_byte(byte | 0x20);
    }
    signs |= if upper > 0 { UPPER | ALPHABETIC } else { 0 } | if lower > 0 { LOWER | ALPHABETIC } else { 0 };
    Count { signs, alphabetic: upper + lower, upper, cased: upper + lower }
}

fn count_letters(text: &str, key: &mut Key) -> Count {
    let mut count = Count::default();
    let mut east_asian = false;
    for letter in text.chars() {
        key.push(letter);
        if !letter::is_alphabetic(letter) {
            count.signs |= if letter == '.' { POINT } else { 0 };
            east_asian |= !letter.is_ascii() && is_east_asian(letter);
            continue;
        }
        count.alphabetic += 1;
        count.signs |= ALPHABETIC;
        if letter::is_uppercase(letter) {
            count.upper += 1;
            count.cased += 1;
            count.signs |= UPPER;
        } else if letter::is_lowercase(letter) {
            count.cased += 1;
            count.signs |= LOWER;
        } else {
            east_asian |= is_east_asian(letter);
        }
    }
    if east_asian {
        count.cased = 0;
    }
    count
}
