//! References of records into ids: through source keys, through an attribute, through the same row.

use super::scan::{field, members_as, records, unnest};
use super::terms::attribute_part;
use crate::expression::column;
use crate::functions::match_text;
use crate::plan::Resolve;
use c360_model::model::{AttributeId, Entity, EntityId, Model, ReferenceId, ReferenceValue};
use datafusion::common::{Column, Result};
use datafusion::functions_aggregate::expr_fn::{max, min};
use datafusion::logical_expr::{Expr, JoinType, LogicalPlan, LogicalPlanBuilder, lit, when};

/// What a lookup writes where a foreign key has its source.
pub(super) fn lookup_source(target: &Entity, attribute: AttributeId, part: Option<usize>) -> String {
    format!("{}.{}", target.name, attribute_part(target, attribute, part, Vec::new()).name)
}

pub(super) fn resolve(model: &Model, entity: EntityId, reference: ReferenceId) -> Result<Resolve> {
    let found = with_target(model, entity, reference)?;
    let targets = found.clone().filter(column("target").is_not_null())?.project([column("record"), column("target")])?.build()?;
    let owner = model.entity(entity);
    let missing = found.filter(column("target").is_null())?;
    let orphans = orphans(missing, &owner.name, &owner.references[reference.0].name, column("reason"))?;
    let named = named(owner, reference)?.project(["record", "target_source", "target_key"].map(column))?.build()?;
    Ok(Resolve { entity, reference, named, targets, orphans })
}

/// `record`, `source`, `key`, `target_source`, `target_key` of the records that name something.
fn named(owner: &Entity, reference: ReferenceId) -> Result<LogicalPlanBuilder> {
    let named = column(&owner.references[reference.0].name);
    records(owner)?
        .project([
            column("record"),
            column("source"),
            column("key"),
            field(named.clone(), "source").alias("target_source"),
            field(named, "key").alias("target_key"),
        ])?
        .filter(column("target_key").is_not_null())
}

/// Rows of `reports.orphans`, with the record, from rows with `source`, `key`, `target_source`, `target_key`, in the order of the records.
fn orphans(missing: LogicalPlanBuilder, entity: &str, reference: &str, reason: Expr) -> Result<LogicalPlan> {
    missing
        .project([
            column("record"),
            lit(entity).alias("entity"),
            lit(reference).alias("reference"),
            column("source"),
            column("key"),
            column("target_source"),
            column("target_key"),
            reason.alias("reason"),
        ])?
        .sort(["source", "key", "target_source", "target_key"].map(|name| column(name).sort(true, false)))?
        .build()
}

/// `record`, `source`, `key`, `target_source`, `target_key`, `target` (null where nothing is found), `reason`.
fn with_target(model: &Model, entity: EntityId, reference: ReferenceId) -> Result<LogicalPlanBuilder> {
    let named = named(model.entity(entity), reference)?;
    let on = (
        ["target_source", "target_key"].map(Column::new_unqualified).to_vec(),
        ["known_source", "known_key"].map(Column::new_unqualified).to_vec(),
    );
    let known = known(model, entity, reference)?.build()?;
    let ambiguous = column("lowest").is_not_null().and(column("lowest").not_eq(column("highest")));
    named.join(known, JoinType::Left, on, None)?.project([
        column("record"),
        column("source"),
        column("key"),
        column("target_source"),
        column("target_key"),
        when(column("lowest").eq(column("highest")), column("lowest")).end()?.alias("target"),
        when(ambiguous, lit("ambiguous")).otherwise(lit("missing"))?.alias("reason"),
    ])
}

/// `known_source`, `known_key`, `lowest`, `highest`: what a reference may name, and the ids that it leads to (one, unless a lookup is ambiguous).
fn known(model: &Model, entity: EntityId, reference: ReferenceId) -> Result<LogicalPlanBuilder> {
    let target = model.entity(model.entity(entity).references[reference.0].target);
    let mut known = members_as(target, "")?.project([
        column("source").alias("known_source"),
        column("key").alias("known_key"),
        column("id").alias("lowest"),
        column("id").alias("highest"),
    ])?;
    for (attribute, part) in lookups(model, entity, reference) {
        known = known.union(by_value(target, attribute, part)?.build()?)?;
    }
    Ok(known)
}

/// `record`, `name`, `value` for each attribute of `target` through which any reference looks its objects up.
pub(super) fn lookup_values(model: &Model, target: EntityId) -> Result<Vec<LogicalPlan>> {
    let mut attributes = Vec::new();
    for (index, entity) in model.entities.iter().enumerate() {
        for reference in (0..entity.references.len()).map(ReferenceId).filter(|r| entity.references[r.0].target == target) {
            attributes.extend(lookups(model, EntityId(index), reference));
        }
    }
    attributes.sort();
    attributes.dedup();
    let target = model.entity(target);
    let values = |(attribute, part): (AttributeId, Option<usize>)| {
        let value = match_text(vec![attribute_part(target, attribute, part, Vec::new())]);
        let value = value.call(vec![column(&target.attributes[attribute.0].name)]).alias("value");
        let name = lit(lookup_source(target, attribute, part)).alias("name");
        unnest(records(target)?.project([column("record"), name, value])?, "value")?.build()
    };
    attributes.into_iter().map(values).collect()
}

/// The attributes through which any source looks the reference's target up.
fn lookups(model: &Model, entity: EntityId, reference: ReferenceId) -> Vec<(AttributeId, Option<usize>)> {
    let mappings = model.sources.iter().flat_map(|s| &s.mappings).filter(|m| m.entity == entity);
    let mut found: Vec<_> = mappings
        .flat_map(|m| &m.references)
        .filter_map(|(id, _, value)| match value {
            ReferenceValue::Lookup { attribute, part, .. } if *id == reference => Some((*attribute, *part)),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Each value of an attribute with the lowest and the highest id of the objects that have it.
fn by_value(target: &Entity, attribute: AttributeId, part: Option<usize>) -> Result<LogicalPlanBuilder> {
    let comparable = attribute_part(target, attribute, part, Vec::new());
    let values = column(&target.attributes[attribute.0].name);
    let valued = records(target)?.project([column("record"), match_text(vec![comparable]).call(vec![values]).alias("known_key")])?;
    let on = (vec![Column::new_unqualified("record")], vec![Column::new_unqualified("member_record")]);
    unnest(valued, "known_key")?
        .join(members_as(target, "member_")?.build()?, JoinType::Inner, on, None)?
        .aggregate(vec![column("known_key")], vec![min(column("member_id")).alias("lowest"), max(column("member_id")).alias("highest")])?
        .project([
            lit(lookup_source(target, attribute, part)).alias("known_source"),
            column("known_key"),
            column("lowest"),
            column("highest"),
        ])
}
