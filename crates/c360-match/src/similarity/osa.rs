//! Optimal string alignment: Levenshtein's edits and exchanges of neighbouring letters, where no part of a text is edited twice.
//!
//! Bit-parallel: Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003; longer patterns strip by strip.
//! No metric (CA → AC → ABC costs 3, not 2): see `damerau` for the distance that is one.

use super::ends::{self, Edits, bit_parallel};
use super::masks::{Symbol, WORD};
use super::scratch::{Scratch, Work};

/// How many letters must be inserted, deleted, replaced or exchanged with their neighbour; none where it takes more than `most`.
#[must_use]
pub fn osa_distance(left: &str, right: &str, most: usize, scratch: &mut Scratch) -> Option<usize> {
    ends::distance::<Osa>(left, right, most, scratch)
}

/// 1 − OSA distance / letters of the longer text: 0..=1; 0 where that is below `at_least`.
#[must_use]
pub fn osa(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    ends::similarity::<Osa>(left, right, at_least, scratch)
}

pub(super) struct Osa;

impl Edits for Osa {
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
    let (mut diagonal, mut equal_before) = (0_u64, 0);
    let mut distance = pattern.len();
    let mut within = true;
    for (at, &symbol) in text.iter().enumerate() {
        let equal = masks.of(symbol);
        let exchanged = (!diagonal & equal) << 1 & equal_before;
        diagonal = ((equal & plus).wrapping_add(plus) ^ plus) | equal | minus | exchanged;
        let up = minus | !(diagonal | plus);
        let down = diagonal & plus;
        distance += (up >> last & 1) as usize;
        distance -= (down >> last & 1) as usize;
        let up = up << 1 | 1;
        plus = down << 1 | !(diagonal | up);
        minus = up & diagonal;
        equal_before = equal;
        // Each symbol that is left can take one off.
        within = distance <= most.saturating_add(text.len() - 1 - at);
        if !within {
            break;
        }
    }
    masks.leave(pattern);
    within.then_some(distance)
}

/// A carry's bits: the distance grows or shrinks along the lower edge of a strip; an exchange may begin there.
const UP: u8 = 1;
const DOWN: u8 = 2;
const EXCHANGE: u8 = 4;

/// Any pattern, in strips of 64 symbols; each takes over the lower edge of the one above.
fn in_strips<S: Symbol>(pattern: &[S], text: &[S], work: &mut Work) -> usize {
    let Work { masks, carries, .. } = work;
    carries.clear();
    carries.resize(text.len(), UP);
    for strip in pattern.chunks(WORD) {
        masks.enter(strip);
        let last = strip.len() - 1;
        let (mut plus, mut minus) = (u64::MAX, 0);
        let (mut diagonal, mut equal_before) = (0_u64, 0);
        for (&symbol, carry) in text.iter().zip(carries.iter_mut()) {
            let (up_before, down_before) = (u64::from(*carry & UP), u64::from(*carry & DOWN) >> 1);
            let equal = masks.of(symbol);
            let begun = !diagonal & equal;
            let exchanged = (begun << 1 | u64::from(*carry & EXCHANGE) >> 2) & equal_before;
            let matching = equal | down_before;
            diagonal = ((matching & plus).wrapping_add(plus) ^ plus) | matching | minus | exchanged;
            let up = minus | !(diagonal | plus);
            let down = diagonal & plus;
            *carry = (up >> last & 1) as u8 | ((down >> last & 1) as u8) << 1 | ((begun >> last & 1) as u8) << 2;
            let up = up << 1 | up_before;
            plus = (down << 1 | down_before) | !(diagonal | up);
            minus = up & diagonal;
            equal_before = equal;
        }
        masks.leave(strip);
    }
    let ups = carries.iter().filter(|&&carry| carry & UP != 0).count();
    let downs = carries.iter().filter(|&&carry| carry & DOWN != 0).count();
    pattern.len() + ups - downs
}
