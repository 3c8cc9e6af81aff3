//! The records of one entity out of the rows of one source.

use super::super::arrays::{column, structs};
use super::add_file;
use crate::commit::{File, Table};
use crate::error::Result;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter, provider};
use c360_model::model::{Entity, EntityId, ReferenceValue, Source};
use c360_plan::tables::{self, TableName};
use c360_plan::types::instant;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray, new_null_array};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::{Int32Type, SchemaRef};
use datafusion::logical_expr::{LogicalPlanBuilder, col};
use futures::StreamExt;
use std::collections::HashSet;
use std::sync::Arc;

/// How many columns of `records.<entity>` come before those that a source maps: record, source, key, updated, file, row.
const PROVENANCE: usize = 6;

/// Writes `records.<entity>`, the part of one source.
pub(super) struct RecordsWriter {
    entity: EntityId,
    name: String,
    source: String,
    schema: SchemaRef,
    /// The columns by which a row says anything of the entity.
    telling: Vec<String>,
    /// The number of the first record.
    first: i64,
    path: String,
    out: TableWriter,
}

impl RecordsWriter {
    pub(super) fn try_new(run: &Run<'_>, entity: EntityId, source: &Source) -> Result<RecordsWriter> {
        let declared = run.model.entity(entity);
        let schema: SchemaRef = Arc::new(tables::records(declared));
        let table = TableName::records(&declared.name).to_string();
        let first = run.made.get(&table).map_or(0, |made| made.rows);
        let path = run.file(&table, &source.name);
        let out = TableWriter::try_new(run.store, path.clone(), Arc::clone(&schema), RowsOf::State)?;
        let first = i64::try_from(first).expect("there are far fewer records");
        let telling = telling(declared, entity, source, &schema);
        Ok(RecordsWriter { entity, name: declared.name.clone(), source: source.name.clone(), schema, telling, first, path, out })
    }

    /// Which rows say anything of the entity at all.
    pub(super) fn described(&self, batch: &RecordBatch) -> Vec<bool> {
        let mut there = vec![false; batch.num_rows()];
        for name in &self.telling {
            if let Some(values) = self.mapped(batch, name) {
                there.iter_mut().enumerate().for_each(|(row, t)| *t |= values.is_valid(row));
            }
        }
        there
    }

    /// Appends the records among the rows of `batch` that are `good`.
    pub(super) async fn write(&mut self, batch: &RecordBatch, good: &BooleanArray, files: &[String]) -> Result<()> {
        let described = self.described(batch);
        let kept: BooleanArray = good.values().iter().zip(described).map(|(good, there)| Some(good && there)).collect();
        let first = self.first + i64::try_from(self.out.rows()).expect("there are far fewer records");
        let rows = batch.num_rows();
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(vec![0; rows])),
            Arc::new(StringArray::from_iter_values(std::iter::repeat_n(&self.source, rows))),
            Arc::new(column(batch, "_key").as_string::<i32>().iter().map(|key| Some(key.unwrap_or_default())).collect::<StringArray>()),
            batch
                .column_by_name("_updated")
                .map_or_else(|| new_null_array(&instant(), rows), |_| Arc::clone(structs(batch, "_updated").column(0))),
            Arc::new(file_names(batch, files)),
            Arc::clone(column(batch, "_row")),
        ];
        for field in self.schema.fields().iter().skip(columns.len()) {
            columns.push(self.mapped(batch, field.name()).unwrap_or_else(|| new_null_array(field.data_type(), rows)));
        }
        let records = filter_record_batch(&RecordBatch::try_new(Arc::clone(&self.schema), columns)?, &kept)?;
        self.out.write(numbered(&records, first)?).await
    }

    /// The values that the source maps to a column of the entity's records; `None` where it maps none.
    fn mapped(&self, batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
        let mapped = batch.column_by_name(&format!("{}.{name}", self.name))?;
        match mapped.as_struct_opt().filter(|s| s.column_names() == ["value", "raw", "reason"]) {
            Some(normalized) => Some(Arc::clone(normalized.column(0))),
            None => Some(Arc::clone(mapped)),
        }
    }

    /// Closes the file; where rows in it were superseded, it is written again without them.
    pub(super) async fn seal(mut self, run: &mut Run<'_>, files: &[String], superseded: &HashSet<(i32, i64)>) -> Result<()> {
        let mut file = self.out.finish().await?;
        if !superseded.is_empty() {
            file = self.without(run, file, files, superseded).await?;
        }
        add_file(&mut run.made, &TableName::records(&run.model.entity(self.entity).name), file);
        Ok(())
    }

    async fn without(&self, run: &mut Run<'_>, written: File, files: &[String], superseded: &HashSet<(i32, i64)>) -> Result<File> {
        let draft = Table { rows: written.rows, files: vec![written] };
        let table = TableName::new("changed", format!("{}_{}", self.source, self.name));
        run.tables.insert(table.clone(), provider(&draft, run.store, run.engine).await?);
        run.scratch.push(draft);
        let plan = LogicalPlanBuilder::scan(
            table.reference(),
            datafusion::datasource::provider_as_source(Arc::clone(run.tables.get(&table).expect("just put there"))),
            None,
        )?
        .sort([col("record").sort(true, false)])?
        .build()?;
        let path = self.path.replace(".parquet", "-current.parquet");
        let mut out = TableWriter::try_new(run.store, path, Arc::clone(&self.schema), RowsOf::State)?;
        let superseded: HashSet<(&str, i64)> = superseded
            .iter()
            .map(|(file, row)| (files[usize::try_from(*file).expect("files are numbered from 0")].as_str(), *row))
            .collect();
        let mut rows = run.rows(&plan).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (file, row) = (super::text(&batch, "file"), super::super::arrays::numbers(&batch, "row"));
            let kept: BooleanArray = (0..batch.num_rows()).map(|i| Some(!superseded.contains(&(file.value(i), row.value(i))))).collect();
            let first = self.first + i64::try_from(out.rows()).expect("there are far fewer records");
            let batch = RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec())?;
            out.write(numbered(&filter_record_batch(&batch, &kept)?, first)?).await?;
        }
        out.finish().await
    }
}

/// All columns that hold what a source maps, without references to an object of the same row: every row has those, whatever is in it.
fn telling(declared: &Entity, entity: EntityId, source: &Source, schema: &SchemaRef) -> Vec<String> {
    let given = source.mappings.iter().filter(|mapping| mapping.entity == entity).flat_map(|mapping| &mapping.references);
    let same_row = given.filter(|(.., value)| matches!(value, ReferenceValue::SameRow(_))).map(|(id, ..)| &declared.references[id.0].name);
    let same_row: Vec<_> = same_row.collect();
    let mapped = schema.fields().iter().skip(PROVENANCE).map(|field| field.name());
    mapped.filter(|name| !same_row.contains(name)).cloned().collect()
}

/// The records with numbers from `first`.
fn numbered(records: &RecordBatch, first: i64) -> Result<RecordBatch> {
    let count = i64::try_from(records.num_rows()).expect("a batch is small");
    let mut columns = records.columns().to_vec();
    columns[0] = Arc::new(Int64Array::from_iter_values(first..first + count));
    Ok(RecordBatch::try_new(records.schema(), columns)?)
}

/// The name of each row's file.
pub(super) fn file_names(batch: &RecordBatch, files: &[String]) -> StringArray {
    let numbers = column(batch, "_file").as_primitive::<Int32Type>();
    let name = |file: &i32| files[usize::try_from(*file).expect("files are numbered from 0")].as_str();
    StringArray::from_iter_values(numbers.values().iter().map(name))
}
