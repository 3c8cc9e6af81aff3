//! Words out of the tidied text, and titles, suffixes and former names away from them. Does not know which word is the last name.

use super::name::Words;
use super::words::{self, Key};
use crate::format::Reason;

/// Appends the words of `text`. `Prof.Dr.` and `J.R.R.` are several words, `Ph.D.` and `Dipl.-Ing.` one.
pub(super) fn push_words<'a>(text: &'a str, out: &mut Words<'a>) -> Result<(), Reason> {
    for word in text.split([' ', ',']).map(|word| word.trim_matches(['-', ':', '/', '\\', '·', '・'])).filter(|word| !word.is_empty()) {
        if !has_inner_point(word) || is_one_word(word) {
            push_word(word, out)?;
            continue;
        }
        let mut rest = word;
        while let Some(end) = inner_point(rest) {
            push_word(&rest[..=end], out)?;
            rest = &rest[end + 1..];
        }
        push_word(rest, out)?;
    }
    Ok(())
}

/// Signs and numbers alone are no word, but for `&`, which tells two people.
fn push_word<'a>(word: &'a str, out: &mut Words<'a>) -> Result<(), Reason> {
    if matches!(word, "&" | "+") || word.contains(char::is_alphabetic) { out.push(word) } else { Ok(()) }
}

fn has_inner_point(word: &str) -> bool {
    word.contains('.') && inner_point(word).is_some()
}

/// The place of a point with a letter behind it.
fn inner_point(word: &str) -> Option<usize> {
    word.match_indices('.').map(|(at, _)| at).find(|at| word[at + 1..].starts_with(char::is_alphanumeric))
}

fn is_one_word(word: &str) -> bool {
    let key = Key::new(word);
    let key = key.as_str();
    words::degree(key).is_some() || words::doubtful_degree(key).is_some() || words::title(key).is_some() || key == "hc"
}

/// Moves the titles at the front of `names` to `titles`; one word stays at least.
pub(super) fn peel_titles<'a>(names: &mut Words<'a>, titles: &mut Words<'a>) -> Result<(), Reason> {
    let mut count = 0;
    let mut doctor = false;
    while names.len() > count + 1 {
        let known = words::title(Key::new(names[count]).as_str());
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
fn doctoral_length(names: &[&str]) -> usize {
    if matches!(names, ["h." | "h", "c." | "c", ..]) {
        return 2;
    }
    let key = Key::new(names[0]);
    let key = key.as_str();
    let pointed = names[0].contains('.');
    let small = names[0].starts_with(char::is_lowercase) && !matches!(key, "phil" | "nat");
    usize::from(words::is_doctoral(key) && (pointed || small))
}

/// Moves suffixes at the end of `names` to the front of `suffixes`. One word stays at least, and `before_spelled` words before a `Senior`
/// or `Junior`, which can be a last name.
pub(super) fn peel_suffixes<'a>(names: &mut Words<'a>, suffixes: &mut Words<'a>, before_spelled: usize) -> Result<(), Reason> {
    let mut start = names.len();
    while start > 1 && is_suffix(names[start - 1], Place::Behind) {
        if start <= before_spelled && words::is_spelled_generation(Key::new(names[start - 1]).as_str()) {
            break;
        }
        start -= 1;
    }
    suffixes.prepend(&names[start..])?;
    names.truncate(start);
    Ok(())
}

/// Whether all words behind a comma are suffixes.
pub(super) fn are_suffixes(words: &[&str]) -> bool {
    words.iter().all(|word| is_suffix(word, Place::AfterComma))
}

/// Whether all words behind a comma are titles: `Müller, Anna, Dr.`
pub(super) fn are_titles(words: &[&str]) -> bool {
    words.iter().all(|word| words::title(Key::new(word).as_str()).is_some())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Behind,
    AfterComma,
}

fn is_suffix(word: &str, place: Place) -> bool {
    let key = Key::new(word);
    let key = key.as_str();
    if words::generation(key).is_some() {
        let sure = !words::is_doubtful_generation(key) || word == "V" || (key.len() == 3 && word.ends_with('.'));
        return sure || place == Place::AfterComma;
    }
    words::degree(key).is_some() || (words::doubtful_degree(key).is_some() && (place == Place::AfterComma || has_inner_point(word)))
}

/// Cuts off an earlier or other name: `Müller geb. Schmidt`, `Müller alias Schmidt`.
pub(super) fn drop_former(names: &mut Words<'_>) {
    let start = names.iter().skip(1).position(|word| word.starts_with(char::is_lowercase) && words::is_former(Key::new(word).as_str()));
    if let Some(start) = start.filter(|start| start + 2 < names.len()) {
        names.truncate(start + 1);
    }
}

/// Whether what stands behind a comma is an earlier or other name: `Anna Müller, geb. Schmidt`.
pub(super) fn is_former(words: &[&str]) -> bool {
    matches!(words, [first, _, ..] if first.starts_with(char::is_lowercase) && words::is_former(Key::new(first).as_str()))
}

/// Whether the words name two people: `Hans und Anna Müller`. `von und zu` does not, nor does `Earl of Strathmore and Kinghorne`.
pub(super) fn names_two(names: &[&str]) -> bool {
    if names.iter().any(|word| word.eq_ignore_ascii_case("of")) {
        return false;
    }
    let inner = names.windows(3).any(|three| {
        let [before, word, after] = three else { return false };
        words::is_and(word) && !words::is_particle(Key::new(before).as_str()) && !words::is_particle(Key::new(after).as_str())
    });
    inner || names.iter().skip(1).any(|word| matches!(*word, "&" | "+"))
}
