//! Longest common subsequence, and the similarity by insertions and deletions alone (indel) that the token ratios are made of.
//!
//! Bit-parallel: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004; longer patterns strip by strip.

use super::ends::{or_zero, without_common};
use super::masks::{Symbol, WORD};
use super::scratch::{Letters, Scratch, Work, are_ascii};

/// 2 · longest common subsequence / letters of both: 0..=1, what RapidFuzz calls `ratio`; 0 where that is below `at_least`.
#[must_use]
pub fn indel(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    or_zero(of_texts(left, right, &mut scratch.letters, &mut scratch.work), at_least)
}

pub(super) fn of_texts(left: &str, right: &str, letters: &mut Letters, work: &mut Work) -> f64 {
    if are_ascii(left, right) {
        return similarity(left.as_bytes(), right.as_bytes(), work);
    }
    let (left, right) = letters.of(left, right);
    similarity(left, right, work)
}

fn similarity<S: Symbol>(left: &[S], right: &[S], work: &mut Work) -> f64 {
    match left.len() + right.len() {
        0 => 1.0,
        both => (2 * length(left, right, work)) as f64 / both as f64,
    }
}

/// How many letters the longest common subsequence has.
fn length<S: Symbol>(left: &[S], right: &[S], work: &mut Work) -> usize {
    let all = left.len();
    let (left, right) = without_common(left, right);
    let common = all - left.len();
    let (pattern, text) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let Work { masks, carries, .. } = work;
    carries.clear();
    carries.resize(text.len(), 0);
    let mut inner = 0;
    for strip in pattern.chunks(WORD) {
        masks.enter(strip);
        // A zero bit is a letter of the pattern that lengthens the subsequence.
        let mut open = u64::MAX;
        for (&symbol, carry) in text.iter().zip(carries.iter_mut()) {
            let matching = open & masks.of(symbol);
            let (sum, over) = open.overflowing_add(matching);
            let (sum, over_by_carry) = sum.overflowing_add(u64::from(*carry));
            *carry = u8::from(over || over_by_carry);
            open = sum | (open - matching);
        }
        masks.leave(strip);
        inner += (!open & (u64::MAX >> (WORD - strip.len()))).count_ones() as usize;
    }
    common + inner
}
