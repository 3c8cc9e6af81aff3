//! What went worst: entities that clusters tear apart, and clusters that hold several entities. Both are groups that another grouping divides.

use std::collections::BTreeMap;

/// Groups that another grouping divides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Divided {
    /// How many there are.
    pub groups: usize,
    /// The worst of them, worst first.
    pub worst: Vec<Division>,
}

/// A group and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// The group's number.
    pub group: u32,
    /// How many pairs of its records count as lost.
    pub pairs: u64,
    /// Number and records of each part, largest first, then by the first record.
    pub parts: Vec<(u32, Vec<u32>)>,
}

/// The groups of `of` with pairs that `by` tears apart, those with most such pairs first, at most `worst` of them. `pairs` has for each group, by its
/// number, how many pairs that are; where it is `None`, all pairs of records count.
#[must_use]
pub fn divided(of: &[u32], by: &[u32], pairs: Option<&[u64]>, worst: usize) -> Divided {
    let cut = match pairs {
        Some(pairs) => pairs.to_vec(),
        None => all_pairs(of, by),
    };
    let mut groups: Vec<(u64, u32)> = (0_u32..).zip(cut).filter(|(_, cut)| *cut > 0).map(|(group, cut)| (cut, group)).collect();
    groups.sort_unstable_by_key(|(cut, group)| (std::cmp::Reverse(*cut), *group));
    let count = groups.len();
    groups.truncate(worst);
    let mut records = records_of(of, groups.iter().map(|(_, group)| *group));
    let division = |(cut, group): (u64, u32)| {
        let parts = parts(&records.remove(&group).unwrap_or_default(), by);
        Division { group, pairs: cut, parts }
    };
    Divided { groups: count, worst: groups.into_iter().map(division).collect() }
}

/// Per group the pairs that `by` tears apart: half of those that each record has outside of its own part.
fn all_pairs(of: &[u32], by: &[u32]) -> Vec<u64> {
    let groups = of.iter().max().map_or(0, |last| *last as usize + 1);
    let mut sizes = vec![0_u64; groups];
    of.iter().for_each(|group| sizes[*group as usize] += 1);
    let mut outside = vec![0_u64; groups];
    for (group, _, size) in super::cells(of, by) {
        outside[group as usize] += size * (sizes[group as usize] - size);
    }
    outside.into_iter().map(|pairs| pairs / 2).collect()
}

fn records_of(of: &[u32], groups: impl Iterator<Item = u32>) -> BTreeMap<u32, Vec<u32>> {
    let mut records: BTreeMap<u32, Vec<u32>> = groups.map(|group| (group, Vec::new())).collect();
    for (record, group) in (0_u32..).zip(of) {
        if let Some(records) = records.get_mut(group) {
            records.push(record);
        }
    }
    records
}

fn parts(records: &[u32], by: &[u32]) -> Vec<(u32, Vec<u32>)> {
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    records.iter().for_each(|record| parts.entry(by[*record as usize]).or_default().push(*record));
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, records)| (std::cmp::Reverse(records.len()), records[0]));
    parts
}
