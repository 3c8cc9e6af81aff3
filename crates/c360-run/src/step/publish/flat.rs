//! Rows as lines of text. CSV has no nested values: parts of groups become columns of their own, lists become JSON arrays.

use crate::error::Result;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use datafusion::arrow::csv::WriterBuilder as CsvBuilder;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::arrow::json::writer::{JsonArray, WriterBuilder};
use std::sync::Arc;

/// Lines of CSV; the first batch with the header.
pub(super) fn csv(batch: &RecordBatch, first: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = CsvBuilder::new().with_header(first).build(&mut out);
    writer.write(&flattened(batch)?)?;
    drop(writer);
    Ok(out)
}

/// Lines of JSON objects; empty values are left out.
pub(super) fn ndjson(batch: &RecordBatch, _: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = LineDelimitedWriter::new(&mut out);
    writer.write(batch)?;
    writer.finish()?;
    Ok(out)
}

fn flattened(batch: &RecordBatch) -> Result<RecordBatch> {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        match column.data_type() {
            DataType::Struct(parts) => {
                for (part, values) in parts.iter().zip(column.as_struct().columns()) {
                    fields.push(Field::new(format!("{}.{}", field.name(), part.name()), values.data_type().clone(), true));
                    columns.push(Arc::clone(values));
                }
            }
            DataType::List(_) => {
                fields.push(Field::new(field.name(), DataType::Utf8, true));
                columns.push(Arc::new(json_arrays(column)?) as ArrayRef);
            }
            _ => {
                fields.push(field.as_ref().clone());
                columns.push(Arc::clone(column));
            }
        }
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

/// Each list as a JSON array.
fn json_arrays(lists: &ArrayRef) -> Result<StringArray> {
    let lists = lists.as_list::<i32>();
    let rows = (0..lists.len()).map(|row| {
        if lists.is_null(row) {
            return Ok(None);
        }
        let items = lists.value(row);
        let field = Field::new("value", items.data_type().clone(), true);
        let batch = RecordBatch::try_new(Arc::new(Schema::new(vec![field])), vec![items])?;
        let mut out = Vec::new();
        let options = WriterBuilder::new().with_explicit_nulls(true);
        let mut writer = options.build::<_, JsonArray>(&mut out);
        writer.write(&batch)?;
        writer.finish()?;
        drop(writer);
        let objects: Vec<serde_json::Value> = serde_json::from_slice(&out).unwrap_or_default();
        let values: Vec<_> = objects.iter().map(|object| object["value"].clone()).collect();
        Ok(Some(serde_json::Value::Array(values).to_string()))
    });
    rows.collect::<Result<Vec<_>>>().map(StringArray::from)
}
