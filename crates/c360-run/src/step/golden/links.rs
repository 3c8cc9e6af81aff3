//! The links of one reference; for references of an entity to itself with ultimate parent, depth and path.

use super::super::arrays::numbers;
use super::super::refused::Refused;
use crate::commit::Table;
use crate::error::Result;
use crate::run::Run;
use crate::tables::{RowsOf, TableWriter};
use c360_match::hierarchy::{Hierarchy, ancestors};
use c360_model::model::{EntityId, ReferenceId};
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{ArrayRef, Int64Array, Int64Builder, ListBuilder, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use std::sync::Arc;

/// Writes `links.<entity>_<reference>` from rows `id`, `target`, `record` in the order of ids.
pub(super) async fn links(run: &mut Run<'_>, id: EntityId, reference: ReferenceId, plan: &LogicalPlan) -> Result<()> {
    let entity = run.model.entity(id);
    let name = TableName::links(entity, reference);
    let schema = Arc::new(tables::links(entity, reference, run.model));
    let to_itself = entity.references[reference.0].target == id;
    let mut out = TableWriter::try_new(run.store, run.file(&name.to_string(), "0"), Arc::clone(&schema), RowsOf::State)?;
    let mut rows = run.rows(plan).await?;
    let mut all = Vec::new();
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        if to_itself {
            all.push(batch);
        } else {
            out.write(RecordBatch::try_new(Arc::clone(&schema), batch.columns().to_vec())?).await?;
        }
    }
    if to_itself {
        let links = concat_batches(&rows.schema(), &all)?;
        let lines = Lines::of(numbers(&links, "id"), numbers(&links, "target"));
        let mut columns = links.columns().to_vec();
        columns.extend(lines.columns(numbers(&links, "id")));
        let cycles = lines.cycles(&entity.name, &entity.references[reference.0].name)?;
        run.reports.refused.write(cycles).await?;
        out.write(RecordBatch::try_new(schema, columns)?).await?;
    }
    let file = out.finish().await?;
    run.keep(name, Table { rows: file.rows, files: vec![file] }).await
}

/// Who stands above whom, cycles cut at their weakest link.
struct Lines {
    /// The ids of all objects that have a link or are the target of one, ascending.
    objects: Vec<i64>,
    hierarchy: Hierarchy,
}

impl Lines {
    fn of(id: &Int64Array, target: &Int64Array) -> Lines {
        let mut objects: Vec<i64> = id.values().iter().chain(target.values()).copied().collect();
        objects.sort_unstable();
        objects.dedup();
        let number = |id: &i64| objects.binary_search(id).expect("all ids were collected");
        let mut parents = vec![None; objects.len()];
        for (child, parent) in id.values().iter().zip(target.values()) {
            parents[number(child)] = Some(u32::try_from(number(parent)).expect("there are fewer than 2^32 objects"));
        }
        let ids: Vec<u64> = objects.iter().map(|id| u64::try_from(*id).expect("ids are positive")).collect();
        // All links are of one strength: each is what survived for its object.
        let hierarchy = ancestors(&parents, &vec![0; objects.len()], &ids);
        Lines { objects, hierarchy }
    }

    /// `root`, `depth`, `path` of the objects in `id`; the path holds both ends.
    fn columns(&self, id: &Int64Array) -> [ArrayRef; 3] {
        let (mut root, mut depth) = (Int64Builder::new(), Int64Builder::new());
        let mut path = ListBuilder::new(Int64Builder::new());
        for id in id.values() {
            let object = self.objects.binary_search(id).expect("all ids were collected");
            root.append_value(self.objects[self.hierarchy.ultimate[object] as usize]);
            depth.append_value(i64::from(self.hierarchy.depth[object]));
            path.values().append_value(*id);
            for ancestor in self.hierarchy.path(u32::try_from(object).expect("there are fewer than 2^32 objects")) {
                path.values().append_value(self.objects[ancestor as usize]);
            }
            path.append(true);
        }
        [Arc::new(root.finish()), Arc::new(depth.finish()), Arc::new(path.finish())]
    }

    /// Rows of `reports.refused`, one per cycle.
    fn cycles(&self, entity: &str, reference: &str) -> Result<RecordBatch> {
        let mut report = Refused::of(entity);
        for cycle in &self.hierarchy.cycles {
            let around = cycle.members.iter().chain(cycle.members.first());
            let ids: Vec<String> = around.map(|object| self.objects[*object as usize].to_string()).collect();
            report.value(reference, "a cycle, cut at its first link", &ids.join(" -> "), cycle.members.len() as u64);
        }
        report.finish()
    }
}
