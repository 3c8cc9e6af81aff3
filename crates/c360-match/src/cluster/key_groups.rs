//! Groups of records that share a value under one rule. Knows keys only as hashes, and nothing of what joins groups.

use super::sort::sort_pairs;
use std::ops::Range;

/// A value that more records share than the rule allows: it joins none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hub {
    /// The hash of the value.
    pub key: u128,
    /// How many records share it.
    pub records: u64,
}

/// Groups of at least two different records each, kept back to back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyGroups {
    records: Vec<u32>,
    ends: Vec<u32>,
}

impl KeyGroups {
    /// Groups records by value. Takes (hash of the value, record); a repeated pair counts once. A value that more than `at_most` records
    /// share becomes a [`Hub`] and joins nothing; hubs are ordered by key. Groups come out in the order of keys, records in ascending order.
    ///
    /// # Panics
    /// If more than `u32::MAX` pairs are to be grouped.
    #[must_use]
    pub fn from_pairs(mut pairs: Vec<(u128, u32)>, at_most: Option<u64>) -> (KeyGroups, Vec<Hub>) {
        sort_pairs(&mut pairs);
        let at_most = at_most.unwrap_or(u64::MAX);
        let mut groups = KeyGroups::default();
        let mut hubs = Vec::new();
        for same_key in pairs.chunk_by(|a, b| a.0 == b.0) {
            if same_key.len() == 1 {
                continue;
            }
            let start = groups.records.len();
            groups.records.extend(same_key.chunk_by(|a, b| a.1 == b.1).map(|same| same[0].1));
            let records = groups.records.len() - start;
            if records as u64 > at_most {
                hubs.push(Hub { key: same_key[0].0, records: records as u64 });
            }
            if records < 2 || records as u64 > at_most {
                groups.records.truncate(start);
            } else {
                groups.ends.push(u32::try_from(groups.records.len()).expect("fewer than 2^32 pairs per rule"));
            }
        }
        (groups, hubs)
    }

    /// Pairs of different records, each a group of its own.
    ///
    /// # Panics
    /// If there are more than 2^31 pairs.
    #[must_use]
    pub fn from_edges(pairs: impl IntoIterator<Item = (u32, u32)>) -> KeyGroups {
        let mut groups = KeyGroups::default();
        for (a, b) in pairs {
            groups.records.extend([a, b]);
            groups.ends.push(u32::try_from(groups.records.len()).expect("fewer than 2^31 pairs per rule"));
        }
        groups
    }

    /// The groups.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|group| self.group(group))
    }

    /// The records of one group.
    ///
    /// # Panics
    /// If there is no such group.
    #[must_use]
    pub fn group(&self, group: usize) -> &[u32] {
        &self.records[self.range(group)]
    }

    /// Where the records of a group stand among those of all groups.
    pub(crate) fn range(&self, group: usize) -> Range<usize> {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[group] as usize
    }

    /// How many pairs of records share a group; a pair counts once for each group that it shares.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        (0..self.len()).map(|group| self.pairs_of(group)).sum()
    }

    /// How many pairs the records of one group make.
    ///
    /// # Panics
    /// If there is no such group.
    #[must_use]
    pub fn pairs_of(&self, group: usize) -> u64 {
        let records = self.group(group).len() as u64;
        records * records.saturating_sub(1) / 2
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}
