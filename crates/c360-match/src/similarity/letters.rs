//! The letters that phonetic codes are made of: any script into the lower-case letters a to z.

use crate::formats::{squeeze, with_buffer};

/// Appends the letters of `text` as a to z: `ü ue`, `ß ss`, `ç s` (what it sounds like), other marks dropped, other scripts transliterated.
/// Digits, spaces and signs are left out.
pub(super) fn push(text: &str, out: &mut String) {
    with_buffer(|form| {
        for (at, piece) in text.split(['ç', 'Ç']).enumerate() {
            if at > 0 {
                form.push('s');
            }
            squeeze(piece, form);
        }
        out.extend(form.chars().filter(char::is_ascii_alphabetic));
    });
}
