//! The leaf of plans that reads a source's files. Each partition reads a run of neighbouring files one after the other, so rows
//! come by (`_file`, `_row`) within a partition, and from one partition to the next.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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

use super::{IngestStats, InputFile, ReadSpec, read_file};

/// Reads files tolerantly. Errors are [`super::InputError`]s inside [`DataFusionError::External`].
pub struct IngestExec {
    store: Arc<dyn ObjectStore>,
    files: Arc<[InputFile]>,
    spec: Arc<ReadSpec>,
    stats: Arc<IngestStats>,
    groups: Vec<Range<usize>>,
    properties: Arc<PlanProperties>,
}

impl IngestExec {
    /// Reads `files` in at most `partitions` partitions of similar size.
    #[must_use]
    pub fn new(
        store: Arc<dyn ObjectStore>,
        files: Arc<[InputFile]>,
        spec: ReadSpec,
        stats: Arc<IngestStats>,
        partitions: usize,
    ) -> IngestExec {
        let groups = groups(&files, partitions);
        let properties = Arc::new(properties(&spec, groups.len()));
        IngestExec { store, files, spec: Arc::new(spec), stats, groups, properties }
    }
}

/// Runs of neighbouring files, each of about the same size; at least one, which may be empty.
fn groups(files: &[InputFile], partitions: usize) -> Vec<Range<usize>> {
    // An empty file costs something too.
    let weight = |file: &InputFile| u128::from(file.size) + 1;
    let total: u128 = files.iter().map(weight).sum();
    let partitions = partitions.clamp(1, files.len().max(1));
    let mut groups = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (index, file) in files.iter().enumerate() {
        sum += weight(file);
        if sum * partitions as u128 >= total * (groups.len() as u128 + 1) {
            groups.push(start..index + 1);
            start = index + 1;
        }
    }
    if groups.is_empty() {
        groups.push(0..0);
    }
    groups
}

fn properties(spec: &ReadSpec, partitions: usize) -> PlanProperties {
    let schema = spec.projected_schema();
    let sorted: Vec<PhysicalSortExpr> =
        ["_file", "_row"].iter().map_while(|name| col(name, &schema).ok()).map(PhysicalSortExpr::new_default).collect();
    let orderings = LexOrdering::new(sorted);
    PlanProperties::new(
        EquivalenceProperties::new_with_orderings(schema, orderings),
        Partitioning::UnknownPartitioning(partitions),
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
        write!(f, "IngestExec: files={}, partitions={}, columns=[{}]", self.files.len(), self.groups.len(), columns.join(", "))
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

    fn execute(&self, partition: usize, _context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let (store, files, spec, stats) =
            (Arc::clone(&self.store), Arc::clone(&self.files), Arc::clone(&self.spec), Arc::clone(&self.stats));
        let batches = stream::iter(self.groups[partition].clone())
            .flat_map(move |index| read_file(Arc::clone(&store), index, files[index].clone(), Arc::clone(&spec), Arc::clone(&stats)))
            .map_err(|error| DataFusionError::External(Box::new(error)));
        let schema = self.spec.projected_schema();
        Ok(Box::pin(cooperative(RecordBatchStreamAdapter::new(schema, batches))))
    }
}

#[cfg(test)]
mod tests {
    use super::{InputFile, groups};

    #[test]
    #[allow(clippy::single_range_in_vec_init, reason = "one group of files is a range, not its numbers")]
    fn groups_are_neighbours_of_similar_size_and_cover_all_files() {
        let files = |sizes: &[u64]| sizes.iter().map(|&size| InputFile { path: String::new(), size, etag: None }).collect::<Vec<_>>();
        for (sizes, partitions, expected) in [
            (&[][..], 4, vec![0..0]),
            (&[5], 4, vec![0..1]),
            (&[1, 1, 1, 1], 2, vec![0..2, 2..4]),
            (&[90, 1, 1, 90], 2, vec![0..2, 2..4]),
            (&[1, 1, 100], 3, vec![0..3]),
            (&[0, 0, 0], 2, vec![0..2, 2..3]),
        ] {
            assert_eq!(groups(&files(sizes), partitions), expected, "{sizes:?} in {partitions}");
        }
    }
}
