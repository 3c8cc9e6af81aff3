//! How many of some pairs are between two clusters of a component: those that rules join which compare pairs, or those that must be kept apart.

use super::Input;
use super::components::Component;
use hashbrown::HashMap;

/// Counts by clusters, which are merged as these are: small into large, so that each pair is moved a logarithmic number of times.
#[derive(Debug)]
pub(super) struct Links {
    /// Which slot holds the counts of a root.
    slot: Vec<u32>,
    /// How many pairs there are between a slot and others.
    counts: Vec<HashMap<u32, u32>>,
}

impl Links {
    /// The pairs that the rules with `compares` join, each once however many rules join it.
    pub(super) fn joined(input: &Input<'_>, component: &Component<'_>, compares: &[bool]) -> Links {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for &(_, rule, group) in component.groups.iter().filter(|(_, rule, _)| compares[*rule as usize]) {
            if let [a, b] = *input.rules[rule as usize].group(group as usize) {
                let (a, b) = (component.local(a), component.local(b));
                pairs.push((a.min(b), a.max(b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Links::new(component.records.len(), &pairs)
    }

    /// Different pairs of so many records.
    pub(super) fn new(records: usize, pairs: &[(u32, u32)]) -> Links {
        let records = u32::try_from(records).expect("records are numbered by u32");
        let mut counts = vec![HashMap::new(); records as usize];
        for &(a, b) in pairs {
            counts[a as usize].insert(b, 1);
            counts[b as usize].insert(a, 1);
        }
        Links { slot: (0..records).collect(), counts }
    }

    /// How many pairs are between two clusters, given by roots.
    pub(super) fn between(&self, a: u32, b: u32) -> u32 {
        self.counts[self.slot[a as usize] as usize].get(&self.slot[b as usize]).copied().unwrap_or_default()
    }

    /// Makes one cluster of two; `root` is the root of both from now on.
    pub(super) fn join(&mut self, root: u32, child: u32) {
        let (mut large, mut small) = (self.slot[root as usize], self.slot[child as usize]);
        if self.counts[large as usize].len() < self.counts[small as usize].len() {
            std::mem::swap(&mut large, &mut small);
        }
        for (other, count) in std::mem::take(&mut self.counts[small as usize]) {
            self.counts[other as usize].remove(&small);
            if other != large {
                *self.counts[large as usize].entry(other).or_default() += count;
                *self.counts[other as usize].entry(large).or_default() += count;
            }
        }
        self.slot[root as usize] = large;
    }
}
