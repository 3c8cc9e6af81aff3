//! Estimates a model's probabilities from pairs, with labels or without.
//!
//! Without labels ([`estimate`], the way of Splink): u from random pairs, almost none of which match; m by expectation maximisation (EM) over the
//! candidates of each blocking rule, from the comparisons that the rule does not hold constant; the prior from rules that are hardly ever wrong, or
//! from the blocks themselves. [`joint`] is one EM over all candidates, which needs no rules but assumes more. Sums run in the order of patterns, so
//! that the same pairs give the same numbers. What families and arcades share is found in the end (`groups`).

mod alone;
mod blocks;
mod evidence;
mod groups;
mod joint;
mod labels;
mod mixture;
mod prior;
mod rates;
mod warnings;

pub use blocks::estimate;
pub use evidence::{Block, Candidates, Deterministic, Evidence};
pub use joint::joint;
pub use labels::{Labelled, estimate_labelled, from_labels};
pub use rates::Rates;
pub use warnings::Warning;

use super::parts::Group;

/// What was estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The probability that two records match of which nothing is known; for [`joint`], that two candidates do.
    pub prior: f64,
    /// m and u of each level.
    pub rates: Rates,
    /// Groups whose members share some comparisons without being the same.
    pub groups: Vec<Group>,
    /// The runs of EM that gave them: one for each block, or a single one.
    pub runs: Vec<Run>,
    /// What somebody should look at before using the model.
    pub warnings: Vec<Warning>,
}

/// A run of EM.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// log likelihood (natural, of all pairs) before each iteration; never falls.
    pub likelihood: Vec<f64>,
    /// Whether the last iteration changed next to nothing.
    pub converged: bool,
    /// How many of the pairs are expected to match.
    pub matches: f64,
    /// The number of pairs.
    pub pairs: u64,
}

impl Estimate {
    /// The iterations of the longest run.
    #[must_use]
    pub fn iterations(&self) -> u32 {
        let longest = self.runs.iter().map(|run| run.likelihood.len()).max().unwrap_or(0);
        u32::try_from(longest).unwrap_or(u32::MAX)
    }

    /// Whether all runs came to rest.
    #[must_use]
    pub fn converged(&self) -> bool {
        self.runs.iter().all(|run| run.converged)
    }
}
