//! Records into objects: the keys of rules, the values of guards, cross-references.

use super::reference::lookup_values;
use super::scan::{field, records, scan, unnest};
use super::terms::{formed, target_column, term_column};
use crate::expression::column;
use crate::functions::{Comparable, match_forms, match_key, match_text};
use crate::plan::{Cluster, Guard, PairRule, Rule, pair_column};
use crate::tables::{self, TableName};
use c360_match::pairs::Form;
use c360_model::model::{self, Entity, EntityId, Formed, Model, Term};
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
        decided: !model.overrides.is_empty(),
        names: records(entity)?.project(["record", "source", "key"].map(column))?.build()?,
        cross_references: crossed.then(|| cross_references(entity)).transpose()?,
        rules: entity.rules.iter().map(|r| rule(entity, &r.name, r.at_most, &whole(&r.terms))).collect::<Result<_>>()?,
        pair_rules: entity.pair_rules.iter().map(|r| pair_rule(entity, r)).collect::<Result<_>>()?,
        guards: entity.never_differ.iter().map(|g| guard(entity, &g.name, g.term)).collect::<Result<_>>()?,
        same_source: same_source.collect(),
        never_larger: entity.never_larger,
        never_looser: entity.never_looser,
        named: crossed.then(|| named_by_is(entity)?.build()).transpose()?,
        lookups: lookup_values(model, id)?,
    })
}

/// The plans that a model is trained from: blocks and values, as those of the rule that it will make.
///
/// # Errors
/// DataFusion refuses a plan: a bug here.
pub fn training(model: &Model, id: EntityId, training: &model::Training) -> Result<PairRule> {
    let rule = model::PairRule {
        span: training.span,
        name: format!("model {}", training.file),
        after: 0,
        blocks: training.blocks.clone(),
        at_most: training.at_most,
        columns: training.columns.clone(),
        decision: model::Decision::Conditions(Vec::new()),
    };
    pair_rule(model.entity(id), &rule)
}

/// Terms as they are.
fn whole(terms: &[Term]) -> Vec<Formed> {
    terms.iter().map(|term| Formed { term: *term, form: Form::Whole }).collect()
}

fn rule(entity: &Entity, name: &str, at_most: Option<u64>, terms: &[Formed]) -> Result<Rule> {
    let text = match_text(comparables(entity, terms)).call(columns(entity, terms)).alias("text");
    let with_texts = with_targets(entity, terms)?.project([column("record"), key(entity, terms), text])?;
    let columns = ["key", "text"].map(Column::new_unqualified).to_vec();
    let options = datafusion::common::UnnestOptions::new().with_preserve_nulls(false);
    Ok(Rule {
        name: name.to_owned(),
        at_most,
        keys: keys(entity, terms)?,
        texts: with_texts.unnest_columns_with_options(columns, options)?.build()?,
    })
}

fn pair_rule(entity: &Entity, rule: &model::PairRule) -> Result<PairRule> {
    let block =
        |block: &model::Block| self::rule(entity, &format!("{}: block {}", rule.name, block.name), Some(rule.at_most), &block.terms);
    let forms = rule.columns.iter().enumerate().map(|(number, formed)| {
        match_forms(self::formed(entity, *formed)).call(vec![term_column(entity, formed.term)]).alias(pair_column(number))
    });
    let columns: Vec<_> = std::iter::once(column("record")).chain(forms).collect();
    Ok(PairRule {
        name: rule.name.clone(),
        after: rule.after,
        blocks: rule.blocks.iter().map(block).collect::<Result<_>>()?,
        values: with_targets(entity, &rule.columns)?.project(columns)?.build()?,
        columns: rule.columns.len(),
        decision: rule.decision.clone(),
    })
}

fn guard(entity: &Entity, name: &str, term: Term) -> Result<Guard> {
    Ok(Guard { name: name.to_owned(), values: keys(entity, &whole(&[term]))? })
}

/// `record`, `key`.
fn keys(entity: &Entity, terms: &[Formed]) -> Result<LogicalPlan> {
    unnest(with_targets(entity, terms)?.project([column("record"), key(entity, terms)])?, "key")?.build()
}

fn key(entity: &Entity, terms: &[Formed]) -> datafusion::logical_expr::Expr {
    match_key(comparables(entity, terms)).call(columns(entity, terms)).alias("key")
}

fn comparables(entity: &Entity, terms: &[Formed]) -> Vec<Comparable> {
    terms.iter().map(|term| formed(entity, *term)).collect()
}

fn columns(entity: &Entity, terms: &[Formed]) -> Vec<datafusion::logical_expr::Expr> {
    terms.iter().map(|formed| term_column(entity, formed.term)).collect()
}

/// The entity's records, joined with the objects that the references among `terms` lead to.
fn with_targets(entity: &Entity, terms: &[Formed]) -> Result<LogicalPlanBuilder> {
    let mut plan = records(entity)?;
    let mut joined = Vec::new();
    for formed in terms {
        if let Term::Reference(reference) = formed.term
            && !joined.contains(&reference)
        {
            joined.push(reference);
            let name = &entity.references[reference.0].name;
            let resolved = scan(&TableName::resolved(entity, reference), &tables::resolved())?
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
