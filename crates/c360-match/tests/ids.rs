//! Laws of stable ids, over random histories of clusters.

use c360_match::ids::{Event, Ids, Input, carry_over};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A last commit and new clusters over its records.
#[derive(Debug, Clone)]
struct Change {
    cluster: Vec<u32>,
    old_id: Vec<u64>,
    rank: Vec<u32>,
    live: Vec<u64>,
    next: u64,
}

impl Change {
    fn clusters(&self) -> usize {
        self.cluster.iter().max().map_or(0, |&most| most as usize + 1)
    }

    fn carry_over(&self) -> Ids {
        carry_over(&Input {
            clusters: self.clusters(),
            cluster: &self.cluster,
            old_id: &self.old_id,
            rank: &self.rank,
            live: &self.live,
            next: self.next,
        })
    }

    /// Records by their old id and by their cluster.
    fn members<K: Ord>(&self, of: impl Fn(usize) -> K) -> BTreeMap<K, BTreeSet<usize>> {
        let mut members: BTreeMap<K, BTreeSet<usize>> = BTreeMap::new();
        for record in 0..self.cluster.len() {
            members.entry(of(record)).or_default().insert(record);
        }
        members
    }
}

/// Numbers densely in the order of first appearance.
fn dense(labels: &[u32]) -> Vec<u32> {
    let mut numbers = BTreeMap::new();
    labels
        .iter()
        .map(|&label| {
            let next = numbers.len() as u32;
            *numbers.entry(label).or_insert(next)
        })
        .collect()
}

fn changes() -> impl Strategy<Value = Change> {
    (1usize..40).prop_flat_map(|records| {
        let label = prop_oneof![4 => 0u32..8, 1 => 0u32..40];
        let old = prop_oneof![2 => Just(0u64), 6 => 1u64..9, 2 => 1u64..30];
        let extra = prop::collection::btree_set(1u64..40, 0..6);
        let rank = Just((0..records as u32).collect::<Vec<u32>>()).prop_shuffle();
        (prop::collection::vec(label, records), prop::collection::vec(old, records), extra, rank).prop_map(
            |(labels, old_id, extra, rank)| {
                let live: BTreeSet<u64> = old_id.iter().copied().filter(|&id| id != 0).chain(extra).collect();
                Change { cluster: dense(&labels), old_id, rank, live: live.into_iter().collect(), next: 50 }
            },
        )
    })
}

proptest! {
    #[test]
    fn equals_the_definition(change in changes()) {
        prop_assert_eq!(change.carry_over().ids, by_definition(&change));
    }

    #[test]
    fn no_id_twice_and_none_reused(change in changes()) {
        let found = change.carry_over();
        let distinct: BTreeSet<u64> = found.ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), found.ids.len());
        let new: Vec<u64> = found.ids.iter().copied().filter(|id| !change.live.contains(id)).collect::<BTreeSet<_>>().into_iter().collect();
        prop_assert_eq!(new, (change.next..found.next).collect::<Vec<_>>());
    }

    #[test]
    fn what_did_not_change_keeps_its_id(change in changes()) {
        let found = change.carry_over();
        let old = change.members(|record| change.old_id[record]);
        for (cluster, members) in change.members(|record| change.cluster[record]) {
            for (&id, _) in old.iter().filter(|(id, before)| **id != 0 && **before == members) {
                prop_assert_eq!(found.ids[cluster as usize], id);
            }
        }
    }

    #[test]
    fn again_changes_nothing(change in changes()) {
        let found = change.carry_over();
        let old_id: Vec<u64> = change.cluster.iter().map(|&cluster| found.ids[cluster as usize]).collect();
        let live: BTreeSet<u64> = found.ids.iter().copied().collect();
        let again = Change { old_id, live: live.into_iter().collect(), next: found.next, ..change }.carry_over();
        prop_assert_eq!(again.ids, found.ids);
        prop_assert_eq!(again.next, found.next);
        prop_assert_eq!(again.events, vec![]);
    }

    #[test]
    fn every_id_has_one_fate_and_events_tell_it(change in changes()) {
        let found = change.carry_over();
        let given: BTreeSet<u64> = found.ids.iter().copied().collect();
        let old = change.members(|record| change.old_id[record]);
        let new = change.members(|record| found.ids[change.cluster[record] as usize]);
        let mut ended = BTreeSet::new();
        let mut begun = BTreeSet::new();
        for event in &found.events {
            match *event {
                Event::Merged { old: id, survivor } => {
                    prop_assert!(ended.insert(id));
                    prop_assert!(change.live.contains(&survivor), "the survivor is an old entity");
                    let shared = |with: u64| new[&with].intersection(&old[&id]).count();
                    prop_assert!(shared(survivor) > 0);
                    prop_assert!(new.keys().all(|&other| shared(other) <= shared(survivor)), "the survivor has most of it");
                }
                Event::Retired { id } => {
                    prop_assert!(ended.insert(id));
                    prop_assert!(!old.contains_key(&id));
                }
                Event::Created { id } => {
                    prop_assert!(begun.insert(id));
                    prop_assert!(new[&id].iter().all(|&record| change.old_id[record] == 0));
                }
                Event::Split { id, origin } => {
                    prop_assert!(begun.insert(id));
                    prop_assert!(given.contains(&origin), "the origin goes on elsewhere");
                    let shared = |with: u64| old.get(&with).map_or(0, |old| old.intersection(&new[&id]).count());
                    prop_assert!(shared(origin) > 0);
                    prop_assert!(change.live.iter().all(|&other| (shared(other), origin) <= (shared(origin), other)));
                }
            }
        }
        let live: BTreeSet<u64> = change.live.iter().copied().collect();
        prop_assert_eq!(ended, live.difference(&given).copied().collect::<BTreeSet<_>>());
        prop_assert_eq!(begun, given.difference(&live).copied().collect::<BTreeSet<_>>());
    }

    #[test]
    fn numbering_changes_nothing(change in changes(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..change.cluster.len()).collect();
        order.sort_by_key(|&record| (record as u64 + 1).wrapping_mul(seed | 1));
        let labels: Vec<u32> = order.iter().map(|&record| change.cluster[record]).collect();
        let other = Change {
            cluster: dense(&labels),
            old_id: order.iter().map(|&record| change.old_id[record]).collect(),
            rank: order.iter().map(|&record| change.rank[record]).collect(),
            ..change.clone()
        };
        let (found, moved) = (change.carry_over(), other.carry_over());
        for (place, &record) in order.iter().enumerate() {
            prop_assert_eq!(found.ids[change.cluster[record] as usize], moved.ids[other.cluster[place] as usize]);
        }
        prop_assert_eq!(found.events, moved.events);
    }
}

/// The definition taken literally: of all claims that can still be granted the first one, until none is left.
fn by_definition(change: &Change) -> Vec<u64> {
    let mut ids = vec![0; change.clusters()];
    loop {
        let open = |record: &usize| {
            let (id, cluster) = (change.old_id[*record], change.cluster[*record] as usize);
            id != 0 && ids[cluster] == 0 && !ids.contains(&id)
        };
        let claims = change.members(|record| (change.old_id[record], change.cluster[record]));
        let first = claims.iter().filter(|(_, shared)| shared.iter().all(&open)).min_by_key(|((id, _), shared)| {
            let rank = shared.iter().map(|&record| change.rank[record]).min();
            (-(shared.len() as i64), *id, rank)
        });
        match first {
            Some(((id, cluster), _)) => ids[*cluster as usize] = *id,
            None => break,
        }
    }
    let mut next = change.next;
    let mut by_rank: Vec<usize> = (0..change.cluster.len()).collect();
    by_rank.sort_by_key(|&record| change.rank[record]);
    for record in by_rank {
        let id = &mut ids[change.cluster[record] as usize];
        if *id == 0 {
            *id = next;
            next += 1;
        }
    }
    ids
}

#[test]
fn the_first_run_gives_ids_by_rank() {
    let found = Change { cluster: vec![0, 1, 1], old_id: vec![0; 3], rank: vec![2, 1, 0], live: vec![], next: 1 }.carry_over();
    assert_eq!(found.ids, [2, 1]);
    assert_eq!(found.next, 3);
    assert_eq!(found.events, [Event::Created { id: 1 }, Event::Created { id: 2 }]);
}

#[test]
fn a_merge_keeps_the_larger_and_a_split_keeps_the_larger_part() {
    let ranks: Vec<u32> = (0..5).collect();
    let merge = Change { cluster: vec![0; 5], old_id: vec![1, 1, 2, 2, 2], rank: ranks.clone(), live: vec![1, 2, 3], next: 4 }.carry_over();
    assert_eq!(merge.ids, [2]);
    assert_eq!(merge.events, [Event::Merged { old: 1, survivor: 2 }, Event::Retired { id: 3 }]);
    let split = Change { cluster: vec![0, 0, 1, 1, 1], old_id: vec![1; 5], rank: ranks, live: vec![1], next: 2 }.carry_over();
    assert_eq!(split.ids, [2, 1]);
    assert_eq!(split.events, [Event::Split { id: 2, origin: 1 }]);
}

#[test]
fn a_next_id_that_lags_behind_reuses_nothing() {
    let found = Change { cluster: vec![0, 1], old_id: vec![0, 9], rank: vec![0, 1], live: vec![9, 12], next: 1 }.carry_over();
    assert_eq!((found.ids, found.next), (vec![13, 9], 14));
}
