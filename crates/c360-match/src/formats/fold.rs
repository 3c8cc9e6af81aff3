//! Letters of any script into ASCII, as comparison forms need them. Knows nothing of words.
//!
//! `ä ö ü` become `ae oe ue`, since German systems write them so (Müller = Mueller = MÜLLER; Finnish, Turkish and Spanish words follow
//! the same rule), `ß ss`, `ø œ oe`, `å aa`, `æ ae`, `þ th`; other marks are dropped (é = e, ñ = n, ł = l). Other scripts are
//! transliterated by the tables of `any_ascii` (王伟 = wangwei, Иванов = ivanov). Text should be NFC.

use any_ascii::any_ascii_char;

/// Appends the lower-case ASCII letters and digits of `value`, without anything between them.
pub(crate) fn squeeze(value: &str, out: &mut String) {
    for letter in value.chars() {
        if letter.is_ascii() {
            push_byte(letter as u8, out);
        } else {
            own(letter).unwrap_or_else(|| any_ascii_char(letter)).bytes().for_each(|byte| push_byte(byte, out));
        }
    }
}

fn push_byte(byte: u8, out: &mut String) {
    if byte.is_ascii_alphanumeric() {
        out.push(char::from(byte.to_ascii_lowercase()));
    }
}

/// Appends one letter as [`squeeze`] does.
pub(super) fn squeeze_letter(letter: char, out: &mut String) {
    if letter.is_ascii_alphanumeric() {
        return out.push(letter.to_ascii_lowercase());
    }
    let mut bytes = [0; 4];
    squeeze(letter.encode_utf8(&mut bytes), out);
}

/// Appends `value` as ASCII and keeps its case: `Ä` becomes `Ae`, or `AE` beside another capital.
pub(super) fn keep_case(value: &str, out: &mut String) {
    let mut letters = value.chars().peekable();
    let mut after_capital = false;
    while let Some(letter) = letters.next() {
        let beside_capital = letters.peek().map_or(after_capital, |next| next.is_uppercase());
        after_capital = letter.is_uppercase();
        if letter.is_ascii() {
            out.push(letter);
            continue;
        }
        let start = out.len();
        out.push_str(own(letter).unwrap_or_else(|| any_ascii_char(letter)));
        match letter.is_uppercase() {
            true if beside_capital => out[start..].make_ascii_uppercase(),
            true => out[start..].get_mut(..1).into_iter().for_each(str::make_ascii_uppercase),
            false => {}
        }
    }
}

/// Where we differ from `any_ascii`, which drops the marks of these.
const fn own(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' | 'Ä' | 'æ' | 'Æ' | 'ǽ' | 'Ǽ' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'ő' | 'Ő' | 'œ' | 'Œ' | 'ǿ' | 'Ǿ' => "oe",
        'ü' | 'Ü' | 'ű' | 'Ű' => "ue",
        'å' | 'Å' => "aa",
        'ß' | 'ẞ' => "ss",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}
