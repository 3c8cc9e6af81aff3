//! What a letter is, the same as the methods of `char` say, and faster for the letters that most values have: Latin ones with and without
//! marks, Cyrillic ones and Chinese characters need none of Unicode's tables. Also tells by its bytes that a text is in NFC.

use std::iter;

const UPPER: u8 = 1;
const LOWER: u8 = 2;
const NUMERIC: u8 = 4;

/// Letters below U+0180, which all have a case, and digits.
static CLASSES: [u8; 0x180] = classes();

const fn classes() -> [u8; 0x180] {
    let mut classes = [0; 0x180];
    let mut code = 0;
    while code < classes.len() {
        let Some(letter) = char::from_u32(code as u32) else { panic!("there are no gaps below U+D800") };
        classes[code] = match letter {
            '0'..='9' | '²' | '³' | '¹' | '¼' | '½' | '¾' => NUMERIC,
            _ if letter.is_uppercase() => UPPER,
            _ if letter.is_lowercase() => LOWER,
            _ => 0,
        };
        code += 1;
    }
    classes
}

/// The class of a letter whose class is known without Unicode's tables. A Chinese character is a letter without a case.
#[inline]
fn class(letter: char) -> Result<u8, ()> {
    match letter {
        '\0'..='\u{17f}' => Ok(CLASSES[letter as usize]),
        '\u{400}'..='\u{42f}' => Ok(UPPER),
        '\u{430}'..='\u{45f}' => Ok(LOWER),
        _ => Err(()),
    }
}

#[inline]
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

/// `char::is_uppercase`.
#[inline]
pub(super) fn is_uppercase(letter: char) -> bool {
    class(letter).map_or_else(|()| !is_han(letter) && letter.is_uppercase(), |class| class == UPPER)
}

/// `char::is_lowercase`.
#[inline]
pub(super) fn is_lowercase(letter: char) -> bool {
    class(letter).map_or_else(|()| !is_han(letter) && letter.is_lowercase(), |class| class == LOWER)
}

/// `char::is_numeric`.
#[inline]
pub(super) fn is_numeric(letter: char) -> bool {
    class(letter).map_or_else(|()| !is_han(letter) && letter.is_numeric(), |class| class == NUMERIC)
}

/// `char::is_alphabetic`.
#[inline]
pub(super) fn is_alphabetic(letter: char) -> bool {
    class(letter).map_or_else(|()| is_han(letter) || letter.is_alphabetic(), |class| class & (UPPER | LOWER) != 0)
}

/// `char::is_alphanumeric`.
#[inline]
pub(super) fn is_alphanumeric(letter: char) -> bool {
    class(letter).map_or_else(|()| is_han(letter) || letter.is_alphanumeric(), |class| class != 0)
}

/// Gives `push` the small form of `letter`, one character or more, as `char::to_lowercase` does.
#[inline]
pub(super) fn lower(letter: char, push: impl FnMut(char)) {
    match letter {
        'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => iter::once(moved(letter, 0x20)).for_each(push),
        '\0'..='\u{7f}' => iter::once(letter.to_ascii_lowercase()).for_each(push),
        '\u{80}'..='ÿ' | 'а'..='џ' => iter::once(letter).for_each(push),
        _ if is_han(letter) => iter::once(letter).for_each(push),
        _ => letter.to_lowercase().for_each(push),
    }
}

/// The capital of `letter`, if it is one character, as `char::to_uppercase` gives it.
pub(super) fn upper(letter: char) -> Option<char> {
    match letter {
        'à'..='ö' | 'ø'..='þ' | 'а'..='я' => Some(moved(letter, -0x20)),
        '\0'..='\u{7f}' => Some(letter.to_ascii_uppercase()),
        'À'..='Þ' | 'А'..='Я' => Some(letter),
        _ if is_han(letter) => Some(letter),
        _ => {
            let mut upper = letter.to_uppercase();
            upper.next().filter(|_| upper.next().is_none())
        }
    }
}

fn moved(letter: char, by: i32) -> char {
    (letter as u32).checked_add_signed(by).and_then(char::from_u32).unwrap_or(letter)
}

/// Whether `byte` begins or goes on with characters that stand in NFC wherever they stand: those below U+0300, of Cyrillic those up to
/// U+047F, and U+4000 to U+9FFF, Chinese characters nearly all. Others must be looked up.
pub(super) const fn is_composed(byte: u8) -> bool {
    matches!(byte, 0..=0xcb | 0xd0 | 0xd1 | 0xe4..=0xe9)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn all_letters_are_what_char_says() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_uppercase(letter), letter.is_uppercase(), "{letter:?}");
            assert_eq!(is_lowercase(letter), letter.is_lowercase(), "{letter:?}");
            assert_eq!(is_numeric(letter), letter.is_numeric(), "{letter:?}");
            assert_eq!(is_alphabetic(letter), letter.is_alphabetic(), "{letter:?}");
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
            let mut small = String::new();
            lower(letter, |lower| small.push(lower));
            assert!(small.chars().eq(letter.to_lowercase()), "{letter:?}");
            let upper = upper(letter);
            assert!(upper.is_none_or(|upper| letter.to_uppercase().eq([upper])), "{letter:?}");
            assert_eq!(upper.is_none(), letter.to_uppercase().count() > 1, "{letter:?}");
        }
    }

    #[test]
    fn what_is_composed_is_in_nfc_behind_any_other() {
        for letter in '\0'..=char::MAX {
            let text = format!("\u{301}{letter}");
            if letter.to_string().bytes().all(is_composed) {
                assert_eq!(is_nfc_quick(text.chars().skip(1)), IsNormalized::Yes, "{letter:?}");
                assert_eq!(unicode_normalization::char::canonical_combining_class(letter), 0, "{letter:?}");
            }
        }
    }
}
