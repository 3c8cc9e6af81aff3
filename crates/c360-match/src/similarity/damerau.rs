//! Damerau-Levenshtein distance: insertions, deletions, substitutions, and exchanges of neighbours even where letters stood between them.
//!
//! Lowrance and Wagner, "An extension of the string-to-string correction problem", 1975, in the linear space of Zhao and Sahni, "String
//! correction using the Damerau-Levenshtein distance", 2019. A metric. It differs from `osa` only where that is above 2, so OSA's
//! bit-parallel form decides the usual pair.

use super::ends::{self, Edits};
use super::masks::Symbol;
use super::osa::Osa;
use super::scratch::{Scratch, Work};

/// How many letters must be inserted, deleted, replaced or exchanged; none where it takes more than `most`.
#[must_use]
pub fn damerau_distance(left: &str, right: &str, most: usize, scratch: &mut Scratch) -> Option<usize> {
    ends::distance::<Damerau>(left, right, most, scratch)
}

/// 1 − Damerau-Levenshtein distance / letters of the longer text: 0..=1; 0 where that is below `at_least`.
#[must_use]
pub fn damerau(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    ends::similarity::<Damerau>(left, right, at_least, scratch)
}

struct Damerau;

impl Edits for Damerau {
    fn distance<S: Symbol>(left: &[S], right: &[S], most: usize, work: &mut Work) -> Option<usize> {
        // An exchange with k letters inserted or deleted inside costs 1 + k here and at most 2 + k there: OSA is never more than double.
        let aligned = Osa::distance(left, right, most.saturating_mul(2), work)?;
        let distance = match aligned {
            0..=2 => aligned,
            _ => by_rows(left, right, work),
        };
        (distance <= most).then_some(distance)
    }
}

/// Row by row: `row` is computed from `above`, and held the row above that, which exchanges go back to.
fn by_rows<S: Symbol>(left: &[S], right: &[S], work: &mut Work) -> usize {
    let (left, right) = ends::without_common(left, right);
    let never = left.len() + right.len();
    let [row, above, begun, last_row] = &mut work.rows;
    row.clear();
    row.extend(0..=right.len());
    for buffer in [&mut *above, &mut *begun, &mut *last_row] {
        buffer.clear();
        buffer.resize(right.len() + 1, never);
    }
    for (i, &symbol) in left.iter().enumerate() {
        std::mem::swap(row, above);
        next_row((i + 1, symbol), right, Rows { row, above, begun, last_row, never });
    }
    row[right.len()]
}

struct Rows<'a> {
    row: &'a mut [usize],
    above: &'a [usize],
    /// By column: the cost before the last match of the right text's letter there.
    begun: &'a mut [usize],
    /// By column: the row of that match; `never` where there was none.
    last_row: &'a mut [usize],
    never: usize,
}

/// Computes row `i`, that of the left text's letter `symbol`.
fn next_row<S: Symbol>((i, symbol): (usize, S), right: &[S], rows: Rows<'_>) {
    let Rows { row, above, begun, last_row, never } = rows;
    let mut last_column = None;
    let mut begun_in_row = never;
    let mut two_above = row[0];
    row[0] = i;
    for (j, &other) in (1..).zip(right) {
        let mut cost = (above[j - 1] + usize::from(symbol != other)).min(row[j - 1] + 1).min(above[j] + 1);
        if symbol == other {
            last_column = Some(j);
            begun[j] = if j > 1 { above[j - 2] } else { never };
            begun_in_row = two_above;
            last_row[j] = i;
        } else if last_column == Some(j - 1) && j > 1 && last_row[j] != never {
            cost = cost.min(begun[j] + i - last_row[j]);
        } else if let Some(column) = last_column.filter(|_| last_row[j] == i - 1) {
            cost = cost.min(begun_in_row + j - column);
        }
        two_above = row[j];
        row[j] = cost;
    }
}
