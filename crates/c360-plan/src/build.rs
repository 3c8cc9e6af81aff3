//! Model → Plan: which steps there are, and in which order.

mod cluster;
mod golden;
mod publish;
mod reference;
mod scan;
mod stage;
mod terms;

pub use cluster::training;

use crate::plan::{Plan, Step};
use c360_model::model::{EntityId, Model, ReferenceId, SourceId, Term};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use std::collections::BTreeMap;

/// The columns of each source's files, as ingest delivers them: [`crate::tables::ROW_COLUMNS`] and then the raw columns.
pub type SourceSchemas = BTreeMap<SourceId, SchemaRef>;

/// The plan of a full run. Pure: the same model and schemas give the same plan.
///
/// # Errors
/// An expression over raw columns that does not fit their types (a number added to a text): DataFusion's message says what.
pub fn plan(model: &Model, schemas: &SourceSchemas) -> Result<Plan> {
    let mut steps = Vec::new();
    for (source, schema) in schemas {
        steps.push(Step::Stage(stage::stage(model, *source, schema)?));
    }
    let mut resolved: Vec<(EntityId, ReferenceId)> = Vec::new();
    for &entity in &model.resolution_order {
        for reference in references_in_rules(model, entity) {
            steps.push(Step::Resolve(reference::resolve(model, entity, reference)?));
            resolved.push((entity, reference));
        }
        steps.push(Step::Cluster(cluster::cluster(model, entity)?));
    }
    for &entity in &model.resolution_order {
        for reference in (0..model.entity(entity).references.len()).map(ReferenceId) {
            if !resolved.contains(&(entity, reference)) {
                steps.push(Step::Resolve(reference::resolve(model, entity, reference)?));
            }
        }
        steps.push(Step::Golden(golden::golden(model, entity)?));
    }
    for publish in &model.publishes {
        steps.push(Step::Publish(publish::publish(model, publish)?));
    }
    Ok(Plan { steps })
}

/// The references that an entity's rules compare: their objects must be known before.
fn references_in_rules(model: &Model, entity: EntityId) -> Vec<ReferenceId> {
    let entity = model.entity(entity);
    let exact = entity.rules.iter().flat_map(|rule| rule.terms.iter().copied());
    let pairs = entity.pair_rules.iter().flat_map(c360_model::model::PairRule::terms);
    let mut references: Vec<ReferenceId> = exact
        .chain(pairs)
        .filter_map(|term| match term {
            Term::Reference(reference) => Some(reference),
            Term::Attribute { .. } => None,
        })
        .collect();
    references.sort();
    references.dedup();
    references
}
