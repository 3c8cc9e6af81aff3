//! A table of the state as plans see it. Whole, it is what DataFusion makes of its files: the rows of each layer without those that later layers replace. Where only
//! the rows of some keys are asked for, the files are read another way.

use super::chosen::{Chosen, FileLayer, StateFile};
use crate::commit::File;
use crate::error::Result;
use crate::store::Store;
use async_trait::async_trait;
use c360_plan::{NumberSet, Sieved, among};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{ScanArgs, ScanResult, Session, TableProvider};
use datafusion::common::Statistics;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::ident;
use std::borrow::Cow;
use std::sync::Arc;

/// The files of a layer, and the keys that later layers replace.
type OpenedLayer<'f> = (&'f [File], Arc<Sieved<Arc<NumberSet>>>);

/// A table over the layers of a commit, or of what a run made so far.
#[derive(Debug)]
pub(super) struct StateTable {
    whole: Arc<dyn TableProvider>,
    layers: Arc<[FileLayer]>,
    key: &'static str,
}

impl StateTable {
    /// A table over layers: the files of each, all of one schema, and the keys that later layers replace. Reads one footer.
    pub(super) async fn open(layers: Vec<OpenedLayer<'_>>, key: &'static str, store: &Store) -> Result<StateTable> {
        let opened = |file: &File| Arc::new(StateFile::new(store.objects(), store.path(&file.path), file.bytes));
        let of_layer =
            |(files, replaced): &OpenedLayer<'_>| FileLayer { files: files.iter().map(opened).collect(), replaced: Arc::clone(replaced) };
        let file_layers: Arc<[FileLayer]> = layers.iter().map(of_layer).collect();
        // The last one is most probably small, and asked for again.
        let last = file_layers.iter().flat_map(|layer| &layer.files).next_back().expect("the first layer of a table has files");
        let schema = Arc::new(Schema::new(last.metadata().await?.schema().fields().clone()));
        let whole = whole(layers, key, &schema, store)?;
        Ok(StateTable { whole, layers: file_layers, key })
    }

    /// The rows with a number among these in an Int64 column.
    pub(super) fn rows_among(&self, column: &str, numbers: Arc<Sieved<Arc<NumberSet>>>) -> Chosen {
        Chosen { schema: self.whole.schema(), layers: Arc::clone(&self.layers), key: self.key, column: column.to_owned(), among: numbers }
    }
}

/// All rows that count.
fn whole(layers: Vec<OpenedLayer<'_>>, key: &str, schema: &SchemaRef, store: &Store) -> Result<Arc<dyn TableProvider>> {
    let mut plan: Option<LogicalPlanBuilder> = None;
    let only = layers.len() == 1;
    for (files, replaced) in layers {
        let table = listed(files, schema, store)?;
        if only && replaced.count() == 0 {
            return Ok(table);
        }
        let mut rows = LogicalPlanBuilder::scan("layer", provider_as_source(table), None)?;
        if replaced.count() > 0 {
            rows = rows.filter(Expr::Not(Box::new(among(replaced).call(vec![ident(key)]))))?;
        }
        plan = Some(match plan {
            None => rows,
            Some(plan) => plan.union(rows.build()?)?,
        });
    }
    let plan = plan.expect("the first layer of a table has files").build()?;
    Ok(Arc::new(ViewTable::new(plan, None)))
}

/// A table over Parquet files of one schema.
fn listed(files: &[File], schema: &SchemaRef, store: &Store) -> Result<Arc<dyn TableProvider>> {
    let base = store.location().base.clone();
    let url = |path: &str| {
        let mut url = base.clone();
        // Part by part, so that a `%` in the name of a folder is one.
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.clear().extend(store.path(path).parts().map(|part| part.as_ref().to_owned()));
        }
        ListingTableUrl::parse(url)
    };
    let urls = files.iter().map(|file| url(&file.path)).collect::<datafusion::common::Result<Vec<_>>>()?;
    let format = ParquetFormat::default().with_force_view_types(false);
    let options = ListingOptions::new(Arc::new(format)).with_file_extension("parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(Arc::clone(schema));
    Ok(Arc::new(ListingTable::try_new(config)?))
}

#[async_trait]
impl TableProvider for StateTable {
    fn schema(&self) -> SchemaRef {
        self.whole.schema()
    }

    fn table_type(&self) -> TableType {
        self.whole.table_type()
    }

    fn get_logical_plan(&self) -> Option<Cow<'_, LogicalPlan>> {
        self.whole.get_logical_plan()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
        self.whole.scan(state, projection, filters, limit).await
    }

    async fn scan_with_args<'a>(&self, state: &dyn Session, args: ScanArgs<'a>) -> DataFusionResult<ScanResult> {
        self.whole.scan_with_args(state, args).await
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> DataFusionResult<Vec<TableProviderFilterPushDown>> {
        self.whole.supports_filters_pushdown(filters)
    }

    fn statistics(&self) -> Option<Statistics> {
        self.whole.statistics()
    }
}
