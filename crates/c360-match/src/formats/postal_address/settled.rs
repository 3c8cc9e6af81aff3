//! Whether an address that was read has to be read again: a street that is cut off its town can turn out to hold a number. Reads none itself.

use super::clean::{compose, is_placeholder};
use super::{CITY, STATE, STREET, UNIT, number};
use crate::formats::latin;

/// Whether reading what was found once more can find more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Settled,
    Open,
}

/// Composes what was written, and says whether to read it again.
pub(super) fn settle(out: &mut [String]) -> Reading {
    out.iter_mut().for_each(compose);
    let settled = [STREET, CITY, STATE].iter().all(|part| words_stay(&out[*part])) && out[UNIT].is_empty();
    if settled { Reading::Settled } else { Reading::Open }
}

/// Plain words read the same again: no digits that could be a number or a code, no signs that could part them.
pub(super) fn words_stay(text: &str) -> bool {
    text.is_empty() || (are_plain(text) && !is_placeholder(text))
}

fn are_plain(text: &str) -> bool {
    let plain = |word: &str| word.chars().all(char::is_alphabetic) || number::is_ordinal(word);
    latin::is_words(text) || text.split(' ').all(plain)
}
