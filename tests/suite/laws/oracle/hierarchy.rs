//! Ultimate parents and depths, by walking up from every object. Cycles are looked for one object at a time.

use std::collections::BTreeMap;

/// Ids of objects by their labels. An object without one is as old as its label is small, behind all that have one.
pub(crate) type Ages = BTreeMap<String, u64>;

/// Parents without cycles.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hierarchy {
    /// By label of the child: the ultimate parent and how many steps it is away.
    pub(crate) tops: BTreeMap<String, (String, usize)>,
    /// Each cycle from the object that lost its parent all the way around: `a -> b -> a`, and how many objects it has.
    pub(crate) cycles: Vec<(String, usize)>,
}

/// Follows parents (child to parent, labels) to the top. A cycle loses the parent of its youngest object.
pub(crate) fn hierarchy(parents: &BTreeMap<String, String>, ages: &Ages) -> Hierarchy {
    let mut cut = parents.clone();
    let mut found = Hierarchy::default();
    for start in parents.keys() {
        let cycle = around(start, parents);
        let youngest = cycle.iter().max_by_key(|label| age(label, ages));
        // Each cycle is met from each of its objects; it counts where it is cut.
        if youngest == Some(start) {
            cut.remove(start);
            let all: Vec<String> = cycle.iter().chain([start]).cloned().collect();
            found.cycles.push((all.join(" -> "), cycle.len()));
        }
    }
    for child in parents.keys() {
        found.tops.insert(child.clone(), top(child, &cut));
    }
    found
}

fn age<'l>(label: &'l str, ages: &Ages) -> (u64, &'l str) {
    (ages.get(label).copied().unwrap_or(u64::MAX), label)
}

/// The objects of the cycle that goes through `start`, from there on; none where no cycle does.
fn around(start: &String, parents: &BTreeMap<String, String>) -> Vec<String> {
    let mut way = vec![start.clone()];
    // No cycle is longer than there are links.
    for _ in 0..parents.len() {
        match way.last().and_then(|last| parents.get(last)) {
            Some(next) if next == start => return way,
            Some(next) => way.push(next.clone()),
            None => return Vec::new(),
        }
    }
    Vec::new()
}

fn top(child: &str, parents: &BTreeMap<String, String>) -> (String, usize) {
    let (mut label, mut depth) = (child.to_owned(), 0);
    while let Some(parent) = parents.get(&label) {
        label.clone_from(parent);
        depth += 1;
    }
    (label, depth)
}

/// The labels of objects with their ids as ages, of what `members` says: `source`, `key`, `id`.
pub(crate) fn ages<'m>(members: impl IntoIterator<Item = (&'m str, &'m str, u64)>) -> Ages {
    let mut firsts: BTreeMap<u64, (&str, &str)> = BTreeMap::new();
    for (source, key, id) in members {
        let first = firsts.entry(id).or_insert((source, key));
        *first = (*first).min((source, key));
    }
    firsts.into_iter().map(|(id, (source, key))| (format!("{source}:{key}"), id)).collect()
}
