//! The case of names: what is written in capitals only, or without any, gets the case that names have. Mixed case is the writer's own.

use super::east_asian::is_east_asian;

/// How the words of a name are written as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Both cases: only parts of three letters and more that are in one case are repaired; `AJ` may be initials.
    Mixed,
    /// One case throughout, or a script that has none.
    Single,
}

impl Case {
    /// The case of all `words` together; initials, which are always capitals in the end, say nothing.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Case {
        let (mut upper, mut lower) = (false, false);
        for word in words.filter(|word| has_letters(word)) {
            upper |= has_upper(word);
            lower |= has_lower(word);
        }
        if upper && lower { Case::Mixed } else { Case::Single }
    }
}

fn has_upper(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_uppercase()) || (!word.is_ascii() && word.contains(char::is_uppercase))
}

fn has_lower(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_lowercase()) || (!word.is_ascii() && word.contains(char::is_lowercase))
}

/// Whether the words of one part need repair, given the case of the whole name.
pub(super) fn needs_repair(part: &[&str], whole: Case) -> bool {
    let words = || part.iter().filter(|word| has_letters(word));
    let upper = words().any(|word| has_upper(word));
    let lower = words().any(|word| has_lower(word));
    match (upper, lower) {
        (true, true) | (false, false) => false,
        (true, false) => whole == Case::Single || words().map(|word| letters(word)).sum::<usize>() >= 3,
        (false, true) => true,
    }
}

/// How many letters of `word` have a case. Beside Chinese characters none has: such words are written together, so that where one ends is
/// not to be seen the next time.
fn letters(word: &str) -> usize {
    match word.is_ascii() {
        true => word.bytes().filter(u8::is_ascii_alphabetic).count(),
        false if word.contains(is_east_asian) => 0,
        false => word.chars().filter(|letter| letter.is_uppercase() || letter.is_lowercase()).count(),
    }
}

/// Whether `word` has at least two letters that have a case.
fn has_letters(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second, ..] if word.is_ascii() && first.is_ascii_alphabetic() && second.is_ascii_alphabetic())
        || letters(word) > 1
}

/// Appends a single letter as an initial: `j` is `J.`. Returns false, and appends nothing, for any other word.
pub(super) fn push_initial(word: &str, out: &mut String) -> bool {
    let mut letters = word.strip_suffix('.').unwrap_or(word).chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    let cased = letter.is_uppercase() || letter.is_lowercase();
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
    while let Some(end) = rest.find(['-', '\'']) {
        let (piece, after) = rest.split_at(end);
        match after.as_bytes()[0] {
            b'-' if is_article(piece) => push_lower(piece, out),
            _ => push_piece(piece, out),
        }
        out.push(char::from(after.as_bytes()[0]));
        rest = &after[1..];
        // `Ta'ameri`: after longer pieces the apostrophe is a letter of its own.
        if after.starts_with('\'') && !begins_with_apostrophe(piece) {
            let end = rest.find(['-', '\'']).unwrap_or(rest.len());
            push_lower(&rest[..end], out);
            rest = &rest[end..];
        }
    }
    push_piece(rest, out);
}

fn is_article(piece: &str) -> bool {
    ["al", "el", "ibn", "bin"].iter().any(|article| piece.eq_ignore_ascii_case(article))
}

fn begins_with_apostrophe(piece: &str) -> bool {
    piece.chars().count() <= 1 || ["dell", "dall", "nell", "sant"].iter().any(|start| piece.eq_ignore_ascii_case(start))
}

fn push_piece(piece: &str, out: &mut String) {
    let bytes = piece.as_bytes();
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

fn push_upper(letter: char, out: &mut String) {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(only), None) => out.push(only),
        // `ß`, `ŉ` and ligatures have no capital of one letter.
        _ => out.push(letter),
    }
}

/// Appends `piece` in small letters. `str::to_lowercase` knows the final sigma of Greek.
pub(super) fn push_lower(piece: &str, out: &mut String) {
    if piece.is_ascii() {
        let start = out.len();
        out.push_str(piece);
        out[start..].make_ascii_lowercase();
    } else {
        out.push_str(&piece.to_lowercase());
    }
}
