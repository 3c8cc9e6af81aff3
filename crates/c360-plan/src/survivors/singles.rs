//! Attributes of one value: which row's value survives.

use super::candidates::Candidates;
use super::choice::{Choice, First};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::array::{DynComparator, make_comparator};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::compute::SortOptions;
use datafusion::common::Result;
use std::cmp::Ordering;
use std::ops::Range;

/// The choices of one attribute over some candidates, each with the order of its ranking.
pub(super) struct Singles<'a> {
    candidates: &'a Candidates<'a>,
    choices: Vec<(&'a Choice, &'a [u32])>,
    values: Values,
}

/// How values compare with one another.
pub(super) struct Values {
    present: Option<NullBuffer>,
    array: ArrayRef,
    compare: DynComparator,
}

impl Values {
    pub(super) fn of(array: &ArrayRef) -> Result<Values> {
        Ok(Values {
            present: array.logical_nulls(),
            array: ArrayRef::clone(array),
            compare: make_comparator(array, array, SortOptions::default())?,
        })
    }

    pub(super) fn is_there(&self, place: usize) -> bool {
        self.present.as_ref().is_none_or(|there| there.is_valid(place))
    }

    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        (self.compare)(a, b)
    }

    /// `Less` where the value at `a` is better by itself.
    pub(super) fn rank(&self, first: First, a: usize, b: usize) -> Ordering {
        match first {
            First::Nothing | First::Frequent => Ordering::Equal,
            First::Smallest => self.compare(a, b),
            First::Largest => self.compare(b, a),
            First::Longest => characters(&self.array, b).cmp(&characters(&self.array, a)),
            First::Shortest => characters(&self.array, a).cmp(&characters(&self.array, b)),
        }
    }
}

/// How many characters a text has; a group as many as its parts together.
fn characters(array: &ArrayRef, place: usize) -> usize {
    if array.is_null(place) {
        return 0;
    }
    match array.as_struct_opt() {
        Some(group) => group.columns().iter().map(|part| characters(part, place)).sum(),
        None => array.as_string::<i32>().value(place).chars().count(),
    }
}

impl<'a> Singles<'a> {
    pub(super) fn new(candidates: &'a Candidates<'a>, choices: Vec<(&'a Choice, &'a [u32])>, values: &ArrayRef) -> Result<Singles<'a>> {
        Ok(Singles { candidates, choices, values: Values::of(values)? })
    }

    /// Of each object the row whose value survives.
    pub(super) fn winners(&self) -> Vec<Option<u32>> {
        let winner = |rows: &Range<usize>| self.choices.iter().find_map(|(choice, order)| self.best(choice, &order[rows.clone()]));
        self.candidates.objects.iter().map(winner).collect()
    }

    /// `rows` are those of one object, the best first.
    fn best(&self, choice: &Choice, rows: &[u32]) -> Option<u32> {
        let from = |row: u32| choice.only.is_none_or(|source| usize::from(self.candidates.sources[row as usize]) == source);
        let mut with_value = rows.iter().copied().filter(|row| self.values.is_there(*row as usize) && from(*row));
        match choice.first {
            First::Nothing => with_value.next(),
            First::Frequent => self.most_frequent(with_value.collect()),
            // Of equals the first one is the better one.
            by => with_value.min_by(|a, b| self.values.rank(by, *a as usize, *b as usize)),
        }
    }

    /// The best row with the value that most of the rows have.
    fn most_frequent(&self, rows: Vec<u32>) -> Option<u32> {
        let mut by_value: Vec<(usize, u32)> = rows.into_iter().enumerate().collect();
        by_value.sort_by(|(_, a), (_, b)| self.values.compare(*a as usize, *b as usize));
        let same = |(_, a): &(usize, u32), (_, b): &(usize, u32)| self.values.compare(*a as usize, *b as usize).is_eq();
        let best = by_value.chunk_by(same).max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b[0].0.cmp(&a[0].0)));
        best.map(|rows| rows[0].1)
    }
}
