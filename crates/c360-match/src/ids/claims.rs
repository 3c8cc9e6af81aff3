//! Counts which clusters share how many records with which old ids. Gives no ids.

use super::Input;
use std::cmp::Reverse;

/// A cluster and an old id that share records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) id: u64,
    pub(super) cluster: u32,
    /// How many records they share.
    pub(super) records: u32,
    /// The rank of the first of these.
    pub(super) rank: u32,
}

impl Claim {
    /// Claims with a smaller precedence are granted first. No two claims have the same: no two share their first record.
    pub(super) fn precedence(&self) -> (Reverse<u32>, u64, u32) {
        (Reverse(self.records), self.id, self.rank)
    }
}

/// All claims, by id; those of one id in no particular order.
pub(super) fn claims(input: &Input<'_>) -> Vec<Claim> {
    // Nearly all clusters share records with one old id at most, so there is a place for one in each, and a list for what is left over.
    let mut claims = vec![Claim::default(); input.clusters];
    let mut left_over = Vec::new();
    for ((&cluster, &id), &rank) in input.cluster.iter().zip(input.old_id).zip(input.rank).filter(|((_, id), _)| **id != 0) {
        let claim = &mut claims[cluster as usize];
        if claim.id == 0 {
            *claim = Claim { id, cluster, records: 1, rank };
        } else if claim.id == id {
            claim.records += 1;
            claim.rank = claim.rank.min(rank);
        } else {
            left_over.push((cluster, id, rank));
        }
    }
    claims.retain(|claim| claim.id != 0);
    left_over.sort_unstable();
    claims.extend(left_over.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(|shared| {
        let (cluster, id, rank) = shared[0];
        Claim { id, cluster, records: u32::try_from(shared.len()).expect("records are numbered by u32"), rank }
    }));
    // Stable, since that is fast for what is all but sorted: ids are given in the order of ranks, as clusters are numbered.
    claims.sort_by_key(|claim| claim.id);
    claims
}
