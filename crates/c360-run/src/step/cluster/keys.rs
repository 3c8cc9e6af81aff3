//! Under which keys records join others, and what guards hold against each other.

use super::touched::Touched;
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::{column, numbers, text};
use crate::step::names::{Names, name_hash};
use crate::step::part::{Part, Scope};
use c360_match::cluster::{Hub, KeyGroups};
use c360_match::planted::planted;
use c360_plan::tables::{self, TableName};
use c360_plan::{Cluster, NumberSet};
use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch};
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// The slot of what `is` names, and of the names of records themselves: both are name hashes.
pub(super) const IS: i64 = -1;
/// The slot of values by which references look objects up: name hashes.
pub(super) const LOOKUP: i64 = -2;

/// A key as `keys.<entity>` holds it: the rule and the key's hash in one number.
pub(super) fn short(rule: usize, key: u128) -> i64 {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&(rule as u64).to_le_bytes());
    bytes[8..].copy_from_slice(&key.to_le_bytes());
    xxh3_64(&bytes).cast_signed()
}

/// The keys of the scope's records.
pub(super) struct Slots {
    /// Groups of each rule, `is` first where there is one.
    pub(super) groups: Vec<KeyGroups>,
    /// By rule, keys that too many records share.
    pub(super) hubs: Vec<Vec<Hub>>,
    /// (record, slot, key) of the records whose keys are new.
    pub(super) fresh: Vec<(i64, i64, i64)>,
}

impl Slots {
    /// Reads the keys of all records of the part. In an incremental run a key joins nothing where, over all records, too many share it.
    pub(super) async fn read(step: &Cluster, part: &Part<'_>, names: &Names, touched: &Touched) -> Result<Slots> {
        let mut slots = Slots { groups: Vec::new(), hubs: Vec::new(), fresh: Vec::new() };
        if let Some(plan) = &step.cross_references {
            slots.groups.push(cross_references(part, plan, names).await?);
        }
        for (number, rule) in step.rules.iter().enumerate() {
            let mut pairs = keyed(part, &rule.keys, names).await?;
            for (key, place) in &pairs {
                slots.note(touched, names.record(*place as usize), rule_slot(number), || short(number, *key));
            }
            pairs.retain(|(key, _)| !touched.hubs.contains_key(&short(number, *key)));
            let (groups, hubs) = KeyGroups::from_pairs(pairs, rule.at_most);
            slots.groups.push(groups);
            slots.hubs.push(hubs);
        }
        for (record, slot, key) in named(step, part).await? {
            slots.note(touched, record, slot, || key);
        }
        slots.fresh.sort_unstable();
        slots.fresh.dedup();
        Ok(slots)
    }

    fn note(&mut self, touched: &Touched, record: i64, slot: i64, key: impl FnOnce() -> i64) {
        if touched.rekeyed.holds(record) {
            self.fresh.push((record, slot, key()));
        }
    }
}

pub(super) fn rule_slot(rule: usize) -> i64 {
    i64::try_from(rule).expect("there are few rules")
}

/// What `is` names and the values that are looked up: record, slot, key.
pub(super) async fn named(step: &Cluster, part: &Part<'_>) -> Result<Vec<(i64, i64, i64)>> {
    let mut found = Vec::new();
    let plans = step.named.iter().map(|plan| (IS, plan, ["target_source", "target_key"]));
    for (slot, plan, [of, what]) in plans.chain(step.lookups.iter().map(|plan| (LOOKUP, plan, ["name", "value"]))) {
        let mut rows = part.rows(plan).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (record, of, what) = (numbers(&batch, "record"), text(&batch, of), text(&batch, what));
            found.extend((0..batch.num_rows()).map(|row| (record.value(row), slot, name_hash(of.value(row), what.value(row)))));
        }
    }
    Ok(found)
}

/// `is` as groups: each record that is named, with those that name it.
async fn cross_references(part: &Part<'_>, plan: &LogicalPlan, names: &Names) -> Result<KeyGroups> {
    let mut pairs = Vec::new();
    let mut rows = part.rows(plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, other) = (numbers(&batch, "record"), numbers(&batch, "other"));
        for (record, other) in record.values().iter().zip(other.values()) {
            let (record, other) = (place(names, *record), place(names, *other));
            pairs.extend([(u128::from(other), record), (u128::from(other), other)]);
        }
    }
    Ok(KeyGroups::from_pairs(pairs, None).0)
}

fn place(names: &Names, record: i64) -> u32 {
    names.place(record).expect("plans read the records of this part only")
}

/// The keys of records as hashes, with the records' places.
pub(super) async fn keyed(part: &Part<'_>, plan: &LogicalPlan, names: &Names) -> Result<Vec<(u128, u32)>> {
    let mut pairs = Vec::new();
    for (record, key) in raw_keys(part, plan).await? {
        pairs.push((key, place(names, record)));
    }
    Ok(pairs)
}

/// Records with the hashes of their keys.
pub(super) async fn raw_keys(part: &Part<'_>, plan: &LogicalPlan) -> Result<Vec<(i64, u128)>> {
    let mut pairs = Vec::new();
    let mut rows = part.rows(plan).await?;
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
        for (key, record) in keyed(part, &guard.values, names).await? {
            let low = key as u64;
            values[record as usize] = low.max(1);
        }
        all.push(values);
    }
    Ok(all)
}

/// Writes `keys.<entity>` and `hubs.<entity>`.
pub(super) async fn write(run: &mut Run<'_>, step: &Cluster, slots: &Slots, touched: &Touched) -> Result<()> {
    let entity = run.model.entity(step.entity).name.clone();
    let mut out = run.layer(TableName::new("keys", &entity), tables::keys());
    for rows in slots.fresh.chunks(BATCH) {
        let numbers = |of: fn(&(i64, i64, i64)) -> i64| Arc::new(rows.iter().map(of).collect::<Int64Array>()) as ArrayRef;
        out.write(RecordBatch::try_new(out.schema(), vec![numbers(|r| r.0), numbers(|r| r.1), numbers(|r| r.2)])?).await?;
    }
    let here = |replaced: &Scope| Scope::of(false, slots.fresh.iter().map(|key| key.0).filter(|record| replaced.holds(*record)).collect());
    let replaced = if planted("deleted-keys-stay") { &here(&touched.rekeyed) } else { &touched.rekeyed };
    super::super::resolve::seal(run, out, replaced).await?;
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

/// Numbers without order, for tests of membership.
pub(super) fn set(numbers: impl IntoIterator<Item = i64>) -> NumberSet {
    numbers.into_iter().collect()
}
