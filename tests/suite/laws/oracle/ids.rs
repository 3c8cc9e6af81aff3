//! What ids promise, the naive way: which cluster keeps which id, what becomes of each, and whether the change feed says the same. Gives no
//! ids to new objects.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Source and key. Their order is the order of ranks.
pub(crate) type Record = (String, String);

/// The id of the object of each record.
pub(crate) type Partition = BTreeMap<Record, u64>;

/// What became of an id in one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    Created { id: u64 },
    Merged { old: u64, survivor: u64 },
    Split { id: u64, origin: u64 },
    Retired { id: u64 },
}

/// All ids of one entity, over all commits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    live: BTreeSet<u64>,
    ever: BTreeSet<u64>,
    /// What ids that were merged lead to now.
    redirects: BTreeMap<u64, u64>,
}

impl Ledger {
    /// All ids that were ever given.
    pub(crate) fn ever(&self) -> &BTreeSet<u64> {
        &self.ever
    }

    /// The ids that are alive.
    pub(crate) fn live(&self) -> &BTreeSet<u64> {
        &self.live
    }

    /// Every merged id with the one that it leads to, which may have been retired since.
    pub(crate) fn redirects(&self) -> &BTreeMap<u64, u64> {
        &self.redirects
    }

    /// Takes the events of one commit; gives the ids that are alive after it.
    ///
    /// Fails where an id is given twice, ends twice or without having lived, or where a survivor or origin was none.
    pub(crate) fn replay(&mut self, events: &[Event]) -> Result<&BTreeSet<u64>, String> {
        let before = self.live.clone();
        for event in events {
            match *event {
                Event::Created { id } => self.begin(id)?,
                Event::Split { id, origin } if before.contains(&origin) => self.begin(id)?,
                Event::Split { id, origin } => return Err(format!("{id} is split off {origin}, which did not live")),
                Event::Merged { old: id, .. } | Event::Retired { id } => self.end(id, &before)?,
            }
        }
        for event in events {
            if let Event::Merged { old, survivor } = *event {
                self.redirect(old, survivor)?;
            }
        }
        Ok(&self.live)
    }

    fn begin(&mut self, id: u64) -> Result<(), String> {
        if !self.ever.insert(id) {
            return Err(format!("{id} is given a second time"));
        }
        self.live.insert(id);
        Ok(())
    }

    fn end(&mut self, id: u64, before: &BTreeSet<u64>) -> Result<(), String> {
        if before.contains(&id) && self.live.remove(&id) { Ok(()) } else { Err(format!("{id} ends, and did not live")) }
    }

    fn redirect(&mut self, old: u64, survivor: u64) -> Result<(), String> {
        if !self.live.contains(&survivor) {
            return Err(format!("{old} goes into {survivor}, which does not live"));
        }
        self.redirects.values_mut().filter(|target| **target == old).for_each(|target| *target = survivor);
        self.redirects.insert(old, survivor);
        Ok(())
    }
}

/// The old id that each new cluster keeps, or none. Of all pairs of a cluster and an old id that share records the one that shares most is
/// taken (then the smaller id, then the smaller first shared record), and both are out; until none is left.
pub(crate) fn kept_ids(before: &Partition, clusters: &[BTreeSet<Record>]) -> Vec<Option<u64>> {
    let mut kept = vec![None; clusters.len()];
    let mut given = BTreeSet::new();
    loop {
        let free = (0..clusters.len()).filter(|&cluster| kept[cluster].is_none());
        let claims = free.flat_map(|cluster| shared(before, &clusters[cluster]).into_iter().map(move |claim| (cluster, claim)));
        let best = claims.filter(|(_, (id, _))| !given.contains(id)).min_by_key(|(_, (id, shared))| precedence(*id, shared));
        let Some((cluster, (id, _))) = best else { return kept };
        kept[cluster] = Some(id);
        given.insert(id);
    }
}

/// By old id, the records of a cluster that had it.
fn shared(before: &Partition, cluster: &BTreeSet<Record>) -> BTreeMap<u64, BTreeSet<Record>> {
    let mut shared: BTreeMap<u64, BTreeSet<Record>> = BTreeMap::new();
    for record in cluster {
        if let Some(id) = before.get(record) {
            shared.entry(*id).or_default().insert(record.clone());
        }
    }
    shared
}

fn precedence(id: u64, shared: &BTreeSet<Record>) -> (Reverse<usize>, u64, Option<Record>) {
    (Reverse(shared.len()), id, shared.first().cloned())
}

/// The clusters of a partition, by their first records, with their ids.
pub(crate) fn clusters(partition: &Partition) -> Vec<(u64, BTreeSet<Record>)> {
    let mut by_id: BTreeMap<u64, BTreeSet<Record>> = BTreeMap::new();
    for (record, id) in partition {
        by_id.entry(*id).or_default().insert(record.clone());
    }
    let mut clusters: Vec<_> = by_id.into_iter().collect();
    clusters.sort_by(|a, b| a.1.cmp(&b.1));
    clusters
}

/// What is wrong with the ids after a commit: clusters that do not keep the id that they should, new ids that are not new.
pub(crate) fn wrong_ids(before: &Partition, after: &Partition, ever: &BTreeSet<u64>) -> Vec<String> {
    let (ids, clusters): (Vec<u64>, Vec<BTreeSet<Record>>) = clusters(after).into_iter().unzip();
    let kept = kept_ids(before, &clusters);
    let mut wrong = Vec::new();
    for ((id, cluster), kept) in ids.iter().zip(&clusters).zip(kept) {
        match kept {
            Some(kept) if kept != *id => wrong.push(format!("{cluster:?} has {id} and should keep {kept}")),
            None if ever.contains(id) => wrong.push(format!("{cluster:?} has {id}, which was given before")),
            _ => {}
        }
    }
    wrong
}

/// What the change feed must say: each id that ended or began, sorted.
pub(crate) fn events(before: &Partition, after: &Partition) -> Vec<Event> {
    let now: BTreeSet<u64> = after.values().copied().collect();
    let lived: BTreeSet<u64> = before.values().copied().collect();
    let mut events = Vec::new();
    for (id, cluster) in clusters(before).into_iter().filter(|(id, _)| !now.contains(id)) {
        let largest = largest_part(after, &cluster);
        events.push(largest.map_or(Event::Retired { id }, |(survivor, _)| Event::Merged { old: id, survivor }));
    }
    for (id, cluster) in clusters(after).into_iter().filter(|(id, _)| !lived.contains(id)) {
        let origin = shared(before, &cluster).into_iter().min_by_key(|(old, shared)| (Reverse(shared.len()), *old));
        events.push(origin.map_or(Event::Created { id }, |(origin, _)| Event::Split { id, origin }));
    }
    events.sort();
    events
}

/// The id that most records of a cluster have in a partition; of several the one with the smallest record.
fn largest_part(partition: &Partition, cluster: &BTreeSet<Record>) -> Option<(u64, BTreeSet<Record>)> {
    shared(partition, cluster).into_iter().min_by_key(|(_, shared)| (Reverse(shared.len()), shared.first().cloned()))
}
