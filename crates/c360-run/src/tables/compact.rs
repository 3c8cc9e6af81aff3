//! Keeps tables fast to read: many small layers become one, and where much was replaced, the table is written anew. What a run writes stays in the
//! order of what it changed, taken over many runs.

use super::read::{key_of, name_of, numbers_in, provider};
use super::{RowsOf, TableWriter};
use crate::commit::{File, Layer, Table};
use crate::error::Result;
use crate::run::Run;
use c360_match::planted::planted;
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::prelude::ident;
use futures::{StreamExt, TryStreamExt, stream};
use std::cmp::Reverse;
use std::sync::Arc;

/// Layers of about the same size that are left as they are.
const LAYERS: usize = 4;

/// A layer is of about the same size as those above it together if it is at most so many times as large. Large layers are not folded for the sake of a
/// small one: of what a run writes, each row is written again as often as the logarithm of the rows that follow it says (log-structured merge tree, O'Neil et al. 1996).
const GROWTH: u64 = 3;

/// In how many runs each table has its turn to be folded, so that no run folds them all.
const RUNS: usize = 8;

/// Tables that are written anew at the same time; each may be large.
const AT_ONCE: usize = 2;

/// So many layers do not wait for their turn.
const MOST: usize = 12;

/// The share of rows above the first layer, in percent of its own, at which the whole table is written anew.
const REWRITE_PERCENT: u64 = 40;

/// Compacts the tables that need it.
pub(crate) async fn compact(run: &mut Run<'_>) -> Result<()> {
    let tables: Vec<(TableName, Table)> = run.made.iter().filter_map(|(name, table)| Some((name_of(name)?, table.clone()))).collect();
    let (mut rewrites, mut folds) = (Vec::new(), Vec::new());
    let turns = tables.len().div_ceil(RUNS);
    for (name, table) in tables {
        let Some((base, upper)) = table.layers.split_first() else { continue };
        // A run that changes nothing has nothing to commit, whosever turn it is.
        if own_files(run, upper).is_empty() {
            continue;
        }
        let from = first_folded(&table.layers);
        if upper.iter().map(size).sum::<u64>() * 100 > (size(base) + 1000) * REWRITE_PERCENT {
            rewrites.push((name, table));
        } else if table.layers.len() - from > LAYERS {
            folds.push((name, table, from));
        }
    }
    folds.sort_by_key(|(_, table, from)| Reverse(table.layers.len() - from));
    let mut place = 0..;
    folds.retain(|(_, table, _)| place.next().is_some_and(|place: usize| place < turns) || table.layers.len() > MOST);
    let kept = |table: &Table| Table { layers: table.layers[usize::from(planted("rewrite-loses-base"))..].to_vec() };
    let bases = rewrites.iter().map(async |(name, table)| rewritten(run, name, &kept(table), "compact").await);
    let bases: Vec<File> = stream::iter(bases).buffered(AT_ONCE).try_collect().await?;
    let folded = folds.iter().map(|(name, table, from)| fold(run, name, &table.layers[*from..]));
    let folded: Vec<Layer> = stream::iter(folded).buffered(AT_ONCE).try_collect().await?;
    for ((name, table), base) in rewrites.into_iter().zip(bases) {
        run.superseded.extend(own_files(run, &table.layers));
        run.put(name, Table::of(vec![base])).await?;
    }
    for ((name, table, from), folded) in folds.into_iter().zip(folded) {
        let (lower, upper) = table.layers.split_at(from);
        run.superseded.extend(own_files(run, upper));
        run.put(name, Table { layers: lower.iter().cloned().chain([folded]).collect() }).await?;
    }
    Ok(())
}

/// The first of the layers that are folded: it and all above it are of about the same size. Never the base.
fn first_folded(layers: &[Layer]) -> usize {
    let (mut first, mut above) = (layers.len(), 0);
    while first > 1 && (above == 0 || size(&layers[first - 1]) <= above * GROWTH) {
        first -= 1;
        above += size(&layers[first]);
    }
    first
}

/// The rows of a layer, and those that it replaces.
fn size(layer: &Layer) -> u64 {
    layer.files().map(|file| file.rows).sum()
}

/// Writes every table of more than one layer anew.
pub(crate) async fn compact_all(run: &mut Run<'_>) -> Result<()> {
    let tables: Vec<(TableName, Table)> = run.made.iter().filter_map(|(name, table)| Some((name_of(name)?, table.clone()))).collect();
    for (name, table) in tables.into_iter().filter(|(_, table)| table.layers.len() > 1) {
        let file = rewritten(run, &name, &table, "compact").await?;
        run.put(name, Table::of(vec![file])).await?;
    }
    Ok(())
}

/// Files of this very run that are named no more when these layers are compacted.
fn own_files(run: &Run<'_>, layers: &[Layer]) -> Vec<String> {
    let files = layers.iter().flat_map(Layer::files);
    files.filter(|file| file.path.contains(&run.id)).map(|file| file.path.clone()).collect()
}

/// All rows of the table that count, in one file.
async fn rewritten(run: &Run<'_>, name: &TableName, table: &Table, part: &str) -> Result<File> {
    let key = key_of(name.kind);
    let rows = provider(table, key, run.store).await?;
    let plan = LogicalPlanBuilder::scan("all", provider_as_source(rows), None)?;
    // By key, and by everything that can be ordered, where a key has several rows.
    let columns: Vec<_> = plan.schema().fields().iter().filter(|f| !f.data_type().is_nested()).map(|f| f.name().clone()).collect();
    let others = columns.iter().filter(|column| *column != key);
    let order = std::iter::once(key).chain(others.map(String::as_str)).map(|column| ident(column).sort(true, false));
    let plan = plan.sort(order.collect::<Vec<_>>())?.build()?;
    let mut rows = run.engine.run(&plan).await?;
    let schema = rows.schema();
    let mut out = TableWriter::try_new(run.store, run.file(name, part), Arc::clone(&schema), RowsOf::State)?;
    while let Some(batch) = rows.next().await {
        out.write(RecordBatch::try_new(Arc::clone(&schema), batch?.columns().to_vec())?).await?;
    }
    out.finish().await
}

/// Several layers as one.
async fn fold(run: &Run<'_>, name: &TableName, layers: &[Layer]) -> Result<Layer> {
    let table = Table { layers: layers.to_vec() };
    let files = match layers.iter().any(|layer| !layer.files.is_empty()) {
        true => vec![rewritten(run, name, &table, "fold").await?],
        false => Vec::new(),
    };
    let mut replaced = NumberSet::new();
    for file in layers.iter().filter_map(|layer| layer.replaced.as_ref()) {
        replaced.extend(numbers_in(file, run.store).await?);
    }
    if replaced.is_empty() || planted("fold-forgets-replaced") {
        return Ok(Layer { files, replaced: None });
    }
    let mut keys: Vec<i64> = replaced.into_iter().collect();
    keys.sort_unstable();
    let replaced = super::layer::keys_file(run.store, run.file(name, "fold-replaced"), keys).await?;
    Ok(Layer { files, replaced: Some(replaced) })
}
