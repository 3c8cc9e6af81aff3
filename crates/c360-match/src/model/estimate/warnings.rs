//! What is doubtful about an estimate: not wrong, but somebody should look.

use super::evidence::Evidence;
use super::mixture::Fit;
use super::rates::{Rates, totals};
use crate::model::pattern::Counts;
use std::fmt;

/// Something to look at before a model is used. Comparisons and blocks are numbered from 0, levels from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The next, weaker level speaks more for a match than this one does.
    NotDescending {
        /// The comparison.
        comparison: usize,
        /// The stronger level.
        level: usize,
    },
    /// No random pair is at this level: its u is a guess, and its weight with it.
    NeverSeen {
        /// The comparison.
        comparison: usize,
        /// The level.
        level: usize,
    },
    /// Of the pairs that are taken for matches, most are at the last level.
    MostlyElse {
        /// The comparison.
        comparison: usize,
    },
    /// No block shows how often matches agree here: m is what is usual.
    NotLearnt {
        /// The comparison.
        comparison: usize,
    },
    /// No labelled match has both values: m is what is usual.
    Unlabelled {
        /// The comparison.
        comparison: usize,
    },
    /// The estimate from this block was still changing when it was ended.
    NotConverged {
        /// The block.
        block: usize,
    },
    /// Fewer pairs match, by this estimate, than probabilities can be learnt from.
    FewMatches,
    /// There is one comparison only, and equal values were taken for matches.
    Alone,
    /// Nothing says how many pairs match: the prior is a guess.
    PriorUnknown,
}

/// What is learnt from fewer matches is mostly chance.
const FEW: f64 = 20.0;

/// All warnings about an estimate, in a fixed order.
pub(super) fn of(evidence: &Evidence<'_>, fits: &[Fit], rates: &Rates, prior: Option<f64>) -> Vec<Warning> {
    let mut found = never_seen(evidence.levels, evidence.random);
    for comparison in 0..evidence.levels.len() {
        let shown = evidence.blocks.iter().zip(fits).filter(|(block, _)| !block.fixed.contains(&comparison));
        if shown.map(|(_, fit)| fit.matches[comparison].iter().sum::<f64>()).sum::<f64>() < 1.0 {
            found.push(Warning::NotLearnt { comparison });
        }
    }
    found.extend(not_descending(rates));
    found.extend(mostly_else(rates));
    let runs = fits.iter().enumerate().filter(|(_, fit)| !fit.run.converged);
    found.extend(runs.map(|(block, _)| Warning::NotConverged { block }));
    match (prior, evidence.candidates) {
        (None, _) => found.push(Warning::PriorUnknown),
        (Some(prior), Some(all)) if prior * (all.all_pairs as f64) < FEW => found.push(Warning::FewMatches),
        _ => {}
    }
    found
}

/// Levels at which no random pair is.
pub(super) fn never_seen(levels: &[usize], random: &Counts) -> Vec<Warning> {
    let mut found = Vec::new();
    for (comparison, seen) in totals(levels, random).iter().enumerate() {
        let unseen = seen.iter().enumerate().filter(|(_, pairs)| **pairs == 0.0);
        found.extend(unseen.map(|(index, _)| Warning::NeverSeen { comparison, level: index + 1 }));
    }
    found
}

/// Levels that speak less for a match than the next one.
pub(super) fn not_descending(rates: &Rates) -> Vec<Warning> {
    let mut found = Vec::new();
    for (comparison, (m, u)) in rates.m.iter().zip(&rates.u).enumerate() {
        let ratios: Vec<f64> = m.iter().zip(u).map(|(m, u)| m / u).collect();
        let rising = ratios.windows(2).enumerate().filter(|(_, pair)| pair[0] < pair[1]);
        found.extend(rising.map(|(index, _)| Warning::NotDescending { comparison, level: index + 1 }));
    }
    found
}

/// Comparisons in which most matches have nothing in common: what was found may be something else than objects, such as namesakes.
pub(super) fn mostly_else(rates: &Rates) -> impl Iterator<Item = Warning> {
    let last = |m: &Vec<f64>| m.last().is_some_and(|last| *last > 0.5);
    rates.m.iter().enumerate().filter(move |(_, m)| last(m)).map(|(comparison, _)| Warning::MostlyElse { comparison })
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotDescending { comparison, level } => {
                write!(
                    f,
                    "comparisons[{comparison}]: level {} speaks more for a match than level {level}, which is the stronger one",
                    level + 1
                )
            }
            Self::NeverSeen { comparison, level } => {
                write!(f, "comparisons[{comparison}]: no random pair is at level {level}, so how rare it is was guessed from their number")
            }
            Self::MostlyElse { comparison } => {
                write!(
                    f,
                    "comparisons[{comparison}]: most of what is taken for matches have nothing in common here; is that so in the data?"
                )
            }
            Self::NotLearnt { comparison } => {
                write!(f, "comparisons[{comparison}]: no block shows how often matches agree; add one that does not use it")
            }
            Self::Unlabelled { comparison } => {
                write!(
                    f,
                    "comparisons[{comparison}]: no labelled match has both values, so what is usual was assumed; label some that have"
                )
            }
            Self::NotConverged { block } => write!(f, "blocks[{block}]: the estimate did not come to rest; do not rely on it"),
            Self::FewMatches => write!(f, "prior: fewer than {FEW} pairs match, too few to learn from"),
            Self::Alone => write!(f, "comparisons: one alone shows nothing of what a match is, so equal values were taken for matches"),
            Self::PriorUnknown => write!(f, "prior: no block has a match, so how many pairs match was guessed"),
        }
    }
}
