//! Columns of batches by name and type. The plan made them, so what is missing is a mistake of ours.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, StructArray};
use datafusion::arrow::datatypes::Int64Type;

pub(super) fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
    batch.column_by_name(name).expect("the plan has this column")
}

pub(super) fn text<'a>(batch: &'a RecordBatch, name: &str) -> &'a StringArray {
    column(batch, name).as_string::<i32>()
}

pub(super) fn numbers<'a>(batch: &'a RecordBatch, name: &str) -> &'a Int64Array {
    column(batch, name).as_primitive::<Int64Type>()
}

pub(super) fn structs<'a>(batch: &'a RecordBatch, name: &str) -> &'a StructArray {
    column(batch, name).as_struct()
}

/// The text of a row where there is one.
pub(super) fn value(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

/// A record's number as an index.
pub(super) fn index(record: i64) -> usize {
    usize::try_from(record).expect("records are numbered from 0")
}
