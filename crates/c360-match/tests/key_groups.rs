//! Groups of records by value: equal to a map, whatever the order and number of pairs.

use c360_match::cluster::{Hub, KeyGroups};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Expected = (Vec<Vec<u32>>, Vec<Hub>);

fn by_map(pairs: &[(u128, u32)], at_most: Option<u64>) -> Expected {
    let mut values: BTreeMap<u128, BTreeSet<u32>> = BTreeMap::new();
    for &(key, record) in pairs {
        values.entry(key).or_default().insert(record);
    }
    let is_hub = |records: &BTreeSet<u32>| at_most.is_some_and(|at_most| records.len() as u64 > at_most);
    let hubs = values.iter().filter(|(_, records)| records.len() > 1 && is_hub(records));
    let hubs = hubs.map(|(&key, records)| Hub { key, records: records.len() as u64 }).collect();
    let groups = values.values().filter(|records| records.len() > 1 && !is_hub(records));
    (groups.map(|records| records.iter().copied().collect()).collect(), hubs)
}

fn from_pairs(pairs: Vec<(u128, u32)>, at_most: Option<u64>) -> Expected {
    let (groups, hubs) = KeyGroups::from_pairs(pairs, at_most);
    assert_eq!(groups.len(), groups.iter().count());
    assert_eq!(groups.is_empty(), groups.iter().next().is_none());
    (groups.iter().map(<[u32]>::to_vec).collect(), hubs)
}

proptest! {
    #[test]
    fn equals_a_map(pairs in prop::collection::vec((0u128..12, 0u32..20), 0..80), at_most in prop::option::of(1u64..6)) {
        prop_assert_eq!(from_pairs(pairs.clone(), at_most), by_map(&pairs, at_most));
    }
}

#[test]
fn many_pairs_with_spread_and_with_crowded_keys() {
    // Fibonacci hashing spreads the keys over all bits; the other sets put them all into one bucket or two.
    let spread = |key: u64| u128::from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15)) << 64 | u128::from(key);
    let crowded = u128::from;
    let two = |key: u64| if key.is_multiple_of(2) { u128::from(key) } else { u128::MAX - u128::from(key) };
    for keys in [&spread as &dyn Fn(u64) -> u128, &crowded, &two] {
        let pairs: Vec<(u128, u32)> = (0..60_000u64).map(|pair| (keys(pair * 7919 % 9000), (pair * 31 % 40_000) as u32)).collect();
        assert_eq!(from_pairs(pairs.clone(), Some(6)), by_map(&pairs, Some(6)));
    }
}
