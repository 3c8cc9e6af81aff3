//! What was not joined, and why: rows of `reports.refused`.

use super::super::arrays::{column, text};
use super::super::names::Names;
use crate::error::Result;
use crate::run::Run;
use c360_match::cluster::{Hub, Refusal, Resolution};
use c360_plan::Cluster;
use c360_plan::tables;
use datafusion::arrow::array::{Array, AsArray, Int64Builder, RecordBatch, StringBuilder};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Writes refused joins and values over `at most`; gives the number of the latter.
pub(super) async fn refused(run: &mut Run<'_>, step: &Cluster, names: &Names, resolution: &Resolution, hubs: &[Vec<Hub>]) -> Result<u64> {
    let is = usize::from(step.cross_references.is_some());
    let entity = run.model.entity(step.entity).name.clone();
    let mut report = Report { entity: &entity, texts: Default::default(), records: Int64Builder::new() };
    for refusal in &resolution.refused {
        let rule = match refusal.rule as usize {
            0 if is == 1 => "is",
            rule => &step.rules[rule - is].name,
        };
        report.refusal(rule, &guard_name(step, refusal), names, refusal);
    }
    let mut count = 0;
    for (rule, shared) in step.rules.iter().zip(&hubs[is..]) {
        let texts = hub_texts(run, rule, shared).await?;
        for (value, hub) in texts {
            report.hub(&rule.name, rule.at_most.unwrap_or_default(), &value, hub);
            count += 1;
        }
    }
    let batch = report.finish()?;
    run.reports.refused.write(batch).await?;
    Ok(count)
}

fn guard_name(step: &Cluster, refusal: &Refusal) -> String {
    let guard = refusal.guard as usize;
    match step.guards.get(guard) {
        Some(differ) => differ.name.clone(),
        None => step.same_source[guard - step.guards.len()].1.clone(),
    }
}

/// The hubs of a rule by the values that people read.
async fn hub_texts<'a>(run: &Run<'_>, rule: &c360_plan::Rule, hubs: &'a [Hub]) -> Result<BTreeMap<String, &'a Hub>> {
    let mut found = BTreeMap::new();
    if hubs.is_empty() {
        return Ok(found);
    }
    let by_key: BTreeMap<u128, &Hub> = hubs.iter().map(|hub| (hub.key, hub)).collect();
    let mut rows = run.rows(&rule.texts).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (keys, values) = (column(&batch, "key").as_fixed_size_binary(), text(&batch, "text"));
        for row in 0..keys.len() {
            let key = u128::from_le_bytes(keys.value(row).try_into().expect("keys have 16 bytes"));
            if let Some(hub) = by_key.get(&key) {
                found.entry(values.value(row).to_owned()).or_insert(*hub);
            }
        }
    }
    Ok(found)
}

/// The report under construction: entity, rule, reason, left source and key, right source and key, value; records.
struct Report<'a> {
    entity: &'a str,
    texts: [StringBuilder; 8],
    records: Int64Builder,
}

impl Report<'_> {
    fn refusal(&mut self, rule: &str, guard: &str, names: &Names, refusal: &Refusal) {
        let (left, right) = (refusal.pair.0 as usize, refusal.pair.1 as usize);
        let records = [names.source(left), names.key(left), names.source(right), names.key(right)];
        let [a, b, c, d] = records.map(Some);
        self.push([Some(self.entity), Some(rule), Some(guard), a, b, c, d, None], None);
    }

    fn hub(&mut self, rule: &str, at_most: u64, value: &str, hub: &Hub) {
        let reason = format!("shared by more than {at_most} records");
        let records = i64::try_from(hub.records).expect("records are few");
        self.push([Some(self.entity), Some(rule), Some(&reason), None, None, None, None, Some(value)], Some(records));
    }

    fn push(&mut self, texts: [Option<&str>; 8], records: Option<i64>) {
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
        self.records.append_option(records);
    }

    fn finish(mut self) -> Result<RecordBatch> {
        let mut columns: Vec<datafusion::arrow::array::ArrayRef> =
            self.texts.iter_mut().map(|builder| Arc::new(builder.finish()) as _).collect();
        columns.push(Arc::new(self.records.finish()));
        Ok(RecordBatch::try_new(Arc::new(tables::refused()), columns)?)
    }
}
