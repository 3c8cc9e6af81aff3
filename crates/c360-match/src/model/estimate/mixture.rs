//! Expectation maximisation over patterns: pairs are a mixture of matches and others, levels are independent within each.
//!
//! Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977; for record linkage Winkler, "Using the EM
//! algorithm for weight computation in the Fellegi-Sunter model of record linkage", 1988. What is missing is left out of a pair's likelihood.

use super::Run;
use super::rates::{Rates, Table, distance, zeros};
use crate::model::pattern::Counts;

const ITERATIONS: usize = 200;
/// EM has come to rest when no probability changes more than this,
const CHANGE: f64 = 1e-5;
/// and the share of matches no more than this part of itself: it may be far smaller than any change above.
const SHARE_CHANGE: f64 = 1e-4;

/// Pairs of which a share are matches.
#[derive(Clone, Debug)]
pub(super) struct Mixture {
    pub(super) share: f64,
    pub(super) rates: Rates,
}

/// What EM may change besides the share of matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Learn {
    M,
    MAndU,
}

/// What EM found.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) mixture: Mixture,
    /// Expected matches at each level, in all comparisons.
    pub(super) matches: Table,
    pub(super) run: Run,
}

/// Expected pairs at each level, and what else a look at all pairs gives.
pub(super) struct Expected {
    pub(super) matches: Table,
    pub(super) others: Table,
    pub(super) share: f64,
    likelihood: f64,
}

/// Fits a mixture to pairs, from `start` on. Comparisons that are not `compared` are left alone and say nothing of a pair.
pub(super) fn fit(counts: &Counts, start: Mixture, compared: &[bool], learn: Learn) -> Fit {
    let mut mixture = start;
    let mut likelihood = Vec::new();
    let mut converged = counts.is_empty();
    while !converged && likelihood.len() < ITERATIONS {
        let expected = expect(counts, &mixture, compared);
        likelihood.push(expected.likelihood);
        let next = maximise(&expected, &mixture, compared, learn);
        let changed = distance(&next.rates.m, &mixture.rates.m).max(distance(&next.rates.u, &mixture.rates.u));
        converged = changed < CHANGE && (next.share - mixture.share).abs() <= SHARE_CHANGE * mixture.share;
        mixture = next;
    }
    let expected = expect(counts, &mixture, compared);
    let (pairs, found) = (counts.total(), expected.share * counts.total() as f64);
    Fit { mixture, matches: expected.matches, run: Run { likelihood, converged, matches: found, pairs } }
}

/// Divides pairs among matches and others by their probabilities.
pub(super) fn expect(counts: &Counts, mixture: &Mixture, compared: &[bool]) -> Expected {
    let levels: Vec<usize> = mixture.rates.m.iter().map(Vec::len).collect();
    let (mut matches, mut others) = (zeros(&levels), zeros(&levels));
    let (mut sum, mut likelihood) = (0.0, 0.0);
    for (pattern, count) in counts.iter() {
        let at = |comparison: usize| pattern.level(comparison).checked_sub(1).filter(|&index| index < levels[comparison]);
        let (mut of_match, mut of_other) = (mixture.share, 1.0 - mixture.share);
        for comparison in (0..levels.len()).filter(|&comparison| compared[comparison]) {
            if let Some(index) = at(comparison) {
                of_match *= mixture.rates.m[comparison][index];
                of_other *= mixture.rates.u[comparison][index];
            }
        }
        let (count, both) = (count as f64, of_match + of_other);
        // Both are 0 only where learnt probabilities became 0 in the meantime: such pairs are as likely as not.
        let matching = if both > 0.0 { count * of_match / both } else { count / 2.0 };
        sum += matching;
        likelihood += count * both.max(f64::MIN_POSITIVE).ln();
        for comparison in 0..levels.len() {
            if let Some(index) = at(comparison) {
                matches[comparison][index] += matching;
                others[comparison][index] += count - matching;
            }
        }
    }
    Expected { matches, others, share: sum / (counts.total() as f64).max(1.0), likelihood }
}

/// The probabilities that make the expected pairs most likely.
fn maximise(expected: &Expected, before: &Mixture, compared: &[bool], learn: Learn) -> Mixture {
    let m = shares(&expected.matches, &before.rates.m, compared);
    let u = match learn {
        Learn::M => before.rates.u.clone(),
        Learn::MAndU => shares(&expected.others, &before.rates.u, compared),
    };
    Mixture { share: expected.share, rates: Rates { m, u } }
}

fn shares(expected: &Table, before: &Table, compared: &[bool]) -> Table {
    let of_one = |comparison: usize| {
        let total: f64 = expected[comparison].iter().sum();
        match compared[comparison] && total > 0.0 {
            true => expected[comparison].iter().map(|pairs| pairs / total).collect(),
            false => before[comparison].clone(),
        }
    };
    (0..expected.len()).map(of_one).collect()
}
