//! The layers of a commit's tables as tables of DataFusion: a row counts unless a later layer replaces its key.

use super::state_table::StateTable;
use crate::commit::{self, Commit, File, Table};
use crate::engine::{LocalEngine, Tables};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use c360_match::planted::planted;
use c360_plan::tables::TableName;
use c360_plan::{NumberSet, Sieved, among};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::catalog::TableProvider;
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::prelude::ident;
use futures::{StreamExt, TryStreamExt};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::sync::Arc;

/// Tables that are opened at the same time.
const AT_ONCE: usize = 8;

/// The kinds of tables that a state has, and the Int64 column by which later layers replace rows; `changes` only grows.
const KINDS: [(&str, &str); 14] = [
    ("behind", "place"),
    ("changes", "commit"),
    ("decisions", "unit"),
    ("golden", "id"),
    ("hubs", "key"),
    ("keys", "record"),
    ("links", "id"),
    ("members", "record"),
    ("near", "unit"),
    ("records", "record"),
    ("redirects", "old"),
    ("reports", "unit"),
    ("resolved", "record"),
    ("rows", "record"),
];

/// The column by which rows of a kind of table are replaced.
///
/// # Panics
/// For a kind that no state has.
#[must_use]
pub fn key_of(kind: &str) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).expect("every kind of table has a key").1
}

/// The table's name in a commit, `kind.of`, as plans know it; `None` for a kind that this version does not know.
pub(crate) fn name_of(name: &str) -> Option<TableName> {
    let (kind, of) = name.split_once('.')?;
    KINDS.iter().find(|(known, _)| *known == kind).map(|(known, _)| TableName::new(known, of))
}

/// All tables of a commit as the state holds them.
///
/// # Errors
/// A file that is missing or has another size; one that cannot be read.
pub async fn tables_of(commit: &Commit, store: &Store) -> Result<Tables> {
    // DataFusion takes a file that is missing for one without rows.
    commit::check_tables(store, commit).await?;
    let named = commit.tables.iter().filter_map(|(name, table)| Some((name_of(name)?, table)));
    let opened = futures::stream::iter(named)
        .map(|(name, table)| async move { Ok::<_, Error>((provider(table, key_of(name.kind), store).await?, name)) })
        .buffered(AT_ONCE);
    opened
        .try_fold(Tables::default(), |mut tables, (table, name)| async move {
            tables.insert(name, table);
            Ok(tables)
        })
        .await
}

/// A table over its layers, whose rows are replaced by `key`.
pub(crate) async fn provider(table: &Table, key: &'static str, store: &Store) -> Result<Arc<dyn TableProvider>> {
    let mut replaced = Arc::new(NumberSet::new());
    let mut layers = Vec::new();
    for layer in table.layers.iter().rev() {
        if !layer.files.is_empty() {
            layers.push((layer.files.as_slice(), Arc::new(Sieved::of(Arc::clone(&replaced)))));
        }
        if let Some(file) = layer.replaced.as_ref().filter(|_| !planted("replaced-ignored")) {
            Arc::make_mut(&mut replaced).extend(numbers_in(file, store).await?);
        }
    }
    layers.reverse();
    StateTable::open(layers, key, store).await.map(|table| Arc::new(table) as Arc<dyn TableProvider>)
}

/// The rows of `table` whose `key` is in the set.
pub(crate) fn part_of(table: &Arc<dyn TableProvider>, key: &str, set: Arc<NumberSet>) -> Result<Arc<dyn TableProvider>> {
    let numbers = Arc::new(Sieved::of(set));
    if let Some(table) = table.downcast_ref::<StateTable>() {
        return Ok(Arc::new(table.rows_among(key, numbers)));
    }
    let rows = LogicalPlanBuilder::scan("part", provider_as_source(Arc::clone(table)), None)?;
    let plan = rows.filter(among(numbers).call(vec![ident(key)]))?.build()?;
    Ok(Arc::new(ViewTable::new(plan, None)))
}

/// The rows of a table, only these columns of them.
pub(crate) async fn rows_of(table: &Arc<dyn TableProvider>, columns: &[&str], engine: &LocalEngine) -> Result<SendableRecordBatchStream> {
    let rows = LogicalPlanBuilder::scan("whole", provider_as_source(Arc::clone(table)), None)?;
    let plan = rows.project(columns.iter().map(|name| ident(*name)))?.build()?;
    engine.run(&plan).await
}

/// The numbers in a file of replaced keys.
pub(crate) async fn numbers_in(file: &File, store: &Store) -> Result<Vec<i64>> {
    let damaged = |what: &dyn std::fmt::Display| Error::new(Kind::Restore, format!("`{}` in `{}` {what}", file.path, store.name()));
    let content = store.read(&file.path).await?.ok_or_else(|| damaged(&"is missing"))?;
    // Small and many: a plan for each would take longer than reading them.
    let batches = ParquetRecordBatchReaderBuilder::try_new(content).and_then(ParquetRecordBatchReaderBuilder::build);
    let mut numbers = Vec::new();
    for batch in batches.map_err(|error| damaged(&format!("is damaged: {error}")))? {
        let batch = batch.map_err(|error| damaged(&format!("is damaged: {error}")))?;
        numbers.extend_from_slice(batch.column(0).as_primitive::<Int64Type>().values());
    }
    Ok(numbers)
}
