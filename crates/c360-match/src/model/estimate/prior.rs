//! From the share of matches in a block to the prior of all pairs, and back.
//!
//! Pairs of a block agree in what the block holds constant. Agreement there has moved the odds by m / u, which is taken back (or added).

use super::evidence::Block;
use super::mixture::Fit;
use super::rates::Rates;

/// The prior where nothing says what it is.
pub(super) const UNKNOWN: f64 = 1e-4;

/// The share of matches that a block of pairs has if this is the prior.
pub(super) fn in_block(prior: f64, block: &Block, rates: &Rates) -> f64 {
    chance(odds(prior) + evidence(block, rates))
}

/// The prior that follows from blocks, an average of their odds, weighted by expected matches; nothing if no block has any.
pub(super) fn from_blocks(blocks: &[Block], fits: &[Fit], rates: &Rates) -> Option<f64> {
    let known = blocks.iter().zip(fits).filter(|(_, fit)| fit.run.matches > 0.0 && fit.mixture.share < 1.0);
    let (sum, matches) = known.fold((0.0, 0.0), |(sum, matches), (block, fit)| {
        let odds = odds(fit.mixture.share) - evidence(block, rates);
        (sum + fit.run.matches * odds, matches + fit.run.matches)
    });
    (matches > 0.0).then(|| chance(sum / matches).clamp(1e-12, 0.5))
}

/// log2 of m / u of what a block holds constant: at each such comparison, the level that most of its pairs have.
fn evidence(block: &Block, rates: &Rates) -> f64 {
    let mut fixed = block.fixed.clone();
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
