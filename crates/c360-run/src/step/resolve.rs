//! References of records into ids, and what leads to nothing into the orphans.

use crate::commit::Table;
use crate::error::Result;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter, provider};
use c360_plan::Resolve;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use std::sync::Arc;

/// Runs the step: a table for this run only, and rows of the report.
pub(crate) async fn resolve(run: &mut Run<'_>, step: &Resolve) -> Result<()> {
    let entity = run.model.entity(step.entity);
    let name = TableName::resolved(entity, step.reference);
    let mut rows = run.rows(&step.targets).await?;
    let mut out = TableWriter::try_new(run.store, run.file(&name.to_string(), "0"), rows.schema(), RowsOf::State)?;
    while let Some(batch) = rows.next().await {
        out.write(batch?).await?;
    }
    let file = out.finish().await?;
    let table = Table { rows: file.rows, files: vec![file] };
    run.tables.insert(name, provider(&table, run.store, run.engine).await?);
    run.scratch.push(table);
    report_orphans(run, &entity.name, &step.orphans).await
}

/// Appends the plan's rows to the orphans and counts them for the entity.
pub(super) async fn report_orphans(run: &mut Run<'_>, entity: &str, plan: &LogicalPlan) -> Result<()> {
    let schema = Arc::new(c360_plan::tables::orphans());
    let mut rows = run.rows(plan).await?;
    while let Some(batch) = rows.next().await {
        let batch = RecordBatch::try_new(Arc::clone(&schema), batch?.columns().to_vec())?;
        *run.orphans.entry(entity.to_owned()).or_default() += batch.num_rows() as u64;
        run.reports.orphans.write(batch).await?;
    }
    Ok(())
}
