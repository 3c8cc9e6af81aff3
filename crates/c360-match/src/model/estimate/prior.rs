//! The prior of all pairs: from all candidates, or from the share of matches in a block, and back.
//!
//! Pairs of a block agree in what the block holds constant. Agreement there has moved the odds by m / u, which is taken back (or added).

use super::evidence::{Block, Candidates};
use super::mixture::{Fit, Mixture, expect};
use super::rates::Rates;
use crate::model::parts::Group;

/// The prior where nothing says what it is.
pub(super) const UNKNOWN: f64 = 1e-4;

/// The share of matches that a block of pairs has if this is the prior.
pub(super) fn in_block(prior: f64, block: &Block, rates: &Rates) -> f64 {
    chance(odds(prior) + evidence(block, rates, |_| true))
}

/// The share of a group's members that a block of pairs has: agreement in what they do not share is chance for them, too.
pub(super) fn of_group_in_block(group: &Group, block: &Block, rates: &Rates) -> f64 {
    chance(odds(group.prior) + evidence(block, rates, |comparison| group.shared.contains(&comparison)))
}

/// The prior that follows from blocks, an average of their odds, weighted by expected matches; nothing if no block has any.
pub(super) fn from_blocks(blocks: &[Block], fits: &[Fit], rates: &Rates) -> Option<f64> {
    let known = blocks.iter().zip(fits).filter(|(_, fit)| fit.run.matches > 0.0 && fit.mixture.share < 1.0);
    let (sum, matches) = known.fold((0.0, 0.0), |(sum, matches), (block, fit)| {
        let odds = odds(fit.mixture.share) - evidence(block, rates, |_| true);
        (sum + fit.run.matches * odds, matches + fit.run.matches)
    });
    (matches > 0.0).then(|| chance(sum / matches).clamp(1e-12, 0.5))
}

/// Rounds of [`from_candidates`], which ends earlier where the prior changes by less than this part of itself.
const ROUNDS: usize = 100;
const SETTLED: f64 = 1e-4;

/// The prior under which as many matches are expected among the candidates as it says there are: EM with m and u fixed. Every comparison counts
/// here, those too that a block holds constant, and a block of many pairs with few matches does not lead it astray. Matches that no block finds are
/// not counted, so it is rather too small than too large. Nothing if it cannot be told.
pub(super) fn from_candidates(candidates: &Candidates<'_>, rates: &Rates, start: Option<f64>) -> Option<f64> {
    let all = candidates.all_pairs as f64;
    let compared = vec![true; rates.m.len()];
    let mut prior = start.unwrap_or(UNKNOWN);
    for _ in 0..ROUNDS {
        let found = expect(candidates.counts, &Mixture::of_two(prior, rates.clone()), &compared);
        let next = found.share * candidates.counts.total() as f64 * candidates.each / all;
        let change = (next - prior).abs();
        prior = next.clamp(1e-12, 0.5);
        if change <= SETTLED * prior {
            break;
        }
    }
    (candidates.counts.total() > 0 && all > 0.0).then_some(prior)
}

/// log2 of m / u of what a block holds constant, as far as it `counts`: at each such comparison, the level that most of its pairs have.
fn evidence(block: &Block, rates: &Rates, counts: impl Fn(usize) -> bool) -> f64 {
    let mut fixed: Vec<usize> = block.fixed.iter().copied().filter(|comparison| counts(*comparison)).collect();
    fixed.sort_unstable();
    fixed.dedup();
    let of_one = |comparison: usize| {
        let mut counts = vec![0_u64; rates.m[comparison].len()];
        for (pattern, count) in block.counts.iter() {
            if let Some(sum) = pattern.level(comparison).checked_sub(1).and_then(|index| counts.get_mut(index)) {
                *sum += count;
            }
        }
        let most = (0..counts.len()).max_by_key(|&index| (counts[index], std::cmp::Reverse(index))).filter(|&index| counts[index] > 0);
        most.map_or(0.0, |index| (rates.m[comparison][index] / rates.u[comparison][index]).log2())
    };
    fixed.into_iter().map(of_one).sum()
}

fn odds(chance: f64) -> f64 {
    (chance / (1.0 - chance)).log2()
}

fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp2())
}
