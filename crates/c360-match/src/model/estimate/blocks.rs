//! The estimate without labels: u from random pairs, m from the blocks, the prior from rules or blocks.

use super::evidence::{Block, Evidence, check};
use super::mixture::{Fit, Learn, Mixture, expect, fit};
use super::rates::{Rates, Table, distance, expected, pulled, smoothed, totals, zeros};
use super::{Estimate, groups, prior, warnings};
use crate::model::error::ModelError;

/// How often matches among the random pairs are taken out of u and m is estimated again, at most.
const ROUNDS: usize = 5;
/// Rounds end when no u changes by more than this part of itself.
const SETTLED: f64 = 1e-3;
/// The share of matches in a block that EM starts from where the prior is not known.
const SHARE: f64 = 0.1;

/// The share of the matches, in the blocks where they disagree least, from which m is taken.
const AGREEING: f64 = 0.75;

/// Estimates m, u and the prior from pairs without labels.
///
/// u is the share of random pairs at a level, half a pair added, and m an average over the blocks that do not hold the comparison constant, weighted
/// by their expected matches. A few matches are among the random pairs, which counts where records are few: they are taken out by the model that was
/// found, and the blocks are looked at again. In the end levels that speak more for a match than a stronger one get the weight of both together,
/// and groups are looked for among the candidates.
///
/// # Errors
/// If there is no pair, or `evidence` contradicts itself. What is merely doubtful is in [`Estimate::warnings`].
pub fn estimate(evidence: &Evidence<'_>) -> Result<Estimate, ModelError> {
    check(evidence)?;
    let mut state = start(evidence);
    let mut fits: Vec<Fit> = Vec::new();
    for _ in 0..ROUNDS {
        let earlier = |index: usize| fits.get(index).map(|fit| fit.mixture.share);
        fits = evidence.blocks.iter().enumerate().map(|(index, block)| fit_block(block, &state, earlier(index))).collect();
        state.rates.m = combined(evidence, &fits);
        let from_rules = evidence.deterministic.as_ref().and_then(|rules| rules.prior());
        let from_blocks = prior::from_blocks(evidence.blocks, &fits, &state.rates);
        let from_candidates = || evidence.candidates.and_then(|all| prior::from_candidates(&all, &state.rates, from_blocks));
        state.prior = from_rules.or_else(from_candidates).or(from_blocks);
        let u = without_matches(evidence, &state);
        let settled = relative_distance(&u, &state.rates.u) < SETTLED;
        state.rates.u = u;
        if settled {
            break;
        }
    }
    let warnings = warnings::of(evidence, &fits, &state.rates, state.prior);
    state.rates.pool();
    let runs = fits.into_iter().map(|fit| fit.run).collect();
    let prior = state.prior.unwrap_or(prior::UNKNOWN);
    let found = groups::of(evidence, &state.rates, prior);
    // What members of groups have in common was taken for matches before.
    let among_groups = found.as_ref().map(|found| found.prior).filter(|_| evidence.deterministic.is_none());
    let groups = found.map_or_else(Vec::new, |found| found.groups);
    Ok(Estimate { prior: among_groups.unwrap_or(prior), rates: state.rates, groups, runs, warnings })
}

/// What is estimated so far.
struct State {
    rates: Rates,
    prior: Option<f64>,
}

fn start(evidence: &Evidence<'_>) -> State {
    let u = smoothed(&totals(evidence.levels, evidence.random));
    let prior = evidence.deterministic.as_ref().and_then(|rules| rules.prior());
    State { rates: Rates { m: expected(evidence.levels), u }, prior }
}

/// EM over a block, from the share of matches that an earlier round found or from the prior.
fn fit_block(block: &Block, state: &State, earlier: Option<f64>) -> Fit {
    let from_prior = || state.prior.map_or(SHARE, |prior| prior::in_block(prior, block, &state.rates));
    let share = earlier.unwrap_or_else(from_prior).clamp(1e-9, 0.999);
    let compared: Vec<bool> = (0..state.rates.m.len()).map(|comparison| !block.fixed.contains(&comparison)).collect();
    fit(&block.counts, Mixture { share, rates: state.rates.clone() }, &compared, Learn::M)
}

/// m over the blocks that do not hold the comparison constant, weighted by their expected matches: of the three quarters in which matches
/// disagree least. In a block of families or of one building, pairs that share more than chance would have it pass for matches, and what
/// tells their members apart would seem to differ among matches.
fn combined(evidence: &Evidence<'_>, fits: &[Fit]) -> Table {
    let mut sums = zeros(evidence.levels);
    for (comparison, sums) in sums.iter_mut().enumerate() {
        let free = evidence.blocks.iter().zip(fits).filter(|(block, _)| !block.fixed.contains(&comparison));
        let mut seen: Vec<(f64, &Vec<f64>)> = free.map(|(_, fit)| &fit.matches[comparison]).map(|seen| (seen.iter().sum(), seen)).collect();
        seen.retain(|(total, _)| *total > 0.0);
        let disagree = |(total, seen): &(f64, &Vec<f64>)| seen.last().map_or(0.0, |last| last / total);
        seen.sort_by(|left, right| disagree(left).total_cmp(&disagree(right)));
        let mut left = seen.iter().map(|(total, _)| total).sum::<f64>() * AGREEING;
        for (total, seen) in seen {
            let part = (left / total).clamp(0.0, 1.0);
            sums.iter_mut().zip(seen).for_each(|(sum, matches)| *sum += part * matches);
            left -= total;
        }
    }
    pulled(&sums, &expected(evidence.levels))
}

/// u of the random pairs, less the matches that are expected among them.
fn without_matches(evidence: &Evidence<'_>, state: &State) -> Table {
    let Some(share) = state.prior else { return state.rates.u.clone() };
    let mixture = Mixture { share, rates: state.rates.clone() };
    smoothed(&expect(evidence.random, &mixture, &vec![true; evidence.levels.len()]).others)
}

fn relative_distance(left: &Table, right: &Table) -> f64 {
    let relative = |left: &Table, right: &Table| -> Table {
        left.iter().zip(right).map(|(left, right)| left.iter().zip(right).map(|(left, right)| left / right).collect()).collect()
    };
    let ones: Table = right.iter().map(|levels| vec![1.0; levels.len()]).collect();
    distance(&relative(left, right), &ones)
}
