//! The operator in physical plans: asks for candidates that are partitioned and sorted by id.

use super::node::Survivors;
use super::objects::Rules;
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{Int64Type, SchemaRef};
use datafusion::common::Result;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::Operator;
use datafusion::physical_expr::expressions::{BinaryExpr, Column, Literal};
use datafusion::physical_expr::{EquivalenceProperties, LexOrdering, OrderingRequirements, Partitioning, PhysicalExpr, PhysicalSortExpr};
use datafusion::physical_plan::execution_plan::{EmissionType, ReplaceChildrenOptions};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, Distribution, ExecutionPlan, ExecutionPlanProperties, InputDistributionRequirements, PlanProperties,
};
use datafusion::scalar::ScalarValue;
use futures::{Stream, StreamExt, stream};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// See [`Survivors`].
#[derive(Debug)]
pub struct SurvivorsExec {
    input: Arc<dyn ExecutionPlan>,
    rules: Arc<Rules>,
    properties: Arc<PlanProperties>,
}

impl SurvivorsExec {
    /// The operator over a planned input.
    #[must_use]
    pub fn new(node: &Survivors, input: Arc<dyn ExecutionPlan>) -> SurvivorsExec {
        SurvivorsExec::over(input, Arc::new(node.rules()), node.arrow_schema())
    }

    fn over(input: Arc<dyn ExecutionPlan>, rules: Arc<Rules>, schema: SchemaRef) -> SurvivorsExec {
        let id: Arc<dyn PhysicalExpr> = Arc::new(Column::new("id", 0));
        let order = LexOrdering::new([PhysicalSortExpr::new_default(Arc::clone(&id))]);
        let partitioning = match input.output_partitioning().partition_count() {
            1 => Partitioning::UnknownPartitioning(1),
            many => Partitioning::Hash(vec![block(id)], many),
        };
        let equal = EquivalenceProperties::new_with_orderings(schema, order);
        let properties = PlanProperties::new(equal, partitioning, EmissionType::Incremental, input.boundedness());
        SurvivorsExec { input, rules, properties: Arc::new(properties) }
    }

    /// The candidates' id.
    fn id(&self) -> Arc<dyn PhysicalExpr> {
        let place = self.input.schema().index_of("id").expect("candidates have an id");
        Arc::new(Column::new("id", place))
    }
}

/// Objects with neighbouring ids go through the same partition, so that the partitions' results are put in order by slicing.
const BLOCK: i64 = 1024;

fn block(id: Arc<dyn PhysicalExpr>) -> Arc<dyn PhysicalExpr> {
    Arc::new(BinaryExpr::new(id, Operator::Divide, Arc::new(Literal::new(ScalarValue::Int64(Some(BLOCK))))))
}

impl DisplayAs for SurvivorsExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SurvivorsExec: values={}", self.rules.survivors.len())
    }
}

impl ExecutionPlan for SurvivorsExec {
    fn name(&self) -> &'static str {
        "SurvivorsExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        InputDistributionRequirements::new(vec![Distribution::KeyPartitioned(vec![block(self.id())])])
    }

    fn required_input_ordering(&self) -> Vec<Option<OrderingRequirements>> {
        vec![LexOrdering::new([PhysicalSortExpr::new_default(self.id())]).map(OrderingRequirements::from)]
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn replace_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let input = children.pop().expect("survivors have one input");
        Ok(Arc::new(SurvivorsExec::over(input, Arc::clone(&self.rules), self.schema())))
    }

    fn with_new_children(self: Arc<Self>, mut children: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        let input = children.pop().expect("survivors have one input");
        Ok(Arc::new(SurvivorsExec::over(input, Arc::clone(&self.rules), self.schema())))
    }

    fn apply_expressions(&self, _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn execute(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let input = self.input.execute(partition, context)?;
        let objects = Objects { input, rules: Arc::clone(&self.rules), schema: self.schema(), open: Vec::new(), ready: VecDeque::new() };
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), objects.into_stream())))
    }
}

/// Cuts the stream of candidates between objects.
struct Objects {
    input: SendableRecordBatchStream,
    rules: Arc<Rules>,
    schema: SchemaRef,
    /// Candidates of one object, of which more may follow.
    open: Vec<RecordBatch>,
    ready: VecDeque<RecordBatch>,
}

impl Objects {
    fn into_stream(self) -> impl Stream<Item = Result<RecordBatch>> {
        stream::try_unfold(self, |mut objects| async move { Ok(objects.next().await?.map(|batch| (batch, objects))) })
    }

    async fn next(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Ok(Some(batch));
            }
            match self.input.next().await {
                Some(batch) => self.take(batch?)?,
                None if self.open.is_empty() => return Ok(None),
                None => self.close()?,
            }
        }
    }

    fn take(&mut self, batch: RecordBatch) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let ids = batch.column_by_name("id").expect("candidates have an id").as_primitive::<Int64Type>().values();
        let first = self.open.first().map_or(0, |open| {
            let id = open.column_by_name("id").expect("candidates have an id").as_primitive::<Int64Type>().value(0);
            ids.partition_point(|next| *next <= id)
        });
        if first > 0 {
            self.open.push(batch.slice(0, first));
        }
        if first == batch.num_rows() {
            return Ok(());
        }
        self.close()?;
        let last = ids.partition_point(|id| *id < ids[ids.len() - 1]);
        if last > first {
            self.ready.push_back(self.rules.golden(&batch.slice(first, last - first), &self.schema)?);
        }
        self.open.push(batch.slice(last, batch.num_rows() - last));
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some(first) = self.open.first() else { return Ok(()) };
        let batch = concat_batches(&first.schema(), &self.open)?;
        self.open.clear();
        self.ready.push_back(self.rules.golden(&batch, &self.schema)?);
        Ok(())
    }
}
