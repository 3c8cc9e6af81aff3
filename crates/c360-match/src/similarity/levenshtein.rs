//! Levenshtein distance: insertions, deletions and substitutions of letters (Levenshtein 1966).
//!
//! Bit-parallel, 64 letters at a time: Myers, "A fast bit-vector algorithm for approximate string matching", 1999, in the form of Hyyrö,
//! "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003. Longer patterns go strip by strip.

use super::ends::{self, Edits, bit_parallel};
use super::masks::{Symbol, WORD};
use super::scratch::{Scratch, Work};

/// How many letters must be inserted, deleted or replaced to make `right` of `left`; none where it takes more than `most`.
#[must_use]
pub fn levenshtein_distance(left: &str, right: &str, most: usize, scratch: &mut Scratch) -> Option<usize> {
    ends::distance::<Levenshtein>(left, right, most, scratch)
}

/// 1 − Levenshtein distance / letters of the longer text: 0..=1; 0 where that is below `at_least`, which saves work.
#[must_use]
pub fn levenshtein(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    ends::similarity::<Levenshtein>(left, right, at_least, scratch)
}

struct Levenshtein;

impl Edits for Levenshtein {
    fn distance<S: Symbol>(left: &[S], right: &[S], most: usize, work: &mut Work) -> Option<usize> {
        bit_parallel((left, right), most, work, in_a_word, in_strips)
    }
}

/// A pattern of 1 to 64 symbols. Gives up as soon as `most` is out of reach.
fn in_a_word<S: Symbol>(pattern: &[S], text: &[S], most: usize, work: &mut Work) -> Option<usize> {
    let masks = &mut work.masks;
    masks.enter(pattern);
    let last = pattern.len() - 1;
    let (mut plus, mut minus) = (u64::MAX, 0);
    let mut distance = pattern.len();
    let mut within = true;
    for (at, &symbol) in text.iter().enumerate() {
        let equal = masks.of(symbol);
        let diagonal = ((equal & plus).wrapping_add(plus) ^ plus) | equal | minus;
        let up = minus | !(diagonal | plus);
        let down = diagonal & plus;
        distance += (up >> last & 1) as usize;
        distance -= (down >> last & 1) as usize;
        let up = up << 1 | 1;
        plus = down << 1 | !(diagonal | up);
        minus = up & diagonal;
        // Each symbol that is left can take one off.
        within = distance <= most.saturating_add(text.len() - 1 - at);
        if !within {
            break;
        }
    }
    masks.leave(pattern);
    within.then_some(distance)
}

/// A carry's bits: the distance grows or shrinks along the lower edge of a strip.
const UP: u8 = 1;
const DOWN: u8 = 2;

/// Any pattern, in strips of 64 symbols; each takes over the lower edge of the one above.
fn in_strips<S: Symbol>(pattern: &[S], text: &[S], work: &mut Work) -> usize {
    let Work { masks, carries, .. } = work;
    carries.clear();
    carries.resize(text.len(), UP);
    for strip in pattern.chunks(WORD) {
        masks.enter(strip);
        let last = strip.len() - 1;
        let (mut plus, mut minus) = (u64::MAX, 0);
        for (&symbol, carry) in text.iter().zip(carries.iter_mut()) {
            let (up_before, down_before) = (u64::from(*carry & UP), u64::from(*carry & DOWN) >> 1);
            let equal = masks.of(symbol);
            let matching = equal | down_before;
            let diagonal = ((matching & plus).wrapping_add(plus) ^ plus) | matching | minus;
            let up = minus | !(diagonal | plus);
            let down = diagonal & plus;
            *carry = (up >> last & 1) as u8 | ((down >> last & 1) as u8) << 1;
            let up = up << 1 | up_before;
            plus = (down << 1 | down_before) | !(diagonal | up);
            minus = up & diagonal;
        }
        masks.leave(strip);
    }
    let ups = carries.iter().filter(|&&carry| carry & UP != 0).count();
    let downs = carries.iter().filter(|&&carry| carry & DOWN != 0).count();
    pattern.len() + ups - downs
}
