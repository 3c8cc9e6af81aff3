//! Carries ids of entities over from one commit to the next by the records they share. Gives ids; stores none.
//!
//! # Which cluster gets which id
//! A *claim* is a cluster and an old id that share records. Claims are taken by (shared records, most first; old id, smallest first; rank of
//! the first shared record, smallest first). A claim is granted if its cluster has no id yet and its id is not given away. Hence a
//! cluster whose records are just those of an old entity always keeps its id. Ids are given in sequence, so the smaller is the older.
//!
//! A cluster without a granted claim gets a new id, in the order of the clusters' first records by rank.
//!
//! # What becomes of ids
//! Every live id meets exactly one fate: a cluster keeps it (no event); [`Event::Merged`] if its records are in clusters with other ids;
//! [`Event::Retired`] if no record is left. Every new id is [`Event::Created`], or [`Event::Split`] if its cluster holds records of an
//! old entity.

mod claims;

use claims::{Claim, claims};
use std::cmp::Reverse;
use std::collections::HashSet;

/// Clusters and the ids that their records had.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// How many clusters there are.
    pub clusters: usize,
    /// The cluster of each record, `0..clusters`; no cluster is empty.
    pub cluster: &'a [u32],
    /// The id that the record's entity had in the last commit, 0 for a new record.
    pub old_id: &'a [u64],
    /// The place of each record in the total order by (source, key).
    pub rank: &'a [u32],
    /// All ids that were alive in the last commit, ascending; those, too, of which no record is left.
    pub live: &'a [u64],
    /// The smallest id that was never given, at least 1.
    pub next: u64,
}

/// What became of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The entity of this old id went into the one that holds most of its records now (ties: the smallest rank). The old id redirects to the
    /// survivor forever.
    Merged {
        /// The id that ends.
        old: u64,
        /// The id of the entity into which it went: an old one, too.
        survivor: u64,
    },
    /// No record is left.
    Retired {
        /// The id that ends.
        id: u64,
    },
    /// An entity of new records only.
    Created {
        /// Its id.
        id: u64,
    },
    /// A part of an old entity whose id went elsewhere.
    Split {
        /// The id of the part.
        id: u64,
        /// The old id with which it shares most records (ties: the older one).
        origin: u64,
    },
}

/// The ids of clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// Per cluster.
    pub ids: Vec<u64>,
    /// The smallest id that was never given.
    pub next: u64,
    /// Ends of old ids by old id, then new ids in sequence.
    pub events: Vec<Event>,
}

/// Gives each cluster an id, as the module describes. Depends on ranks, not on how records or clusters are numbered.
///
/// Takes the time of sorting the claims by id, which are all but sorted where little changed. No id is ever given twice: new ones start
/// at `next`, or behind the largest old id should `next` not be.
///
/// # Panics
/// If the slices over records differ in length or a cluster is out of range: bugs of the caller.
#[must_use]
pub fn carry_over(input: &Input<'_>) -> Ids {
    let records = input.cluster.len();
    assert!(input.old_id.len() == records && input.rank.len() == records, "each record has a cluster, an old id or 0, and a rank");
    let claims = claims(input);
    let mut ids = grant(input.clusters, &claims);
    let largest_old = input.live.iter().copied().chain(claims.last().map(|claim| claim.id)).max().unwrap_or(0);
    let first_new = input.next.max(largest_old + 1);
    let new = give_new_ids(input, &claims, first_new, &mut ids);
    let mut events = ends_of_old_ids(input.live, &claims, &ids);
    let next = first_new + new.len() as u64;
    events.extend(new);
    Ids { ids, next, events }
}

/// The ids that clusters keep, 0 for the others.
fn grant(clusters: usize, claims: &[Claim]) -> Vec<u64> {
    let mut ids = vec![0; clusters];
    let mut claims_of = vec![0u32; clusters];
    for claim in claims {
        claims_of[claim.cluster as usize] += 1;
    }
    let mut disputed = Vec::new();
    for same_id in claims.chunk_by(|a, b| a.id == b.id) {
        match same_id {
            [claim] if claims_of[claim.cluster as usize] == 1 => ids[claim.cluster as usize] = claim.id,
            _ => disputed.extend(same_id),
        }
    }
    disputed.sort_unstable_by_key(|claim: &&Claim| claim.precedence());
    let mut given = HashSet::new();
    for claim in disputed {
        if ids[claim.cluster as usize] == 0 && given.insert(claim.id) {
            ids[claim.cluster as usize] = claim.id;
        }
    }
    ids
}

/// Gives ids in sequence to the clusters that have none. Returns an event for each.
fn give_new_ids(input: &Input<'_>, claims: &[Claim], first_new: u64, ids: &mut [u64]) -> Vec<Event> {
    let mut origins: Vec<&Claim> = claims.iter().filter(|claim| ids[claim.cluster as usize] == 0).collect();
    origins.sort_unstable_by_key(|claim| (claim.cluster, claim.precedence()));
    origins.dedup_by_key(|claim| claim.cluster);
    let clusters = without_id(input, ids);
    let give = |(id, cluster): (u64, u32)| {
        ids[cluster as usize] = id;
        match origins.binary_search_by_key(&cluster, |claim| claim.cluster) {
            Ok(claim) => Event::Split { id, origin: origins[claim].id },
            Err(_) => Event::Created { id },
        }
    };
    (first_new..).zip(clusters).map(give).collect()
}

/// The clusters that have no id, by the rank of their first record.
fn without_id(input: &Input<'_>, ids: &[u64]) -> Vec<u32> {
    let mut first_rank = vec![u32::MAX; ids.len()];
    for (&cluster, &rank) in input.cluster.iter().zip(input.rank) {
        let first = &mut first_rank[cluster as usize];
        *first = rank.min(*first);
    }
    let mut clusters: Vec<u32> = (0..).zip(ids).filter(|(_, id)| **id == 0).map(|(cluster, _)| cluster).collect();
    clusters.sort_unstable_by_key(|&cluster| first_rank[cluster as usize]);
    clusters
}

/// Events for the live ids that no cluster keeps, by id.
fn ends_of_old_ids(live: &[u64], claims: &[Claim], ids: &[u64]) -> Vec<Event> {
    let mut claims = claims.chunk_by(|a, b| a.id == b.id).peekable();
    let mut events = Vec::new();
    for &id in live {
        // An id that is claimed though it was not said to be live has no end to report.
        while claims.next_if(|same_id| same_id[0].id < id).is_some() {}
        match claims.next_if(|same_id| same_id[0].id == id) {
            None => events.push(Event::Retired { id }),
            Some(same_id) if same_id.iter().any(|claim| ids[claim.cluster as usize] == id) => {}
            Some(same_id) => {
                let most = same_id.iter().min_by_key(|claim| (Reverse(claim.records), claim.rank)).expect("a chunk is not empty");
                events.push(Event::Merged { old: id, survivor: ids[most.cluster as usize] });
            }
        }
    }
    events
}
