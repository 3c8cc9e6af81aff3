//! Laws of parents: everything ends at a top, cycles are cut at their weakest link and nowhere else.

use c360_match::hierarchy::{Hierarchy, ancestors};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// (parents, strengths, ids) of up to 30 objects.
fn families() -> impl Strategy<Value = (Vec<Option<u32>>, Vec<u32>, Vec<u64>)> {
    (1usize..30).prop_flat_map(|objects| {
        let parent = prop_oneof![1 => Just(None), 3 => (0..objects as u32).prop_map(Some)];
        let ids = Just((1..=objects as u64).map(|id| id * 10).collect::<Vec<u64>>()).prop_shuffle();
        (prop::collection::vec(parent, objects), prop::collection::vec(0u32..3, objects), ids)
    })
}

/// The objects on a cycle with this one, if it is on one: those that it reaches and that reach it.
fn cycle_of(parents: &[Option<u32>], object: u32) -> Option<BTreeSet<u32>> {
    let above: Vec<u32> = std::iter::successors(parents[object as usize], |&up| parents[up as usize]).take(parents.len()).collect();
    let back = above.iter().position(|&up| up == object)?;
    Some(above[..=back].iter().copied().collect())
}

fn check(parents: &[Option<u32>], found: &Hierarchy) -> Result<(), TestCaseError> {
    for object in 0..parents.len() as u32 {
        let path: Vec<u32> = found.path(object).take(parents.len() + 1).collect();
        prop_assert!(path.len() < parents.len(), "a path ends");
        prop_assert_eq!(found.depth[object as usize] as usize, path.len());
        prop_assert_eq!(found.ultimate[object as usize], path.last().copied().unwrap_or(object));
        prop_assert_eq!(found.parent[found.ultimate[object as usize] as usize], None);
    }
    Ok(())
}

proptest! {
    #[test]
    fn paths_end_and_cycles_are_cut_once_at_their_weakest((parents, strength, ids) in families()) {
        let found = ancestors(&parents, &strength, &ids);
        check(&parents, &found)?;
        let cut: BTreeSet<u32> = found.cycles.iter().map(|cycle| cycle.members[0]).collect();
        for object in 0..parents.len() as u32 {
            let expected = if cut.contains(&object) { None } else { parents[object as usize] };
            prop_assert_eq!(found.parent[object as usize], expected, "nothing but a cut changes a parent");
        }
        let cycles: BTreeSet<BTreeSet<u32>> = (0..parents.len() as u32).filter_map(|object| cycle_of(&parents, object)).collect();
        let reported: Vec<BTreeSet<u32>> = found.cycles.iter().map(|cycle| cycle.members.iter().copied().collect()).collect();
        prop_assert_eq!(reported.len(), cycles.len());
        prop_assert_eq!(reported.into_iter().collect::<BTreeSet<_>>(), cycles);
        for cycle in &found.cycles {
            let weight = |object: u32| (strength[object as usize], std::cmp::Reverse(ids[object as usize]));
            prop_assert!(cycle.members.iter().all(|&member| weight(cycle.members[0]) <= weight(member)));
            for (place, &member) in cycle.members.iter().enumerate() {
                prop_assert_eq!(parents[member as usize], Some(cycle.members[(place + 1) % cycle.members.len()]));
            }
        }
    }

    #[test]
    fn numbering_changes_nothing((parents, strength, ids) in families()) {
        // Numbered by id instead.
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_key(|&object| ids[object]);
        let place = |object: u32| order.iter().position(|&other| other == object as usize).expect("a permutation") as u32;
        let moved: Vec<Option<u32>> = order.iter().map(|&object| parents[object].map(place)).collect();
        let pick = |of: &[u32]| order.iter().map(|&object| of[object]).collect::<Vec<u32>>();
        let sorted: Vec<u64> = order.iter().map(|&object| ids[object]).collect();
        let (found, other) = (ancestors(&parents, &strength, &ids), ancestors(&moved, &pick(&strength), &sorted));
        prop_assert_eq!(pick(&found.depth), other.depth);
        prop_assert_eq!(pick(&found.ultimate).into_iter().map(place).collect::<Vec<_>>(), other.ultimate);
        let cycles: Vec<Vec<u32>> = found.cycles.iter().map(|cycle| cycle.members.iter().map(|&member| place(member)).collect()).collect();
        prop_assert_eq!(cycles, other.cycles.into_iter().map(|cycle| cycle.members).collect::<Vec<_>>());
    }
}

#[test]
fn a_long_chain_needs_no_stack() {
    let objects = 1_000_000;
    let parents: Vec<Option<u32>> = (0..objects).map(|object: u32| object.checked_sub(1)).collect();
    let ids: Vec<u64> = (1..=u64::from(objects)).collect();
    let found = ancestors(&parents, &vec![1; objects as usize], &ids);
    assert_eq!((found.ultimate[objects as usize - 1], found.depth[objects as usize - 1]), (0, objects - 1));
    assert_eq!(found.path(2).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn an_object_that_is_its_own_parent_is_a_cycle_of_one() {
    let found = ancestors(&[Some(0), Some(0)], &[1, 1], &[5, 6]);
    assert_eq!((found.ultimate, found.depth), (vec![0, 0], vec![0, 1]));
    assert_eq!(found.cycles.len(), 1);
    assert_eq!(found.cycles[0].members, [0]);
}

#[test]
fn nothing_has_no_parents() {
    assert_eq!(ancestors(&[], &[], &[]).cycles, []);
}
