//! DataFusion inside this process.

use super::planner::Planner;
use super::{Engine, Tables};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use datafusion::common::TableReference;
use datafusion::common::runtime::SpawnedTask;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::config::ConfigOptions;
use datafusion::datasource::provider_as_source;
use datafusion::execution::memory_pool::{FairSpillPool, MemoryPool, UnboundedMemoryPool};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::{SendableRecordBatchStream, SessionStateBuilder};
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};
use datafusion::physical_plan::sorts::sort_preserving_merge::SortPreservingMergeExec;
use datafusion::physical_plan::{ExecutionPlan, execute_stream, execute_stream_partitioned};
use datafusion::prelude::{SessionConfig, SessionContext};
use std::sync::Arc;

/// The share of a memory limit that DataFusion's pool gets, in percent: what lies outside of it (decoders, writers, clustering) was measured
/// as 0.5 to 0.8 GB at limits of 2 GB.
const POOL_PERCENT: usize = 60;

/// Up to this size one side of a join is held by all threads together.
const SMALL_SIDE_BYTES: usize = 1 << 30;
const SMALL_SIDE_ROWS: usize = 64 << 20;

/// Runs plans on this machine.
pub struct LocalEngine {
    context: SessionContext,
}

impl LocalEngine {
    /// An engine with `threads` partitions and at most `memory` bytes (no limit where `None`) that reads the tables in `store`.
    ///
    /// # Errors
    /// A runtime that cannot be set up: no temporary folder.
    pub fn try_new(threads: usize, memory: Option<usize>, store: &Store) -> Result<LocalEngine> {
        let pool: Arc<dyn MemoryPool> = match memory {
            Some(limit) => Arc::new(FairSpillPool::new(limit / 100 * POOL_PERCENT)),
            None => Arc::new(UnboundedMemoryPool::default()),
        };
        let runtime: RuntimeEnv = RuntimeEnvBuilder::new().with_memory_pool(pool).build()?;
        runtime.register_object_store(&store.location().base, store.objects());
        let state = SessionStateBuilder::new()
            .with_config(config(threads))
            .with_runtime_env(Arc::new(runtime))
            .with_default_features()
            .with_query_planner(Arc::new(Planner))
            .build();
        Ok(LocalEngine { context: SessionContext::new_with_state(state) })
    }

    /// How many threads work on a plan.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.context.copied_config().target_partitions()
    }

    /// The same with operators that hand on so many rows at once. Nothing of a result depends on it, as tests show that vary it.
    #[must_use]
    pub fn with_batch_rows(self, rows: usize) -> LocalEngine {
        let state = self.context.state_ref();
        let config = state.read().config().clone().with_batch_size(rows.max(1));
        *state.write().config_mut() = config;
        self
    }

    /// DataFusion's own session: for queries of users and for readers of files.
    #[must_use]
    pub fn context(&self) -> &SessionContext {
        &self.context
    }
}

impl LocalEngine {
    /// The rows of a plan whose scans are filled already.
    pub(crate) async fn run(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        let physical = self.physical(plan.clone()).await?;
        Ok(execute_stream(physical, self.context.task_ctx())?)
    }

    /// Plans on any thread, so that several plans are made side by side.
    async fn physical(&self, plan: LogicalPlan) -> Result<Arc<dyn ExecutionPlan>> {
        let state = self.context.state();
        let planned = SpawnedTask::spawn(async move { state.create_physical_plan(&plan).await });
        Ok(planned.join().await.map_err(|error| Error::broke_off("planning", &error))??)
    }

    /// The rows of a plan that ends in a sort, as streams that are each in its order.
    pub(crate) async fn sorted_parts(&self, plan: &LogicalPlan, tables: &Tables) -> Result<Vec<SendableRecordBatchStream>> {
        let physical = self.physical(filled(plan, tables)?).await?;
        let parts = match physical.downcast_ref::<SortPreservingMergeExec>() {
            Some(merge) => Arc::clone(merge.input()),
            None => physical,
        };
        Ok(execute_stream_partitioned(parts, self.context.task_ctx())?)
    }
}

fn config(threads: usize) -> SessionConfig {
    let mut options = ConfigOptions::new();
    options.execution.target_partitions = threads;
    options.execution.parquet.schema_force_view_types = false;
    // A part of a table is chosen by its key: only the pages that hold it are decoded.
    options.execution.parquet.pushdown_filters = true;
    // Joins are between records and small rows (ids, targets): those are gathered, and wide rows stay where they are.
    options.optimizer.hash_join_single_partition_threshold = SMALL_SIDE_BYTES;
    options.optimizer.hash_join_single_partition_threshold_rows = SMALL_SIDE_ROWS;
    options.sql_parser.map_string_types_to_utf8view = false;
    options.catalog.information_schema = true;
    // Dates and times mean the same on every machine.
    options.execution.time_zone = Some("+00:00".into());
    SessionConfig::from(options).with_create_default_catalog_and_schema(true)
}

#[async_trait::async_trait]
impl Engine for LocalEngine {
    async fn execute(&self, plan: &LogicalPlan, tables: &Tables) -> Result<SendableRecordBatchStream> {
        self.run(&filled(plan, tables)?).await
    }
}

/// The plan with each scan's placeholder replaced by the table of its name.
fn filled(plan: &LogicalPlan, tables: &Tables) -> Result<LogicalPlan> {
    let replaced = plan.clone().transform_up(|node| {
        let LogicalPlan::TableScan(scan) = node else {
            return Ok(Transformed::no(node));
        };
        let found = tables.iter().find(|(name, _)| same(&name.reference(), &scan.table_name));
        let Some((_, table)) = found else {
            return datafusion::common::plan_err!("the table {} was not made yet", scan.table_name);
        };
        // Tables that are plans themselves are put in as such, so that all is optimised together.
        let filled = LogicalPlanBuilder::scan(scan.table_name, provider_as_source(Arc::clone(table)), scan.projection)?;
        Ok(Transformed::yes(filled.build()?))
    });
    replaced.map(|done| done.data).map_err(|error| Error::new(Kind::Report, error.to_string()))
}

fn same(a: &TableReference, b: &TableReference) -> bool {
    (a.schema(), a.table()) == (b.schema(), b.table())
}
