//! Similarity by q-grams: sequences of one, two or three letters that both texts have, wherever they stand (Ukkonen 1992).

use super::overlap::{Coefficient, of_sorted};
use super::scratch::Scratch;

/// How many letters a gram has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gram {
    /// Single letters.
    One = 1,
    /// Pairs of letters.
    Two = 2,
    /// Three letters.
    Three = 3,
}

/// How much the bags of grams overlap: 0..=1. Nothing is put around a text; one that is shorter than a gram is itself its only gram.
#[must_use]
pub fn qgram(left: &str, right: &str, gram: Gram, coefficient: Coefficient, scratch: &mut Scratch) -> f64 {
    let [left_grams, right_grams] = &mut scratch.grams;
    collect(left, gram, left_grams);
    collect(right, gram, right_grams);
    of_sorted(left_grams, right_grams, coefficient)
}

/// Bits of a letter: code points end at 0x10ffff. One is added to each, so that a short text is not a longer one that begins with U+0000.
const BITS: u32 = 21;

/// The grams of `text`, packed into numbers, sorted.
fn collect(text: &str, gram: Gram, grams: &mut Vec<u64>) {
    grams.clear();
    let size = gram as usize;
    let mask = u64::MAX >> (u64::BITS - BITS * gram as u32);
    let mut window = 0;
    let mut seen = 0;
    for letter in text.chars() {
        window = (window << BITS | (u64::from(letter) + 1)) & mask;
        seen += 1;
        if seen >= size {
            grams.push(window);
        }
    }
    if (1..size).contains(&seen) {
        grams.push(window);
    }
    grams.sort_unstable();
}
