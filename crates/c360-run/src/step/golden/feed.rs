//! Rows of `changes.<entity>`: what this run did to which object, and the records that new values come from.

use super::compare::Found;
use crate::error::Result;
use crate::look::cell;
use crate::run::Run;
use crate::step::arrays::{column, numbers, text};
use crate::step::part::{Part, Scope};
use crate::tables::LayerWriter;
use c360_match::ids::Event;
use c360_match::planted::planted;
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, DynComparator, Int64Array, RecordBatch, StringArray, make_comparator};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::datatypes::Int64Type;
use futures::StreamExt;
use hashbrown::HashMap;
use std::sync::Arc;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// The changes of one entity in this run.
pub(super) struct Feed {
    entity: EntityId,
    commit: i64,
    out: LayerWriter,
    attributes: Vec<String>,
    rows: Vec<Change>,
}

#[derive(Debug, Clone, Default)]
struct Change {
    id: i64,
    kind: &'static str,
    other: Option<i64>,
    attribute: Option<usize>,
    old: Option<String>,
    new: Option<String>,
    record: Option<i64>,
}

impl Feed {
    pub(super) fn new(run: &Run<'_>, entity: EntityId) -> Feed {
        let declared = run.model.entity(entity);
        let out = run.layer(TableName::new("changes", &declared.name), tables::changes());
        let attributes = declared.attributes.iter().map(|a| &a.name).chain(declared.references.iter().map(|r| &r.name));
        let commit = i64::try_from(run.number).expect("there are few commits");
        Feed { entity, commit, out, attributes: attributes.cloned().collect(), rows: Vec::new() }
    }

    /// What became of ids.
    pub(super) fn events(&mut self, events: &[Event]) {
        let number = |id: u64| i64::try_from(id).expect("ids are given one by one");
        self.rows.extend(events.iter().filter(|event| !(planted("split-untold") && matches!(event, Event::Split { .. }))).map(|event| {
            let (id, kind, other) = match *event {
                Event::Created { id } => (id, "created", None),
                Event::Merged { old, survivor } => (old, "merged", Some(survivor)),
                Event::Split { id, origin } => (id, "split", Some(origin)),
                Event::Retired { id } => (id, "retired", None),
            };
            Change { id: number(id), kind, other: other.map(number), ..Change::default() }
        }));
    }

    /// Objects that a rollback brings back or takes away.
    pub(super) fn withdrawn(&mut self, found: &Found) {
        let ids = |batch: &Option<RecordBatch>| batch.as_ref().map_or(Vec::new(), |batch| numbers(batch, "id").values().to_vec());
        let (now, before) = (ids(&found.now), ids(&found.before));
        let change = |id: i64, kind| Change { id, kind, ..Change::default() };
        let back = now.iter().filter(|id| before.binary_search(id).is_err()).map(|id| change(*id, "restored"));
        self.rows.extend(back);
        let gone = before.iter().filter(|id| now.binary_search(id).is_err()).map(|id| change(*id, "withdrawn"));
        self.rows.extend(gone);
    }

    /// Values that differ from what they were.
    pub(super) fn values(&mut self, found: &Found) {
        let Some(before) = &found.before else { return };
        let same: Vec<Option<DynComparator>> = self.attributes.iter().map(|name| comparator(before, found.now.as_ref()?, name)).collect();
        for (row, now) in &found.differing {
            for (attribute, name) in self.attributes.iter().enumerate() {
                // Most values stay; text is made only of those that may not.
                if now.zip(same[attribute].as_ref()).is_some_and(|(now, compare)| compare(*row, now).is_eq()) {
                    continue;
                }
                let old = cell::text(column(before, name), *row);
                let new = now.and_then(|now| cell::text(column(found.now.as_ref()?, name), now));
                if old != new && !(planted("loss-untold") && new.is_none()) {
                    let id = numbers(before, "id").value(*row);
                    let record = now.and_then(|now| winner(found.now.as_ref()?, name, now));
                    self.rows.push(Change { id, kind: "changed", attribute: Some(attribute), old, new, record, ..Change::default() });
                }
            }
        }
    }

    /// Adds the rows to the table.
    pub(super) async fn seal(mut self, run: &mut Run<'_>) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let causes = self.causes(run, &rows).await?;
        for rows in rows.chunks(BATCH) {
            let numbers = |of: fn(&Change) -> Option<i64>| Arc::new(rows.iter().map(of).collect::<Int64Array>()) as ArrayRef;
            let texts = |of: &dyn Fn(&Change) -> Option<String>| Arc::new(rows.iter().map(of).collect::<StringArray>()) as ArrayRef;
            let columns = vec![
                Arc::new(Int64Array::from(vec![self.commit; rows.len()])) as ArrayRef,
                numbers(|change| Some(change.id)),
                Arc::new(StringArray::from_iter_values(rows.iter().map(|change| change.kind))),
                numbers(|change| change.other),
                texts(&|change| change.attribute.map(|attribute| self.attributes[attribute].clone())),
                texts(&|change| change.old.clone()),
                texts(&|change| change.new.clone()),
                texts(&|change| causes.get(&change.record?).cloned()),
            ];
            self.out.write(RecordBatch::try_new(self.out.schema(), columns)?).await?;
        }
        self.out.seal(run).await
    }

    /// `source:key` of the records that new values come from.
    async fn causes(&self, run: &Run<'_>, rows: &[Change]) -> Result<HashMap<i64, String>> {
        let records = Scope::of(false, rows.iter().filter_map(|change| change.record).collect());
        let mut causes = HashMap::new();
        if records.is_empty() {
            return Ok(causes);
        }
        let name = TableName::members(&run.model.entity(self.entity).name);
        let part = Part::of(run).members_with(self.entity, &records)?;
        let mut rows = part.table(&name, &["record", "source", "key"]).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (record, source, key) = (numbers(&batch, "record"), text(&batch, "source"), text(&batch, "key"));
            causes.extend((0..batch.num_rows()).map(|row| (record.value(row), format!("{}:{}", source.value(row), key.value(row)))));
        }
        Ok(causes)
    }
}

/// The record that a value comes from, the first where there are several.
fn winner(objects: &RecordBatch, name: &str, row: usize) -> Option<i64> {
    let lineage = objects.column_by_name("lineage")?.as_struct().column_by_name(name)?;
    let first = match lineage.as_list_opt::<i32>() {
        Some(lists) => lists.is_valid(row).then(|| lists.value(row)).filter(|list| !list.is_empty()).map(|list| (list, 0)),
        None => Some((Arc::clone(lineage), row)),
    };
    first.filter(|(records, row)| records.is_valid(*row)).map(|(records, row)| records.as_primitive::<Int64Type>().value(row))
}

fn comparator(before: &RecordBatch, now: &RecordBatch, name: &str) -> Option<DynComparator> {
    make_comparator(column(before, name), column(now, name), SortOptions::default()).ok()
}
