//! Finds the connected components in which a guard could be violated, and what belongs to each. Resolves nothing.

use super::{Guard, Input};

/// Stands for a component that is not in doubt.
const NONE: u32 = u32::MAX;

/// Components in doubt, in the order of the rank of their first record.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// Their records, component by component, by rank inside each.
    records: Vec<u32>,
    /// Where each component's records end.
    ends: Vec<u32>,
    /// (component, rule, group), sorted.
    groups: Vec<(u32, u32, u32)>,
    /// (component, local number, local number): the pairs that must be kept apart, the smaller number in front, sorted.
    apart: Vec<(u32, u32, u32)>,
    /// The place of a record among those of its component; without meaning for all others.
    local: Vec<u32>,
}

/// One component in doubt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Component<'a> {
    /// Its records by rank. Their places here are the local numbers with which it is resolved.
    pub(super) records: &'a [u32],
    /// Its groups: (component, rule, number of the group among the rule's), sorted.
    pub(super) groups: &'a [(u32, u32, u32)],
    apart: &'a [(u32, u32, u32)],
    local: &'a [u32],
}

impl Component<'_> {
    /// The local number of a record of this component.
    pub(super) fn local(&self, record: u32) -> u32 {
        self.local[record as usize]
    }

    /// The pairs of local numbers that must be kept apart, each once, ascending, the smaller in front.
    pub(super) fn pairs_apart(&self) -> Vec<(u32, u32)> {
        self.apart.iter().map(|&(_, a, b)| (a, b)).collect()
    }
}

impl Components {
    /// The components one by one.
    pub(super) fn iter(&self) -> impl Iterator<Item = Component<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        // Only a group can have brought two marks together, so each component has one and the two sequences stay in step.
        starts.zip(&self.ends).zip(self.groups.chunk_by(|a, b| a.0 == b.0)).map(|((start, &end), groups)| Component {
            records: &self.records[start as usize..end as usize],
            groups,
            apart: self.apart_in(groups[0].0),
            local: &self.local,
        })
    }

    fn apart_in(&self, component: u32) -> &[(u32, u32, u32)] {
        let from = self.apart.partition_point(|pair| pair.0 < component);
        let to = self.apart.partition_point(|pair| pair.0 <= component);
        &self.apart[from..to]
    }
}

/// The components whose records carry two different marks of one guard: in all others no union can be refused.
pub(super) fn in_doubt(input: &Input<'_>, roots: &[u32]) -> Components {
    let doubtful = doubtful_roots(input, roots);
    if !doubtful.contains(&true) {
        return Components::default();
    }
    let mut component = vec![NONE; roots.len()];
    let mut sizes: Vec<u32> = Vec::new();
    let order: Vec<u32> = by_rank(input.rank).into_iter().filter(|&record| doubtful[roots[record as usize] as usize]).collect();
    for &record in &order {
        let component = &mut component[roots[record as usize] as usize];
        if *component == NONE {
            *component = u32::try_from(sizes.len()).expect("fewer components than records");
            sizes.push(0);
        }
        sizes[*component as usize] += 1;
    }
    let starts: Vec<u32> = sizes.iter().scan(0, |sum, size| Some(std::mem::replace(sum, *sum + size))).collect();
    let mut ends = starts.clone();
    let mut records = vec![0; order.len()];
    let mut local = vec![NONE; roots.len()];
    for &record in &order {
        let component = component[roots[record as usize] as usize] as usize;
        records[ends[component] as usize] = record;
        local[record as usize] = ends[component] - starts[component];
        ends[component] += 1;
    }
    let apart = apart(input, roots, &component, &local);
    Components { records, ends, groups: groups(input, roots, &component), apart, local }
}

/// Per root, whether its component carries two different marks of one guard.
fn doubtful_roots(input: &Input<'_>, roots: &[u32]) -> Vec<bool> {
    let mut doubtful = vec![false; roots.len()];
    let mut marks = vec![0; roots.len()];
    for guard in input.guards {
        match guard {
            Guard::Larger { most } => {
                larger_than(*most, roots, &mut doubtful);
                continue;
            }
            Guard::Looser { compares, .. } => {
                loosely_joined(input, compares, roots, &mut doubtful);
                continue;
            }
            Guard::Apart { pairs } => {
                let joined = pairs.iter().filter(|(a, b)| roots[*a as usize] == roots[*b as usize]);
                joined.for_each(|(a, _)| doubtful[roots[*a as usize] as usize] = true);
                continue;
            }
            Guard::Differ { .. } | Guard::SameSource { .. } => {}
        }
        marks.fill(0);
        for (record, &root) in (0..).zip(roots) {
            let (mark, seen) = (guard.mark(record), &mut marks[root as usize]);
            if *seen == 0 {
                *seen = mark;
            } else if mark != 0 && mark != *seen {
                doubtful[root as usize] = true;
            }
        }
    }
    doubtful
}

/// Marks the roots of components with more records than that.
fn larger_than(most: u32, roots: &[u32], doubtful: &mut [bool]) {
    let mut sizes = vec![0_u32; roots.len()];
    roots.iter().for_each(|root| sizes[*root as usize] += 1);
    sizes.iter().zip(doubtful).filter(|(size, _)| **size > most).for_each(|(_, doubtful)| *doubtful = true);
}

/// Marks the roots of components of three records and more in which a rule joins pairs: two alone are as close as can be.
fn loosely_joined(input: &Input<'_>, compares: &[bool], roots: &[u32], doubtful: &mut [bool]) {
    let mut large = vec![false; roots.len()];
    larger_than(2, roots, &mut large);
    for (rule, _) in input.rules.iter().zip(compares).filter(|(_, compares)| **compares) {
        for pair in rule.iter() {
            let root = roots[pair[0] as usize] as usize;
            doubtful[root] |= large[root];
        }
    }
}

/// The groups of numbered components: (component, rule, group), sorted.
fn groups(input: &Input<'_>, roots: &[u32], component: &[u32]) -> Vec<(u32, u32, u32)> {
    let mut groups = Vec::new();
    for (rule, of_rule) in (0..).zip(input.rules) {
        for (number, group) in (0..).zip(of_rule.iter()) {
            let component = component[roots[group[0] as usize] as usize];
            if component != NONE {
                groups.push((component, rule, number));
            }
        }
    }
    groups.sort_unstable();
    groups
}

/// The pairs of numbered components that must be kept apart: (component, local number, local number), each once, sorted. Pairs across components
/// are apart anyway.
fn apart(input: &Input<'_>, roots: &[u32], component: &[u32], local: &[u32]) -> Vec<(u32, u32, u32)> {
    let pairs = input.guards.iter().filter_map(|guard| match guard {
        Guard::Apart { pairs } => Some(*pairs),
        _ => None,
    });
    let together = |&&(a, b): &&(u32, u32)| a != b && roots[a as usize] == roots[b as usize];
    let numbered = |&(a, b): &(u32, u32)| {
        let (a, b, of) = (local[a as usize], local[b as usize], component[roots[a as usize] as usize]);
        (of != NONE).then_some((of, a.min(b), a.max(b)))
    };
    let mut apart: Vec<(u32, u32, u32)> = pairs.flatten().filter(together).filter_map(numbered).collect();
    apart.sort_unstable();
    apart.dedup();
    apart
}

/// Records in the order of their ranks.
fn by_rank(rank: &[u32]) -> Vec<u32> {
    let mut order = vec![0; rank.len()];
    for (record, &rank) in (0..).zip(rank) {
        order[rank as usize] = record;
    }
    order
}
