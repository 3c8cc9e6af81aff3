//! What was not joined, and why: rows of `reports.refused`.

use super::super::arrays::{column, text};
use super::super::names::Names;
use super::super::refused::Refused;
use crate::error::Result;
use crate::run::Run;
use c360_match::cluster::{Hub, Refusal, Resolution};
use c360_plan::Cluster;
use datafusion::arrow::array::{Array, AsArray};
use futures::StreamExt;
use std::collections::BTreeMap;

/// Writes refused joins and values over `at most`; gives the number of the latter.
pub(super) async fn refused(run: &mut Run<'_>, step: &Cluster, names: &Names, resolution: &Resolution, hubs: &[Vec<Hub>]) -> Result<u64> {
    let is = usize::from(step.cross_references.is_some());
    let entity = run.model.entity(step.entity).name.clone();
    let mut report = Refused::of(&entity);
    for refusal in &resolution.refused {
        let rule = match refusal.rule as usize {
            0 if is == 1 => "is",
            rule => &step.rules[rule - is].name,
        };
        report.join(rule, &guard_name(step, refusal), pair(names, refusal));
    }
    let mut count = 0;
    for (rule, shared) in step.rules.iter().zip(&hubs[is..]) {
        let texts = hub_texts(run, rule, shared).await?;
        for (value, hub) in texts {
            report.value(&rule.name, &format!("shared by more than {} records", rule.at_most.unwrap_or_default()), &value, hub.records);
            count += 1;
        }
    }
    run.reports.refused.write(report.finish()?).await?;
    Ok(count)
}

/// Source and key of the two records.
fn pair<'a>(names: &'a Names, refusal: &Refusal) -> [&'a str; 4] {
    let (left, right) = (refusal.pair.0 as usize, refusal.pair.1 as usize);
    [names.source(left), names.key(left), names.source(right), names.key(right)]
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
