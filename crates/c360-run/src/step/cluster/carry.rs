//! Ids of the last commit onto the clusters of this one, and where ids that ended lead to.

use super::super::arrays::{numbers, text};
use super::super::names::Names;
use super::id_value;
use crate::commit::Table;
use crate::error::Result;
use crate::figures::EntityFigures;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter};
use c360_match::cluster::Resolution;
use c360_match::ids::{self, Event, Ids};
use c360_model::model::EntityId;
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::LogicalPlanBuilder;
use futures::StreamExt;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Gives each cluster its id and writes `redirects.<entity>`.
pub(super) async fn carry_over(run: &mut Run<'_>, entity: EntityId, names: &Names, ranks: &[u32], resolution: &Resolution) -> Result<Ids> {
    let name = run.model.entity(entity).name.clone();
    let (old_id, live) = old_ids(run, &name, names).await?;
    let next = run.next_ids.get(&name).copied().unwrap_or(1);
    let (clusters, cluster) = (resolution.clusters, resolution.cluster.as_slice());
    let ids = ids::carry_over(&ids::Input { clusters, cluster, old_id: &old_id, rank: ranks, live: &live, next });
    run.next_ids.insert(name.clone(), ids.next);
    write_redirects(run, &name, &ids.events).await?;
    Ok(ids)
}

/// The id that each record had, 0 for none, and all ids of the last commit.
async fn old_ids(run: &Run<'_>, entity: &str, names: &Names) -> Result<(Vec<u64>, Vec<u64>)> {
    let mut old = vec![0; names.count()];
    let mut live = Vec::new();
    let mut known: HashMap<u128, u32> = HashMap::new();
    for (record, batch) in read(run, &TableName::members(entity)).await?.into_iter().enumerate() {
        if record == 0 {
            known = (0..names.count()).map(|r| (Names::hash(names.source(r), names.key(r)), super::number(r as i64))).collect();
        }
        let (source, key, id) = (text(&batch, "source"), text(&batch, "key"), numbers(&batch, "id"));
        for row in 0..batch.num_rows() {
            let id = unsigned(id.value(row));
            live.push(id);
            if let Some(record) = known.get(&Names::hash(source.value(row), key.value(row))) {
                old[*record as usize] = id;
            }
        }
    }
    live.sort_unstable();
    live.dedup();
    Ok((old, live))
}

/// The rows of a table of the last commit.
async fn read(run: &Run<'_>, name: &TableName) -> Result<Vec<RecordBatch>> {
    let Some(table) = run.before.get(name) else {
        return Ok(Vec::new());
    };
    let plan = LogicalPlanBuilder::scan(name.reference(), provider_as_source(Arc::clone(table)), None)?.build()?;
    let mut rows = crate::engine::Engine::execute(run.engine, &plan, &run.before).await?;
    let mut batches = Vec::new();
    while let Some(batch) = rows.next().await {
        batches.push(batch?);
    }
    Ok(batches)
}

/// All ids that ever ended in another, with the one that they lead to now.
async fn write_redirects(run: &mut Run<'_>, entity: &str, events: &[Event]) -> Result<()> {
    let name = TableName::new("redirects", entity);
    let mut redirects = BTreeMap::new();
    for batch in read(run, &name).await? {
        let (old, target) = (numbers(&batch, "old"), numbers(&batch, "id"));
        redirects.extend((0..batch.num_rows()).map(|row| (unsigned(old.value(row)), unsigned(target.value(row)))));
    }
    let merged: BTreeMap<u64, u64> = events
        .iter()
        .filter_map(|event| match event {
            Event::Merged { old, survivor } => Some((*old, *survivor)),
            _ => None,
        })
        .collect();
    for target in redirects.values_mut() {
        *target = merged.get(target).copied().unwrap_or(*target);
    }
    redirects.extend(merged);
    let schema = Arc::new(Schema::new(vec![Field::new("old", DataType::Int64, false), Field::new("id", DataType::Int64, false)]));
    let mut out = TableWriter::try_new(run.store, run.file(&name.to_string(), "0"), Arc::clone(&schema), RowsOf::State)?;
    let old: Int64Array = redirects.keys().map(|id| id_value(*id)).collect();
    let target: Int64Array = redirects.values().map(|id| id_value(*id)).collect();
    out.write(RecordBatch::try_new(schema, vec![Arc::new(old), Arc::new(target)])?).await?;
    let file = out.finish().await?;
    run.keep(name, Table { rows: file.rows, files: vec![file] }).await
}

/// The events in numbers.
pub(super) fn count(events: &[Event], figures: &mut EntityFigures) {
    for event in events {
        match event {
            Event::Created { .. } => figures.created += 1,
            Event::Merged { .. } => figures.merged += 1,
            Event::Split { .. } => figures.split += 1,
            Event::Retired { .. } => figures.retired += 1,
        }
    }
}

fn unsigned(id: i64) -> u64 {
    u64::try_from(id).expect("ids are positive")
}
