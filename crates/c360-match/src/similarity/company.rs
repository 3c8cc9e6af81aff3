//! Names of companies by their words: a rare word counts more, a legal form nothing.
//!
//! After the soft TF-IDF of Cohen, Ravikumar and Fienberg, "A comparison of string distance metrics for name-matching tasks", 2003: words that are
//! nearly equal count as far as they are. Here as a weighted Dice coefficient of both directions, which is symmetric.

use super::jaro::jaro_winkler;
use super::monge_elkan::best;
use super::scratch::Scratch;
use super::tokens::Tokens;
use crate::formats::{push_company, weight_of_company_word};

/// Words that are less similar than this by Jaro-Winkler have nothing in common (as in the paper).
const NEARLY_EQUAL: f64 = 0.9;

/// The weight of a word that is in `count` of `total` names: ln((1 + total) / (1 + count)) + 1, from 1 for a word of all names upward.
#[must_use]
pub fn inverse_frequency(count: u64, total: u64) -> f64 {
    ((1.0 + total as f64) / (1.0 + count.min(total) as f64)).ln() + 1.0
}

/// The weight of a word where nobody counted names: 1, of words that companies of many names have (`services`, `bank`, `group`) 0.5, of words of the
/// language (`and`, `of`) 0.25. `word` is of the comparison form.
#[must_use]
pub fn usual_weight(word: &str) -> f64 {
    weight_of_company_word(word)
}

/// How much of the weight of both names' words has a counterpart in the other name: 0..=1. Takes names as written; legal forms are left out
/// and words compared in the comparison form of `company_name`. `weight` is asked for words of that form; what is not above 0 counts nothing.
/// Names that differ only in where their words part (`Goodwill`, `Good Will`) are 1. Names without words that count are 1 if their comparison forms
/// are equal, otherwise 0.
#[must_use]
pub fn company(left: &str, right: &str, weight: impl Fn(&str) -> f64, scratch: &mut Scratch) -> f64 {
    // The words are compared in the same scratch: its texts are taken out for that long.
    let [mut ours, mut theirs, other] = std::mem::take(&mut scratch.texts);
    ours.clear();
    theirs.clear();
    push_company(left, &mut ours);
    push_company(right, &mut theirs);
    let similarity = weighted_words(&ours, &theirs, weight, scratch);
    scratch.texts = [ours, theirs, other];
    similarity
}

/// As [`company`], of texts that are comparison forms already: what a caller with many pairs has made once per value.
#[must_use]
pub fn weighted_words(left: &str, right: &str, weight: impl Fn(&str) -> f64, scratch: &mut Scratch) -> f64 {
    if !left.is_empty() && letters(left).eq(letters(right)) {
        return 1.0;
    }
    let (ours, theirs) = (Tokens::of(left), Tokens::of(right));
    let (of_left, all_left) = matched(ours.words(), theirs.words(), &weight, scratch);
    let (of_right, all_right) = matched(theirs.words(), ours.words(), &weight, scratch);
    match all_left + all_right {
        0.0 => f64::from(u8::from(left == right)),
        all => (of_left + of_right) / all,
    }
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| *byte != b' ')
}

/// The weight of the words that have a counterpart, each as far as it is equal, and the weight of all.
fn matched(words: &[&str], others: &[&str], weight: &impl Fn(&str) -> f64, scratch: &mut Scratch) -> (f64, f64) {
    let (mut found, mut all) = (0.0, 0.0);
    for word in words {
        let weight = weight(word);
        if weight > 0.0 && weight.is_finite() {
            all += weight;
            found += weight * best(word, others, nearly_equal, scratch);
        }
    }
    (found, all)
}

fn nearly_equal(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    jaro_winkler(left, right, at_least.max(NEARLY_EQUAL), scratch)
}
