//! Streets of plain words: which of them are the number, and whether the others are nothing but a name. Spells nothing.

use crate::formats::latin;
use crate::formats::postal_address::shape::is_direction;
use crate::formats::postal_address::style::Style;
use crate::formats::postal_address::{number, post_box, street, unit};

/// More words than most streets have.
pub(super) const MOST: usize = 6;

/// A name and its number.
pub(super) struct Plain<'a> {
    side: Side,
    name: &'a str,
    pub(super) number: &'a str,
}

/// Where the number of a street stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
    /// In an input of its own.
    Own,
}

/// The name and the number of a street that begins or ends with one, or has one of its own.
pub(super) fn parted<'a>(street: &'a str, own: Option<&'a str>) -> Option<Plain<'a>> {
    let plain = match own {
        Some(number) => Plain { side: Side::Own, name: street, number },
        None if street.as_bytes().first()?.is_ascii_digit() => number_before(street)?,
        None => number_behind(street)?,
    };
    is_plain_number(plain.number).then_some(plain)
}

/// `12 rue Victor Hugo`, `12 bis rue Victor Hugo`.
fn number_before(street: &str) -> Option<Plain<'_>> {
    let (number, name) = latin::cut(street, b' ')?;
    match latin::cut(name, b' ').filter(|(word, _)| number::is_bis(word)) {
        Some((word, name)) => Some(Plain { side: Side::Before, name, number: &street[..number.len() + 1 + word.len()] }),
        None => Some(Plain { side: Side::Before, name, number }),
    }
}

/// `Gartenstr. 12`, `Gartenstr. 12 a`.
fn number_behind(street: &str) -> Option<Plain<'_>> {
    let (name, number) = latin::cut_last(street, b' ')?;
    match latin::cut_last(name, b' ').filter(|_| matches!(number.as_bytes(), [letter] if letter.is_ascii_alphabetic())) {
        Some((shorter, _)) => Some(Plain { side: Side::Behind, name: shorter, number: &street[shorter.len() + 1..] }),
        None => Some(Plain { side: Side::Behind, name, number }),
    }
}

/// Up to six digits, behind them at most a letter, further digits behind a sign, or a word that sets the number apart.
fn is_plain_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let further = |rest: &[u8]| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit);
    let rest = match &text.as_bytes()[digits..] {
        [] => true,
        [letter] | [b' ', letter] => letter.is_ascii_alphabetic(),
        [b'-' | b'/', rest @ ..] => further(rest),
        [b' ', ..] => number::is_bis(&text[digits + 1..]),
        _ => false,
    };
    (1..=6).contains(&digits) && rest
}

/// Appends a plain number: in small letters, without spaces.
pub(super) fn append_number(number: &str, out: &mut String) {
    match latin::cut(number, b' ') {
        Some((digits, rest)) => {
            out.push_str(digits);
            out.push_str(rest);
        }
        None => out.push_str(number),
    }
    out.make_ascii_lowercase();
}

/// The words of the name, if all are plain.
pub(super) fn words_of<'a, 'b>(plain: &Plain<'a>, style: Style, words: &'b mut [&'a str; MOST]) -> Option<&'b [&'a str]> {
    let english = style.is_english() && plain.side != Side::Behind;
    let (mut count, mut named) = (0, false);
    for word in latin::words(plain.name) {
        let is_name = is_plain_word(word);
        let slot = words.get_mut(count).filter(|_| is_name || (english && is_english_word(word)))?;
        *slot = word;
        named |= is_name;
        count += 1;
    }
    let words = &words[..count];
    let elsewhere = post_box::begins(words[0]) || words[0].get(..4).is_some_and(|start| start.eq_ignore_ascii_case("attn"));
    let numbered = || style.is_english() && is_numbered(words, plain.side);
    (named && !elsewhere && !numbered()).then_some(words)
}

/// Whether the number behind an English street can be its name (`Highway 9`), or a cross street is named with it.
fn is_numbered(words: &[&str], side: Side) -> bool {
    let named = match words {
        _ if side != Side::Behind => false,
        [word] => street::names_by_number(word),
        words => street::is_road(words[words.len() - 1]),
    };
    named || words.iter().any(|word| street::begins_cross_street(word))
}

/// Whether a word is of two letters at least, perhaps with hyphens and a point behind it, and belongs to a name: not to a number or a unit.
fn is_plain_word(word: &str) -> bool {
    let letters = word.strip_suffix('.').unwrap_or(word);
    let plain = latin::is_words(letters) || letters.split('-').all(latin::is_words);
    letters.len() > 1 && plain && !unit::is_designator(word) && !number::is_marker(word) && !number::is_bis(word)
}

/// Where the number stands before the name, `N` and `5th` belong to the name.
fn is_english_word(word: &str) -> bool {
    number::is_ordinal(word) || (word.len() < 3 && is_direction(word))
}
