//! The clusters of one component while it is resolved: which records are together and which marks of guards they carry.

use super::apart::Apart;
use super::components::Component;
use super::forest::Forest;
use super::links::Links;
use super::{Guard, Input};

/// A cluster's mark under one guard.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// The mark, 0 for none.
    mark: u64,
    /// The smallest local number of a record that carries it.
    bearer: u32,
}

/// Clusters of local numbers. A root is the smallest local number of its cluster, hence its first record by rank.
#[derive(Debug)]
pub(super) struct Entities {
    forest: Forest,
    /// The guards that can be violated in this component, as numbers of the input.
    guards: Vec<u32>,
    /// Per root and guard; those of other numbers are out of date.
    marks: Vec<Mark>,
    /// The pairs that must be kept apart.
    apart: Option<Apart>,
    /// Per root, how many records there are.
    sizes: Vec<u32>,
    /// How many there may be, and the number of the guard that says so.
    larger: Option<(u32, u32)>,
    /// How many of a thousand pairs must be joined, the number of the guard, and the pairs that are.
    looser: Option<(u32, u32, Links)>,
}

impl Entities {
    /// Every record of the component alone.
    pub(super) fn new(input: &Input<'_>, component: &Component<'_>) -> Entities {
        let records = component.records;
        let guards: Vec<u32> =
            (0..).zip(input.guards).filter(|(_, guard)| can_be_violated(guard, records)).map(|(number, _)| number).collect();
        let mut marks = Vec::with_capacity(records.len() * guards.len());
        for (local, &record) in (0..).zip(records) {
            marks.extend(guards.iter().map(|&guard| Mark { mark: input.guards[guard as usize].mark(record), bearer: local }));
        }
        let apart = (0..).zip(input.guards).find_map(|(number, guard)| match guard {
            Guard::Apart { .. } => Apart::new(number, records.len(), component.pairs_apart()),
            _ => None,
        });
        let larger = (0..).zip(input.guards).find_map(|(number, guard)| match guard {
            Guard::Larger { most } => Some((*most, number)),
            _ => None,
        });
        let looser = (0..).zip(input.guards).find_map(|(number, guard)| match guard {
            Guard::Looser { least, compares } => Some((*least, number, Links::joined(input, component, compares))),
            _ => None,
        });
        Entities { forest: Forest::new(records.len()), guards, marks, apart, sizes: vec![1; records.len()], larger, looser }
    }

    /// Whether marks alone do not tell what can be joined.
    pub(super) fn looks_beyond_marks(&self) -> bool {
        self.larger.is_some() || self.apart.is_some()
    }

    /// The first record of a record's cluster: the name of the cluster.
    pub(super) fn root(&self, local: u32) -> u32 {
        self.forest.root(local)
    }

    /// As [`Entities::root`], and makes the next call faster.
    pub(super) fn find(&mut self, local: u32) -> u32 {
        self.forest.find(local)
    }

    /// Whether the guards allow two clusters, given by roots, to be one.
    pub(super) fn compatible(&self, a: u32, b: u32) -> bool {
        self.first_violated(a, b).is_none() && !self.separated(a, b) && !self.too_large(a, b)
    }

    /// Whether two clusters, given by roots, are joined by too few pairs to be one by a rule that compares pairs.
    pub(super) fn too_loose(&self, a: u32, b: u32) -> bool {
        let pairs = u64::from(self.sizes[a as usize]) * u64::from(self.sizes[b as usize]);
        self.looser.as_ref().is_some_and(|(least, _, links)| u64::from(links.between(a, b)) * 1000 < u64::from(*least) * pairs)
    }

    fn separated(&self, a: u32, b: u32) -> bool {
        self.apart.as_ref().is_some_and(|apart| apart.separates(a, b))
    }

    fn too_large(&self, a: u32, b: u32) -> bool {
        self.larger.is_some_and(|(most, _)| self.sizes[a as usize] + self.sizes[b as usize] > most)
    }

    /// Makes one cluster of two, given by different roots.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (root, child) = (a.min(b) as usize * self.guards.len(), a.max(b) as usize * self.guards.len());
        for guard in 0..self.guards.len() {
            let (ours, theirs) = (self.marks[root + guard], self.marks[child + guard]);
            if ours.mark == 0 || theirs.mark != 0 && theirs.bearer < ours.bearer {
                self.marks[root + guard] = theirs;
            }
        }
        self.forest.join(a, b);
        let (root, child) = (a.min(b), a.max(b));
        self.sizes[root as usize] += self.sizes[child as usize];
        if let Some((_, _, links)) = &mut self.looser {
            links.join(root, child);
        }
        if let Some(apart) = &mut self.apart {
            apart.join(root, child);
        }
    }

    /// The marks of a cluster, given by its root: one per guard that can be violated, 0 for none.
    pub(super) fn marks(&self, root: u32) -> Vec<u64> {
        self.of(root).iter().map(|mark| mark.mark).collect()
    }

    /// How many of them are there.
    pub(super) fn marks_carried(&self, root: u32) -> usize {
        self.of(root).iter().filter(|mark| mark.mark != 0).count()
    }

    /// The guard (as a number of the input) that keeps two clusters, given by roots, apart, and the first record of each that bears its mark, or
    /// the first pair that it names; of guards that look at clusters as a whole, the first record of each.
    pub(super) fn apart(&self, a: u32, b: u32) -> Option<(u32, u32, u32)> {
        let marked = self.first_violated(a, b).map(|guard| (self.guards[guard], self.of(a)[guard].bearer, self.of(b)[guard].bearer));
        let named = self.apart.as_ref().filter(|_| self.separated(a, b)).and_then(|apart| apart.evidence(a, b, |local| self.root(local)));
        if let Some(first) = marked.into_iter().chain(named).min_by_key(|violated| violated.0) {
            return Some(first);
        }
        let larger = self.larger.filter(|_| self.too_large(a, b)).map(|(_, guard)| guard);
        // What was too loose when it was taken may be no more by now.
        let whole = larger.or(self.looser.as_ref().map(|(_, guard, _)| *guard));
        whole.map(|guard| (guard, a, b))
    }

    fn first_violated(&self, a: u32, b: u32) -> Option<usize> {
        self.of(a).iter().zip(self.of(b)).position(|(a, b)| a.mark != 0 && b.mark != 0 && a.mark != b.mark)
    }

    fn of(&self, root: u32) -> &[Mark] {
        let start = root as usize * self.guards.len();
        &self.marks[start..start + self.guards.len()]
    }
}

/// Whether some of these records carry different marks.
fn can_be_violated(guard: &Guard<'_>, records: &[u32]) -> bool {
    let mut marks = records.iter().map(|&record| guard.mark(record)).filter(|&mark| mark != 0);
    let first = marks.next();
    marks.any(|mark| Some(mark) != first)
}
