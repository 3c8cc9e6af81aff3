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
use futures::StreamExt;
use std::sync::Arc;

/// Layers above the first at which they are folded into one.
const LAYERS: usize = 8;

/// The share of rows above the first layer, in percent of its own, at which the whole table is written anew.
const REWRITE_PERCENT: u64 = 40;

/// Compacts the tables that need it.
pub(crate) async fn compact(run: &mut Run<'_>) -> Result<()> {
    let tables: Vec<(TableName, Table)> = run.made.iter().filter_map(|(name, table)| Some((name_of(name)?, table.clone()))).collect();
    for (name, table) in tables {
        let rows = |layers: &[Layer]| layers.iter().flat_map(|l| &l.files).map(|f| f.rows).sum::<u64>();
        let Some((base, upper)) = table.layers.split_first() else { continue };
        let replaced: u64 = upper.iter().filter_map(|l| l.replaced.as_ref()).map(|f| f.rows).sum();
        if (rows(upper) + replaced) * 100 > (rows(std::slice::from_ref(base)) + 1000) * REWRITE_PERCENT {
            let kept = Table { layers: table.layers[usize::from(planted("rewrite-loses-base"))..].to_vec() };
            let file = rewritten(run, &name, &kept, "compact").await?;
            run.superseded.extend(own_files(run, &table));
            run.put(name, Table::of(vec![file])).await?;
        } else if upper.len() > LAYERS {
            let folded = fold(run, &name, upper).await?;
            run.superseded.extend(own_files(run, &table));
            run.put(name, Table { layers: vec![base.clone(), folded] }).await?;
        }
    }
    Ok(())
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

/// Files of this very run that a compacted table names no more.
fn own_files(run: &Run<'_>, table: &Table) -> Vec<String> {
    table.files().filter(|file| file.path.contains(&run.id)).map(|file| file.path.clone()).collect()
}

/// All rows of the table that count, in one file.
async fn rewritten(run: &Run<'_>, name: &TableName, table: &Table, part: &str) -> Result<File> {
    let key = key_of(name.kind);
    let rows = provider(table, key, run.store, run.engine).await?;
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
