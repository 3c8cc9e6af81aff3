//! Records into objects: the keys of rules, the values of guards, cross-references.

use super::reference::lookup_values;
use super::scan::{field, records, scan, unnest};
use super::terms::{comparable, target_column, term_column};
use crate::expression::column;
use crate::functions::{match_key, match_text};
use crate::plan::{Cluster, Guard, Rule};
use crate::tables::{self, TableName};
use c360_model::model::{Entity, EntityId, ExactRule, Model, Term};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::{JoinType, LogicalPlan, LogicalPlanBuilder};

pub(super) fn cluster(model: &Model, id: EntityId) -> Result<Cluster> {
    let entity = model.entity(id);
    let crossed = model.sources.iter().flat_map(|s| &s.mappings).any(|m| m.entity == id && !m.is.is_empty());
    let same_source = entity.never_same_source.iter().map(|(source, _)| {
        let name = model.source(*source).name.clone();
        (name.clone(), format!("never same_source({name})"))
    });
    Ok(Cluster {
        entity: id,
        names: records(entity)?.project(["record", "source", "key"].map(column))?.build()?,
        cross_references: crossed.then(|| cross_references(entity)).transpose()?,
        rules: entity.rules.iter().map(|r| rule(entity, r)).collect::<Result<_>>()?,
        guards: entity.never_differ.iter().map(|g| guard(entity, &g.name, g.term)).collect::<Result<_>>()?,
        same_source: same_source.collect(),
        named: crossed.then(|| named_by_is(entity)?.build()).transpose()?,
        lookups: lookup_values(model, id)?,
    })
}

fn rule(entity: &Entity, rule: &ExactRule) -> Result<Rule> {
    let with_texts = with_targets(entity, &rule.terms)?.project([column("record"), key(entity, &rule.terms), text(entity, &rule.terms)])?;
    let columns = ["key", "text"].map(Column::new_unqualified).to_vec();
    let options = datafusion::common::UnnestOptions::new().with_preserve_nulls(false);
    Ok(Rule {
        name: rule.name.clone(),
        at_most: rule.at_most,
        keys: keys(entity, &rule.terms)?,
        texts: with_texts.unnest_columns_with_options(columns, options)?.build()?,
    })
}

fn guard(entity: &Entity, name: &str, term: Term) -> Result<Guard> {
    Ok(Guard { name: name.to_owned(), values: keys(entity, &[term])? })
}

/// `record`, `key`.
fn keys(entity: &Entity, terms: &[Term]) -> Result<LogicalPlan> {
    unnest(with_targets(entity, terms)?.project([column("record"), key(entity, terms)])?, "key")?.build()
}

fn key(entity: &Entity, terms: &[Term]) -> datafusion::logical_expr::Expr {
    match_key(terms.iter().map(|t| comparable(entity, *t)).collect())
        .call(terms.iter().map(|t| term_column(entity, *t)).collect())
        .alias("key")
}

fn text(entity: &Entity, terms: &[Term]) -> datafusion::logical_expr::Expr {
    match_text(terms.iter().map(|t| comparable(entity, *t)).collect())
        .call(terms.iter().map(|t| term_column(entity, *t)).collect())
        .alias("text")
}

/// The entity's records, joined with the objects that the references among `terms` lead to.
fn with_targets(entity: &Entity, terms: &[Term]) -> Result<LogicalPlanBuilder> {
    let mut plan = records(entity)?;
    for term in terms {
        if let Term::Reference(reference) = term {
            let name = &entity.references[reference.0].name;
            let resolved = scan(&TableName::resolved(entity, *reference), &tables::resolved())?
                .project([column("record").alias("_record"), column("target").alias(target_column(name))])?
                .build()?;
            let on = (vec![Column::new_unqualified("record")], vec![Column::new_unqualified("_record")]);
            let kept = plan.schema().columns().into_iter().map(|c| column(&c.name)).chain([column(&target_column(name))]);
            let kept: Vec<_> = kept.collect();
            plan = plan.join(resolved, JoinType::Inner, on, None)?.project(kept)?;
        }
    }
    Ok(plan)
}

/// What `is` says, with the record that it names: `record`, `other`.
fn cross_references(entity: &Entity) -> Result<LogicalPlan> {
    let named = named_by_is(entity)?;
    let known = scan(&TableName::records(&entity.name), &tables::records(entity))?
        .project([column("record").alias("other"), column("source").alias("other_source"), column("key").alias("other_key")])?
        .build()?;
    let on = (
        ["target_source", "target_key"].map(Column::new_unqualified).to_vec(),
        ["other_source", "other_key"].map(Column::new_unqualified).to_vec(),
    );
    named.join(known, JoinType::Inner, on, None)?.project([column("record"), column("other")])?.build()
}

fn named_by_is(entity: &Entity) -> Result<LogicalPlanBuilder> {
    let listed = records(entity)?.project(["record", "_is"].map(column))?;
    unnest(listed, "_is")?
        .project([
            column("record"),
            field(column("_is"), "source").alias("target_source"),
            field(column("_is"), "key").alias("target_key"),
        ])?
        .filter(column("target_key").is_not_null())
}
