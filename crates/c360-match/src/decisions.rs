//! Decisions of people about pairs of records, held against each other: who is one by decision must not be kept apart by another. Knows no names.

use crate::cluster::Forest;
use std::collections::{BTreeMap, VecDeque};

/// A pair that a decision keeps apart and others make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The place of the decision among those that keep apart.
    pub never: usize,
    /// The places of the decisions among those that join: a shortest chain from the pair's first record to its second.
    pub always: Vec<usize>,
}

/// The contradictions among decisions about records `0..records`, in the order of those that keep apart. A record that is kept apart from itself
/// is one with an empty chain.
///
/// # Panics
/// If a pair names a record that is not below `records`.
#[must_use]
pub fn contradictions(records: usize, always: &[(u32, u32)], never: &[(u32, u32)]) -> Vec<Contradiction> {
    let mut forest = Forest::new(records);
    for &(a, b) in always {
        forest.join(a, b);
    }
    let mut edges: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (place, &(a, b)) in always.iter().enumerate() {
        edges.entry(a).or_default().push((b, place));
        edges.entry(b).or_default().push((a, place));
    }
    let one = |forest: &mut Forest, (a, b): (u32, u32)| forest.find(a) == forest.find(b);
    let contradicted = never.iter().enumerate().filter(|(_, pair)| one(&mut forest, **pair));
    contradicted.map(|(place, pair)| Contradiction { never: place, always: chain(&edges, *pair) }).collect()
}

/// The places of the edges of a shortest way, the first found in their order; the two are connected.
fn chain(edges: &BTreeMap<u32, Vec<(u32, usize)>>, (from, to): (u32, u32)) -> Vec<usize> {
    let mut came: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(at) = next.pop_front().filter(|at| *at != to) {
        for &(other, edge) in edges.get(&at).into_iter().flatten() {
            if other != from && !came.contains_key(&other) {
                came.insert(other, (at, edge));
                next.push_back(other);
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = to;
    while let Some((before, edge)) = came.get(&at).filter(|_| at != from) {
        chain.push(*edge);
        at = *before;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_any_length_contradicts() {
        let always = [(0, 1), (3, 2), (1, 2), (0, 4)];
        assert_eq!(contradictions(6, &always, &[(4, 5), (3, 5)]), []);
        let found = contradictions(6, &always, &[(5, 0), (0, 3), (1, 0)]);
        let expected = [(1, vec![0, 2, 1]), (2, vec![0])].map(|(never, always)| Contradiction { never, always });
        assert_eq!(found, expected);
    }

    #[test]
    fn of_several_chains_a_shortest_is_told() {
        let always = [(0, 1), (1, 2), (2, 3), (0, 3), (0, 3)];
        assert_eq!(contradictions(4, &always, &[(0, 3)]), [Contradiction { never: 0, always: vec![3] }]);
    }

    #[test]
    fn a_record_is_not_apart_from_itself() {
        assert_eq!(contradictions(1, &[], &[(0, 0)]), [Contradiction { never: 0, always: Vec::new() }]);
    }
}
