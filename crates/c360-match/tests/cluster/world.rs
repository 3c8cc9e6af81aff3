//! Random records, rules and guards, small and dense enough that guards get in the way.

use c360_match::cluster::{Guard, Input, KeyGroups, Resolution, resolve};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum OwnedGuard {
    Differ(Vec<u64>),
    SameSource(Vec<bool>),
    Apart(Vec<(u32, u32)>),
}

#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) rank: Vec<u32>,
    /// Per rule its pairs of (value, record), in any order.
    pub(crate) rules: Vec<Vec<(u128, u32)>>,
    pub(crate) guards: Vec<OwnedGuard>,
}

/// Worlds of up to 140 records: many small groups, or a large one in which more records wait than are looked at one by one.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    prop_oneof![mixed(), crowded()]
}

/// Groups of all sizes, guards of all kinds.
fn mixed() -> impl Strategy<Value = World> {
    (1usize..140, any::<u64>()).prop_flat_map(|(records, seed)| {
        let value = prop_oneof![3 => (0u128..4).boxed(), 2 => (0u128..60).boxed()];
        let rule = prop::collection::vec((value, 0..records as u32), 0..records * 2);
        let source = prop::collection::vec(prop::bool::weighted(0.3), records).prop_map(OwnedGuard::SameSource);
        let guard = prop_oneof![3 => differ(records), 2 => source];
        (prop::collection::vec(rule, 1..4), prop::collection::vec(guard, 0..5), apart(records))
            .prop_map(move |(rules, guards, apart)| World { rank: shuffled(records, seed), rules, guards: with(guards, apart) })
    })
}

/// One value that most records share and many that a few do, under several guards: clusters grow in small groups while they wait in the large.
fn crowded() -> impl Strategy<Value = World> {
    (100usize..140, any::<u64>()).prop_flat_map(|(records, seed)| {
        let few = prop::collection::vec((1u128..60, 0..records as u32), 0..records);
        let most = prop::collection::vec(prop::bool::weighted(0.7), records);
        let rule = (few, most).prop_map(|(mut pairs, most)| {
            pairs.extend((0..).zip(most).filter(|(_, shares)| *shares).map(|(record, _)| (0, record)));
            pairs
        });
        let mark = prop_oneof![3 => Just(0), 2 => 1u64..9];
        let sparse = prop::collection::vec(mark, records).prop_map(OwnedGuard::Differ);
        (prop::collection::vec(rule, 1..3), prop::collection::vec(sparse, 2..4), apart(records))
            .prop_map(move |(rules, guards, apart)| World { rank: shuffled(records, seed), rules, guards: with(guards, apart) })
    })
}

/// In half of all worlds a few pairs that are kept apart, and the place of their guard.
fn apart(records: usize) -> impl Strategy<Value = Option<(OwnedGuard, usize)>> {
    let record = 0..records as u32;
    let pair = (record.clone(), record).prop_filter("a record is not apart from itself", |(a, b)| a != b);
    let few = prop::collection::vec(pair, 1..8);
    if records < 2 { Just(None).boxed() } else { prop::option::of((few.prop_map(OwnedGuard::Apart), 0usize..6)).boxed() }
}

fn with(mut guards: Vec<OwnedGuard>, apart: Option<(OwnedGuard, usize)>) -> Vec<OwnedGuard> {
    if let Some((guard, place)) = apart {
        guards.insert(place.min(guards.len()), guard);
    }
    guards
}

/// From few values that most records have to many that few have.
fn differ(records: usize) -> impl Strategy<Value = OwnedGuard> {
    let mark = prop_oneof![Just((0, 3u64)), Just((2, 3)), Just((1, 40)), Just((3, 1000))];
    mark.prop_flat_map(move |(empty, values)| {
        let one = prop_oneof![empty => Just(0), 2 => 1..=values];
        prop::collection::vec(one, records).prop_map(OwnedGuard::Differ)
    })
}

/// A permutation of `0..len`, by the linear congruential generator of Knuth's MMIX.
pub(crate) fn shuffled(len: usize, mut seed: u64) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..len as u32).collect();
    for place in (1..len).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        numbers.swap(place, (seed >> 33) as usize % (place + 1));
    }
    numbers
}

impl World {
    pub(crate) fn records(&self) -> usize {
        self.rank.len()
    }

    pub(crate) fn groups(&self) -> Vec<KeyGroups> {
        self.rules.iter().map(|pairs| KeyGroups::from_pairs(pairs.clone(), None).0).collect()
    }

    pub(crate) fn mark(&self, guard: usize, record: u32) -> Option<u64> {
        match &self.guards[guard] {
            OwnedGuard::Differ(values) => Some(values[record as usize]).filter(|&value| value != 0),
            OwnedGuard::SameSource(holders) => holders[record as usize].then_some(u64::from(record)),
            OwnedGuard::Apart(_) => None,
        }
    }

    /// The pairs that a guard keeps apart by name.
    pub(crate) fn apart(&self, guard: usize) -> &[(u32, u32)] {
        match &self.guards[guard] {
            OwnedGuard::Apart(pairs) => pairs,
            _ => &[],
        }
    }

    pub(crate) fn resolve(&self) -> Resolution {
        let guards: Vec<Guard<'_>> = self
            .guards
            .iter()
            .map(|guard| match guard {
                OwnedGuard::Differ(values) => Guard::Differ { values },
                OwnedGuard::SameSource(holders) => Guard::SameSource { holders },
                OwnedGuard::Apart(pairs) => Guard::Apart { pairs },
            })
            .collect();
        resolve(&Input { records: self.records(), rank: &self.rank, rules: &self.groups(), guards: &guards })
    }

    /// The same world with other numbers for its records.
    pub(crate) fn renumber(&self, to: &[u32]) -> World {
        let mut other = self.clone();
        for (record, &place) in to.iter().enumerate() {
            other.rank[place as usize] = self.rank[record];
            for (guard, other) in self.guards.iter().zip(&mut other.guards) {
                match (guard, other) {
                    (OwnedGuard::Differ(values), OwnedGuard::Differ(other)) => other[place as usize] = values[record],
                    (OwnedGuard::SameSource(holders), OwnedGuard::SameSource(other)) => other[place as usize] = holders[record],
                    (OwnedGuard::Apart(pairs), OwnedGuard::Apart(other)) => {
                        *other = pairs.iter().map(|&(a, b)| (to[a as usize], to[b as usize])).collect();
                    }
                    _ => unreachable!("a clone has the same kinds"),
                }
            }
        }
        for (_, record) in other.rules.iter_mut().flatten() {
            *record = to[*record as usize];
        }
        other
    }

    /// The same world with other hashes for its values, so that groups come in another order.
    pub(crate) fn shuffle_groups(&self, seed: u64) -> World {
        let keys = shuffled(60, seed);
        let mut other = self.clone();
        for (key, _) in other.rules.iter_mut().flatten() {
            *key = u128::from(keys[*key as usize]);
        }
        other
    }

    /// The connected component of each record: labels spread until nothing changes.
    pub(crate) fn components(&self) -> Vec<u32> {
        let mut label: Vec<u32> = (0..self.records() as u32).collect();
        loop {
            let before = label.clone();
            for group in self.groups().iter().flat_map(|groups| groups.iter().map(<[u32]>::to_vec).collect::<Vec<_>>()) {
                let least = group.iter().map(|&record| label[record as usize]).min().expect("groups have members");
                group.iter().for_each(|&record| label[record as usize] = least);
            }
            if label == before {
                return label;
            }
        }
    }

    /// The same world in which only one component has values.
    pub(crate) fn without_groups_outside(&self, component: &[u32], one: u32) -> World {
        let mut other = self.clone();
        for rule in &mut other.rules {
            rule.retain(|&(_, record)| component[record as usize] == one);
        }
        other
    }

    /// How many clusters meet in one group at most.
    pub(crate) fn largest_meeting(&self, cluster: &[u32]) -> usize {
        let meeting = |group: &[u32]| group.iter().map(|&record| cluster[record as usize]).collect::<std::collections::BTreeSet<_>>().len();
        self.groups().iter().flat_map(|groups| groups.iter().map(meeting).collect::<Vec<_>>()).max().unwrap_or(0)
    }
}
