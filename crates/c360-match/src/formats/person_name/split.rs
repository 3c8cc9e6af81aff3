//! Words out of the tidied text, and titles, suffixes and former names away from them. Does not know which word is the last name.

use super::name::Words;
use super::word::Word;
use super::words::{self, Key, Mark};
use crate::format::Reason;

/// Appends the words of `text`. `Prof.Dr.` and `J.R.R.` are several words, `Ph.D.` and `Dipl.-Ing.` one.
pub(super) fn push_words<'a>(text: &'a str, out: &mut Words<'a>) -> Result<(), Reason> {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| matches!(byte, b' ' | b',')).unwrap_or(rest.len());
        let word = trimmed(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
        if !word.is_empty() {
            push_pieces(word, out)?;
        }
    }
    Ok(())
}

/// Without signs at its ends.
fn trimmed(word: &str) -> &str {
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = word.as_bytes();
    match is_end(bytes.first()) && is_end(bytes.last()) {
        true => word,
        false => word.trim_matches(['-', ':', '/', '\\', '·', '・']),
    }
}

fn push_pieces<'a>(text: &'a str, out: &mut Words<'a>) -> Result<(), Reason> {
    let word = Word::new(text);
    if !has_inner_point(&word) || is_one_word(&word) {
        return push_word(word, out);
    }
    let mut rest = text;
    while let Some(end) = inner_point(rest) {
        push_word(Word::new(&rest[..=end]), out)?;
        rest = &rest[end + 1..];
    }
    push_word(Word::new(rest), out)
}

/// Signs and numbers alone are no word, but for `&`, which tells two people.
fn push_word<'a>(word: Word<'a>, out: &mut Words<'a>) -> Result<(), Reason> {
    if word.is_alphabetic() || is_and_sign(&word) { out.push(word) } else { Ok(()) }
}

/// Whether the word is a sign that joins two people's names.
pub(super) fn is_and_sign(word: &Word<'_>) -> bool {
    matches!(word.text, "&" | "+")
}

fn has_inner_point(word: &Word<'_>) -> bool {
    word.has_point() && inner_point(word).is_some()
}

/// The place of a point with a letter behind it.
fn inner_point(word: &str) -> Option<usize> {
    word.match_indices('.').map(|(at, _)| at).find(|at| word[at + 1..].starts_with(char::is_alphanumeric))
}

fn is_one_word(word: &Word<'_>) -> bool {
    word.is(Mark::DEGREE) || word.is(Mark::DOUBTFUL_DEGREE) || word.title().is_some() || word.is(Mark::HONORIS_CAUSA)
}

/// Moves the titles at the front of `names` to `titles`; one word stays at least.
pub(super) fn peel_titles<'a>(names: &mut Words<'a>, titles: &mut Words<'a>) -> Result<(), Reason> {
    let mut count = 0;
    let mut doctor = false;
    while names.len() > count + 1 {
        let known = names[count].title();
        let length = if known.is_some() { 1 } else { doctoral_length(&names[count..]) };
        if length == 0 || (known.is_none() && !doctor) || names.len() <= count + length {
            break;
        }
        doctor = doctor || known.is_some_and(|title| title.starts_with("Dr"));
        count += length;
    }
    titles.extend(&names[..count])?;
    names.drop_first(count);
    Ok(())
}

/// How many words at the front say which doctor. `med.` and `Med.` do, `Phil` is a person: a point or a small letter decides.
fn doctoral_length(names: &[Word<'_>]) -> usize {
    let [first, rest @ ..] = names else { return 0 };
    if matches!(first.text, "h." | "h") && rest.first().is_some_and(|second| matches!(second.text, "c." | "c")) {
        return 2;
    }
    usize::from(first.is(Mark::DOCTORAL) && (first.has_point() || is_small_doctoral(first)))
}

/// `phil` and `nat` are names even when they are small.
fn is_small_doctoral(word: &Word<'_>) -> bool {
    word.starts_with(char::is_lowercase) && !matches!(Key::new(word).as_str(), "phil" | "nat")
}

/// Moves suffixes at the end of `names` to the front of `suffixes`. One word stays at least, and `before_spelled` words before a `Senior`
/// or `Junior`, which can be a last name.
pub(super) fn peel_suffixes<'a>(names: &mut Words<'a>, suffixes: &mut Words<'a>, before_spelled: usize) -> Result<(), Reason> {
    let mut start = names.len();
    while start > 1 && is_suffix(&names[start - 1], Place::Behind) {
        if start <= before_spelled && names[start - 1].is(Mark::SPELLED_GENERATION) {
            break;
        }
        start -= 1;
    }
    suffixes.prepend(&names[start..])?;
    names.truncate(start);
    Ok(())
}

/// Whether all words behind a comma are suffixes.
pub(super) fn are_suffixes(words: &[Word<'_>]) -> bool {
    words.iter().all(|word| is_suffix(word, Place::AfterComma))
}

/// Whether all words behind a comma are titles: `Müller, Anna, Dr.`
pub(super) fn are_titles(words: &[Word<'_>]) -> bool {
    words.iter().all(|word| word.title().is_some())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Behind,
    AfterComma,
}

fn is_suffix(word: &Word<'_>, place: Place) -> bool {
    if word.is(Mark::GENERATION) {
        let sure = !word.is(Mark::DOUBTFUL_GENERATION) || word.text == "V" || (word.key_length == 3 && word.ends_with('.'));
        return sure || place == Place::AfterComma;
    }
    word.is(Mark::DEGREE) || (word.is(Mark::DOUBTFUL_DEGREE) && (place == Place::AfterComma || has_inner_point(word)))
}

/// Cuts off an earlier or other name: `Müller geb. Schmidt`, `Müller alias Schmidt`.
pub(super) fn drop_former(names: &mut Words<'_>) {
    let start = names.iter().skip(1).position(begins_former);
    if let Some(start) = start.filter(|start| start + 2 < names.len()) {
        names.truncate(start + 1);
    }
}

/// Whether what stands behind a comma is an earlier or other name: `Anna Müller, geb. Schmidt`.
pub(super) fn is_former(words: &[Word<'_>]) -> bool {
    matches!(words, [first, _, ..] if begins_former(first))
}

fn begins_former(word: &Word<'_>) -> bool {
    word.is(Mark::FORMER) && word.starts_with(char::is_lowercase)
}

/// Whether the words name two people: `Hans und Anna Müller`. `von und zu` does not, nor does `Earl of Strathmore and Kinghorne`.
pub(super) fn names_two(names: &[Word<'_>]) -> bool {
    let inner = names.windows(3).any(|three| {
        let [before, word, after] = three else { return false };
        words::is_and(word) && !before.is(Mark::PARTICLE) && !after.is(Mark::PARTICLE)
    });
    (inner || names.iter().skip(1).any(is_and_sign)) && !names.iter().any(|word| word.eq_ignore_ascii_case("of"))
}
