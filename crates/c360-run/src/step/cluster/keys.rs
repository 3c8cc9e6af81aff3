//! Under which keys records join others, and what guards hold against each other.

use super::touched::Touched;
use crate::error::{Error, Result};
use crate::run::Run;
use crate::step::arrays::{column, numbers, text};
use crate::step::names::{Names, name_hash};
use crate::step::part::{Part, Scope, WritingOver};
use c360_match::cluster::{Hub, KeyGroups};
use c360_match::planted::planted;
use c360_plan::tables::{self, TableName};
use c360_plan::{Cluster, NumberSet};
use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch};
use datafusion::common::runtime::SpawnedTask;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use futures::future::try_join_all;
use hashbrown::HashMap;
use std::sync::Arc;
use tokio::task::JoinHandle;
use xxhash_rust::xxh3::xxh3_64;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// The slot of what `is` names, and of the names of records themselves: both are name hashes.
pub(super) const IS: i64 = -1;
/// The slot of values by which references look objects up: name hashes.
pub(super) const LOOKUP: i64 = -2;

/// A key as `keys.<entity>` holds it: the rule and the key's hash in one number.
pub(crate) fn short(rule: usize, key: u128) -> i64 {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&(rule as u64).to_le_bytes());
    bytes[8..].copy_from_slice(&key.to_le_bytes());
    xxh3_64(&bytes).cast_signed()
}

/// The keys of the scope's records.
pub(super) struct Slots {
    /// The groups of each rule, then those of each block.
    pub(super) groups: Vec<KeyGroups>,
    /// By rule, keys that too many records share.
    pub(super) hubs: Vec<Vec<Hub>>,
    /// (record, slot, key) of the records whose keys are new; those of each slot in the order of their records.
    fresh: Vec<Vec<(i64, i64, i64)>>,
}

/// What one rule's keys come to.
struct RuleSlot {
    groups: KeyGroups,
    hubs: Vec<Hub>,
    fresh: Vec<(i64, i64, i64)>,
}

impl Slots {
    /// Groups the keys of all records of the part, the rules side by side. In an incremental run a key joins nothing where, over all records,
    /// too many share it.
    pub(super) async fn of(step: &Cluster, part: &Part<'_>, keys: RuleKeys, names: &Arc<Names>, touched: &Touched) -> Result<Slots> {
        let rules: Vec<JoinHandle<RuleSlot>> = step
            .keyed()
            .zip(keys)
            .enumerate()
            .map(|(number, (rule, keys))| {
                let (names, hubs, rekeyed, at_most) = (Arc::clone(names), Arc::clone(&touched.hubs), touched.rekeyed.clone(), rule.at_most);
                tokio::task::spawn_blocking(move || RuleSlot::of(number, keys, at_most, &names, &hubs, &rekeyed))
            })
            .collect();
        let mut slots = Slots { groups: Vec::new(), hubs: Vec::new(), fresh: Vec::new() };
        for rule in rules {
            let rule = rule.await.map_err(|error| Error::broke_off("grouping keys", &error))?;
            slots.groups.push(rule.groups);
            slots.hubs.push(rule.hubs);
            slots.fresh.push(rule.fresh);
        }
        slots.fresh.push(of_rekeyed(looked_up_values(step, part).await?, &touched.rekeyed));
        Ok(slots)
    }

    /// Takes in the keys of what `is` says; hands back the groups, which are no keys of a rule.
    pub(super) fn join(&mut self, groups: KeyGroups, keys: Vec<(i64, i64, i64)>, touched: &Touched) -> KeyGroups {
        self.fresh.insert(0, of_rekeyed(keys, &touched.rekeyed));
        groups
    }
}

impl RuleSlot {
    fn of(
        number: usize,
        keys: Vec<(i64, u128)>,
        at_most: Option<u64>,
        names: &Names,
        hubs: &HashMap<i64, i64>,
        rekeyed: &Scope,
    ) -> RuleSlot {
        let own =
            keys.iter().filter(|(record, _)| rekeyed.holds(*record)).map(|(record, key)| (*record, rule_slot(number), short(number, *key)));
        let fresh = in_order(own.collect());
        let mut pairs = placed(keys, names);
        if !hubs.is_empty() {
            pairs.retain(|(key, _)| !hubs.contains_key(&short(number, *key)));
        }
        let (groups, hubs) = KeyGroups::from_pairs(pairs, at_most);
        RuleSlot { groups, hubs, fresh }
    }
}

fn of_rekeyed(keys: Vec<(i64, i64, i64)>, rekeyed: &Scope) -> Vec<(i64, i64, i64)> {
    in_order(keys.into_iter().filter(|(record, ..)| rekeyed.holds(*record)).collect())
}

fn in_order(mut keys: Vec<(i64, i64, i64)>) -> Vec<(i64, i64, i64)> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

pub(super) fn rule_slot(rule: usize) -> i64 {
    i64::try_from(rule).expect("there are few rules")
}

/// What `is` names and the values that are looked up: record, slot, key.
pub(super) async fn named(step: &Cluster, part: &Part<'_>) -> Result<Vec<(i64, i64, i64)>> {
    let mut found = looked_up_values(step, part).await?;
    if let Some(plan) = &step.named {
        found.extend(hashed(part, plan, IS, ["target_source", "target_key"]).await?);
    }
    Ok(found)
}

/// The values by which records are looked up: record, slot, key.
async fn looked_up_values(step: &Cluster, part: &Part<'_>) -> Result<Vec<(i64, i64, i64)>> {
    let found = step.lookups.iter().map(|plan| hashed(part, plan, LOOKUP, ["name", "value"]));
    Ok(try_join_all(found).await?.concat())
}

async fn hashed(part: &Part<'_>, plan: &LogicalPlan, slot: i64, [of, what]: [&str; 2]) -> Result<Vec<(i64, i64, i64)>> {
    let mut found = Vec::new();
    let mut rows = part.rows(plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, of, what) = (numbers(&batch, "record"), text(&batch, of), text(&batch, what));
        found.extend((0..batch.num_rows()).map(|row| (record.value(row), slot, name_hash(of.value(row), what.value(row)))));
    }
    Ok(found)
}

fn place(names: &Names, record: i64) -> u32 {
    names.place(record).expect("plans read the records of this part only")
}

/// The keys of records as hashes, with the records' places.
pub(in crate::step) fn placed(keys: Vec<(i64, u128)>, names: &Names) -> Vec<(u128, u32)> {
    keys.into_iter().map(|(record, key)| (key, place(names, record))).collect()
}

/// By rule, records with the hashes of their keys.
pub(super) type RuleKeys = Vec<Vec<(i64, u128)>>;

/// The keys of all rules and blocks, read side by side.
pub(super) async fn rule_keys(step: &Cluster, part: &Part<'_>) -> Result<RuleKeys> {
    try_join_all(step.keyed().map(|rule| raw_keys(part, &rule.keys))).await
}

/// Records with the hashes of their keys.
pub(in crate::step) async fn raw_keys(part: &Part<'_>, plan: &LogicalPlan) -> Result<Vec<(i64, u128)>> {
    let rows = part.rows(plan).await?;
    SpawnedTask::spawn(gathered(rows)).join().await.map_err(|error| Error::broke_off("reading keys", &error))?
}

async fn gathered(mut rows: SendableRecordBatchStream) -> Result<Vec<(i64, u128)>> {
    let mut pairs = Vec::new();
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let keys = column(&batch, "key").as_fixed_size_binary();
        for (row, record) in numbers(&batch, "record").values().iter().enumerate() {
            let key: [u8; 16] = keys.value(row).try_into().expect("keys have 16 bytes");
            pairs.push((*record, u128::from_le_bytes(key)));
        }
    }
    Ok(pairs)
}

/// Per guard the value of each record as a number, 0 for none.
pub(super) async fn guard_values(step: &Cluster, part: &Part<'_>, names: &Names) -> Result<Vec<Vec<u64>>> {
    let mut all = Vec::new();
    for guard in &step.guards {
        let mut values = vec![0_u64; names.count()];
        for (key, record) in placed(raw_keys(part, &guard.values).await?, names) {
            let low = key as u64;
            values[record as usize] = low.max(1);
        }
        all.push(values);
    }
    Ok(all)
}

/// Begins to write `keys.<entity>`.
pub(super) fn write(run: &Run<'_>, step: &Cluster, slots: &mut Slots, touched: &Touched) -> WritingOver {
    let out = run.layer(TableName::new("keys", &run.model.entity(step.entity).name), tables::keys());
    let (schema, fresh) = (out.schema(), std::mem::take(&mut slots.fresh));
    let here = || fresh.iter().flatten().map(|key| key.0).filter(|record| touched.rekeyed.holds(*record)).collect();
    let replaced = if planted("deleted-keys-stay") { Scope::of(false, here()) } else { touched.rekeyed.clone() };
    let batch = move |rows: &[(i64, i64, i64)]| {
        let numbers = |of: fn(&(i64, i64, i64)) -> i64| Arc::new(rows.iter().map(of).collect::<Int64Array>()) as ArrayRef;
        Ok(RecordBatch::try_new(Arc::clone(&schema), vec![numbers(|r| r.0), numbers(|r| r.1), numbers(|r| r.2)])?)
    };
    let batches = fresh.into_iter().flat_map(move |slot| slot.chunks(BATCH).map(&batch).collect::<Vec<_>>());
    WritingOver::new(out, replaced, batches)
}

/// Writes `hubs.<entity>`.
pub(super) async fn write_hubs(run: &mut Run<'_>, step: &Cluster, slots: &Slots, touched: &Touched) -> Result<()> {
    let entity = run.model.entity(step.entity).name.clone();
    let mut hubs: Vec<(i64, i64)> =
        touched.hubs.iter().filter(|(key, _)| touched.crossed.contains(*key)).map(|(key, count)| (*key, *count)).collect();
    for (number, shared) in slots.hubs.iter().enumerate() {
        hubs.extend(shared.iter().map(|hub| (short(number, hub.key), i64::try_from(hub.records).expect("records are few"))));
    }
    hubs.sort_unstable();
    let mut out = run.layer(TableName::new("hubs", &entity), tables::hubs());
    let columns: Vec<ArrayRef> =
        vec![Arc::new(hubs.iter().map(|h| h.0).collect::<Int64Array>()), Arc::new(hubs.iter().map(|h| h.1).collect::<Int64Array>())];
    out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    match run.changed.of(step.entity).all {
        true => out.seal_as_base(run).await,
        false => {
            out.replace_all(touched.crossed.iter().copied());
            out.seal(run).await
        }
    }
}

/// The values of the last commit by which these records are looked up.
pub(super) async fn looked_up(run: &Run<'_>, step: &Cluster, records: NumberSet) -> Result<NumberSet> {
    let mut found = NumberSet::new();
    if step.lookups.is_empty() || records.is_empty() {
        return Ok(found);
    }
    let name = TableName::new("keys", &run.model.entity(step.entity).name);
    let part = Part::of(run).narrow(&name, &Scope::Only(Arc::new(records)))?;
    let mut rows = part.table(&name, &["slot", "key"]).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (slot, key) = (numbers(&batch, "slot"), numbers(&batch, "key"));
        found.extend((0..batch.num_rows()).filter(|row| slot.value(*row) == LOOKUP).map(|row| key.value(row)));
    }
    Ok(found)
}
