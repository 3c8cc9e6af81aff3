//! Laws of clustering: it equals a naive resolution by all pairs, and depends on nothing but ranks.

#[path = "cluster/naive.rs"]
mod naive;
#[path = "cluster/world.rs"]
mod world;

use c360_match::cluster::{Guard, Input, KeyGroups, resolve};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use world::worlds;

proptest! {
    #[test]
    fn equals_all_pairs_in_order(world in worlds()) {
        let (found, expected) = (world.resolve(), naive::resolve(&world));
        prop_assert_eq!(&found.cluster, &expected.cluster);
        prop_assert_eq!(found.clusters, expected.cluster.iter().collect::<BTreeSet<_>>().len());
        prop_assert_eq!(&found.merges, &expected.merges);
        let refused: Vec<_> = found.refused.iter().map(|refusal| (refusal.rule, refusal.pair)).collect();
        if world.largest_meeting(&found.cluster) <= 16 {
            prop_assert_eq!(&refused, &expected.refused);
        } else {
            let clusters = |pair: &(u32, u32)| {
                let (a, b) = (found.cluster[pair.0 as usize], found.cluster[pair.1 as usize]);
                (a.min(b), a.max(b))
            };
            let all: BTreeSet<_> = expected.refused.iter().map(|(_, pair)| clusters(pair)).collect();
            let some: BTreeSet<_> = refused.iter().map(|(_, pair)| clusters(pair)).collect();
            prop_assert!(some.is_subset(&all));
            prop_assert_eq!(some.len(), refused.len(), "each pair of entities once");
            let touched = |pairs: &BTreeSet<(u32, u32)>| pairs.iter().flat_map(|&(a, b)| [a, b]).collect::<BTreeSet<u32>>();
            prop_assert_eq!(touched(&some), touched(&all), "whoever was refused is named");
        }
    }

    #[test]
    fn no_entity_violates_a_guard_and_evidence_shows_it(world in worlds()) {
        let found = world.resolve();
        for (number, _) in world.guards.iter().enumerate() {
            prop_assert!(world.apart(number).iter().all(|(a, b)| found.cluster[*a as usize] != found.cluster[*b as usize]));
            let marks: BTreeSet<(u32, u64)> = (0..world.records())
                .filter_map(|record| Some((found.cluster[record], world.mark(number, record as u32)?)))
                .collect();
            let clusters: BTreeSet<u32> = marks.iter().map(|mark| mark.0).collect();
            prop_assert_eq!(marks.len(), clusters.len());
        }
        for refusal in &found.refused {
            let cluster = |record: u32| found.cluster[record as usize];
            prop_assert_ne!(cluster(refusal.pair.0), cluster(refusal.pair.1));
            prop_assert_eq!(cluster(refusal.pair.0), cluster(refusal.evidence.0));
            prop_assert_eq!(cluster(refusal.pair.1), cluster(refusal.evidence.1));
            prop_assert!(world.rank[refusal.pair.0 as usize] < world.rank[refusal.pair.1 as usize]);
            let named = world.apart(refusal.guard as usize);
            if !named.is_empty() {
                let (a, b) = refusal.evidence;
                prop_assert!(named.contains(&(a, b)) || named.contains(&(b, a)));
                continue;
            }
            let marks = |guard: usize, of: (u32, u32)| (world.mark(guard, of.0), world.mark(guard, of.1));
            let (a, b) = marks(refusal.guard as usize, refusal.evidence);
            prop_assert!(a.is_some() && b.is_some() && a != b);
            let before = |record: u32, other: u32| {
                cluster(record) == cluster(other) && world.rank[record as usize] < world.rank[other as usize]
            };
            let bears = |record: u32| world.mark(refusal.guard as usize, record).is_some();
            let earlier = |of: u32| (0..world.records() as u32).find(|&record| before(record, of) && bears(record));
            prop_assert_eq!((earlier(refusal.evidence.0), earlier(refusal.evidence.1)), (None, None), "evidence is the first");
        }
    }

    #[test]
    fn numbering_of_records_changes_nothing(world in worlds(), seed in any::<u64>()) {
        let renumbered = world::shuffled(world.records(), seed);
        let (found, other) = (world.resolve(), world.renumber(&renumbered).resolve());
        let moved: Vec<u32> = (0..world.records()).map(|record| other.cluster[renumbered[record] as usize]).collect();
        prop_assert_eq!(&found.cluster, &moved);
        prop_assert_eq!(&found.merges, &other.merges);
        let moved = |pair: (u32, u32)| (renumbered[pair.0 as usize], renumbered[pair.1 as usize]);
        let expected: Vec<_> =
            found.refused.iter().map(|refusal| (refusal.rule, refusal.guard, moved(refusal.pair), moved(refusal.evidence))).collect();
        let refused: Vec<_> = other.refused.iter().map(|refusal| (refusal.rule, refusal.guard, refusal.pair, refusal.evidence)).collect();
        prop_assert_eq!(refused, expected);
    }

    #[test]
    fn order_of_groups_and_their_members_changes_nothing(world in worlds(), seed in any::<u64>()) {
        prop_assert_eq!(world.resolve(), world.shuffle_groups(seed).resolve());
    }

    #[test]
    fn a_component_stands_alone(world in worlds()) {
        let found = world.resolve();
        let component = world.components();
        let partition = |cluster: &[u32], one: u32| -> BTreeSet<Vec<usize>> {
            let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
            for record in (0..world.records()).filter(|&record| component[record] == one) {
                members.entry(cluster[record]).or_default().push(record);
            }
            members.into_values().collect()
        };
        for one in component.iter().copied().collect::<BTreeSet<u32>>() {
            let alone = world.without_groups_outside(&component, one).resolve();
            prop_assert_eq!(partition(&found.cluster, one), partition(&alone.cluster, one));
            let inside: Vec<_> = found.refused.iter().filter(|refusal| component[refusal.pair.0 as usize] == one).copied().collect();
            prop_assert_eq!(inside, alone.refused);
        }
    }
}

#[test]
fn the_strongest_rule_decides_who_joins() {
    // Record 1 shares its e-mail with 0 and its phone with 2; 0 and 2 have different tax ids.
    let email = KeyGroups::from_pairs(vec![(1, 0), (1, 1)], None).0;
    let phone = KeyGroups::from_pairs(vec![(1, 1), (1, 2)], None).0;
    let values = [7, 0, 8];
    let guards = [Guard::Differ { values: &values }];
    let rank = [0, 1, 2];
    let resolve = |rules: &[KeyGroups]| resolve(&Input { records: 3, rank: &rank, rules, guards: &guards });
    let email_first = resolve(&[email.clone(), phone.clone()]);
    assert_eq!(email_first.cluster, [0, 0, 1]);
    assert_eq!(email_first.merges, [1, 0]);
    assert_eq!(email_first.refused.len(), 1);
    assert_eq!((email_first.refused[0].pair, email_first.refused[0].evidence), ((1, 2), (0, 2)));
    assert_eq!(resolve(&[phone, email]).cluster, [0, 1, 1]);
}

#[test]
fn a_source_that_has_each_customer_once_keeps_its_records_apart() {
    let shared = KeyGroups::from_pairs((0..5).map(|record| (1, record)).collect(), None).0;
    let holders = [true, false, true, false, true];
    let guards = [Guard::SameSource { holders: &holders }];
    let found = resolve(&Input { records: 5, rank: &[4, 3, 2, 1, 0], rules: &[shared], guards: &guards });
    assert_eq!(found.cluster, [2, 0, 1, 0, 0], "4 ranks first and takes whoever is free");
    assert_eq!(found.refused.len(), 3);
}

#[test]
fn nothing_is_a_result() {
    let found = resolve(&Input { records: 0, rank: &[], rules: &[KeyGroups::default()], guards: &[] });
    assert_eq!((found.cluster.len(), found.clusters, found.merges), (0, 0, vec![0]));
}
