//! Words of plain Latin letters, which most values are made of: told by their bytes, so that they can go a shorter way. Changes nothing.

use super::letter;

/// Whether `text` is words of composed Latin letters with single spaces between them, and nothing else.
pub(super) fn is_words(text: &str) -> bool {
    let mut last = SPACE;
    let mut wrong = 0;
    // Without a branch for each byte: most texts are words.
    for &byte in text.as_bytes() {
        let class = CLASSES[byte as usize];
        wrong |= class | (class & last & SPACE) >> 1 | (class >> 3 & last >> 2);
        last = class;
    }
    wrong & OTHER == 0 && last & SPACE == 0
}

/// No part of a word. What comes behind the first bytes of other letters is refused with these.
const OTHER: u8 = 1;
const SPACE: u8 = 2;
/// The first byte of `×` and `÷`, which are no letters, and their second bytes.
const CROSS_BEGINS: u8 = 4;
const CROSS_ENDS: u8 = 8;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' => SPACE,
            0xc3 => CROSS_BEGINS,
            0x97 | 0xb7 => CROSS_ENDS,
            b'a'..=b'z' | b'A'..=b'Z' | 0x80..=0xbf => 0,
            // With 0xc3 the first bytes of U+00C0 to U+017F: composed letters of western and central European languages.
            0xc4 | 0xc5 => 0,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
}

/// What stands before and behind the first `sign`, an ASCII character. Texts are so short that searching by words of memory does not pay.
pub(super) fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((&text[..at], &text[at + 1..]))
}

/// What stands before and behind the last `sign`.
pub(super) fn cut_last(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == sign)?;
    Some((&text[..at], &text[at + 1..]))
}

/// What stands between single spaces.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (word, behind) = cut(text, b' ').map_or((text, None), |(word, behind)| (word, Some(behind)));
        rest = behind;
        Some(word)
    })
}

/// Whether `word` begins with a capital, has no other but behind a hyphen or an apostrophe inside of it, and is of at least two Latin letters,
/// one of them small.
pub(super) fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    let mut small = false;
    let mut begins = false;
    if !letters.next().is_some_and(is_capital) {
        return false;
    }
    for letter in letters {
        match letter {
            'a'..='z' => small = true,
            '-' | '\'' if !begins => {
                begins = true;
                continue;
            }
            'A'..='Z' if begins => {}
            '\u{df}'..='\u{17f}' if letter::is_lowercase(letter) => small = true,
            '\u{c0}'..='\u{17f}' if begins && letter::is_uppercase(letter) => {}
            _ => return false,
        }
        begins = false;
    }
    small && !begins
}

fn is_capital(letter: char) -> bool {
    letter.is_ascii_uppercase() || ('\u{c0}'..='\u{17f}').contains(&letter) && letter::is_uppercase(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_single_spaces_between_them() {
        for text in ["Köln", "Rüsselsheim am Main", "ŁÓDŹ", "ėķ"] {
            assert!(is_words(text), "{text}");
        }
        for text in ["", " a", "a ", "a  b", "a-b", "a1", "ул", "東", "a\u{a0}b", "a×b", "÷"] {
            assert!(!is_words(text), "{text}");
        }
    }

    #[test]
    fn capitals_stand_at_the_beginning() {
        for word in ["Anna", "Şahin", "Müller-Lüdenscheidt", "O'Brien", "Jean-luc", "Łucja", "Xi'an"] {
            assert!(is_capitalized(word), "{word}");
        }
        for word in ["", "A", "anna", "ANNA", "McDonald", "Anna-", "Anna--Lena", "'Tis", "Anna.", "Иван", "A×", "A-B", "R2d2"] {
            assert!(!is_capitalized(word), "{word}");
        }
    }
}
