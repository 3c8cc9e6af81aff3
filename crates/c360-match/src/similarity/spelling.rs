//! Comparison forms of names across scripts and ways of transliteration: Чайковский, Tchaikovsky and Tschaikowski have one.

use crate::formats::{squeeze, with_buffer};

/// Letters that are rewritten, the first that fits at each place; longer ones come before what they begin with.
const REWRITTEN: &[(&str, &str)] = &[
    // One sibilant, which languages write in many ways.
    ("schtsch", "s"),
    ("shch", "s"),
    ("szcz", "s"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("sz", "s"),
    ("ch", "c"),
    ("cz", "c"),
    ("zh", "z"),
    ("ts", "z"),
    ("tz", "z"),
    // Letters with a breath.
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("ck", "k"),
    // Umlauts written out, and long vowels.
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    // Single letters.
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
];

/// Appends the words of `name` in a spelling that most transliterations lead to, lower-case ASCII, one space between words.
///
/// Scripts are transliterated as in all comparison forms, then different spellings of one sound become one (`sch sh sz` are `s`, `w` is `v`,
/// `y j` are `i`, umlauts lose their `e`: Müller = Mueller = Muller), letters count once where they stand twice, an `ie` at the front is `e`
/// (Yevgeny = Evgeniy), and `h` between a vowel and a consonant or the end is not heard. Coarser than the comparison forms of formats: names
/// that differ may meet, so it is for fuzzy rules and blocking, not proof.
pub fn spelling(name: &str, out: &mut String) {
    let start = out.len();
    with_buffer(|word| {
        for part in name.split(|letter: char| !letter.is_alphanumeric() && !is_joiner(letter)) {
            word.clear();
            squeeze(part, word);
            if !word.is_empty() {
                if out.len() > start {
                    out.push(' ');
                }
                push_word(word, out);
            }
        }
    });
}

/// What stands inside words: apostrophes and marks that combine with a letter.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | 'ʹ' | '\u{300}'..='\u{36f}')
}

fn push_word(word: &str, out: &mut String) {
    let start = out.len();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let rewritten = REWRITTEN.iter().find(|(from, _)| rest.starts_with(from));
        rest = &rest[rewritten.map_or(1, |(from, _)| from.len())..];
        match rewritten {
            Some((_, to)) => to.chars().for_each(|letter| push_once(letter, start, out)),
            None if letter == 'h' && is_silent(start, out, rest) => {}
            None => push_once(letter, start, out),
        }
    }
    if out[start..].starts_with("ie") {
        out.remove(start);
    }
}

/// Appends a letter unless the word ends in it. Digits count each time.
fn push_once(letter: char, start: usize, out: &mut String) {
    if letter.is_ascii_digit() || !out[start..].ends_with(letter) {
        out.push(letter);
    }
}

/// Whether an `h` is not heard: behind a vowel, and before no vowel.
fn is_silent(start: usize, out: &str, rest: &str) -> bool {
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    out[start..].ends_with(is_vowel) && !rest.starts_with(is_vowel)
}
