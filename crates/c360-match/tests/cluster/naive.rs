//! The definition of clustering taken literally: every pair of every group in order, guards checked member by member.

use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Expected {
    pub(crate) cluster: Vec<u32>,
    pub(crate) merges: Vec<u64>,
    /// (rule, pair of records), the first for each pair of clusters of the end.
    pub(crate) refused: Vec<(u32, (u32, u32))>,
}

pub(crate) fn resolve(world: &World) -> Expected {
    let mut cluster: Vec<usize> = (0..world.records()).collect();
    let mut merges = vec![0; world.rules.len()];
    let mut refused = Vec::new();
    for (rule, a, b) in pairs(world) {
        let (of_a, of_b) = (cluster[a as usize], cluster[b as usize]);
        if of_a == of_b {
            continue;
        }
        let members = |of: usize| (0..world.records() as u32).filter(|&record| cluster[record as usize] == of).collect::<Vec<_>>();
        if allowed(world, &members(of_a), &members(of_b)) {
            cluster.iter_mut().filter(|cluster| **cluster == of_b).for_each(|cluster| *cluster = of_a);
            merges[rule as usize] += 1;
        } else {
            refused.push((rule, (a, b)));
        }
    }
    let cluster = by_first_rank(world, &cluster);
    let mut seen = BTreeSet::new();
    refused.retain(|&(_, (a, b))| {
        let (a, b) = (cluster[a as usize], cluster[b as usize]);
        assert_ne!(a, b, "a refused pair stays refused");
        seen.insert((a.min(b), a.max(b)))
    });
    Expected { cluster, merges, refused }
}

/// (rule, a, b) for all pairs of all groups, by rule and the ranks of a and b.
fn pairs(world: &World) -> Vec<(u32, u32, u32)> {
    let mut pairs = BTreeMap::new();
    for (rule, values) in (0..).zip(&world.rules) {
        for (key, a) in values {
            for (_, b) in values.iter().filter(|(other, b)| other == key && world.rank[*a as usize] < world.rank[*b as usize]) {
                pairs.insert((rule, world.rank[*a as usize], world.rank[*b as usize]), (rule, *a, *b));
            }
        }
    }
    pairs.into_values().collect()
}

fn allowed(world: &World, a: &[u32], b: &[u32]) -> bool {
    let separates = |guard: usize| world.apart(guard).iter().any(|(x, y)| a.contains(x) && b.contains(y) || a.contains(y) && b.contains(x));
    (0..world.guards.len()).all(|guard| {
        if separates(guard) {
            return false;
        }
        let marks: BTreeSet<u64> = a.iter().chain(b).filter_map(|&record| world.mark(guard, record)).collect();
        marks.len() <= 1
    })
}

fn by_first_rank(world: &World, cluster: &[usize]) -> Vec<u32> {
    let mut first: BTreeMap<usize, u32> = BTreeMap::new();
    for (record, cluster) in cluster.iter().enumerate() {
        let rank = world.rank[record];
        first.entry(*cluster).and_modify(|first| *first = rank.min(*first)).or_insert(rank);
    }
    let order: BTreeSet<u32> = first.values().copied().collect();
    cluster.iter().map(|cluster| order.range(..first[cluster]).count() as u32).collect()
}
