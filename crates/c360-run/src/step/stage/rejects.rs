//! Rows of `reports.rejects` out of a staged batch: whole rows first, then single values.

use super::super::arrays::{column, numbers, text, value};
use super::records::file_names;
use crate::error::Result;
use c360_plan::tables;
use datafusion::arrow::array::{Array, AsArray, Int64Builder, RecordBatch, StringArray, StringBuilder};
use std::sync::Arc;

/// Rejects of one batch.
pub(super) struct Rejected {
    /// Rows of the report.
    pub(super) batches: Vec<RecordBatch>,
    /// How many of them are values whose rows are records.
    pub(super) values: u64,
}

/// What is rejected in `batch`; `reasons` says which rows are none at all.
pub(super) fn rejects(source: &str, files: &[String], batch: &RecordBatch, reasons: &[Option<&str>]) -> Result<Rejected> {
    let names = file_names(batch, files);
    let mut rows = Report::new(source, batch, &names);
    for (row, reason) in reasons.iter().enumerate() {
        if let Some(reason) = reason {
            let raw = value(text(batch, "_raw"), row).or_else(|| value(text(batch, "_keyless"), row));
            rows.push(row, None, raw, reason);
        }
    }
    let whole = rows.count;
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let Some(normalized) = array.as_struct_opt().filter(|s| s.column_names() == ["value", "raw", "reason"]) else {
            continue;
        };
        let (raw, reason) = (normalized.column(1).as_string::<i32>(), normalized.column(2).as_string::<i32>());
        if reason.null_count() == reason.len() {
            continue;
        }
        for row in (0..batch.num_rows()).filter(|&row| reason.is_valid(row) && reasons[row].is_none()) {
            rows.push(row, Some(field.name().trim_start_matches('_')), value(raw, row), reason.value(row));
        }
    }
    let values = rows.count - whole;
    Ok(Rejected { batches: rows.finish()?.into_iter().collect(), values })
}

/// The report under construction.
struct Report<'a> {
    source: &'a str,
    batch: &'a RecordBatch,
    files: &'a StringArray,
    texts: [StringBuilder; 6],
    row: Int64Builder,
    count: u64,
}

impl<'a> Report<'a> {
    fn new(source: &'a str, batch: &'a RecordBatch, files: &'a StringArray) -> Report<'a> {
        Report { source, batch, files, texts: Default::default(), row: Int64Builder::new(), count: 0 }
    }

    fn push(&mut self, row: usize, name: Option<&str>, raw: Option<&str>, reason: &str) {
        let key = value(column(self.batch, "_key").as_string::<i32>(), row);
        let texts = [Some(self.source), Some(self.files.value(row)), key, name, raw, Some(reason)];
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
        self.row.append_value(numbers(self.batch, "_row").value(row));
        self.count += 1;
    }

    fn finish(mut self) -> Result<Option<RecordBatch>> {
        if self.count == 0 {
            return Ok(None);
        }
        let [source, file, key, name, raw, reason] = self.texts.each_mut().map(|builder| Arc::new(builder.finish()));
        let row = Arc::new(self.row.finish());
        Ok(Some(RecordBatch::try_new(Arc::new(tables::rejects()), vec![source, file, row, key, name, raw, reason])?))
    }
}
