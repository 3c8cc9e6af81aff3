//! Expectation maximisation over patterns: pairs are a mixture of matches, members of groups and others, levels are independent within each.
//!
//! Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977; for record linkage Winkler, "Using the EM
//! algorithm for weight computation in the Fellegi-Sunter model of record linkage", 1988. What is missing is left out of a pair's likelihood.

use super::Run;
use super::rates::{Rates, Table, distance, zeros};
use crate::model::pattern::{Counts, Pattern};

const ITERATIONS: usize = 200;
/// EM has come to rest when no probability changes more than this,
const CHANGE: f64 = 1e-5;
/// and the share of matches no more than this part of itself: it may be far smaller than any change above.
const SHARE_CHANGE: f64 = 1e-4;

/// Pairs of which a share are matches.
#[derive(Clone, Debug)]
pub(super) struct Mixture {
    pub(super) share: f64,
    pub(super) groups: Vec<Sharing>,
    pub(super) rates: Rates,
}

/// Pairs that agree like matches in some comparisons and like others in the rest.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    /// Whether they share what this comparison compares.
    pub(super) shared: Vec<bool>,
    /// How many of all pairs are such.
    pub(super) share: f64,
}

impl Mixture {
    /// Matches and others, no groups.
    pub(super) fn of_two(share: f64, rates: Rates) -> Mixture {
        Mixture { share, groups: Vec::new(), rates }
    }

    /// The probability of a pattern together with each class: a match, neither that nor in a group, and for `of_groups`, in each group.
    fn classes(&self, pattern: Pattern, compared: &[bool], of_groups: &mut [f64]) -> (f64, f64) {
        let mut of_match = self.share;
        let mut of_other = (1.0 - self.share - self.groups.iter().map(|group| group.share).sum::<f64>()).max(0.0);
        of_groups.iter_mut().zip(&self.groups).for_each(|(of_group, group)| *of_group = group.share);
        for comparison in (0..compared.len()).filter(|&comparison| compared[comparison]) {
            let Some(index) = self.rates.index(pattern, comparison) else { continue };
            let (matching, other) = (self.rates.m[comparison][index], self.rates.u[comparison][index]);
            of_match *= matching;
            of_other *= other;
            let likely = |group: &Sharing| if group.shared[comparison] { matching } else { other };
            of_groups.iter_mut().zip(&self.groups).for_each(|(of_group, group)| *of_group *= likely(group));
        }
        (of_match, of_other)
    }
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
    groups: Vec<f64>,
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

/// Divides pairs among matches, groups and others by their probabilities.
pub(super) fn expect(counts: &Counts, mixture: &Mixture, compared: &[bool]) -> Expected {
    let levels: Vec<usize> = mixture.rates.m.iter().map(Vec::len).collect();
    let (mut matches, mut others) = (zeros(&levels), zeros(&levels));
    let (mut sum, mut likelihood) = (0.0, 0.0);
    let mut of_groups = vec![0.0; mixture.groups.len()];
    let mut sums = of_groups.clone();
    for (pattern, count) in counts.iter() {
        let (of_match, of_other) = mixture.classes(pattern, compared, &mut of_groups);
        let (count, all) = (count as f64, of_match + of_other + of_groups.iter().sum::<f64>());
        // All are 0 only where learnt probabilities became 0 in the meantime: such pairs are as likely as not.
        let matching = if all > 0.0 { count * of_match / all } else { count / 2.0 };
        sum += matching;
        if all > 0.0 {
            sums.iter_mut().zip(&of_groups).for_each(|(sum, of_group)| *sum += count * of_group / all);
        }
        likelihood += count * all.max(f64::MIN_POSITIVE).ln();
        for comparison in 0..levels.len() {
            if let Some(index) = mixture.rates.index(pattern, comparison) {
                matches[comparison][index] += matching;
                others[comparison][index] += count - matching;
            }
        }
    }
    let total = (counts.total() as f64).max(1.0);
    Expected { matches, others, share: sum / total, groups: sums.into_iter().map(|sum| sum / total).collect(), likelihood }
}

/// The probabilities that make the expected pairs most likely.
fn maximise(expected: &Expected, before: &Mixture, compared: &[bool], learn: Learn) -> Mixture {
    let m = shares(&expected.matches, &before.rates.m, compared);
    let u = match learn {
        Learn::M => before.rates.u.clone(),
        Learn::MAndU => shares(&expected.others, &before.rates.u, compared),
    };
    let groups = before.groups.iter().zip(&expected.groups).map(|(group, &share)| Sharing { share, ..group.clone() }).collect();
    Mixture { share: expected.share, groups, rates: Rates { m, u } }
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
