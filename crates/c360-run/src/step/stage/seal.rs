//! What a stage leaves: layers of the source's rows, of the records of its entities, of the reports.

use super::current::{Behind, From, Standing};
use super::held::{HeldRow, HeldRows, file_of, split};
use super::records::RecordsWriter;
use super::staging::Staging;
use super::{Tally, Turn, figures, unit_of_file};
use crate::commit::{File, Input};
use crate::error::Result;
use crate::figures::SourceFigures;
use crate::run::Run;
use crate::step::arrays::text;
use crate::tables::{LayerWriter, part_of, rows_of};
use c360_match::planted::planted;
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use c360_plan::types::UTC;
use c360_plan::{NumberSet, Stage};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// The records that all stages together made and took away, by entity.
#[derive(Debug, Default)]
pub(crate) struct RecordLayers {
    entities: BTreeMap<EntityId, RecordLayer>,
}

#[derive(Debug, Default)]
struct RecordLayer {
    files: Vec<File>,
    replaced: NumberSet,
    /// Whether some source's records were carried over.
    carried: bool,
}

impl RecordLayers {
    /// Notes that a source's records stay as they are.
    pub(crate) fn carry_over(&mut self, step: &Stage) {
        step.entities.iter().for_each(|entity| self.entities.entry(*entity).or_default().carried = true);
    }

    /// Notes that records are gone.
    pub(crate) fn replace(&mut self, entity: EntityId, records: &NumberSet) {
        self.entities.entry(entity).or_default().replaced.extend(records);
    }
}

/// Makes the records of every entity known, once all sources are staged.
pub(crate) async fn seal_records(run: &mut Run<'_>) -> Result<()> {
    let mut layers = std::mem::take(&mut run.records.entities);
    for index in 0..run.model.entities.len() {
        let (id, entity) = (EntityId(index), run.model.entity(EntityId(index)));
        let layer = layers.remove(&id).unwrap_or_default();
        let mut out = run.layer(TableName::records(&entity.name), tables::records(entity));
        layer.files.into_iter().for_each(|file| out.add(file));
        run.changed.of_mut(id).all = !layer.carried;
        if layer.carried {
            out.replace_all(layer.replaced);
            out.seal(run).await?;
        } else {
            out.seal_as_base(run).await?;
        }
    }
    Ok(())
}

/// Writes the layers of one source and counts.
pub(super) async fn seal(run: &mut Run<'_>, staging: Staging<'_>, turn: &Turn<'_>, files: &[Input]) -> Result<SourceFigures> {
    let Staging { mut writers, competition, values, .. } = staging;
    let Turn { anew, reading, held, source, .. } = turn;
    let (anew, source) = (*anew, source.name.as_str());
    writers.iter_mut().for_each(RecordsWriter::close);
    run.next.record = competition.next_record();
    let outdone = competition.outdone();
    let gone =
        |(position, (_, row)): &(usize, (u128, &HeldRow))| !competition.has(*position) && reading.dropped.contains(&file_of(row.place));
    let gone: NumberSet = held.iter().enumerate().filter(gone).map(|(_, (_, row))| row.record).collect();
    let (standing, all_behind) = competition.finish();
    // Records whose earlier version counts no more, or that are new. A first run has no earlier versions, and looks at everything anyway.
    let is_new = |(_, standing): &&(u128, Standing)| standing.from == From::Read && !run.is_first();
    let mut changed: NumberSet = standing.iter().filter(is_new).map(|(_, s)| s.record).collect();
    changed.extend(&gone);
    let refused_before = refused_values(run, source, &changed).await?;
    let mut refused = 0;
    run.reports.rejects.replace_all(reading.dropped.iter().filter(|_| !planted("old-reject-stays")).map(|file| unit_of_file(*file)));
    run.reports.rejects.replace_all(changed.iter().copied());
    for batch in values.finish(&outdone)? {
        refused += batch.num_rows() as u64;
        run.reports.rejects.write(batch).await?;
    }
    let before = run.figures.sources.iter().find(|f| f.source == source).cloned().unwrap_or_default();
    let behind = before.duplicates + all_behind.len() as u64 - reading.behind.len() as u64;
    write_behind(run, source, all_behind, &reading.behind).await?;
    write_rows(run, source, &standing, held, &gone, anew).await?;
    for writer in writers {
        let entity = writer.entity;
        let file = writer.seal(run, &outdone).await?;
        let layer = run.records.entities.entry(entity).or_default();
        layer.files.extend(file);
        layer.replaced.extend(&changed);
        layer.carried |= !anew;
        run.changed.of_mut(entity).records.extend(changed.iter().filter(|record| !(planted("delete-unseen") && gone.contains(*record))));
    }
    let tally = tally(&before, &standing, held, &gone);
    let rejected_values = before.rejected_values + refused - refused_before;
    figures(source, files, Tally { behind, rejected_values, ..tally })
}

/// How many values of these records the state reports as refused.
async fn refused_values(run: &Run<'_>, source: &str, records: &NumberSet) -> Result<u64> {
    let (Some(table), false) = (run.before.get(&TableName::report("rejects")), records.is_empty()) else { return Ok(0) };
    let part = part_of(table, "unit", Arc::new(records.clone()))?;
    let mut batches = rows_of(&part, &["source"], run.engine).await?;
    let mut count = 0;
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let sources = text(&batch, "source");
        count += (0..sources.len()).filter(|row| sources.value(*row) == source).count() as u64;
    }
    Ok(count)
}

async fn write_behind(run: &mut Run<'_>, source: &str, mut behind: Vec<Behind>, dropped: &NumberSet) -> Result<()> {
    behind.sort_unstable_by_key(|behind| behind.row.place);
    let mut out = run.layer(TableName::behind(source), tables::behind());
    out.replace_all(dropped.iter().copied());
    for rows in behind.chunks(BATCH) {
        let numbers = |of: &dyn Fn(&Behind) -> i64| Arc::new(rows.iter().map(of).collect::<Int64Array>()) as ArrayRef;
        let updated: TimestampMicrosecondArray = rows.iter().map(|b| b.row.updated).collect();
        let columns = vec![
            numbers(&|b| b.row.place),
            numbers(&|b| split(b.hash).0),
            numbers(&|b| split(b.hash).1),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|b| &b.key))),
            Arc::new(updated.with_timezone(UTC)),
            Arc::new(rows.iter().map(|b| Some(b.row.deletes)).collect::<BooleanArray>()),
        ];
        out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    }
    out.seal(run).await
}

/// How many records and deletions the source has now.
fn tally(before: &SourceFigures, standing: &[(u128, Standing)], held: &HeldRows, gone: &NumberSet) -> Tally {
    let (mut records, mut deleted) = (before.records.cast_signed(), before.deleted.cast_signed());
    let mut count = |deletes: bool, by: i64| *(if deletes { &mut deleted } else { &mut records }) += by;
    for (key, now) in standing {
        if let Some(before) = held.get(*key) {
            count(before.deletes, -1);
        }
        count(now.row.deletes, 1);
    }
    held.iter().filter(|(_, row)| gone.contains(&row.record)).for_each(|(_, row)| count(row.deletes, -1));
    let number = |count: i64| u64::try_from(count).expect("as many came as go");
    Tally { records: number(records), deleted: number(deleted), ..Tally::default() }
}

/// Writes `rows.<source>`: what is new or elsewhere than before.
async fn write_rows(
    run: &mut Run<'_>,
    source: &str,
    standing: &[(u128, Standing)],
    held: &HeldRows,
    gone: &NumberSet,
    anew: bool,
) -> Result<()> {
    let mut out = run.layer(TableName::rows(source), tables::rows());
    let moved = |(key, now): &&(u128, Standing)| {
        let same = |before: &HeldRow| {
            (before.content, before.place, before.updated, before.deletes) == (now.content, now.row.place, now.row.updated, now.row.deletes)
        };
        anew || !held.get(*key).is_some_and(same)
    };
    let rows: Vec<&(u128, Standing)> = standing.iter().filter(moved).collect();
    write_standing(&mut out, &rows).await?;
    if anew {
        return out.seal_as_base(run).await;
    }
    out.replace_all(gone.iter().copied());
    out.replace_all(rows.iter().map(|(_, now)| now.record));
    out.seal(run).await
}

async fn write_standing(out: &mut LayerWriter, rows: &[&(u128, Standing)]) -> Result<()> {
    for rows in rows.chunks(BATCH) {
        let numbers = |of: &dyn Fn(&(u128, Standing)) -> i64| Arc::new(rows.iter().map(|row| of(row)).collect::<Int64Array>()) as ArrayRef;
        let updated: TimestampMicrosecondArray = rows.iter().map(|(_, now)| now.row.updated).collect();
        let columns = vec![
            numbers(&|(_, now)| now.record),
            numbers(&|(key, _)| split(*key).0),
            numbers(&|(key, _)| split(*key).1),
            numbers(&|(_, now)| now.content),
            Arc::new(updated.with_timezone(UTC)),
            numbers(&|(_, now)| now.row.place),
            Arc::new(rows.iter().map(|(_, now)| Some(now.row.deletes)).collect::<BooleanArray>()),
        ];
        out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    }
    Ok(())
}
