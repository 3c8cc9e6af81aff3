//! The rows of a table of the state whose key is among some numbers: how an incremental run reads what a change touches.
//!
//! The rows that a change touches lie scattered: one in thirty is in every page. DataFusion's reader decodes such pages whole. Here only the keys are; the
//! other columns are thinned out before arrays are made of them.

mod delta;
mod file;
mod row_group;
mod runs;
mod thin;
mod values;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use c360_plan::{NumberSet, Sieved};
use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties};
pub(super) use file::StateFile;
use futures::{StreamExt, TryStreamExt, stream};
use row_group::{RowGroup, Wanted};
use std::fmt;
use std::sync::Arc;

/// Row groups of a partition that are being fetched at the same time.
const AT_ONCE: usize = 2;

/// A layer: its files, and the keys that later layers replace.
#[derive(Debug)]
pub(super) struct FileLayer {
    pub(super) files: Vec<Arc<StateFile>>,
    pub(super) replaced: Arc<Sieved<Arc<NumberSet>>>,
}

/// Some rows of a table.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) schema: SchemaRef,
    pub(super) layers: Arc<[FileLayer]>,
    /// The column by which later layers replace rows.
    pub(super) key: &'static str,
    /// The column by which rows are chosen, and the numbers that are asked for.
    pub(super) column: String,
    pub(super) among: Arc<Sieved<Arc<NumberSet>>>,
}

#[async_trait]
impl TableProvider for Chosen {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        _limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let schema = match projection {
            Some(columns) => Arc::new(self.schema.project(columns)?),
            None => Arc::clone(&self.schema),
        };
        let parts = self.parts(state.config().target_partitions()).await?;
        let partitioning = Partitioning::UnknownPartitioning(parts.len());
        let equivalence = EquivalenceProperties::new(schema);
        let properties = PlanProperties::new(equivalence, partitioning, EmissionType::Incremental, Boundedness::Bounded);
        Ok(Arc::new(ChosenExec { rows: Arc::new(self.clone()), parts, properties: Arc::new(properties) }))
    }
}

/// A row group and the place of its layer.
type Unit = (RowGroup, usize);

impl Chosen {
    /// All row groups, dealt out to so many partitions or fewer: neighbours to the same one, and to each about as many rows.
    async fn parts(&self, count: usize) -> Result<Vec<Arc<[Unit]>>> {
        let mut units = Vec::new();
        for (layer, FileLayer { files, .. }) in self.layers.iter().enumerate() {
            for file in files {
                let row_groups = file.metadata().await?.metadata().row_groups();
                let rows = row_groups.iter().map(|row_group| row_group.num_rows().max(0).cast_unsigned());
                units.extend(rows.enumerate().map(|(number, rows)| ((RowGroup { file: Arc::clone(file), number }, layer), rows)));
            }
        }
        let all: u64 = units.iter().map(|(_, rows)| rows).sum();
        let mut parts = vec![Vec::new(); count.min(units.len()).max(1)];
        let (last, mut before) = (parts.len() - 1, 0);
        for (unit, rows) in units {
            let part = usize::try_from(before * parts.len() as u64 / all.max(1)).map_or(last, |part| part.min(last));
            parts[part].push(unit);
            before += rows;
        }
        Ok(parts.into_iter().map(Arc::from).collect())
    }

    async fn rows(&self, (row_group, layer): &Unit, schema: SchemaRef) -> Result<Option<RecordBatch>> {
        let columns: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let wanted =
            Wanted { column: &self.column, among: &self.among, key: self.key, replaced: &self.layers[*layer].replaced, columns: &columns };
        let Some(rows) = row_group.rows(wanted).await? else { return Ok(None) };
        let count = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
        Ok(Some(RecordBatch::try_new_with_options(schema, rows.columns().to_vec(), &count)?))
    }
}

/// Reads some rows of a table.
struct ChosenExec {
    rows: Arc<Chosen>,
    parts: Vec<Arc<[Unit]>>,
    properties: Arc<PlanProperties>,
}

impl fmt::Debug for ChosenExec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChosenExec").field("column", &self.rows.column).field("numbers", &self.rows.among.count()).finish_non_exhaustive()
    }
}

impl DisplayAs for ChosenExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChosenExec: {} among {} numbers", self.rows.column, self.rows.among.count())
    }
}

impl ExecutionPlan for ChosenExec {
    fn name(&self) -> &str {
        "ChosenExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn with_new_children(self: Arc<Self>, _children: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn apply_expressions(&self, _f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn execute(&self, partition: usize, _context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let schema = self.schema();
        let (rows, units) = (Arc::clone(&self.rows), Arc::clone(&self.parts[partition]));
        let read = move |unit: usize| {
            let (rows, units, schema) = (Arc::clone(&rows), Arc::clone(&units), Arc::clone(&schema));
            async move { rows.rows(&units[unit], schema).await }
        };
        let batches = stream::iter(0..self.parts[partition].len()).map(read).buffered(AT_ONCE);
        let batches = batches.try_filter_map(|batch| async move { Ok::<_, DataFusionError>(batch) });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), batches)))
    }
}
