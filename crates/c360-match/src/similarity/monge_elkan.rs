//! Monge-Elkan: the mean of each word's best match among the other text's words.
//!
//! Monge and Elkan, "The field matching problem: algorithms and applications", 1996; made symmetric by the mean of both directions, as in
//! Jimenez et al., "Generalized Mongue-Elkan method for approximate text string comparison", 2009.

use super::scratch::Scratch;
use super::tokens::Tokens;

/// A similarity of two words, 0..=1, symmetric; the `f64` is what it must reach to count, 0 for anything.
pub type WordSimilarity = fn(&str, &str, f64, &mut Scratch) -> f64;

/// The mean of both directions' means of best matches by `word`: 0..=1. Texts without words are 1 to each other and 0 to others.
#[must_use]
pub fn monge_elkan(left: &str, right: &str, word: WordSimilarity, scratch: &mut Scratch) -> f64 {
    let (left, right) = (Tokens::of(left), Tokens::of(right));
    let (left, right) = (left.words(), right.words());
    if left.is_empty() || right.is_empty() {
        return if left.len() == right.len() { 1.0 } else { 0.0 };
    }
    (mean_of_best(left, right, word, scratch) + mean_of_best(right, left, word, scratch)) / 2.0
}

fn mean_of_best(from: &[&str], to: &[&str], word: WordSimilarity, scratch: &mut Scratch) -> f64 {
    let sum: f64 = from.iter().map(|one| best(one, to, word, scratch)).sum();
    sum / from.len() as f64
}

/// The similarity of `one` to that of `others` which is nearest; what cannot be better is cut off.
pub(super) fn best(one: &str, others: &[&str], word: WordSimilarity, scratch: &mut Scratch) -> f64 {
    if others.contains(&one) {
        return 1.0;
    }
    others.iter().fold(0.0, |best: f64, other| best.max(word(one, other, best, scratch)))
}
