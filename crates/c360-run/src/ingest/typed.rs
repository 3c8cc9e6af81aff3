//! Fits batches of files that bring their own types (Parquet, Avro, Arrow) into the output: finds the wanted columns, also
//! nested ones, numbers the rows, casts to the types of the source's first file. Does not decode files.

mod fit;
mod locate;

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Array, Int64Array, RecordBatch, RecordBatchOptions, new_null_array};
use datafusion::arrow::datatypes::{DataType, Schema};

use super::columns::{Layout, OWN_COLUMNS, Slot, joined};
use super::{BATCH_ROWS, FileCounts, InputError, ReadSpec};

pub(super) use fit::common_type;
pub(super) use locate::{leaves, locate, missing};

/// Rows of one file on their way into the output.
pub(super) struct TypedRows {
    index: i32,
    file: String,
    spec: Arc<ReadSpec>,
    layout: Layout,
    rows: u64,
}

impl TypedRows {
    /// For a file whose columns are `schema`; checks that all wanted ones are there and fit.
    pub(super) fn new(index: usize, file: &str, spec: &Arc<ReadSpec>, schema: &Schema) -> Result<TypedRows, InputError> {
        let index = i32::try_from(index).map_err(|_| InputError::Unsupported {
            place: file.to_owned(),
            reason: "a source has at most 2,147,483,647 files".to_owned(),
        })?;
        let rows = TypedRows { index, file: file.to_owned(), spec: Arc::clone(spec), layout: spec.layout(), rows: 0 };
        for (wanted, path) in spec.columns.iter().enumerate() {
            let found = locate(schema, path).ok_or_else(|| missing(file, path, schema))?;
            if !fit::fits(&common_type(found.data_type()), rows.expected(wanted)) {
                return Err(rows.misfit(wanted, found.data_type()));
            }
        }
        Ok(rows)
    }

    fn expected(&self, wanted: usize) -> &DataType {
        self.spec.schema.field(OWN_COLUMNS + wanted).data_type()
    }

    fn misfit(&self, wanted: usize, found: &DataType) -> InputError {
        InputError::ColumnType {
            file: self.file.clone(),
            column: joined(&self.spec.columns[wanted]),
            found: found.to_string(),
            first: self.spec.first.clone(),
            expected: self.expected(wanted).to_string(),
        }
    }

    /// The file's next rows as batches of the output.
    pub(super) fn next(&mut self, batch: &RecordBatch) -> Result<Vec<RecordBatch>, InputError> {
        let starts = (0..batch.num_rows()).step_by(BATCH_ROWS);
        starts.map(|start| self.part(&batch.slice(start, BATCH_ROWS.min(batch.num_rows() - start)))).collect()
    }

    fn part(&mut self, batch: &RecordBatch) -> Result<RecordBatch, InputError> {
        let columns = self.layout.slots.iter().map(|slot| self.column(*slot, batch)).collect::<Result<_, _>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let out = RecordBatch::try_new_with_options(Arc::clone(&self.layout.schema), columns, &options)
            .expect("columns were cast to the types of the schema");
        self.rows += batch.num_rows() as u64;
        Ok(out)
    }

    fn column(&self, slot: Slot, batch: &RecordBatch) -> Result<ArrayRef, InputError> {
        let length = batch.num_rows();
        Ok(match slot {
            Slot::File => Arc::new(Int32Array::from_value(self.index, length)),
            Slot::Row => Arc::new((self.rows + 1..=self.rows + length as u64).map(u64::cast_signed).collect::<Int64Array>()),
            Slot::Reject | Slot::Raw => new_null_array(&DataType::Utf8, length),
            Slot::Wanted(wanted) => {
                let path = &self.spec.columns[wanted];
                let found = locate::extract(batch, path).ok_or_else(|| missing(&self.file, path, &batch.schema()))?;
                fit::fit(&found, self.expected(wanted)).map_err(|_| self.misfit(wanted, found.data_type()))?
            }
        })
    }

    /// Rows so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// What was read; [`FileCounts::bytes`] is left to the caller.
    pub(super) fn counts(&self) -> FileCounts {
        FileCounts { rows: self.rows, ..FileCounts::default() }
    }

    /// The paths that have to be decoded.
    pub(super) fn built(spec: &ReadSpec) -> Vec<&[String]> {
        let wanted = |slot: &Slot| if let Slot::Wanted(wanted) = slot { Some(spec.columns[*wanted].as_slice()) } else { None };
        spec.layout().slots.iter().filter_map(wanted).collect()
    }
}
