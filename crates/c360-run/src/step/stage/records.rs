//! The records of one entity out of the rows of one source.

use super::super::arrays::{column, structs};
use crate::commit::File;
use crate::error::{Error, Result};
use crate::ingest::{self, InputFile};
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter};
use c360_model::model::{Entity, EntityId, ReferenceValue, Source};
use c360_plan::NumberSet;
use c360_plan::tables::{self, TableName};
use c360_plan::types::instant;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray, new_null_array};
use datafusion::arrow::buffer::{BooleanBuffer, NullBuffer};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::runtime::SpawnedTask;
use futures::TryStreamExt;
use std::sync::Arc;

/// How many columns of `records.<entity>` come before those that a source maps: record, source, key, updated.
const PROVENANCE: usize = 4;

/// Writes `records.<entity>`, the part of one source.
pub(super) struct RecordsWriter {
    pub(super) entity: EntityId,
    name: String,
    source: String,
    schema: SchemaRef,
    /// The columns by which a row says anything of the entity.
    telling: Vec<String>,
    path: String,
    out: Option<TableWriter>,
    /// The file that is being closed.
    closing: Option<SpawnedTask<Result<File>>>,
    /// The place of each row that was written.
    places: Vec<i64>,
}

impl RecordsWriter {
    pub(super) fn new(run: &Run<'_>, entity: EntityId, source: &Source) -> RecordsWriter {
        let declared = run.model.entity(entity);
        let schema: SchemaRef = Arc::new(tables::records(declared));
        RecordsWriter {
            entity,
            name: declared.name.clone(),
            source: source.name.clone(),
            telling: telling(declared, entity, source, &schema),
            path: run.file(&TableName::records(&declared.name), &source.name),
            schema,
            out: None,
            closing: None,
            places: Vec::new(),
        }
    }

    /// Which rows say anything of the entity at all.
    pub(super) fn described(&self, batch: &RecordBatch) -> BooleanBuffer {
        let columns = self.telling.iter().filter_map(|name| self.mapped(batch, name));
        columns.fold(BooleanBuffer::new_unset(batch.num_rows()), |there, values| &there | &says_something(&values))
    }

    /// Appends the records among the rows of `batch`: those with a number that are described.
    pub(super) async fn write(
        &mut self,
        run: &Run<'_>,
        batch: &RecordBatch,
        described: &BooleanBuffer,
        numbers: &[Option<i64>],
        places: &[i64],
    ) -> Result<()> {
        let numbered: BooleanBuffer = numbers.iter().map(Option::is_some).collect();
        let kept = BooleanArray::new(&numbered & described, None);
        if kept.true_count() == 0 {
            return Ok(());
        }
        let rows = batch.num_rows();
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(numbers.iter().map(|number| number.unwrap_or_default()))),
            Arc::new(StringArray::from_iter_values(std::iter::repeat_n(&self.source, rows))),
            Arc::new(column(batch, "_key").as_string::<i32>().iter().map(|key| Some(key.unwrap_or_default())).collect::<StringArray>()),
            batch
                .column_by_name("_updated")
                .map_or_else(|| new_null_array(&instant(), rows), |_| Arc::clone(structs(batch, "_updated").column(0))),
        ];
        for field in self.schema.fields().iter().skip(columns.len()) {
            columns.push(self.mapped(batch, field.name()).unwrap_or_else(|| new_null_array(field.data_type(), rows)));
        }
        let all = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        let records = if kept.true_count() == rows { all } else { filter_record_batch(&all, &kept)? };
        self.places.extend(places.iter().zip(kept.values()).filter(|(_, kept)| *kept).map(|(place, _)| *place));
        if self.out.is_none() {
            self.out = Some(TableWriter::try_new(run.store, self.path.clone(), Arc::clone(&self.schema), RowsOf::State)?);
        }
        self.out.as_mut().expect("just opened").write(records).await
    }

    /// The values that the source maps to a column of the entity's records; `None` where it maps none.
    fn mapped(&self, batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
        let mapped = batch.column_by_name(&format!("{}.{name}", self.name))?;
        match mapped.as_struct_opt().filter(|s| s.column_names() == ["value", "raw", "reason"]) {
            Some(normalized) => Some(Arc::clone(normalized.column(0))),
            None => Some(Arc::clone(mapped)),
        }
    }

    /// Begins to close the file, while other things are done.
    pub(super) fn close(&mut self) {
        let out = self.out.take();
        self.closing = out.map(|mut out| SpawnedTask::spawn(async move { out.finish().await }));
    }

    /// The closed file; where rows in it were outdone, it is written again without them. `None` where there are no records.
    pub(super) async fn seal(mut self, run: &mut Run<'_>, outdone: &NumberSet) -> Result<Option<File>> {
        let Some(closing) = self.closing.take() else { return Ok(None) };
        let file = closing.join().await.map_err(|error| Error::broke_off("writing records", &error))??;
        if !self.places.iter().any(|place| outdone.contains(place)) {
            return Ok(Some(file));
        }
        run.superseded.push(file.path.clone());
        self.without(run, file, outdone).await.map(Some)
    }

    async fn without(&self, run: &Run<'_>, written: File, outdone: &NumberSet) -> Result<File> {
        let path = self.path.replace(".parquet", "-current.parquet");
        let mut out = TableWriter::try_new(run.store, path, Arc::clone(&self.schema), RowsOf::State)?;
        let draft =
            InputFile { path: run.store.path(&written.path).to_string(), name: written.path.clone(), size: written.bytes, etag: None };
        let mut batches = ingest::in_order(&run.store.objects(), &draft).await?;
        let mut start = 0;
        while let Some(batch) = batches.try_next().await? {
            let kept: BooleanArray =
                self.places[start..start + batch.num_rows()].iter().map(|place| Some(!outdone.contains(place))).collect();
            start += batch.num_rows();
            let batch = RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec())?;
            out.write(filter_record_batch(&batch, &kept)?).await?;
        }
        out.finish().await
    }
}

/// Which rows have a value. A list of nothing says nothing: an `is` whose key is empty.
fn says_something(values: &ArrayRef) -> BooleanBuffer {
    let Some(lists) = values.as_list_opt::<i32>() else {
        return values.logical_nulls().map_or_else(|| BooleanBuffer::new_set(values.len()), NullBuffer::into_inner);
    };
    let items = lists.values().logical_nulls();
    let is_there = |item: usize| items.as_ref().is_none_or(|items| items.is_valid(item));
    let offsets = lists.value_offsets();
    let says = |row: usize| lists.is_valid(row) && (offsets[row] as usize..offsets[row + 1] as usize).any(is_there);
    BooleanBuffer::collect_bool(lists.len(), says)
}

/// All columns that hold what a source maps, without references to an object of the same row: every row has those, whatever is in it.
fn telling(declared: &Entity, entity: EntityId, source: &Source, schema: &SchemaRef) -> Vec<String> {
    let given = source.mappings.iter().filter(|mapping| mapping.entity == entity).flat_map(|mapping| &mapping.references);
    let same_row = given.filter(|(.., value)| matches!(value, ReferenceValue::SameRow(_))).map(|(id, ..)| &declared.references[id.0].name);
    let same_row: Vec<_> = same_row.collect();
    let mapped = schema.fields().iter().skip(PROVENANCE).map(|field| field.name());
    mapped.filter(|name| !same_row.contains(name)).cloned().collect()
}
