//! Records of an entity into objects with ids that stay.

mod carry;
mod report;

use super::arrays::{column, numbers};
use super::names::Names;
use super::resolve::report_orphans;
use crate::commit::Table;
use crate::error::Result;
use crate::figures::EntityFigures;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter};
use c360_match::cluster::{Guard, Hub, Input, KeyGroups, Resolution, resolve};
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use c360_plan::{Cluster, Rule};
use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use std::sync::Arc;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// Runs the step.
pub(crate) async fn cluster(run: &mut Run<'_>, step: &Cluster) -> Result<()> {
    let records = run.made[&records_table(run, step.entity).to_string()].rows;
    let names = Names::read(run, &step.names, usize::try_from(records).expect("they fit into memory")).await?;
    let ranks = names.ranks();
    let (rules, hubs) = edges(run, step).await?;
    let resolution = {
        let values = guard_values(run, step, names.count()).await?;
        let holders = holders(step, &names);
        let guards: Vec<Guard<'_>> = (values.iter().map(|values| Guard::Differ { values }))
            .chain(holders.iter().map(|holders| Guard::SameSource { holders }))
            .collect();
        resolve(&Input { records: names.count(), rank: &ranks, rules: &rules, guards: &guards })
    };
    drop(rules);
    let ids = carry::carry_over(run, step.entity, &names, &ranks, &resolution).await?;
    write_members(run, step.entity, &names, &resolution.cluster, &ids.ids).await?;
    let mut figures = figures(run, step, &resolution, records);
    figures.hubs = report::refused(run, step, &names, &resolution, &hubs).await?;
    if let Some(orphans) = &step.orphans {
        report_orphans(run, &figures.entity, orphans).await?;
    }
    carry::count(&ids.events, &mut figures);
    run.figures.entities.push(figures);
    Ok(())
}

pub(super) fn records_table(run: &Run<'_>, entity: EntityId) -> TableName {
    TableName::records(&run.model.entity(entity).name)
}

/// The groups of each rule, `is` first where there is one, and the values that too many records share, by rule.
async fn edges(run: &Run<'_>, step: &Cluster) -> Result<(Vec<KeyGroups>, Vec<Vec<Hub>>)> {
    let (mut rules, mut hubs) = (Vec::new(), Vec::new());
    if let Some(plan) = &step.cross_references {
        rules.push(cross_references(run, plan).await?);
        hubs.push(Vec::new());
    }
    for Rule { keys, at_most, .. } in &step.rules {
        let pairs = keyed(run, keys).await?;
        let (groups, shared) = KeyGroups::from_pairs(pairs, *at_most);
        rules.push(groups);
        hubs.push(shared);
    }
    Ok((rules, hubs))
}

/// `is` as groups: each record that is named, with those that name it.
async fn cross_references(run: &Run<'_>, plan: &LogicalPlan) -> Result<KeyGroups> {
    let mut pairs = Vec::new();
    let mut rows = run.rows(plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, other) = (numbers(&batch, "record"), numbers(&batch, "other"));
        for (record, other) in record.values().iter().zip(other.values()) {
            let (record, other) = (number(*record), number(*other));
            pairs.extend([(u128::from(other), record), (u128::from(other), other)]);
        }
    }
    Ok(KeyGroups::from_pairs(pairs, None).0)
}

/// The keys of records as hashes.
async fn keyed(run: &Run<'_>, plan: &LogicalPlan) -> Result<Vec<(u128, u32)>> {
    let mut pairs = Vec::new();
    let mut rows = run.rows(plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let keys = column(&batch, "key").as_fixed_size_binary();
        for (row, record) in numbers(&batch, "record").values().iter().enumerate() {
            let key: [u8; 16] = keys.value(row).try_into().expect("keys have 16 bytes");
            pairs.push((u128::from_le_bytes(key), number(*record)));
        }
    }
    Ok(pairs)
}

fn number(record: i64) -> u32 {
    u32::try_from(record).expect("an entity has at most 2^32 records")
}

/// Per guard the value of each record as a number, 0 for none.
async fn guard_values(run: &Run<'_>, step: &Cluster, count: usize) -> Result<Vec<Vec<u64>>> {
    let mut all = Vec::new();
    for guard in &step.guards {
        let mut values = vec![0_u64; count];
        for (key, record) in keyed(run, &guard.values).await? {
            let low = key as u64;
            values[record as usize] = low.max(1);
        }
        all.push(values);
    }
    Ok(all)
}

fn holders(step: &Cluster, names: &Names) -> Vec<Vec<bool>> {
    let of = |source: &String| (0..names.count()).map(|record| names.source(record) == source).collect();
    step.same_source.iter().map(|(source, _)| of(source)).collect()
}

async fn write_members(run: &mut Run<'_>, entity: EntityId, names: &Names, clusters: &[u32], ids: &[u64]) -> Result<()> {
    let name = TableName::members(&run.model.entity(entity).name);
    let schema = Arc::new(tables::members());
    let mut out = TableWriter::try_new(run.store, run.file(&name.to_string(), "0"), Arc::clone(&schema), RowsOf::State)?;
    for start in (0..names.count()).step_by(BATCH) {
        let rows = start..names.count().min(start + BATCH);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(rows.clone().map(|r| i64::try_from(r).expect("records are few")).collect::<Int64Array>()),
            Arc::new(StringArray::from_iter_values(rows.clone().map(|r| names.source(r)))),
            Arc::new(StringArray::from_iter_values(rows.clone().map(|r| names.key(r)))),
            Arc::new(rows.map(|r| id_value(ids[clusters[r] as usize])).collect::<Int64Array>()),
        ];
        out.write(RecordBatch::try_new(Arc::clone(&schema), columns)?).await?;
    }
    let file = out.finish().await?;
    run.keep(name, Table { rows: file.rows, files: vec![file] }).await
}

/// An id as tables hold it.
pub(super) fn id_value(id: u64) -> i64 {
    i64::try_from(id).expect("ids are given one by one")
}

fn figures(run: &Run<'_>, step: &Cluster, resolution: &Resolution, records: u64) -> EntityFigures {
    let is = step.cross_references.iter().map(|_| "is".to_owned());
    let names = is.chain(step.rules.iter().map(|rule| rule.name.clone()));
    EntityFigures {
        entity: run.model.entity(step.entity).name.clone(),
        records,
        objects: resolution.clusters as u64,
        merges: names.zip(resolution.merges.iter().copied()).collect(),
        refused: resolution.refused.len() as u64,
        ..EntityFigures::default()
    }
}
