//! Rows of a source into records: one row per key, everything else into the reports.

mod current;
mod records;
mod rejects;

use super::arrays::{column, structs, text};
use crate::commit::Table;
use crate::error::{Error, Kind, Result};
use crate::figures::SourceFigures;
use crate::ingest::IngestStats;
use crate::inputs::SourceFiles;
use crate::run::Run;
use c360_plan::Stage;
use c360_plan::tables::TableName;
use current::{CurrentRows, Row};
use datafusion::arrow::array::{Array, AsArray, BooleanArray, Int32Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use datafusion::arrow::datatypes::{Int32Type, Int64Type, TimestampMicrosecondType};
use futures::StreamExt;
use records::RecordsWriter;
use std::sync::Arc;

/// Runs the stage of one source.
pub(crate) async fn stage(run: &mut Run<'_>, step: &Stage, input: &SourceFiles) -> Result<()> {
    let source = run.model.source(step.source);
    let table = input.table(run.model).await?;
    let stats = table.stats();
    run.tables.insert(TableName::changed(&source.name), Arc::new(table));
    let mut writers = Vec::new();
    for entity in &step.entities {
        writers.push(RecordsWriter::try_new(run, *entity, source)?);
    }
    let mut staging = Staging { source: &source.name, input, current: CurrentRows::default(), figures: SourceFigures::default() };
    let mut rows = run.rows(&step.plan).await.map_err(|error| error.at(source.span))?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(|error| Error::from(error).at(source.span))?;
        staging.take(run, &mut writers, &batch).await?;
    }
    staging.report_duplicates(run).await?;
    let superseded = staging.current.superseded();
    for writer in writers {
        writer.seal(run, &input.names, &superseded).await?;
    }
    let figures = staging.finish(&stats)?;
    run.figures.sources.push(figures);
    Ok(())
}

/// Makes the records of every entity known, once all sources are staged.
pub(crate) async fn seal_records(run: &mut Run<'_>) -> Result<()> {
    for entity in &run.model.entities {
        let name = TableName::records(&entity.name);
        let table = run.made.remove(&name.to_string()).expect("every entity is described by a source");
        run.keep(name, table).await?;
    }
    Ok(())
}

struct Staging<'a> {
    source: &'a str,
    input: &'a SourceFiles,
    current: CurrentRows,
    figures: SourceFigures,
}

impl Staging<'_> {
    async fn take(&mut self, run: &mut Run<'_>, writers: &mut [RecordsWriter], batch: &RecordBatch) -> Result<()> {
        let rows = Rows::of(batch);
        let mut describes = vec![false; batch.num_rows()];
        for writer in writers.iter() {
            writer.described(batch).iter().enumerate().for_each(|(row, there)| describes[row] |= *there);
        }
        let mut good = Vec::with_capacity(batch.num_rows());
        let mut reasons: Vec<Option<&str>> = Vec::with_capacity(batch.num_rows());
        for (row, described) in describes.into_iter().enumerate() {
            let empty = !described && !rows.deletes(row);
            let reason = rows.trouble(row).or_else(|| empty.then_some("describes nothing: every mapped value is empty"));
            let kept = reason.is_none() && self.current.offer(rows.key(row), rows.row(row));
            good.push(kept && !rows.deletes(row));
            self.figures.rejects += u64::from(reason.is_some());
            reasons.push(reason);
        }
        let rejected = rejects::rejects(self.source, &self.input.names, batch, &reasons)?;
        self.figures.rejected_values += rejected.values;
        for batch in rejected.batches {
            run.reports.rejects.write(batch).await?;
        }
        let good = BooleanArray::from(good);
        for writer in writers {
            writer.write(batch, &good, &self.input.names).await?;
        }
        Ok(())
    }

    async fn report_duplicates(&mut self, run: &mut Run<'_>) -> Result<()> {
        if let Some(batch) = self.current.duplicates(self.source, &self.input.names)? {
            run.reports.duplicates.write(batch).await?;
        }
        Ok(())
    }

    /// The figures, and the law that every row is accounted for.
    fn finish(mut self, stats: &IngestStats) -> Result<SourceFigures> {
        let files: Vec<_> = stats.files().into_iter().flatten().collect();
        let figures = &mut self.figures;
        figures.source = self.source.to_owned();
        figures.files = files.len() as u64;
        figures.bytes = files.iter().map(|file| file.bytes).sum();
        figures.rows = files.iter().map(|file| file.rows).sum();
        figures.duplicates = self.current.superseded_count();
        figures.deleted = self.current.deleted_count();
        figures.records = self.current.record_count();
        figures.filtered = figures.rows.saturating_sub(figures.records + figures.duplicates + figures.rejects + figures.deleted);
        let came_out = self.current.offered() + figures.rejects;
        if figures.files as usize != self.input.files.len() || came_out > figures.rows || !figures.balanced() {
            return Err(Error::new(
                Kind::Report,
                format!(
                    "source `{}`: {} rows were read, but {came_out} came out of the plan; nothing was committed",
                    self.source, figures.rows
                ),
            ));
        }
        Ok(self.figures)
    }
}

/// The columns of a staged batch that belong to no entity.
struct Rows<'a> {
    file: &'a Int32Array,
    row: &'a Int64Array,
    reject: &'a StringArray,
    key: &'a StringArray,
    updated: Option<&'a TimestampMicrosecondArray>,
    delete: Option<&'a BooleanArray>,
}

impl<'a> Rows<'a> {
    fn of(batch: &'a RecordBatch) -> Rows<'a> {
        let updated =
            batch.column_by_name("_updated").map(|_| structs(batch, "_updated").column(0).as_primitive::<TimestampMicrosecondType>());
        Rows {
            file: column(batch, "_file").as_primitive::<Int32Type>(),
            row: column(batch, "_row").as_primitive::<Int64Type>(),
            reject: text(batch, "_reject"),
            key: text(batch, "_key"),
            updated,
            delete: batch.column_by_name("_delete").map(|c| c.as_boolean()),
        }
    }

    /// Why the row is no record at all.
    fn trouble(&self, row: usize) -> Option<&'a str> {
        if self.reject.is_valid(row) {
            return Some(self.reject.value(row));
        }
        self.key.is_null(row).then_some("no key")
    }

    fn key(&self, row: usize) -> &'a str {
        self.key.value(row)
    }

    fn deletes(&self, row: usize) -> bool {
        self.delete.is_some_and(|delete| delete.is_valid(row) && delete.value(row))
    }

    fn row(&self, row: usize) -> Row {
        Row {
            updated: self.updated.and_then(|u| u.is_valid(row).then(|| u.value(row))),
            file: self.file.value(row),
            row: self.row.value(row),
            deletes: self.deletes(row),
        }
    }
}

/// An entity's records table so far: files of one source after the other.
pub(super) fn add_file(tables: &mut std::collections::BTreeMap<String, Table>, name: &TableName, file: crate::commit::File) {
    let table = tables.entry(name.to_string()).or_default();
    table.rows += file.rows;
    table.files.push(file);
}
