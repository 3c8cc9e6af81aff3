//! The level of agreement of a pair in one comparison.

use super::condition::{Condition, Truth};
use super::values::Values;
use crate::similarity::Scratch;

/// 0 where a value is missing, otherwise the place of the first condition that holds, from 1; the last is `else`.
pub type Level = u8;

/// The level of a pair: that of the first of `conditions` that holds. Where none does, and one of them is unknown because a value is missing,
/// the level is 0; otherwise one more than there are conditions, which stands for `else`.
#[must_use]
pub fn level(conditions: &[Condition], columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Level {
    let mut missing = false;
    for (place, condition) in (1..).zip(conditions) {
        match condition.holds(columns, a, b, scratch) {
            Truth::Yes => return place,
            Truth::Unknown => missing = true,
            Truth::No => {}
        }
    }
    match missing {
        true => 0,
        false => Level::try_from(conditions.len() + 1).expect("comparisons have few levels"),
    }
}
