//! Holds clusters against labels: precision, recall and F1 over pairs, B-cubed over records, what each rule brought, and what went worst.
//! Knows records only as numbers `0..`, with a number for the true entity and one for the cluster of each; reads and prints nothing.
//!
//! Pairs: of all pairs of records in one cluster the share that are in one entity, and of all pairs in one entity the share that are in one
//! cluster. B-cubed (Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998): the same shares of each record's own cluster and
//! entity, the record among them, averaged over records; large clusters count for less there.

mod groups;
mod pairs;
mod rules;
mod thresholds;
mod worst;

use groups::{Groups, pairs_of};
pub use pairs::{LabelledPair, LabelledPairs};
pub use rules::by_rule;
use std::collections::BTreeMap;
pub use thresholds::{Point, Thresholds};
pub use worst::{Divided, Division, divided};

/// Pairs of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pairs {
    /// That belong together.
    pub truth: u64,
    /// That are together.
    pub found: u64,
    /// That are both.
    pub right: u64,
}

/// Precision and recall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Of what was found, what is right; 1 where nothing was found.
    pub precision: f64,
    /// Of what there is, what was found; 1 where there is nothing.
    pub recall: f64,
}

/// The clusters of some records against the truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Over pairs.
    pub pairs: Pairs,
    /// Over records; there is none where only pairs are labelled.
    pub bcubed: Option<Shares>,
    /// Records with a label.
    pub records: usize,
    /// The entities: size → how many.
    pub truth: BTreeMap<u64, u64>,
    /// The clusters of these records: size → how many.
    pub found: BTreeMap<u64, u64>,
}

impl Pairs {
    /// Precision and recall.
    #[must_use]
    pub fn shares(&self) -> Shares {
        Shares { precision: share(self.right, self.found), recall: share(self.right, self.truth) }
    }
}

impl Shares {
    /// The harmonic mean of the two.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Scores clusters: `truth` and `found` have the entity and the cluster of each record, any numbers.
///
/// # Panics
/// If they are not of one length: a bug of the caller.
#[must_use]
pub fn score(truth: &[u32], found: &[u32]) -> Score {
    assert_eq!(truth.len(), found.len(), "each record has an entity and a cluster");
    let (t, f) = (Groups::of(truth), Groups::of(found));
    Score {
        pairs: pairs(truth, found),
        bcubed: (!truth.is_empty()).then(|| bcubed(truth, found, &t, &f)),
        records: truth.len(),
        truth: t.sizes(),
        found: f.sizes(),
    }
}

/// The pairs of [`score`] alone.
#[must_use]
pub fn pairs(truth: &[u32], found: &[u32]) -> Pairs {
    let both = cells(truth, found);
    let right = both.iter().map(|(_, _, size)| pairs_of(*size)).sum();
    Pairs { truth: Groups::of(truth).pairs(), found: Groups::of(found).pairs(), right }
}

fn bcubed(truth: &[u32], found: &[u32], t: &Groups, f: &Groups) -> Shares {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (entity, cluster, size) in cells(truth, found) {
        let squared = size as f64 * size as f64;
        precision += squared / f.size(cluster) as f64;
        recall += squared / t.size(entity) as f64;
    }
    let records = truth.len() as f64;
    Shares { precision: precision / records, recall: recall / records }
}

/// How many records are in both an entity and a cluster, in the order of the two, for those that share any.
fn cells(truth: &[u32], found: &[u32]) -> Vec<(u32, u32, u64)> {
    let mut both: Vec<(u32, u32)> = truth.iter().copied().zip(found.iter().copied()).collect();
    both.sort_unstable();
    both.chunk_by(|a, b| a == b).map(|same| (same[0].0, same[0].1, same.len() as u64)).collect()
}
