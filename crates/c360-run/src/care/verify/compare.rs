//! The tables of a commit against those of a full run. Numbers of records and ids carry history, so they are held against each other by the names of
//! records; everything else must be the same.

use super::Verified;
use crate::commit::Commit;
use crate::engine::{LocalEngine, Tables};
use crate::error::Result;
use crate::look::cell;
use crate::run::Run;
use crate::step::arrays::{numbers, text};
use crate::tables::{add_views, rows_of};
use c360_model::model::{EntityId, Model, ReferenceId};
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray, RecordBatch, StructArray};
use datafusion::arrow::datatypes::Int64Type;
use futures::StreamExt;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// How many problems of one table are told.
const TOLD: usize = 10;

/// Numbers of the full run → numbers of the state.
#[derive(Debug, Default)]
struct Numbers {
    records: HashMap<i64, i64>,
    ids: BTreeMap<EntityId, HashMap<i64, i64>>,
}

/// One side.
struct Side<'a> {
    tables: Tables,
    engine: &'a LocalEngine,
}

/// Compares all tables.
pub(super) async fn differences(
    model: &Model,
    state: (&Tables, &LocalEngine, &Commit),
    run: &Run<'_>,
    verified: &mut Verified,
) -> Result<()> {
    let kept = Side { tables: add_views(model, &state.2.inputs, state.0)?, engine: state.1 };
    // The full run read the files under the numbers of the commit.
    let anew = Side { tables: add_views(model, &state.2.inputs, &run.tables)?, engine: run.engine };
    let mut map = Numbers::default();
    for index in 0..model.entities.len() {
        members(model, EntityId(index), &kept, &anew, &mut map, verified).await?;
    }
    for (index, entity) in model.entities.iter().enumerate() {
        let id = EntityId(index);
        let records = TableName::new("placed", &entity.name);
        let names: Vec<String> =
            tables::records(entity).fields().iter().skip(1).map(|f| f.name().clone()).chain(["file".into(), "row".into()]).collect();
        table(&records, &names, &[], &kept, &anew, &map, verified).await?;
        let golden = TableName::golden(&entity.name);
        let mut mapped: Vec<(String, Mapped)> = vec![("id".into(), Mapped::Id(id)), ("lineage".into(), Mapped::Record)];
        mapped.extend(entity.references.iter().map(|r| (r.name.clone(), Mapped::Id(r.target))));
        let names: Vec<String> = tables::golden(entity).fields().iter().map(|f| f.name().clone()).collect();
        table(&golden, &names, &mapped, &kept, &anew, &map, verified).await?;
        if entity.pair_rules.iter().any(|rule| rule.decision.reviews()) {
            let names = ["rule", "score", "left_source", "left_key", "right_source", "right_key"].map(str::to_owned);
            table(&TableName::new("review", &entity.name), &names, &[], &kept, &anew, &map, verified).await?;
        }
        if !model.overrides.is_empty() {
            let names = ["decision", "first", "second", "status", "author", "time", "note", "file", "line"].map(str::to_owned);
            table(&TableName::decisions(&entity.name), &names, &[], &kept, &anew, &map, verified).await?;
        }
        for reference in (0..entity.references.len()).map(ReferenceId) {
            let target = entity.references[reference.0].target;
            let mapped: Vec<(String, Mapped)> = [("id", id), ("target", target), ("root", id), ("path", id)]
                .into_iter()
                .map(|(name, entity)| (name.to_owned(), Mapped::Id(entity)))
                .chain([("record".to_owned(), Mapped::Record)])
                .collect();
            let names: Vec<String> = tables::links(entity, reference, model).fields().iter().map(|f| f.name().clone()).collect();
            table(&TableName::links(entity, reference), &names, &mapped, &kept, &anew, &map, verified).await?;
        }
    }
    for (name, schema) in [("rejects", tables::rejects()), ("duplicates", tables::duplicates()), ("orphans", tables::orphans())] {
        let names: Vec<String> = schema.fields().iter().map(|f| f.name().clone()).collect();
        table(&TableName::report(name), &names, &[], &kept, &anew, &map, verified).await?;
    }
    // Its values may hold ids: of cycles, and of rules that compare references.
    let names = ["entity", "rule", "reason", "left_source", "left_key", "right_source", "right_key", "records"].map(str::to_owned);
    table(&TableName::report("refused"), &names, &[], &kept, &anew, &map, verified).await
}

/// Which numbers a column holds.
#[derive(Debug, Clone, Copy)]
enum Mapped {
    Record,
    Id(EntityId),
}

/// Holds the partitions against each other, and learns which number is which.
async fn members(model: &Model, id: EntityId, kept: &Side<'_>, anew: &Side<'_>, map: &mut Numbers, verified: &mut Verified) -> Result<()> {
    let name = TableName::members(&model.entity(id).name);
    let (state, full) = (named(kept, &name).await?, named(anew, &name).await?);
    let mut problems = Vec::new();
    let (mut ids, mut back): (HashMap<i64, i64>, HashMap<i64, i64>) = Default::default();
    for (record, (number, object)) in &full {
        let Some((old_number, old_object)) = state.get(record) else {
            problems.push(format!("{name}: {} is missing in the state", shown(record)));
            continue;
        };
        map.records.insert(*number, *old_number);
        let one = ids.entry(*object).or_insert(*old_object) == old_object;
        let two = back.entry(*old_object).or_insert(*object) == object;
        if !one || !two {
            problems.push(format!("{name}: {} belongs to object {old_object}; a full run groups it otherwise", shown(record)));
        }
    }
    let surplus = state.keys().filter(|record| !full.contains_key(*record));
    problems.extend(surplus.map(|record| format!("{name}: {} is in the state and should not be", shown(record))));
    verified.rows.push((name.to_string(), full.len() as u64));
    tell(problems, verified);
    map.ids.insert(id, ids);
    Ok(())
}

fn shown(record: &(String, String)) -> String {
    format!("{}:{}", record.0, record.1)
}

async fn named(side: &Side<'_>, name: &TableName) -> Result<BTreeMap<(String, String), (i64, i64)>> {
    let mut found = BTreeMap::new();
    let Some(table) = side.tables.get(name) else { return Ok(found) };
    let mut rows = rows_of(table, &["record", "source", "key", "id"], side.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (source, key) = (text(&batch, "source"), text(&batch, "key"));
        let (record, id) = (numbers(&batch, "record"), numbers(&batch, "id"));
        found.extend(
            (0..batch.num_rows())
                .map(|row| ((source.value(row).to_owned(), key.value(row).to_owned()), (record.value(row), id.value(row)))),
        );
    }
    Ok(found)
}

/// Compares the rows of a table, in any order; numbers of the full run are mapped first.
async fn table(
    name: &TableName,
    columns: &[String],
    mapped: &[(String, Mapped)],
    kept: &Side<'_>,
    anew: &Side<'_>,
    map: &Numbers,
    verified: &mut Verified,
) -> Result<()> {
    let mut counts: HashMap<u128, (i64, String)> = HashMap::new();
    let mut rows = 0;
    for (side, by) in [(kept, 1), (anew, -1)] {
        let Some(table) = side.tables.get(name) else { continue };
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut batches = rows_of(table, &names, side.engine).await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let arrays = columns.iter().map(|column| {
                let array = Arc::clone(batch.column_by_name(column).expect("it was asked for"));
                match mapped.iter().find(|(name, _)| name == column).filter(|_| by < 0) {
                    Some((_, kind)) => renumbered(&array, *kind, map),
                    None => array,
                }
            });
            let batch = RecordBatch::try_from_iter(columns.iter().zip(arrays))?;
            rows += if by > 0 { batch.num_rows() as u64 } else { 0 };
            for row in 0..batch.num_rows() {
                let line = line(&batch, row);
                let entry = counts.entry(xxh3_128(line.as_bytes())).or_insert_with(|| (0, String::new()));
                entry.0 += by;
                if entry.0 != 0 && entry.1.is_empty() {
                    entry.1 = line;
                }
                if entry.0 == 0 {
                    entry.1 = String::new();
                }
            }
        }
    }
    verified.rows.push((name.to_string(), rows));
    let mut problems: Vec<String> = counts
        .into_values()
        .filter(|(count, _)| *count != 0)
        .map(|(count, line)| match count > 0 {
            true => format!("{name}: a full run does not make {line}"),
            false => format!("{name}: a full run makes {line}"),
        })
        .collect();
    problems.sort();
    tell(problems, verified);
    Ok(())
}

fn tell(problems: Vec<String>, verified: &mut Verified) {
    let more = problems.len().saturating_sub(TOLD);
    verified.problems.extend(problems.into_iter().take(TOLD));
    if more > 0 {
        verified.problems.push(format!("and {more} more of this table"));
    }
}

fn line(batch: &RecordBatch, row: usize) -> String {
    let cells: Vec<String> = batch.columns().iter().map(|column| cell::text(column, row).unwrap_or_else(|| "-".into())).collect();
    cells.join(" | ")
}

/// The column with the numbers of the state; what has none becomes negative, so that it differs.
fn renumbered(array: &ArrayRef, kind: Mapped, map: &Numbers) -> ArrayRef {
    let numbers = match kind {
        Mapped::Record => &map.records,
        Mapped::Id(entity) => &map.ids[&entity],
    };
    if let Some(list) = array.as_list_opt::<i32>() {
        let items = renumbered(list.values(), kind, map);
        let datafusion::arrow::datatypes::DataType::List(field) = list.data_type() else { unreachable!("it is a list") };
        return Arc::new(ListArray::new(Arc::clone(field), list.offsets().clone(), items, list.nulls().cloned()));
    }
    if let Some(parts) = array.as_struct_opt() {
        let columns = parts.columns().iter().map(|part| renumbered(part, kind, map)).collect();
        return Arc::new(StructArray::new(parts.fields().clone(), columns, parts.nulls().cloned()));
    }
    let known = array.as_primitive::<Int64Type>().iter();
    Arc::new(known.map(|number| number.map(|n| numbers.get(&n).copied().unwrap_or(-n))).collect::<Int64Array>())
}
