//! Texts of several words in any order: token sort and token set (as in FuzzyWuzzy and RapidFuzz), and the overlap of words.

use super::ends::or_zero;
use super::overlap::{Coefficient, of_sorted};
use super::scratch::Scratch;
use super::subsequence::of_texts;
use super::tokens::Tokens;

/// How much the bags of words overlap: 0..=1. Words are what stands between white space, and are compared as they are.
#[must_use]
pub fn token_overlap(left: &str, right: &str, coefficient: Coefficient) -> f64 {
    of_sorted(Tokens::sorted(left).words(), Tokens::sorted(right).words(), coefficient)
}

/// The indel similarity of the texts with their words sorted: 0..=1; 0 where that is below `at_least`.
#[must_use]
pub fn token_sort(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    let Scratch { letters, work, texts: [left_text, right_text, _], .. } = scratch;
    for (text, out) in [(left, &mut *left_text), (right, &mut *right_text)] {
        out.clear();
        push(Tokens::sorted(text).words().iter().copied(), out);
    }
    or_zero(of_texts(left_text, right_text, letters, work), at_least)
}

/// The best of: shared words against all words of one text, against all of the other, and all of both against each other, each as an indel
/// similarity of sorted distinct words: 0..=1; 0 where that is below `at_least`. 1 where one text's words are all in the other, so it is for
/// texts that leave words out, and too generous for one-word texts. Texts without words are 1 to each other and 0 to others.
#[must_use]
pub fn token_set(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    let (left, right) = (Tokens::distinct(left), Tokens::distinct(right));
    let (left, right) = (left.words(), right.words());
    if left.is_empty() || right.is_empty() {
        return or_zero(if left.len() == right.len() { 1.0 } else { 0.0 }, at_least);
    }
    let Scratch { letters, work, texts: [shared, left_only, right_only], .. } = scratch;
    [&mut *shared, left_only, right_only].into_iter().for_each(|text| text.clear());
    let in_right = |word: &&str| right.binary_search(word).is_ok();
    let in_left = |word: &&str| left.binary_search(word).is_ok();
    push(left.iter().copied().filter(in_right), shared);
    let of_shared = shared.chars().count();
    push(left.iter().copied().filter(|word| !in_right(word)), left_only);
    push(right.iter().copied().filter(|word| !in_left(word)), right_only);
    if of_shared > 0 && (left_only.is_empty() || right_only.is_empty()) {
        return 1.0;
    }
    let (of_left, of_right) = (left_only.chars().count(), right_only.chars().count());
    let best = whole(of_texts(left_only, right_only, letters, work), of_shared, of_left, of_right)
        .max(beginning(of_shared, of_left))
        .max(beginning(of_shared, of_right));
    or_zero(best, at_least)
}

/// The similarity of `shared left` and `shared right`, from that of `left` and `right`; all numbers are letters.
fn whole(inner: f64, shared: usize, left: usize, right: usize) -> f64 {
    let space = usize::from(shared > 0);
    let before = 2 * (shared + space);
    let both = left + right;
    (inner * both as f64 + before as f64) / (before + both) as f64
}

/// The similarity of the shared words and a text that begins with them.
fn beginning(shared: usize, others: usize) -> f64 {
    match shared {
        0 => 0.0,
        _ => (2 * shared) as f64 / (2 * shared + 1 + others) as f64,
    }
}

fn push<'a>(words: impl Iterator<Item = &'a str>, out: &mut String) {
    for (at, word) in words.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}
