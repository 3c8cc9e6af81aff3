//! `text`: any text, cleaned of what the eye does not see. Does not change a letter.
//!
//! - Canonical: Unicode NFC; control, format and zero-width characters removed (soft hyphen, zero-width space and joiners, byte order
//!   mark, direction marks); each run of white space, line ends included, is one space; none at the ends.
//! - Comparison form: the canonical form. `Anna` and `anna` differ; pipe through `lower` where they should not.
//! - Refused: "only invisible characters".

use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::arguments::{self, ArgumentError};
use super::letter;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const INVISIBLE: Reason = Reason::new("only invisible characters");

/// `text` takes no arguments.
pub(super) fn build(arguments: &[Argument], _context: &Context) -> Result<Format, ArgumentError> {
    arguments::none(arguments)?;
    Ok(Format::Text(Arc::new(Text)))
}

#[derive(Debug)]
struct Text;

impl TextFormat for Text {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let start = out.len();
        clean(raw, out);
        if out.len() == start { Err(INVISIBLE) } else { Ok(()) }
    }
}

/// Appends `raw` cleaned as the module says; may append nothing.
pub(super) fn clean(raw: &str, out: &mut String) {
    if is_clean(raw.as_bytes()) {
        return out.push_str(raw);
    }
    let visible = raw.chars().filter(|&letter| !is_invisible(letter));
    match is_nfc_quick(visible.clone()) {
        IsNormalized::Yes => collapse(visible, out),
        _ => collapse(visible.nfc(), out),
    }
}

/// Printable ASCII and letters that are composed, with single spaces inside: the common case, which needs no work.
fn is_clean(bytes: &[u8]) -> bool {
    let mut space = true;
    for &byte in bytes {
        if !is_visible(byte) || (space && byte == b' ') {
            return false;
        }
        space = byte == b' ';
    }
    !space
}

/// Whether no character of `byte` is a control, format or space character, nor one that is not composed.
const fn is_visible(byte: u8) -> bool {
    // U+0080 to U+00BF, which begin with 0xc2, are signs and controls.
    matches!(byte, b' '..=b'~' | 0x80..) && byte != 0xc2 && letter::is_composed(byte)
}

fn collapse(letters: impl Iterator<Item = char>, out: &mut String) {
    let start = out.len();
    let mut space = false;
    for letter in letters {
        if letter.is_whitespace() {
            space = true;
            continue;
        }
        if space && out.len() > start {
            out.push(' ');
        }
        space = false;
        out.push(letter);
    }
}

/// Control characters that are no white space, and the format characters that show nothing.
pub(super) fn is_invisible(letter: char) -> bool {
    match letter {
        ' '..='~' => false,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{fff9}'..='\u{fffb}' => true,
        _ => letter.is_control() && !letter.is_whitespace(),
    }
}
