//! A comparison alone: nothing else shows which pairs match, so EM has nothing to learn from.

use super::Estimate;
use super::evidence::Evidence;
use super::prior;
use super::rates::{Rates, expected, smoothed, totals};
use super::warnings::{Warning, never_seen};

/// Takes all pairs that are at the first level for matches, and as many at the others as is usual beside them. What random pairs there are more is u.
pub(super) fn estimate(evidence: &Evidence<'_>) -> Estimate {
    let m = expected(evidence.levels);
    let seen = totals(evidence.levels, evidence.random).remove(0);
    // Equal pairs are few among the random ones; where all candidates were counted, these say how many there are.
    let random = seen[0] / evidence.random.total() as f64;
    let equal = evidence.candidates.map_or(random, |all| {
        let equal: u64 = all.counts.iter().filter(|(pattern, _)| pattern.level(0) == 1).map(|(_, count)| count).sum();
        equal as f64 * all.each / all.all_pairs as f64
    });
    let from_rules = evidence.deterministic.as_ref().and_then(|rules| rules.prior());
    let prior = from_rules.unwrap_or((equal / m[0][0]).min(0.5));
    let matches = prior * evidence.random.total() as f64;
    let others = seen.iter().zip(&m[0]).map(|(seen, share)| (seen - share * matches).max(0.0)).collect();
    let u = smoothed(&vec![others]);
    let mut rates = Rates { m, u };
    rates.pool();
    let mut warnings = vec![Warning::Alone];
    warnings.extend(never_seen(evidence.levels, evidence.random));
    let prior = if prior > 0.0 { prior } else { prior::UNKNOWN };
    Estimate { prior, rates, groups: Vec::new(), runs: Vec::new(), warnings }
}
