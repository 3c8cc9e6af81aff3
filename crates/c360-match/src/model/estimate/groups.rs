//! Groups whose members share some comparisons without being the same: families, arcades of shops, branches of a brand.
//!
//! u takes comparisons to be independent, and random pairs hardly ever show that they are not. Among candidates it shows: more pairs agree in just
//! these comparisons, and are strangers in all others, than matches and chance together explain. This is a latent class model (Lazarsfeld and
//! Henry, "Latent structure analysis", 1968): members of a group agree like matches in what the group shares, and like any two records elsewhere.
//! The probabilities of all classes are known by then, so that EM has to find their sizes only.

use super::evidence::{Candidates, Evidence};
use super::rates::Rates;
use crate::model::number::SMALLEST;
use crate::model::parts::Group;

/// What tells members of a group apart must be more than one comparison: that pairs differ in a single one is what its m says.
const APART: usize = 2;
/// Comparisons tell something if a match shows so many bits on average; others look alike among matches and groups.
const TELLING: f64 = 0.5;
/// Of more comparisons than this only up to `FEW` are taken to be shared, to keep the number of classes down.
const MANY: usize = 10;
const FEW: usize = 3;
/// Groups of fewer pairs, by matches, are left out: mistakes that come together look the same.
const LEAST: f64 = 0.01;
/// The same for what some members of a group that was found share besides: a mailbox of a family. That they are a group is known by then.
const LEAST_WITHIN: f64 = 0.005;
/// EM ends after so many rounds, or when no class changes by more than this part of the matches.
const ROUNDS: usize = 200;
const SETTLED: f64 = 1e-4;
/// Classes that come to nothing are dropped every so many rounds, twice at least.
const DROPPED: usize = 10;

/// How many matches and members of groups there are among all pairs.
pub(super) struct Found {
    /// The share of matches.
    pub(super) prior: f64,
    /// The largest group first.
    pub(super) groups: Vec<Group>,
}

/// Looks for groups among the candidates, from a first guess of the prior on; nothing if there are no candidates, or none that match.
pub(super) fn of(evidence: &Evidence<'_>, rates: &Rates, prior: f64) -> Option<Found> {
    let candidates = evidence.candidates.filter(|candidates| candidates.counts.total() > 0)?;
    let all = candidates.all_pairs as f64;
    let seen = seen(&candidates, rates);
    let matches = prior * all;
    let mut sizes = Sizes { matches, groups: shareable(evidence, rates).into_iter().map(|shared| (shared, LEAST * matches)).collect() };
    for round in 1..=ROUNDS {
        let next = sizes.expected(&seen, all);
        let settled = next.distance(&sizes) < SETTLED * next.matches;
        sizes = next;
        if round % DROPPED == 0 || round == ROUNDS {
            sizes.drop_few();
        }
        if settled && round > 2 * DROPPED {
            break;
        }
    }
    sizes.groups.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    let share = |pairs: f64| (pairs / all).clamp(SMALLEST, 0.5);
    let groups = sizes.groups.iter().map(|(shared, pairs)| Group { shared: shared.clone(), prior: share(*pairs) }).collect();
    (sizes.matches > 0.0).then(|| Found { prior: share(sizes.matches), groups })
}

/// What groups may share: any comparisons but those that each has for itself, as long as enough are left that tell members apart.
fn shareable(evidence: &Evidence<'_>, rates: &Rates) -> Vec<Vec<usize>> {
    let comparisons = evidence.levels.len();
    let free: Vec<usize> = (0..comparisons).filter(|comparison| !evidence.own.contains(comparison)).collect();
    let most = if free.len() > MANY { FEW } else { comparisons };
    let shared =
        |subset: u32| -> Vec<usize> { (0..free.len()).filter(|place| subset >> place & 1 == 1).map(|place| free[place]).collect() };
    let telling: Vec<usize> = (0..comparisons).filter(|at| told(&rates.m[*at], &rates.u[*at]) >= TELLING).collect();
    let apart = |shared: &Vec<usize>| telling.iter().filter(|comparison| !shared.contains(comparison)).count() >= APART;
    let subsets = (1..1_u32 << free.len()).filter(|subset| subset.count_ones() as usize <= most);
    subsets.map(shared).filter(apart).collect()
}

/// The weight that a match has on average: the divergence of m from u, in bits (Kullback and Leibler 1951).
fn told(m: &[f64], u: &[f64]) -> f64 {
    m.iter().zip(u).map(|(m, u)| m * (m / u).log2()).sum()
}

/// A pattern of candidates.
struct Seen {
    /// m / u of its level in each comparison, 1 where something is missing.
    ratios: Vec<f64>,
    /// How many pairs have it.
    pairs: f64,
}

fn seen(candidates: &Candidates<'_>, rates: &Rates) -> Vec<Seen> {
    let ratio = |comparison: usize, level: usize| {
        let known = level.checked_sub(1).and_then(|index| Some(rates.m[comparison].get(index)? / rates.u[comparison].get(index)?));
        known.unwrap_or(1.0)
    };
    let patterns = candidates.counts.iter().map(|(pattern, count)| Seen {
        ratios: (0..rates.m.len()).map(|comparison| ratio(comparison, pattern.level(comparison))).collect(),
        pairs: count as f64 * candidates.each,
    });
    patterns.collect()
}

/// How many pairs there are of each class; all others are unrelated.
struct Sizes {
    matches: f64,
    /// By what they share.
    groups: Vec<(Vec<usize>, f64)>,
}

impl Sizes {
    /// Divides the pairs among the classes by their probabilities.
    fn expected(&self, seen: &[Seen], all: f64) -> Sizes {
        let unrelated = (all - self.matches - self.groups.iter().map(|(_, pairs)| pairs).sum::<f64>()).max(1.0);
        let mut next = Sizes { matches: 0.0, groups: self.groups.iter().map(|(shared, _)| (shared.clone(), 0.0)).collect() };
        let mut of_groups = vec![0.0; self.groups.len()];
        for pattern in seen {
            // By how much likelier than an unrelated pair.
            let of_match = self.matches * pattern.ratios.iter().product::<f64>();
            for ((shared, pairs), likely) in self.groups.iter().zip(&mut of_groups) {
                *likely = pairs * shared.iter().map(|comparison| pattern.ratios[*comparison]).product::<f64>();
            }
            let part = pattern.pairs / (unrelated + of_match + of_groups.iter().sum::<f64>());
            next.matches += part * of_match;
            next.groups.iter_mut().zip(&of_groups).for_each(|((_, pairs), likely)| *pairs += part * likely);
        }
        next
    }

    /// Drops classes that come to nothing.
    fn drop_few(&mut self) {
        let large: Vec<Vec<usize>> =
            self.groups.iter().filter(|(_, pairs)| *pairs >= LEAST * self.matches).map(|(shared, _)| shared.clone()).collect();
        let is_within =
            |shared: &[usize]| large.iter().any(|of| of.len() < shared.len() && of.iter().all(|comparison| shared.contains(comparison)));
        let matches = self.matches;
        self.groups.retain(|(shared, pairs)| *pairs >= matches * if is_within(shared) { LEAST_WITHIN } else { LEAST });
    }

    fn distance(&self, other: &Sizes) -> f64 {
        let groups = self.groups.iter().zip(&other.groups).map(|(left, right)| (left.1 - right.1).abs());
        (self.matches - other.matches).abs() + groups.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_enough_within_a_group_that_was_found() {
        let groups = vec![(vec![1, 3], 900.0), (vec![1, 3, 5], 6.0), (vec![1, 3, 4], 4.0), (vec![2, 5], 6.0)];
        let mut sizes = Sizes { matches: 1000.0, groups };
        sizes.drop_few();
        assert_eq!(sizes.groups, [(vec![1, 3], 900.0), (vec![1, 3, 5], 6.0)]);
    }
}
