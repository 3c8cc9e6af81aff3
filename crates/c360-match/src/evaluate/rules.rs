//! Which rule brought which pairs together: each pair counts for the strongest rule that did.

use super::Pairs;
use crate::cluster::{Forest, KeyGroups};

/// What each rule brought: of the pairs of labelled records that it put together and no stronger rule had, `found` are all and `right` those that
/// are the same; `truth` is 0. A rule joins records of its groups that ended in one cluster: what a guard refused did not.
///
/// `cluster` is the cluster of each record of the entity, `labelled` the record of each label, `None` for one that no record has. `count` says how
/// many pairs of the labelled are together and right where these are their clusters.
///
/// # Panics
/// If a group or label names a record that is not there: a bug of the caller.
pub fn by_rule(cluster: &[u32], labelled: &[Option<u32>], rules: &[KeyGroups], count: impl Fn(&[u32]) -> Pairs) -> Vec<Pairs> {
    let mut forest = Forest::new(cluster.len());
    let mut before = Pairs::default();
    let mut brought = Vec::with_capacity(rules.len());
    for rule in rules {
        rule.iter().for_each(|group| join_within(&mut forest, group, cluster));
        let now = count(&parts(&mut forest, cluster.len(), labelled));
        brought.push(Pairs { truth: 0, found: now.found - before.found, right: now.right - before.right });
        before = now;
    }
    brought
}

/// Joins the records of a group, those of each cluster by themselves.
fn join_within(forest: &mut Forest, group: &[u32], cluster: &[u32]) {
    let of = |record: &u32| cluster[*record as usize];
    let mut sorted = group.to_vec();
    sorted.sort_unstable_by_key(|record| (of(record), *record));
    for together in sorted.chunk_by(|a, b| of(a) == of(b)) {
        together.iter().skip(1).for_each(|record| {
            forest.join(together[0], *record);
        });
    }
}

/// The part of each label; labels without a record are alone, numbered behind all records.
fn parts(forest: &mut Forest, records: usize, labelled: &[Option<u32>]) -> Vec<u32> {
    let mut next = u32::try_from(records).expect("records of one entity are numbered by u32");
    let alone = |next: &mut u32| {
        *next += 1;
        *next - 1
    };
    labelled.iter().map(|record| record.map_or_else(|| alone(&mut next), |record| forest.find(record))).collect()
}
