//! Objects into golden records, and their references into links.

mod links;

use super::arrays::column;
use crate::commit::Table;
use crate::error::Result;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter};
use c360_plan::Golden;
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{AsArray, RecordBatch};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs the step.
pub(crate) async fn golden(run: &mut Run<'_>, step: &Golden) -> Result<()> {
    let entity = run.model.entity(step.entity);
    let name = TableName::golden(&entity.name);
    let schema = Arc::new(tables::golden(entity));
    let mut out = TableWriter::try_new(run.store, run.file(&name.to_string(), "0"), Arc::clone(&schema), RowsOf::State)?;
    let mut by_sources = BTreeMap::new();
    let mut rows = run.rows(&step.plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = RecordBatch::try_new(Arc::clone(&schema), batch?.columns().to_vec())?;
        count_sources(&batch, &mut by_sources);
        out.write(batch).await?;
    }
    let file = out.finish().await?;
    run.keep(name, Table { rows: file.rows, files: vec![file] }).await?;
    if let Some(figures) = run.figures.entities.iter_mut().find(|f| f.entity == entity.name) {
        figures.by_sources = by_sources;
    }
    for (reference, plan) in &step.links {
        links::links(run, step.entity, *reference, plan).await?;
    }
    Ok(())
}

fn count_sources(batch: &RecordBatch, by_sources: &mut BTreeMap<u64, u64>) {
    for sources in column(batch, "sources").as_list::<i32>().offsets().lengths() {
        *by_sources.entry(sources as u64).or_default() += 1;
    }
}
