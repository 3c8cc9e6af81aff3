//! Records grouped by a number each.

use std::collections::BTreeMap;

/// The groups of records `0..`, in the order of their numbers.
#[derive(Debug)]
pub(super) struct Groups {
    /// (group, size)
    sizes: Vec<(u32, u64)>,
}

impl Groups {
    pub(super) fn of(groups: &[u32]) -> Groups {
        let mut sorted = groups.to_vec();
        sorted.sort_unstable();
        Groups { sizes: sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect() }
    }

    /// How many records a group has.
    pub(super) fn size(&self, group: u32) -> u64 {
        self.sizes.binary_search_by_key(&group, |(group, _)| *group).map_or(0, |place| self.sizes[place].1)
    }

    /// Pairs of records that share a group.
    pub(super) fn pairs(&self) -> u64 {
        self.sizes.iter().map(|(_, size)| pairs_of(*size)).sum()
    }

    /// Size → how many groups have it.
    pub(super) fn sizes(&self) -> BTreeMap<u64, u64> {
        let mut sizes = BTreeMap::new();
        self.sizes.iter().for_each(|(_, size)| *sizes.entry(*size).or_default() += 1);
        sizes
    }
}

/// Pairs among so many.
pub(super) fn pairs_of(records: u64) -> u64 {
    records * records.saturating_sub(1) / 2
}
