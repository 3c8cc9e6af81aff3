//! Labels that are pairs: two records that are the same, or are not. Nothing is known of any other pair, so there is no B-cubed.

use super::{Pairs, Score, groups::Groups};
use crate::cluster::Forest;

/// Two different records and whether they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelledPair {
    /// The smaller number.
    pub left: u32,
    /// The larger number.
    pub right: u32,
    /// Whether they are the same.
    pub same: bool,
}

/// Labelled pairs of records `0..records`, and what follows from those that are the same.
#[derive(Debug)]
pub struct LabelledPairs {
    pairs: Vec<LabelledPair>,
    /// Per record the component of pairs that are the same, numbered by its smallest record.
    entity: Vec<u32>,
}

impl LabelledPairs {
    /// Takes each pair once, without one that is both.
    ///
    /// # Panics
    /// If a pair names a record that is not there: a bug of the caller.
    #[must_use]
    pub fn new(records: usize, pairs: Vec<LabelledPair>) -> LabelledPairs {
        let mut forest = Forest::new(records);
        for pair in pairs.iter().filter(|pair| pair.same) {
            forest.join(pair.left, pair.right);
        }
        LabelledPairs { pairs, entity: forest.into_roots() }
    }

    /// The pairs, as they were given.
    #[must_use]
    pub fn given(&self) -> &[LabelledPair] {
        &self.pairs
    }

    /// The entity of each record as far as it is known: records that a chain of pairs connects.
    #[must_use]
    pub fn entity(&self) -> &[u32] {
        &self.entity
    }

    /// Pairs that are not the same although a chain of pairs says that they are.
    #[must_use]
    pub fn contradicted(&self) -> usize {
        self.pairs.iter().filter(|pair| !pair.same && self.together(pair, &self.entity)).count()
    }

    /// Scores clusters over these pairs.
    #[must_use]
    pub fn score(&self, found: &[u32]) -> Score {
        Score {
            pairs: self.pairs(found),
            bcubed: None,
            records: found.len(),
            truth: Groups::of(&self.entity).sizes(),
            found: Groups::of(found).sizes(),
        }
    }

    /// The pairs of [`LabelledPairs::score`] alone.
    #[must_use]
    pub fn pairs(&self, found: &[u32]) -> Pairs {
        let mut counts = Pairs::default();
        for pair in &self.pairs {
            let together = self.together(pair, found);
            counts.truth += u64::from(pair.same);
            counts.found += u64::from(together);
            counts.right += u64::from(pair.same && together);
        }
        counts
    }

    /// Per entity, by its number, how many of its pairs the clusters tear apart.
    #[must_use]
    pub fn missed(&self, found: &[u32]) -> Vec<u64> {
        self.count(&self.entity, |pair| pair.same && !self.together(pair, found))
    }

    /// Per cluster, by its number, how many pairs in it are not the same.
    #[must_use]
    pub fn wrong(&self, found: &[u32]) -> Vec<u64> {
        self.count(found, |pair| !pair.same && self.together(pair, found))
    }

    fn count(&self, group: &[u32], counts: impl Fn(&LabelledPair) -> bool) -> Vec<u64> {
        let groups = group.iter().max().map_or(0, |last| *last as usize + 1);
        let mut counted = vec![0; groups];
        for pair in self.pairs.iter().filter(|pair| counts(pair)) {
            counted[group[pair.left as usize] as usize] += 1;
        }
        counted
    }

    fn together(&self, pair: &LabelledPair, group: &[u32]) -> bool {
        group[pair.left as usize] == group[pair.right as usize]
    }
}
