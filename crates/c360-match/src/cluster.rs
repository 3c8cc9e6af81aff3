//! Turns records that share values into clusters, one per entity, and keeps apart what guards keep apart. No IO, no values: only numbers.
//!
//! The records of an entity are dense numbers `0..records`. Such a number depends on the order of files, so it decides nothing;
//! every choice is made by `rank`, a record's place in the total order by (source, key).
//!
//! # What the result means
//! A rule joins every two records of each of its groups. All these pairs are taken in the order (rule, rank of the smaller record,
//! rank of the larger). Each merges the two clusters that its records are in by then, unless a guard forbids it for any two members
//! of the two clusters; then it is refused and nothing changes. What a guard forbids for two clusters, it forbids for all that grows
//! out of them, so a refused pair stays refused.
//!
//! Two guards look at clusters as a whole instead: how large one may become, and how many of the pairs between two must be joined before a rule
//! that compares pairs may merge them. What they forbid, they forbid at that moment; no pair is taken twice.
//!
//! [`resolve`] computes exactly this without walking over all pairs: components that no guard can split are plain connected components
//! (`forest`), and the others are resolved in order with work that grows with records rather than with pairs (`ordered`).

mod apart;
mod compatible;
mod components;
mod entities;
mod forest;
mod group;
mod key_groups;
mod links;
mod ordered;
mod refusals;
mod sort;

pub(crate) use forest::Forest;
pub use key_groups::{Hub, KeyGroups};

/// What keeps records apart. Two kinds give a record a mark or none, and no entity may hold two different marks of one guard; one names pairs;
/// the others look at clusters as a whole.
#[derive(Debug, Clone, Copy)]
pub enum Guard<'a> {
    /// Two records with different values must never share an entity.
    Differ {
        /// A number per record that stands for its value; 0 where it has none.
        values: &'a [u64],
    },
    /// A source describes each object once: an entity has at most one of its records.
    SameSource {
        /// Per record, whether it is of that source.
        holders: &'a [bool],
    },
    /// These pairs must never share an entity, whatever joins them.
    Apart {
        /// The pairs, in any order; a record is not apart from itself.
        pairs: &'a [(u32, u32)],
    },
    /// No entity has more records.
    Larger {
        /// How many it may have.
        most: u32,
    },
    /// Clusters are merged by a rule that compares pairs only if enough of the pairs between them are joined by such rules.
    Looser {
        /// How many of a thousand.
        least: u32,
        /// Per rule, whether it compares pairs: its groups are pairs.
        compares: &'a [bool],
    },
}

impl Guard<'_> {
    /// The mark of a record, 0 for none.
    fn mark(&self, record: u32) -> u64 {
        match self {
            Guard::Differ { values } => values[record as usize],
            Guard::SameSource { holders } if holders[record as usize] => u64::from(record) + 1,
            Guard::SameSource { .. } | Guard::Apart { .. } | Guard::Larger { .. } | Guard::Looser { .. } => 0,
        }
    }
}

/// The records of one entity and what is known of them.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// How many records there are.
    pub records: usize,
    /// The place of each record in the total order by (source, key): a permutation of `0..records`.
    pub rank: &'a [u32],
    /// The records that share a value under each rule, strongest rule first.
    pub rules: &'a [KeyGroups],
    /// What keeps records apart, in the order in which guards are named as the reason.
    pub guards: &'a [Guard<'a>],
}

/// Two entities that a rule would have joined and a guard kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The strongest rule that joins the two.
    pub rule: u32,
    /// The first guard that the two together would violate.
    pub guard: u32,
    /// The first pair of records, by rank, that this rule joins; `pair.0` ranks before `pair.1`.
    pub pair: (u32, u32),
    /// The first record of either entity, by rank, that carries the mark on which the guard rests, or the first pair that it keeps apart; in the
    /// order of `pair`.
    pub evidence: (u32, u32),
}

/// Records as clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The cluster of each record. Clusters are numbered densely by the rank of their first record.
    pub cluster: Vec<u32>,
    /// How many clusters there are.
    pub clusters: usize,
    /// Per rule, how many merges it made that no stronger rule had made. Records minus merges are clusters.
    pub merges: Vec<u64>,
    /// What guards kept apart, ordered by (rule, ranks of the pair), each pair of entities once. In a group in which more than 16
    /// entities meet, each is held against the first of them only, so that the list grows with records and not with pairs.
    pub refused: Vec<Refusal>,
}

/// Resolves records into clusters, as the module describes. The result depends on ranks alone: neither on how records are numbered nor on
/// the order of groups or of records in them; and a cluster depends on nothing outside its connected component.
///
/// # Panics
/// If `rank` is no permutation of `0..records`, or a rule or guard does not fit to `records`: bugs of the caller.
#[must_use]
pub fn resolve(input: &Input<'_>) -> Resolution {
    assert_eq!(input.rank.len(), input.records, "each record has a rank");
    let mut forest = Forest::new(input.records);
    let mut merges: Vec<u64> = input.rules.iter().map(|rule| join_stars(&mut forest, rule)).collect();
    let mut roots = forest.into_roots();
    let refused = if input.guards.is_empty() { Vec::new() } else { split_by_guards(input, &mut roots, &mut merges) };
    let (cluster, clusters) = number_by_rank(roots, input.rank);
    Resolution { cluster, clusters, merges, refused }
}

/// The connected components of all rules, as if there were no guards: per record the smallest record of its component. What changes in one
/// component says nothing of the entities in any other.
#[must_use]
pub fn components(records: usize, rules: &[KeyGroups]) -> Vec<u32> {
    let mut forest = Forest::new(records);
    rules.iter().for_each(|rule| {
        join_stars(&mut forest, rule);
    });
    forest.into_roots()
}

/// Joins the first record of each group to the others: as good as all pairs where nothing can be refused. Returns the merges.
fn join_stars(forest: &mut Forest, groups: &KeyGroups) -> u64 {
    let mut merges = 0;
    for group in groups.iter() {
        for &other in &group[1..] {
            merges += u64::from(forest.join(group[0], other));
        }
    }
    merges
}

/// Resolves again, in order, the components in which a guard could be violated: corrects `roots` and `merges`, returns the refusals.
fn split_by_guards(input: &Input<'_>, roots: &mut [u32], merges: &mut [u64]) -> Vec<Refusal> {
    let components = components::in_doubt(input, roots);
    let mut refused = Vec::new();
    for component in components.iter() {
        let entities = ordered::resolve(input, &component, merges);
        refusals::collect(input, &component, &entities, &mut refused);
        for (local, &record) in component.records.iter().enumerate() {
            roots[record as usize] = component.records[entities.root(local as u32) as usize];
        }
    }
    let rank = |record: u32| input.rank[record as usize];
    refused.sort_unstable_by_key(|refusal| (refusal.rule, rank(refusal.pair.0), rank(refusal.pair.1)));
    refused
}

/// Numbers clusters by the rank of their first record. `roots` names one member of the cluster for each record.
fn number_by_rank(mut roots: Vec<u32>, rank: &[u32]) -> (Vec<u32>, usize) {
    let mut first = vec![u32::MAX; roots.len()];
    for (&root, &rank) in roots.iter().zip(rank) {
        let first = &mut first[root as usize];
        *first = rank.min(*first);
    }
    let mut number = vec![u32::MAX; roots.len()];
    for &first in first.iter().filter(|&&first| first != u32::MAX) {
        number[first as usize] = 0;
    }
    let mut clusters = 0;
    for number in number.iter_mut().filter(|number| **number == 0) {
        *number = clusters;
        clusters += 1;
    }
    for root in &mut roots {
        *root = number[first[*root as usize] as usize];
    }
    (roots, clusters as usize)
}
