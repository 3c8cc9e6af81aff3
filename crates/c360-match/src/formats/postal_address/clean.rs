//! The texts of an address before they are read, and what in them is no part of it. Takes no address apart.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::formats::narrow::narrow;
use crate::formats::table::Table;

/// Composed letters, ends of lines, and of the rest that the eye does not see only spaces: every reader may count on that.
pub(super) fn cleaned(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let narrow = narrow(text);
    let space = |letter: char| if letter.is_whitespace() && letter != '\n' { ' ' } else { letter };
    let clean: String = narrow.chars().map(space).filter(|letter| !letter.is_control() || *letter == '\n').nfc().collect();
    Cow::Owned(clean.trim().to_owned())
}

/// Whether there is nothing to clean. U+00C0 to U+017F, two bytes each, are composed letters of western and central European languages.
fn is_plain(text: &str) -> bool {
    // Not `all`: without a branch for each byte many are told at once.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b'\n' | b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc5))
}

/// Whether a text stands for "none".
pub(super) fn is_placeholder(text: &str) -> bool {
    let bare = matches!(text.as_bytes(), [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    let text = if bare { text } else { text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '#') };
    text.is_empty() || PLACEHOLDERS.get(text).is_some()
}

static PLACEHOLDERS: LazyLock<Table<()>> = LazyLock::new(|| {
    let words = [
        "n/a",
        "na",
        "none",
        "null",
        "unknown",
        "unbekannt",
        "test",
        "xxx",
        "nan",
        "tbd",
        "k.a",
        "keine angabe",
        "not available",
        "no address",
    ];
    Table::first_of(words.map(|word| (word.to_owned(), ())))
});

/// A change of case can part a letter from its mark: `i` + U+0307 is `İ` as a capital.
pub(super) fn compose(part: &mut String) {
    if !is_plain(part) && is_nfc_quick(part.chars()) != IsNormalized::Yes {
        *part = part.nfc().collect();
    }
}

/// `token` without any of the ASCII `signs` at its ends.
pub(super) fn trimmed<'a>(token: &'a str, signs: &[u8]) -> &'a str {
    if matches!(token.as_bytes(), [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric()) {
        return token;
    }
    let inner = |byte: &u8| !signs.contains(byte);
    let from = token.bytes().position(|byte| inner(&byte)).unwrap_or(token.len());
    let to = token.as_bytes().iter().rposition(inner).map_or(from, |last| last + 1);
    &token[from..to]
}

/// Drops what stands in parentheses: `(rear)`, `(m/c 525)`.
pub(super) fn without_remarks(text: &str) -> Cow<'_, str> {
    let mut rest = Cow::Borrowed(text);
    while let Some((open, close)) = rest.find('(').and_then(|open| Some((open, open + rest[open..].find(')')?))) {
        rest = Cow::Owned(format!("{} {}", &rest[..open], &rest[close + 1..]));
    }
    rest
}

/// Whether a text between commas says who takes the letters, not where.
pub(super) fn is_care_of(segment: &str) -> bool {
    let possible = matches!(segment.as_bytes().first(), Some(b'c' | b'C' | b'a' | b'A' | b'z' | b'Z'));
    possible
        && ["c/o", "attn", "z.hd", "z. hd", "att:"]
            .iter()
            .any(|word| segment.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}
