//! The files of a commit's tables as tables of DataFusion.

use crate::commit::{Commit, Table};
use crate::engine::{LocalEngine, Tables};
use crate::error::Result;
use crate::store::Store;
use c360_plan::tables::TableName;
use datafusion::catalog::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use std::sync::Arc;

/// The kinds of tables that a state has; the names in commits are `kind.of`.
const KINDS: [&str; 6] = ["golden", "links", "members", "records", "redirects", "reports"];

/// All tables of a commit.
///
/// # Errors
/// A file that is missing or damaged.
pub async fn tables_of(commit: &Commit, store: &Store, engine: &LocalEngine) -> Result<Tables> {
    let mut tables = Tables::default();
    for (name, table) in &commit.tables {
        let known = name.split_once('.').and_then(|(kind, of)| Some((KINDS.iter().find(|k| **k == kind)?, of)));
        if let Some((kind, of)) = known {
            tables.insert(TableName::new(kind, of), provider(table, store, engine).await?);
        }
    }
    Ok(tables)
}

/// A table over Parquet files.
pub(crate) async fn provider(table: &Table, store: &Store, engine: &LocalEngine) -> Result<Arc<dyn TableProvider>> {
    let base = store.location().base.clone();
    let url = |path: &str| {
        let mut url = base.clone();
        url.set_path(store.path(path).as_ref());
        ListingTableUrl::parse(url)
    };
    let urls = table.files.iter().map(|file| url(&file.path)).collect::<datafusion::common::Result<Vec<_>>>()?;
    let format = ParquetFormat::default().with_force_view_types(false);
    let options = ListingOptions::new(Arc::new(format)).with_file_extension("parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options);
    let config = config.infer_schema(&engine.context().state()).await?;
    Ok(Arc::new(ListingTable::try_new(config)?))
}
