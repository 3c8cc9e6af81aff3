//! Rows of `reports.rejects` out of a staged batch: whole rows, replaced with their file, and single values, replaced with their record.

use super::super::arrays::{column, numbers, text, value};
use crate::commit::Input;
use crate::error::Result;
use c360_plan::{NumberSet, tables};
use datafusion::arrow::array::{Array, AsArray, BooleanArray, Int64Builder, RecordBatch, StringBuilder};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::Int32Type;
use std::sync::Arc;

/// The unit of rows of a file that are no records.
pub(crate) fn unit_of_file(number: i64) -> i64 {
    -number
}

/// Rows that are no records at all.
pub(super) fn row_rejects(batch: &RecordBatch, reasons: &[Option<&str>], files: &[&Input]) -> Result<Option<RecordBatch>> {
    let mut report = Report::default();
    let file = column(batch, "_file").as_primitive::<Int32Type>();
    for (row, reason) in reasons.iter().enumerate() {
        if let Some(reason) = reason {
            let input = files[usize::try_from(file.value(row)).expect("files are numbered from 0")];
            let raw = value(text(batch, "_raw"), row).or_else(|| value(text(batch, "_keyless"), row));
            let key = value(text(batch, "_key"), row);
            let place = (Some(input.path.as_str()), Some(numbers(batch, "_row").value(row)));
            report.push(unit_of_file(input.number), &input.source, place, [key, None, raw, Some(reason)]);
        }
    }
    report.finish()
}

/// Values that their format refused, of rows that may become records.
#[derive(Default)]
pub(super) struct ValueRejects {
    batches: Vec<(RecordBatch, Vec<i64>)>,
}

impl ValueRejects {
    /// Takes what was refused in rows that have a record's number.
    pub(super) fn take(&mut self, source: &str, batch: &RecordBatch, records: &[Option<i64>], places: &[i64]) -> Result<()> {
        let mut report = Report::default();
        let mut from = Vec::new();
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            let Some(normalized) = array.as_struct_opt().filter(|s| s.column_names() == ["value", "raw", "reason"]) else { continue };
            let (raw, reason) = (normalized.column(1).as_string::<i32>(), normalized.column(2).as_string::<i32>());
            if reason.null_count() == reason.len() {
                continue;
            }
            for row in (0..batch.num_rows()).filter(|&row| normalized.is_valid(row) && reason.is_valid(row)) {
                let Some(record) = records[row] else { continue };
                let name = field.name().trim_start_matches('_').replace("._is", ".is");
                let key = value(text(batch, "_key"), row);
                report.push(record, source, (None, None), [key, Some(name.as_str()), value(raw, row), Some(reason.value(row))]);
                from.push(places[row]);
            }
        }
        self.batches.extend(report.finish()?.map(|batch| (batch, from)));
        Ok(())
    }

    /// The rows of the report, without those of rows that were outdone.
    pub(super) fn finish(self, outdone: &NumberSet) -> Result<Vec<RecordBatch>> {
        let kept = |(batch, from): (RecordBatch, Vec<i64>)| {
            let kept: BooleanArray = from.iter().map(|place| Some(!outdone.contains(place))).collect();
            Ok(filter_record_batch(&batch, &kept)?)
        };
        self.batches.into_iter().map(kept).collect()
    }
}

/// Rows of the report under construction.
#[derive(Default)]
struct Report {
    unit: Int64Builder,
    source: StringBuilder,
    file: StringBuilder,
    row: Int64Builder,
    /// Key, column, raw, reason.
    texts: [StringBuilder; 4],
    count: usize,
}

impl Report {
    fn push(&mut self, unit: i64, source: &str, place: (Option<&str>, Option<i64>), texts: [Option<&str>; 4]) {
        self.unit.append_value(unit);
        self.source.append_value(source);
        self.file.append_option(place.0);
        self.row.append_option(place.1);
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
        self.count += 1;
    }

    fn finish(mut self) -> Result<Option<RecordBatch>> {
        if self.count == 0 {
            return Ok(None);
        }
        let [key, name, raw, reason] = self.texts.each_mut().map(|builder| Arc::new(builder.finish()));
        let (unit, source) = (Arc::new(self.unit.finish()), Arc::new(self.source.finish()));
        let (file, row) = (Arc::new(self.file.finish()), Arc::new(self.row.finish()));
        let schema = Arc::new(tables::stored(&tables::rejects()));
        Ok(Some(RecordBatch::try_new(schema, vec![unit, source, file, row, key, name, raw, reason])?))
    }
}
