//! Pairs that wait to be compared, with the cells of their values.
//!
//! Records of a pair stand anywhere in memory. Cells of many pairs are fetched in one go, so that the processor waits for several at once.

use super::values::{Cell, Values};

/// Pairs whose cells fit into the nearest cache, with what else is needed.
const PAIRS: usize = 128;

/// Some pairs, and the cells of both records in each column.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pairs: Vec<(u32, u32)>,
    cells: Vec<[Cell; 2]>,
}

/// A pair of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) a: u32,
    pub(super) b: u32,
    /// By column.
    pub(super) cells: &'a [[Cell; 2]],
}

impl Batch {
    /// Takes up a pair; all that wait are compared when they are enough.
    #[inline]
    pub(super) fn push(&mut self, a: u32, b: u32, columns: &[Values], compare: impl FnMut(Pair)) {
        self.pairs.push((a, b));
        if self.pairs.len() == PAIRS {
            self.drain(columns, compare);
        }
    }

    /// Compares all pairs that wait, in their order.
    pub(super) fn drain(&mut self, columns: &[Values], mut compare: impl FnMut(Pair)) {
        self.cells.clear();
        for (a, b) in &self.pairs {
            self.cells.extend(columns.iter().map(|values| [values.cell(*a), values.cell(*b)]));
        }
        for (place, (a, b)) in self.pairs.drain(..).enumerate() {
            compare(Pair { a, b, cells: &self.cells[place * columns.len()..][..columns.len()] });
        }
    }
}
