//! How good a candidate is.

use super::ValueOrder;
use c360_match::planted::planted;
use std::cmp::Ordering;

/// The part of a candidate's rank that is numbers: larger wins, the first one counts most.
pub(super) type Orders = [i64; 3];

/// A candidate: its value's bytes (comparable as the values are), its orders, its record's key.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) value: &'a [u8],
    pub(super) orders: Orders,
    pub(super) key: &'a [u8],
}

/// `Greater` where `a` wins over `b`. Total: two candidates that are equal here have the same key of the same source, hence are one record.
pub(super) fn compare(a: &Candidate<'_>, b: &Candidate<'_>, by: ValueOrder) -> Ordering {
    let value = match by {
        ValueOrder::Ignored => Ordering::Equal,
        ValueOrder::Smallest => b.value.cmp(a.value),
        ValueOrder::Largest => a.value.cmp(b.value),
        ValueOrder::Longest => characters(a.value).cmp(&characters(b.value)),
        ValueOrder::Shortest => characters(b.value).cmp(&characters(a.value)),
    };
    value.then_with(|| a.orders.cmp(&b.orders)).then_with(|| if planted("tie-by-arrival") { Ordering::Equal } else { b.key.cmp(a.key) })
}

/// Characters of a text: bytes that do not continue one.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
