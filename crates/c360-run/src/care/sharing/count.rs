//! Counts what rules find: over the keys of a run, over the records of a commit, or over records that are staged for it.

use super::sizes::{keys_of, sizes};
use super::{Counted, EntityPairs, Sharing};
use crate::commit::{self, Commit};
use crate::engine::{LocalEngine, Tables};
use crate::error::Result;
use crate::inputs::{file_changes, list_inputs, planned, read_inputs};
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run, check_owner};
use crate::store::{Location, Store};
use crate::tables::tables_of;
use c360_model::model::{EntityId, Model};
use c360_plan::tables::TableName;
use c360_plan::{Cluster, Plan, Rule, SourceSchemas, Step};
use datafusion::logical_expr::LogicalPlanBuilder;

/// Counts over the records of the last commit where its sources are declared as they are now, whatever its rules were; otherwise reads the sources
/// and stages their records in `scratch`. Compares nothing.
///
/// # Errors
/// A state that cannot be read or belongs to another pipeline; sources that cannot be read.
pub async fn count_pairs(
    pipeline: Pipeline<'_>,
    store: &Store,
    scratch: impl FnOnce() -> Result<Location>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Counted> {
    let head = commit::head(store).await?;
    check_owner(pipeline.model, head.as_ref(), store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let plan = planned(pipeline.model, &inputs).await?;
    if let Some(head) = head.filter(|head| has_records(&plan, pipeline.model, &head.commit)) {
        let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
        let tables = tables_of(&head.commit, store).await?;
        let now = read_inputs(pipeline.model, &inputs);
        let behind = !file_changes(pipeline.model, &now, &head.commit.inputs).is_empty();
        let entities = over_records(pipeline.model, &plan, &engine, &tables).await?;
        return Ok(Counted { commit: Some(head.commit.number), behind, entities });
    }
    let staged = Store::new(scratch()?);
    let engine = LocalEngine::try_new(options.threads, options.memory, &staged)?;
    let mut run = Run::start(pipeline.model, &staged, &engine, None, true).await?;
    let counted = match run.compute_records(inputs, progress).await {
        Ok(()) => over_records(pipeline.model, &plan, &engine, &run.tables).await,
        Err(error) => Err(error),
    };
    run.discard().await;
    Ok(Counted { commit: None, behind: false, entities: counted? })
}

/// Whether a commit holds the records that rules read: steps that make them are as they were.
fn has_records(plan: &Plan, model: &Model, last: &Commit) -> bool {
    let mut makes = plan.steps[..plan.until_records()].iter().filter(|step| matches!(step, Step::Stage(_) | Step::Resolve(_)));
    makes.all(|step| last.steps.get(&step.title(model)) == Some(&c360_plan::fingerprint(step, model)))
}

/// Counts the keys that rules make of records, whether or not a run has ever used these rules.
async fn over_records(model: &Model, plan: &Plan, engine: &LocalEngine, tables: &Tables) -> Result<Vec<EntityPairs>> {
    let mut found = Vec::new();
    for (index, entity) in model.entities.iter().enumerate() {
        let step = plan.cluster(EntityId(index));
        let mut rules = Vec::new();
        for (mut sharing, rule) in described(step) {
            // A record can have the same key twice, of two of its values.
            let keys = LogicalPlanBuilder::from(rule.keys.clone()).distinct()?.build()?;
            if tables.get(&TableName::records(&entity.name)).is_some() {
                sharing.count(&sizes(engine, tables, keys).await?);
            }
            rules.push(sharing);
        }
        found.push(EntityPairs { entity: entity.name.clone(), rules });
    }
    Ok(found)
}

/// Counts the keys that a run or a commit keeps, which are those of all records, made by these rules.
pub(crate) async fn over_keys(model: &Model, engine: &LocalEngine, tables: &Tables, id: EntityId) -> Result<EntityPairs> {
    let entity = model.entity(id).name.clone();
    let plan = c360_plan::plan(model, &SourceSchemas::new())?;
    let name = TableName::new("keys", &entity);
    let mut rules = Vec::new();
    for (slot, (mut sharing, _)) in described(plan.cluster(id)).into_iter().enumerate() {
        if tables.get(&name).is_some() {
            sharing.count(&sizes(engine, tables, keys_of(&name, slot)?).await?);
        }
        rules.push(sharing);
    }
    Ok(EntityPairs { entity, rules })
}

/// All that gives records keys, by slot, with what counting begins from.
fn described(step: &Cluster) -> Vec<(Sharing, &Rule)> {
    let exact = step.rules.iter().map(|rule| {
        let sharing = Sharing { rule: rule.name.clone(), at_most: rule.at_most, ..Sharing::default() };
        (sharing, rule)
    });
    let blocks = step.pair_rules.iter().flat_map(|rule| {
        rule.blocks.iter().map(|block| {
            let alternative = block.name.strip_prefix(&format!("{}: block ", rule.name)).unwrap_or(&block.name);
            let sharing =
                Sharing { rule: rule.name.clone(), block: Some(alternative.to_owned()), at_most: block.at_most, ..Sharing::default() };
            (sharing, block)
        })
    });
    exact.chain(blocks).collect()
}
