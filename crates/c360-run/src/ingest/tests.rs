//! Tests of ingest: what rows come out of which bytes, whatever the pieces they come in.

mod csv;
mod files;
mod listing;
mod ndjson;
mod property;
mod typed;

use c360_model::model::{ColumnPath, ReadFormat};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Int32Type, Int64Type};

use super::columns::text_schema;
use super::{FileCounts, InputError, ReadSpec, TextDecoder};

/// A row as it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Good(i64, Vec<Option<String>>),
    /// Number, reason, raw text.
    Reject(i64, String, String),
}

/// A good row; the value `-` means none.
fn good(number: i64, values: &[&str]) -> Row {
    Row::Good(number, values.iter().map(|value| (*value != "-").then(|| (*value).to_owned())).collect())
}

fn reject(number: i64, reason: &str, raw: &str) -> Row {
    Row::Reject(number, reason.to_owned(), raw.to_owned())
}

fn csv_format() -> ReadFormat {
    ReadFormat::Csv { delimiter: b',', quote: b'"', encoding: "utf-8".to_owned(), null: Vec::new() }
}

fn path(column: &str) -> ColumnPath {
    column.split('.').map(str::to_owned).collect()
}

fn text_spec(format: ReadFormat, columns: &[&str]) -> ReadSpec {
    let columns: Vec<ColumnPath> = columns.iter().map(|column| path(column)).collect();
    ReadSpec { format, schema: text_schema(&columns), columns, first: "in.csv".to_owned(), projection: None }
}

fn rows(batches: &[RecordBatch]) -> Vec<Row> {
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|row| one_row(batch, row))).collect()
}

fn one_row(batch: &RecordBatch, row: usize) -> Row {
    assert_eq!(batch.column(0).as_primitive::<Int32Type>().value(row), 7, "the index of the file");
    let number = batch.column(1).as_primitive::<Int64Type>().value(row);
    let text = |column: usize| {
        let column = batch.column(column).as_string::<i32>();
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    let values: Vec<Option<String>> = (4..batch.num_columns()).map(text).collect();
    match (text(2), text(3)) {
        (Some(reason), Some(raw)) => {
            assert!(values.iter().all(Option::is_none), "a rejected row has no values");
            Row::Reject(number, reason, raw)
        }
        (None, None) => Row::Good(number, values),
        other => panic!("reason and raw text go together: {other:?}"),
    }
}

fn batches(spec: &ReadSpec, bytes: &[u8], piece: usize) -> Result<(Vec<RecordBatch>, FileCounts), InputError> {
    let mut decoder = TextDecoder::new(7, "in.csv", spec)?;
    let mut batches = Vec::new();
    for piece in bytes.chunks(piece) {
        batches.extend(decoder.feed(piece)?);
    }
    batches.extend(decoder.finish()?);
    Ok((batches, decoder.counts()))
}

/// Decodes in pieces of several sizes, which must not matter, and counts.
fn decode(spec: &ReadSpec, bytes: &[u8]) -> Result<Vec<Row>, InputError> {
    let (whole, counts) = batches(spec, bytes, bytes.len().max(1))?;
    for piece in [1, 2, 3, 7, 64] {
        let (pieces, _) = batches(spec, bytes, piece)?;
        assert_eq!(pieces, whole, "pieces of {piece} bytes");
    }
    let rows = rows(&whole);
    let rejects = rows.iter().filter(|row| matches!(row, Row::Reject(..))).count();
    assert_eq!((counts.rows, counts.rejects), (rows.len() as u64, rejects as u64));
    Ok(rows)
}
