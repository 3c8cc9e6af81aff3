//! Initials: `J. R.` for John Ronald.

use super::letters;
use crate::formats::{squeeze, with_buffer};

/// What parts the names of a given name.
const SEPARATORS: [char; 4] = [' ', '.', '-', '\u{a0}'];

/// Appends the first letter of each word of `name` as a small letter of ASCII: `jr` for John Ronald, `hp` for Hans-Peter, `mo` for Михаил Орлов.
/// Words are what stands between spaces, points and hyphens; those without letters are left out.
pub fn initials(name: &str, out: &mut String) {
    with_buffer(|word_letters| {
        for word in name.split(SEPARATORS) {
            word_letters.clear();
            letters::push(word, word_letters);
            out.extend(word_letters.chars().next());
        }
    });
}

/// Whether the two can be the same given names: word by word equal or one the other's initial, until one of them ends (`John R.` and `John`).
/// At least the first words must exist. Marks, case and script count as in comparison forms (`ü` is `ue`).
#[must_use]
pub fn initials_agree(left: &str, right: &str) -> bool {
    with_buffer(|ours| {
        with_buffer(|theirs| {
            let mut any = false;
            let words = |text| str::split(text, SEPARATORS).filter(|word: &&str| word.contains(char::is_alphanumeric));
            for (left, right) in words(left).zip(words(right)) {
                ours.clear();
                theirs.clear();
                squeeze(left, ours);
                squeeze(right, theirs);
                any = true;
                let initial = ours.len().min(theirs.len()) == 1 && ours.as_bytes()[0] == theirs.as_bytes()[0];
                if ours != theirs && !initial {
                    return false;
                }
            }
            any
        })
    })
}
