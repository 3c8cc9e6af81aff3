//! The leaf of plans that reads a source's files one after the other, so that rows come by (`_file`, `_row`). What is done with the rows
//! costs many times what decoding does: DataFusion deals the batches out to all threads, and no thread waits for a file of its own. Where little is done with
//! them, since the state knows most, decoding is what is left: the next file is decoded already, as far as its batches may wait.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::runtime::SpawnedTask;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::col;
use datafusion::physical_expr::{EquivalenceProperties, LexOrdering, PhysicalExpr, PhysicalSortExpr};
use datafusion::physical_plan::coop::cooperative;
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType, SchedulingType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties};
use futures::{StreamExt, TryStreamExt, stream};
use object_store::ObjectStore;

use super::open::damaged;
use super::read::open_file;
use super::{IngestStats, InputError, InputFile, ReadSpec};

/// Files that are decoded at the same time: the one whose rows are taken, and the one after it.
const FILES: usize = 2;

/// Reads files tolerantly. Errors are [`super::InputError`]s inside [`DataFusionError::External`].
pub struct IngestExec {
    store: Arc<dyn ObjectStore>,
    files: Arc<[InputFile]>,
    spec: Arc<ReadSpec>,
    stats: Arc<IngestStats>,
    properties: Arc<PlanProperties>,
}

impl IngestExec {
    /// Reads `files` in their order.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>, files: Arc<[InputFile]>, spec: ReadSpec, stats: Arc<IngestStats>) -> IngestExec {
        let properties = Arc::new(properties(&spec));
        IngestExec { store, files, spec: Arc::new(spec), stats, properties }
    }
}

fn properties(spec: &ReadSpec) -> PlanProperties {
    let schema = spec.projected_schema();
    let sorted: Vec<PhysicalSortExpr> =
        ["_file", "_row"].iter().map_while(|name| col(name, &schema).ok()).map(PhysicalSortExpr::new_default).collect();
    let orderings = LexOrdering::new(sorted);
    PlanProperties::new(
        EquivalenceProperties::new_with_orderings(schema, orderings),
        Partitioning::UnknownPartitioning(1),
        EmissionType::Incremental,
        Boundedness::Bounded,
    )
    .with_scheduling_type(SchedulingType::Cooperative)
}

impl fmt::Debug for IngestExec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IngestExec").field("files", &self.files.len()).field("spec", &self.spec).finish_non_exhaustive()
    }
}

impl DisplayAs for IngestExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schema = self.spec.projected_schema();
        let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        write!(f, "IngestExec: files={}, columns=[{}]", self.files.len(), columns.join(", "))
    }
}

impl ExecutionPlan for IngestExec {
    fn name(&self) -> &str {
        "IngestExec"
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

    fn execute(&self, _partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let rows = context.session_config().batch_size();
        let (store, files, spec, stats) =
            (Arc::clone(&self.store), Arc::clone(&self.files), Arc::clone(&self.spec), Arc::clone(&self.stats));
        let open = move |index: usize| {
            let name = files[index].name.clone();
            let opened = open_file(Arc::clone(&store), index, files[index].clone(), Arc::clone(&spec), Arc::clone(&stats));
            let opened = SpawnedTask::spawn(opened).join();
            async move { opened.await.unwrap_or_else(|_| Err(damaged(&name, 0, &"its reader gave up"))) }
        };
        let batches = stream::iter(0..self.files.len())
            .map(open)
            .buffered(FILES)
            .try_flatten()
            .map_ok(move |batch| stream::iter(parts(batch, rows).map(Ok::<_, InputError>)))
            .try_flatten()
            .map_err(|error| DataFusionError::External(Box::new(error)));
        let schema = self.spec.projected_schema();
        Ok(Box::pin(cooperative(RecordBatchStreamAdapter::new(schema, batches))))
    }
}

/// The batch in batches of at most so many rows.
fn parts(batch: RecordBatch, rows: usize) -> impl Iterator<Item = RecordBatch> {
    let starts = (0..batch.num_rows()).step_by(rows.max(1));
    starts.map(move |start| batch.slice(start, rows.max(1).min(batch.num_rows() - start)))
}
