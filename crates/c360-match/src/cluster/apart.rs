//! The pairs that a component must keep apart, and which of its clusters they keep apart.

use super::links::Links;
use crate::planted::planted;

/// Pairs of local numbers. A cluster conflicts with all clusters that hold the other record of one of its pairs.
#[derive(Debug)]
pub(super) struct Apart {
    /// The number of the guard.
    guard: u32,
    /// The smaller number in front, ascending.
    pairs: Vec<(u32, u32)>,
    links: Links,
}

impl Apart {
    /// Takes the pairs of a component of so many records, ascending, the smaller number in front; `None` where it has none.
    pub(super) fn new(guard: u32, records: usize, pairs: Vec<(u32, u32)>) -> Option<Apart> {
        (!pairs.is_empty()).then(|| Apart { guard, links: Links::new(records, &pairs), pairs })
    }

    /// Whether two clusters, given by roots, hold a pair between them.
    pub(super) fn separates(&self, a: u32, b: u32) -> bool {
        self.links.between(a, b) > 0
    }

    /// Makes one cluster of two; `root` is the root of both from now on.
    pub(super) fn join(&mut self, root: u32, child: u32) {
        if !planted("never-between-records-only") {
            self.links.join(root, child);
        }
    }

    /// The guard, and the first pair between two clusters that are given by roots, in their order.
    pub(super) fn evidence(&self, a: u32, b: u32, root: impl Fn(u32) -> u32) -> Option<(u32, u32, u32)> {
        let between = |&(x, y): &(u32, u32)| match (root(x), root(y)) {
            roots if roots == (a, b) => Some((self.guard, x, y)),
            roots if roots == (b, a) => Some((self.guard, y, x)),
            _ => None,
        };
        self.pairs.iter().find_map(between)
    }
}
