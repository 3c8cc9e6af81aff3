//! The clusters of one component while it is resolved: which records are together and which marks of guards they carry.

use super::components::Component;
use super::forest::Forest;
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
        Entities { forest: Forest::new(records.len()), guards, marks }
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
        self.first_violated(a, b).is_none()
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
    }

    /// The marks of a cluster, given by its root: one per guard that can be violated, 0 for none.
    pub(super) fn marks(&self, root: u32) -> Vec<u64> {
        self.of(root).iter().map(|mark| mark.mark).collect()
    }

    /// How many of them are there.
    pub(super) fn marks_carried(&self, root: u32) -> usize {
        self.of(root).iter().filter(|mark| mark.mark != 0).count()
    }

    /// The guard (as a number of the input) that keeps two clusters, given by roots, apart, and the first record of each that bears its mark.
    pub(super) fn apart(&self, a: u32, b: u32) -> Option<(u32, u32, u32)> {
        let guard = self.first_violated(a, b)?;
        Some((self.guards[guard], self.of(a)[guard].bearer, self.of(b)[guard].bearer))
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
