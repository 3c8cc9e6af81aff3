//! Brings what keyboards and typesetters of the world put into dates, numbers and codes to ASCII: full-width characters, the digits of
//! other scripts, typographic spaces, dashes and apostrophes. Letters stay as they are, apart from full-width ones.

use std::borrow::Cow;

/// `raw` with the characters above replaced and invisible direction marks dropped; borrowed where there is nothing to replace.
pub(super) fn narrow(raw: &str) -> Cow<'_, str> {
    if raw.is_ascii() || raw.chars().all(|character| narrowed(character) == Some(character)) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.chars().filter_map(narrowed).collect())
}

/// The first digits of the scripts whose digits occur in business data; the other nine follow.
const ZEROS: [char; 8] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{ED0}', '\u{1040}', '\u{17E0}'];

fn narrowed(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character);
    }
    let code = u32::from(character);
    let narrow = match character {
        // Latin, Greek and Cyrillic letters and currency signs, the bulk of what is not ASCII.
        '\u{B5}'..='\u{2BB}' | '\u{370}'..='\u{5FF}' | '\u{20A0}'..='\u{20CF}' => character,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFF01 + 0x21)?,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{61C}' => return None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{B4}' => '\'',
        // The Arabic decimal and thousands signs cannot be mistaken for each other, so they become signs that cannot be either.
        '\u{66B}' => '.',
        '\u{66C}' => '\'',
        other => ZEROS
            .iter()
            .find_map(|zero| code.checked_sub(u32::from(*zero)).filter(|digit| *digit < 10))
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or(other),
    };
    Some(narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_and_typographic_signs_become_ascii() {
        assert_eq!(narrow("２０２４／０１"), "2024/01");
        assert_eq!(narrow("١٬٢٣٤٫٥٦"), "1'234.56");
        assert_eq!(narrow("1\u{202F}234 −\u{200E}5 1’000"), "1 234 -5 1'000");
        assert_eq!(narrow("๓๑"), "31");
    }

    #[test]
    fn nothing_to_replace_is_borrowed() {
        assert!(matches!(narrow("12,50 €"), Cow::Borrowed(_)));
        assert!(matches!(narrow("1.5"), Cow::Borrowed(_)));
    }
}
