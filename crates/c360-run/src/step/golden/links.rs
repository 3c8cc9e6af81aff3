//! The links of one reference; for references of an entity to itself with ultimate parent, depth and path.

use super::compare::{Compared, Objects};
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::step::names::name_hash;
use crate::step::part::{Part, Scope};
use crate::step::refused::Refused;
use c360_match::hierarchy::{Hierarchy, ancestors};
use c360_model::model::{EntityId, ReferenceId};
use c360_plan::NumberSet;
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{ArrayRef, Int64Array, Int64Builder, ListBuilder, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::Schema;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::memory::MemoryStream;
use futures::StreamExt;
use std::sync::Arc;

/// Writes `links.<entity>_<reference>` from rows `id`, `target`, `record` in the order of ids: of the objects in `changed`, or of all.
pub(super) async fn links(
    run: &mut Run<'_>,
    id: EntityId,
    reference: ReferenceId,
    plan: &LogicalPlan,
    all: bool,
    changed: &NumberSet,
) -> Result<()> {
    let entity = run.model.entity(id);
    let name = TableName::links(entity, reference);
    let all = all || run.before.get(&name).is_none();
    if !all && changed.is_empty() {
        return Ok(());
    }
    let schema = tables::links(entity, reference, run.model);
    if entity.references[reference.0].target == id {
        return lines(run, id, reference, plan, name, schema).await;
    }
    let scope = Scope::of(all, changed.clone());
    let part = Part::of(run).narrow(&TableName::golden(&entity.name), &scope)?;
    let mut rows = part.rows(plan).await?;
    let mut out = run.layer(name, schema);
    while let Some(batch) = rows.next().await {
        out.write(RecordBatch::try_new(out.schema(), batch?.columns().to_vec())?).await?;
    }
    out.seal_over(run, &scope).await
}

/// Links to the same entity: one that changes moves all that stand below it, so that all are looked at, and those that differ are written.
async fn lines(run: &mut Run<'_>, id: EntityId, reference: ReferenceId, plan: &LogicalPlan, name: TableName, schema: Schema) -> Result<()> {
    let entity = run.model.entity(id);
    let mut rows = run.rows(plan).await?;
    let mut all = Vec::new();
    while let Some(batch) = rows.next().await {
        all.push(batch?);
    }
    let links = concat_batches(&rows.schema(), &all)?;
    let lines = Lines::of(numbers(&links, "id"), numbers(&links, "target"));
    let mut columns = links.columns().to_vec();
    columns.extend(lines.columns(numbers(&links, "id")));
    let unit = name_hash(&entity.name, &format!("cycles of {}", entity.references[reference.0].name));
    let cycles = lines.cycles(unit, &entity.name, &entity.references[reference.0].name)?;
    run.reports.refused.replace(unit);
    run.reports.refused.write(cycles).await?;
    let now = RecordBatch::try_new(Arc::new(schema.clone()), columns)?;
    let before = match run.before.get(&name) {
        Some(table) => Some(super::by_id(run, table).await?),
        None => None,
    };
    let shape = Arc::new(schema.clone());
    let now = MemoryStream::try_new(vec![now], Arc::clone(&shape), None)?;
    let mut pairs = Compared::new(Objects::new(Box::pin(now), &shape), before.map(|before| Objects::new(before, &shape)));
    let mut out = run.layer(name, schema);
    while let Some(found) = pairs.next().await? {
        out.replace_all(found.changed);
        if let Some(rows) = found.now_changed {
            out.write(rows).await?;
        }
    }
    out.seal(run).await
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
    fn cycles(&self, unit: i64, entity: &str, reference: &str) -> Result<RecordBatch> {
        let mut report = Refused::of(entity);
        for cycle in &self.hierarchy.cycles {
            let around = cycle.members.iter().chain(cycle.members.first());
            let ids: Vec<String> = around.map(|object| self.objects[*object as usize].to_string()).collect();
            report.value(unit, reference, "a cycle, cut at its first link", &ids.join(" -> "), cycle.members.len() as u64);
        }
        report.finish()
    }
}
