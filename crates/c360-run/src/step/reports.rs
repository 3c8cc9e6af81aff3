//! The tables that tell what went another way: rejects, duplicates, refused, orphans. Open during the whole run, closed at its end.

use crate::commit::Table;
use crate::error::Result;
use crate::run::Run;
use crate::store::Store;
use crate::tables::{RowsOf, TableWriter};
use c360_plan::tables::{self, TableName};
use std::sync::Arc;

/// One open writer per report.
pub(crate) struct Reports {
    pub(super) rejects: TableWriter,
    pub(super) duplicates: TableWriter,
    pub(super) refused: TableWriter,
    pub(super) orphans: TableWriter,
}

impl Reports {
    /// Opens all reports of the run with this id.
    pub(crate) fn try_new(store: &Store, run: &str) -> Result<Reports> {
        let open = |name: &str, schema: datafusion::arrow::datatypes::Schema| {
            let path = format!("tables/{}/{run}/part-0.parquet", TableName::report(name));
            TableWriter::try_new(store, path, Arc::new(schema), RowsOf::State)
        };
        Ok(Reports {
            rejects: open("rejects", tables::rejects())?,
            duplicates: open("duplicates", tables::duplicates())?,
            refused: open("refused", tables::refused())?,
            orphans: open("orphans", tables::orphans())?,
        })
    }
}

/// Closes the reports and makes them part of the commit.
pub(crate) async fn seal_reports(run: &mut Run<'_>) -> Result<()> {
    for figures in &mut run.figures.entities {
        figures.orphans = run.orphans.get(&figures.entity).copied().unwrap_or_default();
    }
    let reports = &mut run.reports;
    let files = [
        ("rejects", reports.rejects.finish().await?),
        ("duplicates", reports.duplicates.finish().await?),
        ("refused", reports.refused.finish().await?),
        ("orphans", reports.orphans.finish().await?),
    ];
    for (name, file) in files {
        run.keep(TableName::report(name), Table { rows: file.rows, files: vec![file] }).await?;
    }
    Ok(())
}
