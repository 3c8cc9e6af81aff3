//! The case of names: what is written in capitals only, or without any, gets the case that names have. Mixed case is the writer's own.

use super::east_asian::is_east_asian;
use super::word::Word;
use crate::formats::letter;

/// How the words of a name are written as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Both cases: only parts of three letters and more that are in one case are repaired; `AJ` may be initials.
    Mixed,
    /// One case throughout, or a script that has none.
    Single,
}

impl Case {
    /// The case of all words together; initials, which are always capitals in the end, say nothing.
    pub(super) fn of(parts: [&[Word<'_>]; 3]) -> Case {
        let telling = || parts.into_iter().flatten().filter(|word| tells(word));
        let (upper, lower) = (telling().any(Word::has_upper), telling().any(Word::has_lower));
        if upper && lower { Case::Mixed } else { Case::Single }
    }
}

/// Whether the words of one part need repair, given the case of the whole name.
pub(super) fn needs_repair(part: &[Word<'_>], whole: Case) -> bool {
    let words = || part.iter().filter(|word| tells(word));
    match (words().any(Word::has_upper), words().any(Word::has_lower)) {
        (true, true) | (false, false) => false,
        (true, false) => whole == Case::Single || words().map(|word| usize::from(word.letters)).sum::<usize>() >= 3,
        (false, true) => true,
    }
}

/// Whether `word` has at least two letters that have a case.
fn tells(word: &Word<'_>) -> bool {
    word.letters > 1
}

/// Appends a single letter as an initial: `j` is `J.`. Returns false, and appends nothing, for any other word.
pub(super) fn push_initial(word: &str, out: &mut String) -> bool {
    let mut letters = word.strip_suffix('.').unwrap_or(word).chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    let cased = letter::is_uppercase(letter) || letter::is_lowercase(letter);
    if cased {
        push_upper(letter, out);
        out.push('.');
    }
    cased
}

/// Appends `word` in the case of names.
pub(super) fn push_repaired(word: &str, out: &mut String) {
    match is_consonants_in_capitals(word) || (!word.is_ascii() && word.contains(is_east_asian)) {
        true => out.push_str(word),
        false => push_pieces(word, out),
    }
}

/// `JP`, `TJ`: initials without points, not a name.
fn is_consonants_in_capitals(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase() && !matches!(byte, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'))
}

/// Hyphens and apostrophes begin a new piece: `Anna-Lena`, `O'Brien`, `al-Rashid`.
fn push_pieces(word: &str, out: &mut String) {
    let mut rest = word;
    while let Some(end) = piece_end(rest) {
        let (piece, after) = rest.split_at(end);
        match after.as_bytes()[0] {
            b'-' if is_article(piece) => push_lower(piece, out),
            _ => push_piece(piece, out),
        }
        out.push(char::from(after.as_bytes()[0]));
        rest = &after[1..];
        // `Ta'ameri`: after longer pieces the apostrophe is a letter of its own.
        if after.starts_with('\'') && !begins_with_apostrophe(piece) {
            let end = piece_end(rest).unwrap_or(rest.len());
            push_lower(&rest[..end], out);
            rest = &rest[end..];
        }
    }
    push_piece(rest, out);
}

fn piece_end(text: &str) -> Option<usize> {
    text.bytes().position(|byte| matches!(byte, b'-' | b'\''))
}

fn is_article(piece: &str) -> bool {
    ["al", "el", "ibn", "bin"].iter().any(|article| piece.eq_ignore_ascii_case(article))
}

fn begins_with_apostrophe(piece: &str) -> bool {
    piece.chars().count() <= 1 || ["dell", "dall", "nell", "sant"].iter().any(|start| piece.eq_ignore_ascii_case(start))
}

fn push_piece(piece: &str, out: &mut String) {
    let bytes = piece.as_bytes();
    if !matches!(bytes, [b'm' | b'M', ..]) {
        return push_capitalized(piece, out);
    }
    if bytes.len() > 4 && bytes[..2].eq_ignore_ascii_case(b"mc") && piece.is_char_boundary(2) {
        out.push_str("Mc");
        return push_capitalized(&piece[2..], out);
    }
    if GAELIC.iter().any(|name| piece.eq_ignore_ascii_case(name)) {
        out.push_str("Mac");
        return push_capitalized(&piece[3..], out);
    }
    push_capitalized(piece, out);
}

/// Names with a second capital; other names with `Mac` (Mackey, Macias, Machado) have none.
const GAELIC: [&str; 12] = [
    "macdonald",
    "macleod",
    "macgregor",
    "macarthur",
    "macintyre",
    "macmillan",
    "macpherson",
    "macdougall",
    "maclean",
    "macneil",
    "macfarlane",
    "maclaren",
];

fn push_capitalized(piece: &str, out: &mut String) {
    let mut letters = piece.chars();
    if let Some(first) = letters.next() {
        push_upper(first, out);
        push_lower(letters.as_str(), out);
    }
}

/// `ß`, `ŉ` and ligatures have no capital of one letter.
fn push_upper(letter: char, out: &mut String) {
    out.push(letter::upper(letter).unwrap_or(letter));
}

/// Appends `piece` in small letters, as `str::to_lowercase` does.
pub(super) fn push_lower(piece: &str, out: &mut String) {
    if piece.is_ascii() {
        let start = out.len();
        out.push_str(piece);
        out[start..].make_ascii_lowercase();
    } else if piece.contains('Σ') {
        // At the end of a word it has another small form.
        out.push_str(&piece.to_lowercase());
    } else {
        piece.chars().for_each(|letter| letter::lower(letter, |lower| out.push(lower)));
    }
}
