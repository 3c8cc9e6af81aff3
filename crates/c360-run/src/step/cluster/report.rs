//! What was not joined, and why: rows of `reports.refused`.

use super::joins::Joins;
use super::keys::short;
use super::touched::Touched;
use crate::error::Result;
use crate::overrides::What;
use crate::run::Run;
use crate::step::arrays::{column, numbers, text};
use crate::step::names::{Names, name_hash};
use crate::step::part::{Part, Scope};
use crate::step::refused::Refused;
use crate::tables::rows_of;
use c360_match::cluster::{Hub, Refusal, Resolution};
use c360_plan::tables::TableName;
use c360_plan::{Cluster, NumberSet, Rule};
use datafusion::arrow::array::{Array, AsArray};
use futures::StreamExt;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Writes refused joins and values over `at most` in place of those of the same components and keys.
pub(super) async fn refused(
    run: &mut Run<'_>,
    step: &Cluster,
    joins: &Joins,
    names: &Names,
    component: &[u32],
    resolution: &Resolution,
    hubs: &[Vec<Hub>],
    touched: &Touched,
) -> Result<()> {
    let entity = run.model.entity(step.entity).name.clone();
    let mut report = Refused::of(&entity);
    for refusal in &resolution.refused {
        let unit = unit(&entity, "component", names.record(component[refusal.pair.0 as usize] as usize));
        let rule = match joins.is_decided(refusal.rule) {
            true => joins.decided.line(What::Always, refusal.pair),
            false => joins.name(refusal.rule).to_owned(),
        };
        report.join(unit, &rule, &guard_name(step, joins, refusal), pair(names, refusal));
    }
    let mut shared = 0;
    for (number, rule) in step.keyed().enumerate() {
        for (value, (key, records)) in hub_texts(run, step, number, rule, hubs.get(number), touched).await? {
            let reason = format!("shared by more than {} records", rule.at_most.unwrap_or_default());
            report.value(unit(&entity, "value", key), &rule.name, &reason, &value, records);
            shared += 1;
        }
    }
    let replaced = replaced(run, step, &entity, names, component, touched).await?;
    let figures = run.figures.entity(&entity);
    figures.refused = figures.refused + resolution.refused.len() as u64 - replaced.joins;
    figures.hubs = figures.hubs + shared - replaced.values;
    run.reports.refused.replace_all(replaced.units);
    run.reports.refused.write(report.finish()?).await
}

/// The unit of the rows of a component or of a value.
fn unit(entity: &str, kind: &str, number: i64) -> i64 {
    name_hash(entity, &format!("{kind} {number}"))
}

/// Rows of the last commit that count no more.
#[derive(Default)]
struct Replaced {
    units: NumberSet,
    joins: u64,
    values: u64,
}

async fn replaced(run: &Run<'_>, step: &Cluster, entity: &str, names: &Names, component: &[u32], touched: &Touched) -> Result<Replaced> {
    let mut replaced = Replaced::default();
    let Some(table) = run.before.get(&TableName::report("refused")) else { return Ok(replaced) };
    let now = component.iter().map(|place| names.record(*place as usize));
    let components = touched.old.component_numbers().into_iter().chain(now).map(|number| unit(entity, "component", number));
    let concerned: NumberSet = components.chain(touched.crossed.iter().map(|key| unit(entity, "value", *key))).collect();
    let blocks = step.keyed().map(|rule| rule.name.as_str());
    let rules: Vec<&str> = blocks.chain(step.pair_rules.iter().map(|rule| rule.name.as_str())).chain(["is"]).collect();
    let references: Vec<&str> = run.model.entity(step.entity).references.iter().map(|r| r.name.as_str()).collect();
    let mut rows = rows_of(table, &["unit", "entity", "rule", "left_key"], run.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (units, of, rule, left) = (numbers(&batch, "unit"), text(&batch, "entity"), text(&batch, "rule"), text(&batch, "left_key"));
        for row in 0..batch.num_rows() {
            // Cycles of references are replaced by the step that finds them; rules that are gone take their rows along.
            let cycle = references.contains(&rule.value(row)) && !rules.contains(&rule.value(row));
            let concerned = matches!(touched.scope, Scope::All) || concerned.contains(&units.value(row));
            if of.value(row) == entity && !cycle && concerned {
                replaced.units.insert(units.value(row));
                *(if left.is_valid(row) { &mut replaced.joins } else { &mut replaced.values }) += 1;
            }
        }
    }
    Ok(replaced)
}

/// Source and key of the two records.
fn pair<'a>(names: &'a Names, refusal: &Refusal) -> [&'a str; 4] {
    let (left, right) = (refusal.pair.0 as usize, refusal.pair.1 as usize);
    [names.source(left), names.key(left), names.source(right), names.key(right)]
}

fn guard_name(step: &Cluster, joins: &Joins, refusal: &Refusal) -> String {
    let never = match (step.decided, refusal.guard) {
        (false, _) => None,
        (true, 0) => Some(joins.decided.line(What::Never, refusal.evidence)),
        (true, _) => Some(String::new()),
    };
    // In the order in which clustering is given them.
    let mut names = never.into_iter().chain(step.guard_names());
    names.nth(refusal.guard as usize).expect("refusals name one of these guards")
}

/// The hubs of a rule by the values that people read, with key and number of records.
async fn hub_texts(
    run: &Run<'_>,
    step: &Cluster,
    number: usize,
    rule: &Rule,
    hubs: Option<&Vec<Hub>>,
    touched: &Touched,
) -> Result<BTreeMap<String, (i64, u64)>> {
    let mut counts: HashMap<i64, u64> = hubs.into_iter().flatten().map(|hub| (short(number, hub.key), hub.records)).collect();
    let crossed = touched.crossed.iter().filter_map(|key| Some((*key, touched.hubs.get(key)?.cast_unsigned())));
    counts.extend(crossed);
    let mut found = BTreeMap::new();
    if counts.is_empty() || rule.at_most.is_none() {
        return Ok(found);
    }
    let scope = match touched.scope {
        Scope::All => Scope::All,
        Scope::Only(_) => Scope::Only(Arc::new(touched.samples.clone())),
    };
    let part = Part::of(run).reread(step.entity, &scope)?;
    let mut rows = part.rows(&rule.texts).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (keys, values) = (column(&batch, "key").as_fixed_size_binary(), text(&batch, "text"));
        for row in 0..keys.len() {
            let key = short(number, u128::from_le_bytes(keys.value(row).try_into().expect("keys have 16 bytes")));
            if let Some(records) = counts.get(&key) {
                found.entry(values.value(row).to_owned()).or_insert((key, *records));
            }
        }
    }
    Ok(found)
}
