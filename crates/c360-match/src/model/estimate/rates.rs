//! Probabilities of levels, and how they follow from counts.

use crate::model::number::{LARGEST, SMALLEST};
use crate::model::pattern::Counts;

/// A number for each level of each comparison: `table[comparison][level - 1]`.
pub(crate) type Table = Vec<Vec<f64>>;

/// The probabilities of each level: `m[comparison][level - 1]` among matches, `u` the same among other pairs, where nothing is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Among matches.
    pub m: Vec<Vec<f64>>,
    /// Among pairs that do not match.
    pub u: Vec<Vec<f64>>,
}

/// A number for each level, all of them 0.
pub(super) fn zeros(levels: &[usize]) -> Table {
    levels.iter().map(|&count| vec![0.0; count]).collect()
}

/// How many pairs are at each level.
pub(super) fn totals(levels: &[usize], counts: &Counts) -> Table {
    let mut sums = zeros(levels);
    for (pattern, count) in counts.iter() {
        for (comparison, sums) in sums.iter_mut().enumerate() {
            if let Some(sum) = pattern.level(comparison).checked_sub(1).and_then(|index| sums.get_mut(index)) {
                *sum += count as f64;
            }
        }
    }
    sums
}

/// Shares of what was seen, half a pair added to each level (Jeffreys' prior), so that what was never seen is rare and not impossible.
pub(super) fn smoothed(seen: &Table) -> Table {
    let of_one = |seen: &Vec<f64>| {
        let total: f64 = seen.iter().sum::<f64>() + 0.5 * seen.len() as f64;
        seen.iter().map(|seen| within((seen + 0.5) / total)).collect()
    };
    seen.iter().map(of_one).collect()
}

/// What m is before anything was seen: each level a third of the one before.
pub(super) fn expected(levels: &[usize]) -> Table {
    let of_one = |&count: &usize| {
        let shares: Vec<f64> = std::iter::successors(Some(1.0), |share| Some(share / 3.0)).take(count).collect();
        let total: f64 = shares.iter().sum();
        shares.iter().map(|share| share / total).collect()
    };
    levels.iter().map(of_one).collect()
}

/// Shares of the matches that were seen, as many as half a match a level added in the proportions of what was expected before.
pub(super) fn pulled(seen: &Table, expected: &Table) -> Table {
    let of_one = |(seen, expected): (&Vec<f64>, &Vec<f64>)| {
        let added = 0.5 * seen.len() as f64;
        let total: f64 = seen.iter().sum::<f64>() + added;
        seen.iter().zip(expected).map(|(seen, expected)| within((seen + added * expected) / total)).collect()
    };
    seen.iter().zip(expected).map(of_one).collect()
}

/// The largest difference of two tables of one shape.
pub(super) fn distance(left: &Table, right: &Table) -> f64 {
    left.iter().flatten().zip(right.iter().flatten()).map(|(left, right)| (left - right).abs()).fold(0.0, f64::max)
}

fn within(probability: f64) -> f64 {
    probability.clamp(SMALLEST, LARGEST)
}
