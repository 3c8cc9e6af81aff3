//! Rows of `reports.refused` under construction: joins that were not made, values that prove nothing, cycles that were cut.

use crate::error::Result;
use c360_plan::tables;
use datafusion::arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringBuilder};
use std::sync::Arc;

/// The rows of one entity. Texts: entity, rule, reason, left source and key, right source and key, value.
pub(super) struct Refused<'a> {
    entity: &'a str,
    texts: [StringBuilder; 8],
    records: Int64Builder,
}

impl<'a> Refused<'a> {
    pub(super) fn of(entity: &'a str) -> Refused<'a> {
        Refused { entity, texts: Default::default(), records: Int64Builder::new() }
    }

    /// A join of two records, (source, key, source, key), that `reason` forbids.
    pub(super) fn join(&mut self, rule: &str, reason: &str, pair: [&str; 4]) {
        let [a, b, c, d] = pair.map(Some);
        self.push([Some(self.entity), Some(rule), Some(reason), a, b, c, d, None], None);
    }

    /// A value that was left out, and how many records have it.
    pub(super) fn value(&mut self, rule: &str, reason: &str, value: &str, records: u64) {
        let records = i64::try_from(records).expect("records are few");
        self.push([Some(self.entity), Some(rule), Some(reason), None, None, None, None, Some(value)], Some(records));
    }

    fn push(&mut self, texts: [Option<&str>; 8], records: Option<i64>) {
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
        self.records.append_option(records);
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = self.texts.iter_mut().map(|builder| Arc::new(builder.finish()) as _).collect();
        columns.push(Arc::new(self.records.finish()));
        Ok(RecordBatch::try_new(Arc::new(tables::refused()), columns)?)
    }
}
