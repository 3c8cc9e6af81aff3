//! References of records into ids, and what leads to nothing into the orphans: for records that changed, and those that name something that moved.

use super::arrays::{column, numbers, text};
use super::names::name_hash;
use super::part::{Part, Scope};
use crate::error::Result;
use crate::run::Run;
use crate::tables::rows_of;
use c360_match::planted::planted;
use c360_model::model::{EntityId, ReferenceId};
use c360_plan::tables::{self, TableName};
use c360_plan::{NumberSet, Resolve};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// Runs the step.
pub(crate) async fn resolve(run: &mut Run<'_>, step: &Resolve, anew: bool) -> Result<()> {
    let entity = run.model.entity(step.entity);
    let (name, target) = (TableName::resolved(entity, step.reference), entity.references[step.reference.0].target);
    let changed = |entity| run.changed.of(entity).all;
    let all = anew || changed(step.entity) || changed(target) || run.before.get(&name).is_none();
    let scope = Scope::of(all, if all { NumberSet::new() } else { touched(run, step, &name, target).await? });
    if scope.is_empty() {
        return Ok(());
    }
    let named = named(run, step, &scope).await?;
    let part = known_part(run, step, &scope, &named, target).await?;
    let mut targets: HashMap<i64, i64> = HashMap::new();
    let mut rows = part.rows(&step.targets).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, target) = (numbers(&batch, "record"), numbers(&batch, "target"));
        targets.extend(record.values().iter().copied().zip(target.values().iter().copied()).filter(|(record, _)| scope.holds(*record)));
    }
    let before = before(run, &name, &scope).await?;
    let retargeted = before.iter().filter(|(record, target)| targets.get(*record) != Some(target)).map(|(record, _)| *record);
    let found = targets.keys().filter(|record| !before.contains_key(*record)).copied();
    let retargeted: NumberSet = retargeted.chain(found).collect();
    let orphans = Orphans { entity: step.entity, reference: Some(step.reference) };
    let part = known_part(run, step, &scope, &named, target).await?;
    let rows = orphans.rows(run, &part, &step.orphans, &scope).await?;
    orphans.write(run, &scope, rows).await?;
    write(run, name, &scope, &named, &targets).await?;
    run.changed.of_mut(step.entity).retargeted.extend(retargeted);
    Ok(())
}

/// Records that changed, and those that name something that moved.
async fn touched(run: &Run<'_>, step: &Resolve, name: &TableName, target: EntityId) -> Result<NumberSet> {
    let mut touched = run.changed.of(step.entity).records.clone();
    let moved = &run.changed.of(target).names;
    if moved.is_empty() || planted("orphan-not-revisited") {
        return Ok(touched);
    }
    let part = Part::of(run).narrow_by(name, "name", &Scope::Only(Arc::new(moved.clone())))?;
    let mut rows = part.table(name, &["record"]).await?;
    while let Some(batch) = rows.next().await {
        touched.extend(numbers(&batch?, "record").values());
    }
    Ok(touched)
}

/// What each record of the scope names, as a hash.
async fn named(run: &Run<'_>, step: &Resolve, scope: &Scope) -> Result<BTreeMap<i64, i64>> {
    let part = Part::of(run).records(step.entity, scope)?;
    let mut named = BTreeMap::new();
    let mut rows = part.rows(&step.named).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, source, key) = (numbers(&batch, "record"), text(&batch, "target_source"), text(&batch, "target_key"));
        named.extend((0..batch.num_rows()).map(|row| (record.value(row), name_hash(source.value(row), key.value(row)))));
    }
    Ok(named)
}

/// The records of the scope, and of the target's members and records those that they name.
async fn known_part<'a>(run: &'a Run<'_>, step: &Resolve, scope: &Scope, named: &BTreeMap<i64, i64>, target: EntityId) -> Result<Part<'a>> {
    let Scope::Only(records) = scope else { return Ok(Part::of(run)) };
    let wanted: NumberSet = named.values().copied().collect();
    let target_name = &run.model.entity(target).name;
    // Who has a value that is looked up, and who has a name that is named.
    let keys = TableName::new("keys", target_name);
    let mut members = by_number(run, &keys, "key", &wanted).await?;
    let mut referring = (**records).clone();
    if target == step.entity {
        referring.extend(&members);
    }
    let looked_up = Scope::Only(Arc::new(members.clone()));
    let name = TableName::members(target_name);
    members.extend(by_number(run, &name, "name", &wanted).await?);
    let mut part = Part::of(run).narrow(&name, &Scope::Only(Arc::new(members)))?;
    if target != step.entity {
        part = part.narrow(&TableName::records(target_name), &looked_up)?;
    }
    part.records(step.entity, &Scope::Only(Arc::new(referring)))
}

/// The records of the rows of a table with one of these numbers in a column.
async fn by_number(run: &Run<'_>, name: &TableName, column: &str, wanted: &NumberSet) -> Result<NumberSet> {
    let part = Part::of(run).narrow_by(name, column, &Scope::Only(Arc::new(wanted.clone())))?;
    let mut found = NumberSet::new();
    let mut rows = part.table(name, &["record"]).await?;
    while let Some(batch) = rows.next().await {
        found.extend(numbers(&batch?, "record").values());
    }
    Ok(found)
}

/// The targets of the scope's records in the last commit.
async fn before(run: &Run<'_>, name: &TableName, scope: &Scope) -> Result<HashMap<i64, i64>> {
    let mut targets = HashMap::new();
    let Some(table) = run.before.get(name) else { return Ok(targets) };
    let mut rows = rows_of(table, &["record", "target"], run.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (record, target) = (numbers(&batch, "record"), numbers(&batch, "target"));
        let there = (0..batch.num_rows()).filter(|row| target.is_valid(*row) && scope.holds(record.value(*row)));
        targets.extend(there.map(|row| (record.value(row), target.value(row))));
    }
    Ok(targets)
}

async fn write(run: &mut Run<'_>, name: TableName, scope: &Scope, named: &BTreeMap<i64, i64>, targets: &HashMap<i64, i64>) -> Result<()> {
    let mut out = run.layer(name, tables::resolved());
    let rows: Vec<(i64, Option<i64>, i64)> = named.iter().map(|(record, name)| (*record, targets.get(record).copied(), *name)).collect();
    for rows in rows.chunks(BATCH) {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(rows.iter().map(|row| Some(row.0)).collect::<Int64Array>()),
            Arc::new(rows.iter().map(|row| row.1).collect::<Int64Array>()),
            Arc::new(rows.iter().map(|row| Some(row.2)).collect::<Int64Array>()),
        ];
        out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    }
    out.seal_over(run, scope).await
}

/// What leads to nothing: rows of `reports.orphans` of a reference, or of `is`.
pub(super) struct Orphans {
    pub(super) entity: EntityId,
    pub(super) reference: Option<ReferenceId>,
}

impl Orphans {
    /// The name of the reference.
    fn name<'a>(&self, run: &'a Run<'_>) -> &'a str {
        let entity = run.model.entity(self.entity);
        self.reference.map_or("is", |reference| entity.references[reference.0].name.as_str())
    }

    /// The unit of a record's row.
    fn unit(&self, run: &Run<'_>, record: i64) -> i64 {
        let reference = name_hash(&run.model.entity(self.entity).name, self.name(run));
        xxh3_64([record, reference].map(i64::to_le_bytes).as_flattened()).cast_signed()
    }

    /// The rows of a plan, those of records of the scope, as the report holds them.
    pub(super) async fn rows(&self, run: &Run<'_>, part: &Part<'_>, plan: &LogicalPlan, scope: &Scope) -> Result<Vec<RecordBatch>> {
        let mut found = Vec::new();
        let mut rows = part.rows(plan).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let record = numbers(&batch, "record");
            let kept = record.values().iter().map(|record| Some(scope.holds(*record))).collect();
            found.push(filter_record_batch(&self.stored(run, record.values(), &batch)?, &kept)?);
        }
        Ok(found)
    }

    /// Rows of these records as the report holds them.
    pub(super) fn stored(&self, run: &Run<'_>, records: &[i64], rows: &RecordBatch) -> Result<RecordBatch> {
        let schema = Arc::new(tables::stored(&tables::orphans()));
        let units: Int64Array = records.iter().map(|record| Some(self.unit(run, *record))).collect();
        let mut columns: Vec<ArrayRef> = vec![Arc::new(units)];
        columns.extend(schema.fields().iter().skip(1).map(|field| Arc::clone(column(rows, field.name()))));
        Ok(RecordBatch::try_new(schema, columns)?)
    }

    /// Puts the rows in place of those before, and counts.
    pub(super) async fn write(&self, run: &mut Run<'_>, scope: &Scope, rows: Vec<RecordBatch>) -> Result<()> {
        let before = self.before(run, scope).await?;
        let entity = run.model.entity(self.entity).name.clone();
        let added: u64 = rows.iter().map(|batch| batch.num_rows() as u64).sum();
        let figures = run.figures.entity(&entity);
        figures.orphans = figures.orphans + added - before.1;
        run.reports.orphans.replace_all(before.0);
        for batch in rows {
            run.reports.orphans.write(batch).await?;
        }
        Ok(())
    }

    /// Units of the scope's rows in the last commit, and how many rows they are.
    async fn before(&self, run: &Run<'_>, scope: &Scope) -> Result<(NumberSet, u64)> {
        let mut found = (NumberSet::new(), 0);
        let Some(table) = run.before.get(&TableName::report("orphans")) else { return Ok(found) };
        let wanted: Option<NumberSet> = match scope {
            Scope::All => None,
            Scope::Only(records) => Some(records.iter().map(|record| self.unit(run, *record)).collect()),
        };
        let (entity, reference) = (&run.model.entity(self.entity).name, self.name(run));
        let mut rows = rows_of(table, &["unit", "entity", "reference"], run.engine).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (unit, of, by) = (numbers(&batch, "unit"), text(&batch, "entity"), column(&batch, "reference").as_string::<i32>());
            for row in 0..batch.num_rows() {
                let mine = wanted.as_ref().is_none_or(|wanted| wanted.contains(&unit.value(row)));
                if mine && of.value(row) == entity && by.value(row) == reference {
                    found.0.insert(unit.value(row));
                    found.1 += 1;
                }
            }
        }
        Ok(found)
    }
}
