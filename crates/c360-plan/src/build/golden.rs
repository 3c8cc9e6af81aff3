//! Objects into golden records: which value survives, by the strategy of each attribute and reference.

use super::scan::{field, members_as, records, scan};
use super::terms::target_column;
use crate::expression::column;
use crate::plan::Golden;
use crate::survivors::{Choice, Criterion, First, PROVENANCE, Ranking, Survivor, Survivors};
use crate::tables::{self, TableName};
use c360_model::model::{Entity, EntityId, Model, ReferenceId, SourceId, Strategy};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::{Expr, JoinType, LogicalPlan, LogicalPlanBuilder};

pub(super) fn golden(model: &Model, id: EntityId) -> Result<Golden> {
    let entity = model.entity(id);
    let rules = Rules { model, entity };
    let names = rules.sources().into_iter().map(|source| model.source(source).name.clone()).collect();
    let survivors = Survivors::plan(candidates(entity)?, rules.survivors(), names, tables::golden(entity))?;
    let plan = LogicalPlanBuilder::from(survivors).sort([column("id").sort(true, false)])?.build()?;
    let links = (0..entity.references.len()).map(ReferenceId).map(|r| Ok((r, links(entity, r)?))).collect::<Result<_>>()?;
    Ok(Golden { entity: id, plan, links })
}

fn links(entity: &Entity, reference: ReferenceId) -> Result<LogicalPlan> {
    let name = &entity.references[reference.0].name;
    scan(&TableName::golden(&entity.name), &tables::golden(entity))?
        .filter(column(name).is_not_null())?
        .project([column("id"), column(name).alias("target"), field(column("lineage"), name).alias("record")])?
        .sort([column("id").sort(true, false)])?
        .build()
}

/// The entity's records with the `id` of their object and the targets of their references.
fn candidates(entity: &Entity) -> Result<LogicalPlan> {
    let on = |left: &str, right: &str| (vec![Column::new_unqualified(left)], vec![Column::new_unqualified(right)]);
    let members = members_as(entity, "_member_")?.project([column("_member_record"), column("_member_id").alias("id")])?;
    // The small rows first: they are the side of the join that is held in memory.
    let mut plan = members.join(records(entity)?.build()?, JoinType::Inner, on("_member_record", "record"), None)?;
    for (index, reference) in entity.references.iter().enumerate() {
        let (record, target) = (format!("{}.record", reference.name), target_column(&reference.name));
        let resolved = scan(&TableName::resolved(entity, ReferenceId(index)), &tables::resolved())?
            .project([column("record").alias(&record), column("target").alias(&target)])?;
        plan = plan.join(resolved.build()?, JoinType::Left, on("record", &record), None)?;
    }
    let values = entity.attributes.iter().map(|a| column(&a.name));
    let targets = entity.references.iter().map(|r| column(&target_column(&r.name)));
    plan.project(PROVENANCE.map(column).into_iter().chain(values).chain(targets).collect::<Vec<Expr>>())?.build()
}

struct Rules<'a> {
    model: &'a Model,
    entity: &'a Entity,
}

impl Rules<'_> {
    fn survivors(&self) -> Vec<Survivor> {
        let attributes = self.entity.attributes.iter().map(|a| self.survivor(&a.name, a.name.clone(), a.many, &a.strategy));
        let references = self.entity.references.iter();
        attributes.chain(references.map(|r| self.survivor(&r.name, target_column(&r.name), false, &r.strategy))).collect()
    }

    fn survivor(&self, name: &str, value: String, many: bool, strategy: &Strategy) -> Survivor {
        let choices = flattened(strategy).iter().map(|strategy| self.choice(strategy)).collect();
        Survivor { name: name.to_owned(), value, many, choices }
    }

    /// The strategy's own criterion, then the default precedence, then the latest update.
    fn choice(&self, strategy: &Strategy) -> Choice {
        let default = || Criterion::Source(self.places(&self.entity.precedence));
        let of_value = |first| Choice { only: None, first, ranking: Ranking(vec![default(), Criterion::Newest]) };
        let of_record = |criteria| Choice { only: None, first: First::Nothing, ranking: Ranking(criteria) };
        match strategy {
            Strategy::Precedence(sources) => of_record(vec![Criterion::Source(self.places(sources)), Criterion::Newest]),
            Strategy::Latest => of_record(vec![Criterion::Newest, default()]),
            Strategy::Earliest => of_record(vec![Criterion::Oldest, default()]),
            Strategy::Only(source) => Choice { only: Some(self.position(*source)), ..of_value(First::Nothing) },
            Strategy::Longest => of_value(First::Longest),
            Strategy::Shortest => of_value(First::Shortest),
            Strategy::Min => of_value(First::Smallest),
            Strategy::Max => of_value(First::Largest),
            Strategy::MostFrequent => of_value(First::Frequent),
            Strategy::All => match &flattened(&self.entity.default)[0] {
                Strategy::All => of_value(First::Nothing),
                ranked => self.choice(ranked),
            },
            Strategy::FirstOf(_) => unreachable!("the model does not nest `first of`"),
        }
    }

    /// The sources that describe the entity, in the order of their declaration.
    fn sources(&self) -> Vec<SourceId> {
        let describes =
            |s: &SourceId| self.model.source(*s).mappings.iter().any(|m| std::ptr::eq(self.model.entity(m.entity), self.entity));
        (0..self.model.sources.len()).map(SourceId).filter(describes).collect()
    }

    fn position(&self, source: SourceId) -> usize {
        self.sources().iter().position(|s| *s == source).expect("only sources of the entity are asked for")
    }

    /// Of each source its place in the list; all that are not in it come behind, in the order of their declaration.
    fn places(&self, precedence: &[SourceId]) -> Vec<usize> {
        let place = |(position, source): (usize, SourceId)| {
            precedence.iter().position(|listed| *listed == source).unwrap_or(precedence.len() + position)
        };
        self.sources().into_iter().enumerate().map(place).collect()
    }
}

fn flattened(strategy: &Strategy) -> &[Strategy] {
    match strategy {
        Strategy::FirstOf(strategies) => strategies,
        single => std::slice::from_ref(single),
    }
}
