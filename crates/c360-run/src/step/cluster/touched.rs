//! Which components a change touches: those of records that changed, those of records that share a key with a new version, those of keys that
//! crossed `at most`, and those of records about which people decided something else than before.

use super::decisions;
use super::keys::{IS, LOOKUP, named, rule_keys, rule_slot, short};
use super::members::{MembersAhead, OldMembers};
use super::met::met;
use super::review::Near;
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::{numbers, text};
use crate::step::names::name_hash;
use crate::step::part::{Part, Scope};
use c360_match::planted::planted;
use c360_plan::tables::TableName;
use c360_plan::{Cluster, NumberSet};
use futures::StreamExt;
use futures::future::try_join3;
use hashbrown::HashMap;
use std::sync::Arc;

/// What is to be resolved again.
pub(super) struct Touched {
    /// The records: of the touched components, and new ones; some may be gone.
    pub(super) scope: Scope,
    /// Those whose keys are computed anew.
    pub(super) rekeyed: Scope,
    /// The components' members in the last commit.
    pub(super) old: OldMembers,
    /// Keys that too many records share, over all records; empty where everything is resolved.
    pub(super) hubs: Arc<HashMap<i64, i64>>,
    /// Keys whose holders changed and that are or were shared by too many.
    pub(super) crossed: NumberSet,
    /// A holder of each of those that are.
    pub(super) samples: NumberSet,
    /// Values looked up and names of records of which the references elsewhere may now lead elsewhere.
    pub(super) lookups: NumberSet,
    /// Pairs of a changed record with one outside of the scope, perhaps, that are left to a person.
    pub(super) near: Vec<Near>,
}

/// What sharing a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    /// The records are the same object.
    Joined,
    /// The records are compared.
    Compared,
}

/// A key of a record that changed.
#[derive(Debug, Default)]
pub(super) struct Key {
    /// How many records held it.
    before: usize,
    /// Records that changed and hold it now.
    pub(super) now: Vec<i64>,
    /// Records that did not change and hold it.
    pub(super) others: Vec<i64>,
}

/// All components.
pub(super) async fn everything(run: &Run<'_>, step: &Cluster) -> Result<Touched> {
    Ok(Touched {
        scope: Scope::All,
        rekeyed: Scope::All,
        old: OldMembers::read(run, step.entity).await?,
        hubs: Arc::default(),
        crossed: NumberSet::new(),
        samples: NumberSet::new(),
        lookups: NumberSet::new(),
        near: Vec::new(),
    })
}

/// The components that a change touches.
pub(super) async fn touched(run: &Run<'_>, step: &Cluster, members: MembersAhead) -> Result<Touched> {
    let changed = run.changed.of(step.entity);
    let mut rekeyed = changed.records.clone();
    if step.keyed().next().is_some() {
        rekeyed.extend(&changed.retargeted);
    }
    let scope = Scope::Only(Arc::new(rekeyed.clone()));
    let new = async {
        let part = new_versions(run, step, &scope).await?;
        new_keys(step, &part).await.map(|keys| (part, keys))
    };
    let (members, (part, mut keys), old_keys) = try_join3(members.done(), new, old_keys(run, step, &scope)).await?;
    let mut lookups: NumberSet = keys.keys().filter(|(slot, _)| *slot == LOOKUP).map(|(_, key)| *key).collect();
    lookups.extend(old_keys.iter().filter(|(slot, _)| *slot == LOOKUP).map(|(_, key)| *key));
    old_keys.into_iter().for_each(|key| {
        keys.entry(key).or_default();
    });
    keys.retain(|(slot, _), _| *slot != LOOKUP);
    let own = own_names(step, members.names(&rekeyed), &part).await?;
    let decided = decisions::reach(run, step, &own).await?;
    own.into_iter().filter(|_| step.named.is_some()).for_each(|name| {
        keys.entry((IS, name)).or_default();
    });
    hold(run, step, &rekeyed, &mut keys).await?;
    let mut found = Touched {
        scope: Scope::All,
        rekeyed: scope,
        old: OldMembers::default(),
        hubs: Arc::default(),
        crossed: NumberSet::new(),
        samples: NumberSet::new(),
        lookups,
        near: Vec::new(),
    };
    let mut seeds = rekeyed.clone();
    let mut hubs = old_hubs(run, step).await?;
    let at_most: Vec<Option<u64>> = step.keyed().map(|rule| rule.at_most).collect();
    for ((slot, key), held) in &keys {
        let rule = usize::try_from(*slot).ok();
        let shared = if rule.is_some_and(|rule| rule >= step.rules.len()) { Shared::Compared } else { Shared::Joined };
        found.weigh(*key, held, rule.and_then(|rule| at_most[rule]), shared, &mut hubs, &mut seeds);
    }
    let met = met(run, step, &keys, &rekeyed).await?;
    seeds.extend(&met.records);
    found.near = met.near;
    found.hubs = Arc::new(hubs);
    let named = keys.keys().filter(|(slot, _)| *slot == IS).map(|(_, name)| *name).chain(decided).collect();
    found.old = OldMembers::of_components(&members, &members.components(&seeds, &named));
    let mut records = seeds;
    records.extend(found.old.records().filter(|_| !planted("component-in-part")));
    found.scope = Scope::Only(Arc::new(records));
    Ok(found)
}

impl Touched {
    /// Adds the holders of a key to `seeds` if it joins them, or did; keeps track of those that too many hold. Holders of a block are joined
    /// by what they are compared on, so here only those of a block count that became too large, or ceased to be.
    fn weigh(&mut self, key: i64, held: &Key, at_most: Option<u64>, shared: Shared, hubs: &mut HashMap<i64, i64>, seeds: &mut NumberSet) {
        let limit = at_most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let after = held.others.len() + held.now.len();
        if held.before > limit || after > limit {
            self.crossed.insert(key);
            hubs.remove(&key);
        }
        if after > limit {
            hubs.insert(key, i64::try_from(after).expect("records are few"));
            self.samples.extend(held.now.iter().chain(&held.others).min());
        }
        let crossing = (held.before > limit) != (after > limit);
        let joins = match shared {
            Shared::Joined => held.before <= limit || after <= limit,
            Shared::Compared => crossing,
        };
        if joins && !(planted("at-most-not-crossed") && crossing) {
            seeds.extend(&held.others);
        }
    }
}

/// The records whose keys are computed anew, as they are now. Where only records changed, those of this run's own layer are all of them.
async fn new_versions<'a>(run: &'a Run<'_>, step: &Cluster, scope: &Scope) -> Result<Part<'a>> {
    let part = Part::of(run);
    match run.changed.of(step.entity).retargeted.is_empty() {
        true => part.fresh(step.entity, scope).await,
        false => part.loaded(step.entity, scope).await,
    }
}

/// The keys of the new versions.
async fn new_keys(step: &Cluster, part: &Part<'_>) -> Result<HashMap<(i64, i64), Key>> {
    let mut keys: HashMap<(i64, i64), Key> = HashMap::new();
    for (number, found) in rule_keys(step, part).await?.into_iter().enumerate() {
        for (record, key) in found {
            keys.entry((rule_slot(number), short(number, key))).or_default().now.push(record);
        }
    }
    for (record, slot, key) in named(step, part).await? {
        keys.entry((slot, key)).or_default().now.push(record);
    }
    for key in keys.values_mut() {
        key.now.sort_unstable();
        key.now.dedup();
    }
    Ok(keys)
}

/// The keys of the old versions.
async fn old_keys(run: &Run<'_>, step: &Cluster, scope: &Scope) -> Result<Vec<(i64, i64)>> {
    let name = TableName::new("keys", &run.model.entity(step.entity).name);
    let part = Part::of(run).narrow(&name, scope)?;
    let mut keys = Vec::new();
    let mut rows = part.table(&name, &["slot", "key"]).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (slot, key) = (numbers(&batch, "slot"), numbers(&batch, "key"));
        keys.extend(slot.values().iter().copied().zip(key.values().iter().copied()));
    }
    Ok(keys)
}

/// The names of records that changed, old and new.
async fn own_names(step: &Cluster, old: NumberSet, part: &Part<'_>) -> Result<NumberSet> {
    if step.named.is_none() && !step.decided {
        return Ok(NumberSet::new());
    }
    let mut own = old;
    let mut rows = part.rows(&step.names).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (source, key) = (text(&batch, "source"), text(&batch, "key"));
        own.extend((0..batch.num_rows()).map(|row| name_hash(source.value(row), key.value(row))));
    }
    Ok(own)
}

/// Who held the keys in the last commit.
async fn hold(run: &Run<'_>, step: &Cluster, rekeyed: &NumberSet, keys: &mut HashMap<(i64, i64), Key>) -> Result<()> {
    let name = TableName::new("keys", &run.model.entity(step.entity).name);
    let wanted = Scope::of(false, keys.keys().map(|(_, key)| *key).collect());
    let part = Part::of(run).narrow_by(&name, "key", &wanted)?;
    let mut rows = part.table(&name, &["record", "slot", "key"]).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let [record, slot, key] = ["record", "slot", "key"].map(|name| numbers(&batch, name));
        for row in 0..batch.num_rows() {
            if let Some(held) = keys.get_mut(&(slot.value(row), key.value(row))) {
                held.before += 1;
                if !rekeyed.contains(&record.value(row)) {
                    held.others.push(record.value(row));
                }
            }
        }
    }
    Ok(())
}

async fn old_hubs(run: &Run<'_>, step: &Cluster) -> Result<HashMap<i64, i64>> {
    let name = TableName::new("hubs", &run.model.entity(step.entity).name);
    let mut hubs = HashMap::new();
    let mut rows = Part::of(run).table(&name, &["key", "records"]).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        hubs.extend(numbers(&batch, "key").values().iter().copied().zip(numbers(&batch, "records").values().iter().copied()));
    }
    Ok(hubs)
}
