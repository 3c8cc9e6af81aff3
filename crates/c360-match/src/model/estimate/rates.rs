//! Probabilities of levels, and how they follow from counts.

use crate::model::number::{LARGEST, SMALLEST};
use crate::model::pattern::{Counts, Pattern};

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

impl Rates {
    /// Where a pattern's level of a comparison stands in the tables; nothing where a value is missing.
    pub(super) fn index(&self, pattern: Pattern, comparison: usize) -> Option<usize> {
        pattern.level(comparison).checked_sub(1).filter(|&index| index < self.m[comparison].len())
    }

    /// Gives neighbouring levels of which the weaker one speaks more for a match one weight, that of both together: a level that is rare
    /// has m and u of a few pairs, and agreeing less must not count for more (pool adjacent violators; Barlow, Bartholomew, Bremner and Brunk 1972).
    pub(super) fn pool(&mut self) {
        for (m, u) in self.m.iter_mut().zip(&self.u) {
            let mut pools: Vec<(f64, f64, usize)> = Vec::new();
            for (&matching, &other) in m.iter().zip(u) {
                pools.push((matching, other, 1));
                while let [.., stronger, weaker] = pools[..]
                    && weaker.0 * stronger.1 > stronger.0 * weaker.1
                {
                    pools.truncate(pools.len() - 2);
                    pools.push((stronger.0 + weaker.0, stronger.1 + weaker.1, stronger.2 + weaker.2));
                }
            }
            let ratios = pools.into_iter().flat_map(|(matching, other, count)| std::iter::repeat_n(matching / other, count));
            m.iter_mut().zip(u).zip(ratios).for_each(|((m, u), ratio)| *m = within(u * ratio));
        }
    }
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

/// So many of the matches are taken to be at any level, whatever was seen. Blocks show matches that agree; those that do not are what they miss, and
/// without this a level that no block shows would be proof against a match.
const UNSEEN: f64 = 0.02;

/// Shares of the matches that were seen, as many as half a match a level added in the proportions of what was expected before, and some
/// that could be anywhere.
pub(super) fn pulled(seen: &Table, expected: &Table) -> Table {
    let of_one = |(seen, expected): (&Vec<f64>, &Vec<f64>)| {
        let added = 0.5 * seen.len() as f64;
        let total: f64 = seen.iter().sum::<f64>() + added;
        let anywhere = UNSEEN / seen.len() as f64;
        let share = |(seen, expected): (&f64, &f64)| within((1.0 - UNSEEN) * (seen + added * expected) / total + anywhere);
        seen.iter().zip(expected).map(share).collect()
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
