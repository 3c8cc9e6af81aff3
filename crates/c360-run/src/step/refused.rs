//! Rows of `reports.refused` under construction: joins that were not made, values that prove nothing, cycles that were cut.

use crate::error::Result;
use c360_plan::tables;
use datafusion::arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringBuilder};
use std::sync::Arc;

/// The rows of one entity. Texts: entity, rule, reason, left source and key, right source and key, value.
pub(super) struct Refused<'a> {
    entity: &'a str,
    unit: Int64Builder,
    texts: [StringBuilder; 8],
    records: Int64Builder,
}

impl<'a> Refused<'a> {
    pub(super) fn of(entity: &'a str) -> Refused<'a> {
        Refused { entity, unit: Int64Builder::new(), texts: Default::default(), records: Int64Builder::new() }
    }

    /// A join of two records, (source, key, source, key), that `reason` forbids. All rows of a unit are replaced together.
    pub(super) fn join(&mut self, unit: i64, rule: &str, reason: &str, pair: [&str; 4]) {
        let [a, b, c, d] = pair.map(Some);
        self.push(unit, [Some(self.entity), Some(rule), Some(reason), a, b, c, d, None], None);
    }

    /// A value that was left out, and how many records have it.
    pub(super) fn value(&mut self, unit: i64, rule: &str, reason: &str, value: &str, records: u64) {
        let records = i64::try_from(records).expect("records are few");
        self.push(unit, [Some(self.entity), Some(rule), Some(reason), None, None, None, None, Some(value)], Some(records));
    }

    fn push(&mut self, unit: i64, texts: [Option<&str>; 8], records: Option<i64>) {
        self.unit.append_value(unit);
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
        self.records.append_option(records);
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.unit.finish())];
        columns.extend(self.texts.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        columns.push(Arc::new(self.records.finish()));
        Ok(RecordBatch::try_new(Arc::new(tables::stored(&tables::refused())), columns)?)
    }
}
