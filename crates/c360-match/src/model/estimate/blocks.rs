//! The estimate without labels: u from random pairs, m from the blocks, the prior from rules or blocks.

use super::evidence::{Block, Evidence, check};
use super::groups::Found;
use super::mixture::{Fit, Learn, Mixture, Sharing, expect, fit};
use super::rates::{Rates, Table, distance, expected, pulled, smoothed, totals, zeros};
use super::{Estimate, alone, groups, prior, warnings};
use crate::model::error::ModelError;
use crate::model::parts::Group;

/// How often matches among the random pairs are taken out of u and m is estimated again, at most.
const ROUNDS: usize = 5;
/// Rounds end when no u changes by more than this part of itself.
const SETTLED: f64 = 1e-3;
/// The share of matches in a block that EM starts from where the prior is not known.
const SHARE: f64 = 0.1;

/// The share of the matches, in the blocks where they disagree least, from which m is taken.
const AGREEING: f64 = 0.75;

/// Groups of fewer pairs, by matches, are not looked at when m is estimated: they hardly change it, and mistakes that come together look like them.
const MANY: f64 = 0.2;
/// How often groups are looked for, and m again beside them, at most.
const SEARCHES: usize = 5;
/// They end when no m changes by more than this.
const FOUND: f64 = 1e-2;

/// Estimates m, u and the prior from pairs without labels.
///
/// u is the share of random pairs at a level, half a pair added, and m an average over the blocks that do not hold the comparison constant, weighted
/// by their expected matches. A few matches are among the random pairs, which counts where records are few: they are taken out by the model that was
/// found, and the blocks are looked at again. Then groups are looked for among the candidates, and if there are any, m is estimated again beside them:
/// where families live together there are more pairs of them than matches, and what tells them apart would seem to differ among matches. In the end
/// levels that speak more for a match than a stronger one get the weight of both together.
///
/// # Errors
/// If there is no pair, or `evidence` contradicts itself. What is merely doubtful is in [`Estimate::warnings`].
pub fn estimate(evidence: &Evidence<'_>) -> Result<Estimate, ModelError> {
    check(evidence)?;
    if evidence.levels.len() == 1 {
        return Ok(alone::estimate(evidence));
    }
    let mut state = start(evidence);
    let mut fits = settle(evidence, &mut state, Vec::new());
    let mut found = groups_of(evidence, &state);
    for _ in 1..SEARCHES {
        state.groups = found.groups.iter().filter(|group| group.prior >= MANY * found.prior).cloned().collect();
        if state.groups.is_empty() {
            break;
        }
        let before = state.rates.m.clone();
        fits = settle(evidence, &mut state, fits);
        found = groups_of(evidence, &state);
        if distance(&before, &state.rates.m) < FOUND {
            break;
        }
    }
    let warnings = warnings::of(evidence, &fits, &state.rates, state.prior);
    state.rates.pool();
    // What members of groups have in common was taken for matches before.
    let prior = if evidence.deterministic.is_some() { state.prior.unwrap_or(prior::UNKNOWN) } else { found.prior };
    let runs = fits.into_iter().map(|fit| fit.run).collect();
    Ok(Estimate { prior, rates: state.rates, groups: found.groups, runs, warnings })
}

/// What is estimated so far.
struct State {
    rates: Rates,
    prior: Option<f64>,
    groups: Vec<Group>,
}

fn start(evidence: &Evidence<'_>) -> State {
    let u = smoothed(&totals(evidence.levels, evidence.random));
    let prior = evidence.deterministic.as_ref().and_then(|rules| rules.prior());
    State { rates: Rates { m: expected(evidence.levels), u }, prior, groups: Vec::new() }
}

/// Estimates m by the blocks and takes matches out of u until that changes nothing any more. `fits` are those of an earlier round, if there was one.
fn settle(evidence: &Evidence<'_>, state: &mut State, mut fits: Vec<Fit>) -> Vec<Fit> {
    for _ in 0..ROUNDS {
        let earlier = |index: usize| fits.get(index).map(|fit: &Fit| fit.mixture.share);
        fits = evidence.blocks.iter().enumerate().map(|(index, block)| fit_block(block, state, earlier(index))).collect();
        state.rates.m = combined(evidence, &fits);
        let from_rules = evidence.deterministic.as_ref().and_then(|rules| rules.prior());
        let from_blocks = prior::from_blocks(evidence.blocks, &fits, &state.rates);
        let from_candidates = || evidence.candidates.and_then(|all| prior::from_candidates(&all, &state.rates, from_blocks));
        state.prior = from_rules.or_else(from_candidates).or(from_blocks);
        let u = without_matches(evidence, state);
        let settled = relative_distance(&u, &state.rates.u) < SETTLED;
        state.rates.u = u;
        if settled {
            break;
        }
    }
    fits
}

/// Groups, by the weights that a model would have now; none where none can be looked for.
fn groups_of(evidence: &Evidence<'_>, state: &State) -> Found {
    let prior = state.prior.unwrap_or(prior::UNKNOWN);
    let mut rates = state.rates.clone();
    rates.pool();
    groups::of(evidence, &rates, prior).unwrap_or(Found { prior, groups: Vec::new() })
}

/// EM over a block, from the share of matches that an earlier round found or from the prior.
fn fit_block(block: &Block, state: &State, earlier: Option<f64>) -> Fit {
    let from_prior = || state.prior.map_or(SHARE, |prior| prior::in_block(prior, block, &state.rates));
    let share = earlier.unwrap_or_else(from_prior).clamp(1e-9, 0.999);
    let compared: Vec<bool> = (0..state.rates.m.len()).map(|comparison| !block.fixed.contains(&comparison)).collect();
    let groups = sharing(block, state, &compared, 0.999 - share);
    fit(&block.counts, Mixture { share, groups, rates: state.rates.clone() }, &compared, Learn::M)
}

/// The groups as they are among the pairs of a block, with shares to start from, at most `room` together. Those that share nothing that is
/// compared look like all other pairs there.
fn sharing(block: &Block, state: &State, compared: &[bool], room: f64) -> Vec<Sharing> {
    let seen = state.groups.iter().filter(|group| group.shared.iter().any(|comparison| compared[*comparison]));
    let of = |group: &Group| Sharing {
        shared: (0..compared.len()).map(|comparison| group.shared.contains(&comparison)).collect(),
        share: prior::of_group_in_block(group, block, &state.rates),
    };
    let mut groups: Vec<Sharing> = seen.map(of).collect();
    let together: f64 = groups.iter().map(|group| group.share).sum();
    groups.iter_mut().for_each(|group| group.share *= (room / together).min(1.0));
    groups
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
    let mixture = Mixture::of_two(share, state.rates.clone());
    smoothed(&expect(evidence.random, &mixture, &vec![true; evidence.levels.len()]).others)
}

fn relative_distance(left: &Table, right: &Table) -> f64 {
    let relative = |left: &Table, right: &Table| -> Table {
        left.iter().zip(right).map(|(left, right)| left.iter().zip(right).map(|(left, right)| left / right).collect()).collect()
    };
    let ones: Table = right.iter().map(|levels| vec![1.0; levels.len()]).collect();
    distance(&relative(left, right), &ones)
}
