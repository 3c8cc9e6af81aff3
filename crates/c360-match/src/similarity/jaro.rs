//! Jaro and Jaro-Winkler similarity: shared letters that stand near each other, and in the same order.
//!
//! Jaro, "Advances in record-linkage methodology", 1989; Winkler, "String comparator metrics", 1990: four letters of common beginning at most,
//! a tenth each, where Jaro is above 0.7. Texts of up to 64 letters are compared with bit masks.

use super::ends::or_zero;
use super::masks::{Masks, Symbol, WORD};
use super::scratch::{Scratch, Work, are_ascii};

/// Jaro similarity: 0..=1; 0 where that is below `at_least`, which saves work.
#[must_use]
pub fn jaro(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    if are_ascii(left, right) {
        return or_zero(of_symbols(left.as_bytes(), right.as_bytes(), at_least, &mut scratch.work), at_least);
    }
    let (left, right) = scratch.letters.of(left, right);
    or_zero(of_symbols(left, right, at_least, &mut scratch.work), at_least)
}

/// Jaro-Winkler similarity: 0..=1; 0 where that is below `at_least`, which saves work.
#[must_use]
pub fn jaro_winkler(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    if are_ascii(left, right) {
        return winkler(left.as_bytes(), right.as_bytes(), at_least, &mut scratch.work);
    }
    let (left, right) = scratch.letters.of(left, right);
    winkler(left, right, at_least, &mut scratch.work)
}

/// What Winkler's bonus for a common beginning needs.
const BONUS_ABOVE: f64 = 0.7;

fn winkler<S: Symbol>(left: &[S], right: &[S], at_least: f64, work: &mut Work) -> f64 {
    let beginning = left.iter().zip(right).take(4).take_while(|(left, right)| left == right).count();
    let bonus = beginning as f64 / 10.0;
    // What Jaro must reach so that the bonus can lead to `at_least`; a little less, for the sake of rounding.
    let needed = if at_least > BONUS_ABOVE { ((at_least - bonus) / (1.0 - bonus) - 1e-9).max(BONUS_ABOVE) } else { at_least };
    let jaro = of_symbols(left, right, needed, work);
    let similarity = if jaro > BONUS_ABOVE { jaro + bonus * (1.0 - jaro) } else { jaro };
    or_zero(similarity, at_least)
}

/// Exact where it is at least `at_least`; otherwise 0 or exact.
fn of_symbols<S: Symbol>(left: &[S], right: &[S], at_least: f64, work: &mut Work) -> f64 {
    if left.is_empty() || right.is_empty() {
        return if left.len() == right.len() { 1.0 } else { 0.0 };
    }
    // The shorter text is the pattern: its letters are the bits.
    let (pattern, text) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if score(pattern.len(), 0, pattern.len(), text.len()) < at_least {
        return 0.0;
    }
    // Letters count as shared up to this far apart.
    let reach = (text.len() / 2).saturating_sub(1);
    match text.len() {
        0..=WORD => in_words(pattern, text, reach, at_least, work),
        _ => by_flags(pattern, text, reach, work),
    }
}

fn score(shared: usize, exchanged: usize, pattern: usize, text: usize) -> f64 {
    if shared == 0 {
        return 0.0;
    }
    let part = |of: usize| shared as f64 / of as f64;
    (part(pattern) + part(text) + (shared - exchanged / 2) as f64 / shared as f64) / 3.0
}

/// Both texts have at most 64 letters.
fn in_words<S: Symbol>(pattern: &[S], text: &[S], reach: usize, at_least: f64, work: &mut Work) -> f64 {
    let masks = &mut work.masks;
    masks.enter(pattern);
    let (mut in_pattern, mut in_text) = (0_u64, 0_u64);
    let mut near = (1_u64 << reach << 1).wrapping_sub(1);
    for (at, &symbol) in text.iter().enumerate() {
        let free = masks.of(symbol) & near & !in_pattern;
        in_pattern |= free & free.wrapping_neg();
        in_text |= u64::from(free != 0) << at;
        near = near << 1 | u64::from(at < reach);
    }
    let shared = in_text.count_ones() as usize;
    let exchanged = match score(shared, 0, pattern.len(), text.len()) < at_least {
        true => 2 * shared,
        false => out_of_order(text, in_pattern, in_text, masks),
    };
    masks.leave(pattern);
    score(shared, exchanged, pattern.len(), text.len())
}

/// How many shared letters have another one at their place among the other text's.
fn out_of_order<S: Symbol>(text: &[S], mut in_pattern: u64, mut in_text: u64, masks: &Masks) -> usize {
    let mut count = 0;
    while in_text != 0 {
        let here = in_pattern & in_pattern.wrapping_neg();
        let symbol = text[in_text.trailing_zeros() as usize];
        count += usize::from(masks.of(symbol) & here == 0);
        in_pattern ^= here;
        in_text &= in_text - 1;
    }
    count
}

/// Texts of any length.
fn by_flags<S: Symbol>(pattern: &[S], text: &[S], reach: usize, work: &mut Work) -> f64 {
    let [in_pattern, in_text] = &mut work.flags;
    for (flags, length) in [(&mut *in_pattern, pattern.len()), (&mut *in_text, text.len())] {
        flags.clear();
        flags.resize(length, false);
    }
    for (at, symbol) in text.iter().enumerate() {
        let from = at.saturating_sub(reach).min(pattern.len());
        let to = (at + reach + 1).min(pattern.len());
        if let Some(found) = (from..to).find(|&place| !in_pattern[place] && pattern[place] == *symbol) {
            in_pattern[found] = true;
            in_text[at] = true;
        }
    }
    let shared = in_text.iter().filter(|&&flag| flag).count();
    let of_pattern = pattern.iter().zip(in_pattern.iter()).filter(|(_, flag)| **flag);
    let of_text = text.iter().zip(in_text.iter()).filter(|(_, flag)| **flag);
    let exchanged = of_pattern.zip(of_text).filter(|((left, _), (right, _))| left != right).count();
    score(shared, exchanged, pattern.len(), text.len())
}
