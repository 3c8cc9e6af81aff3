//! Objects into golden records: one `pick` per attribute and reference.

use super::scan::{field, members_as, records, scan};
use super::terms::target_column;
use crate::expression::column;
use crate::functions::{Outcome, ValueOrder, pick, pick_candidates, source_names, value_length};
use crate::plan::Golden;
use crate::tables::{self, TableName};
use c360_model::model::{Entity, EntityId, Model, ReferenceId, SourceId, Strategy};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, plan_err};
use datafusion::functions::core::expr_fn::named_struct;
use datafusion::functions_aggregate::expr_fn::{bit_or, count};
use datafusion::logical_expr::{Expr, JoinType, LogicalPlan, LogicalPlanBuilder, cast, lit, when};

/// The most sources that may describe one entity.
const MAX_SOURCES: usize = 63;

pub(super) fn golden(model: &Model, id: EntityId) -> Result<Golden> {
    let entity = model.entity(id);
    let survivors = Survivors { model, entity };
    if survivors.sources().len() > MAX_SOURCES {
        return plan_err!("more than {MAX_SOURCES} sources describe `{}`: a set of sources is kept in 64 bits", entity.name);
    }
    let picks = survivors.picks()?;
    let aggregates = picks.iter().flat_map(|p| p.aggregates.iter().cloned());
    let all = aggregates.chain([count(column("record")).alias("records"), bit_or(column("_source_bit")).alias("_sources")]);
    let grouped = survivors.candidates()?.aggregate(vec![column("id")], all.collect::<Vec<_>>())?;
    let plan = grouped.project(survivors.columns(&picks)?)?.sort([column("id").sort(true, false)])?.build()?;
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

/// One golden value under construction: its name, and the aggregates that yield it, the first with a value counting.
struct Pick {
    name: String,
    aggregates: Vec<Expr>,
    outputs: Vec<String>,
}

struct Survivors<'a> {
    model: &'a Model,
    entity: &'a Entity,
}

impl Survivors<'_> {
    /// The entity's records with the `id` of their object, the targets of their references and what strategies order by.
    fn candidates(&self) -> Result<LogicalPlanBuilder> {
        let on = |left: &str, right: &str| (vec![Column::new_unqualified(left)], vec![Column::new_unqualified(right)]);
        let members = members_as(self.entity, "member_")?.project([column("member_record"), column("member_id").alias("id")])?;
        // The small rows first: they are the side of the join that is held in memory.
        let mut plan = members.join(records(self.entity)?.build()?, JoinType::Inner, on("member_record", "record"), None)?;
        for (index, reference) in self.entity.references.iter().enumerate() {
            let (record, target) = (format!("{}.record", reference.name), target_column(&reference.name));
            let resolved = scan(&TableName::resolved(self.entity, ReferenceId(index)), &tables::resolved())?
                .project([column("record").alias(&record), column("target").alias(&target)])?;
            plan = plan.join(resolved.build()?, JoinType::Left, on("record", &record), None)?;
        }
        let mut columns = ["id", "record", "source", "key"].map(column).to_vec();
        columns.extend(self.entity.attributes.iter().map(|a| column(&a.name)));
        columns.extend(self.entity.references.iter().map(|r| column(&target_column(&r.name))));
        columns
            .push(when(column("updated").is_null(), lit(i64::MIN)).otherwise(cast(column("updated"), DataType::Int64))?.alias("_newest"));
        columns
            .push(when(column("updated").is_null(), lit(i64::MIN)).otherwise(-cast(column("updated"), DataType::Int64))?.alias("_oldest"));
        for precedence in self.precedences() {
            columns.push(self.by_source(|source| Ok(lit(self.rank(&precedence, source))))?.alias(rank_name(self.model, &precedence)));
        }
        columns.push(self.by_source(|source| Ok(lit(1_i64 << self.position(source))))?.alias("_source_bit"));
        plan.project(columns)
    }

    fn picks(&self) -> Result<Vec<Pick>> {
        let attributes = self.entity.attributes.iter().map(|a| self.pick(&a.name, column(&a.name), a.many, &a.strategy));
        let references = self.entity.references.iter();
        attributes.chain(references.map(|r| self.pick(&r.name, column(&target_column(&r.name)), false, &r.strategy))).collect()
    }

    fn pick(&self, name: &str, value: Expr, many: bool, strategy: &Strategy) -> Result<Pick> {
        let strategies = match strategy {
            Strategy::FirstOf(strategies) => strategies.as_slice(),
            single => std::slice::from_ref(single),
        };
        let outputs: Vec<String> = (0..strategies.len()).map(|i| format!("{name}#{i}")).collect();
        let aggregates = strategies.iter().zip(&outputs).map(|(s, out)| Ok(self.aggregate(value.clone(), many, s)?.alias(out)));
        Ok(Pick { name: name.to_owned(), aggregates: aggregates.collect::<Result<_>>()?, outputs })
    }

    fn aggregate(&self, value: Expr, many: bool, strategy: &Strategy) -> Result<Expr> {
        let ranked = match strategy {
            Strategy::All => &flattened(&self.entity.default)[0],
            own => own,
        };
        let (order, value, orders) = self.ordered(value, many, ranked)?;
        let function = match (many, ranked) {
            (true, Strategy::MostFrequent) => pick_candidates(Outcome::AllByCount, order),
            (true, _) => pick_candidates(Outcome::All, order),
            (false, Strategy::MostFrequent) => pick_candidates(Outcome::MostFrequent, order),
            (false, _) => pick(order),
        };
        let arguments = [value, column("record"), column("key")].into_iter().chain(orders);
        Ok(function.call(arguments.collect()))
    }

    /// Whether the value takes part in the order, the candidates that count, and the orders of their records: the strategy's own, then the
    /// default precedence, then the latest update.
    fn ordered(&self, value: Expr, many: bool, strategy: &Strategy) -> Result<(ValueOrder, Expr, [Expr; 3])> {
        let default = || column(&rank_name(self.model, &self.entity.precedence));
        let newest = || column("_newest");
        let none = || lit(0_i64);
        let plain = ValueOrder::Ignored;
        let of_value = |order, value| (order, value, [default(), newest(), none()]);
        Ok(match strategy {
            Strategy::Precedence(sources) => (plain, value, [column(&rank_name(self.model, sources)), newest(), none()]),
            Strategy::Latest => (plain, value, [newest(), default(), none()]),
            Strategy::Earliest => (plain, value, [column("_oldest"), default(), none()]),
            Strategy::Only(source) => {
                let of_source = column("source").eq(lit(self.model.source(*source).name.as_str()));
                of_value(plain, when(of_source, value).end()?)
            }
            Strategy::Longest if many => of_value(ValueOrder::Longest, value),
            Strategy::Shortest if many => of_value(ValueOrder::Shortest, value),
            Strategy::Longest => (plain, value.clone(), [value_length().call(vec![value]), default(), newest()]),
            Strategy::Shortest => (plain, value.clone(), [-value_length().call(vec![value]), default(), newest()]),
            Strategy::Min => of_value(ValueOrder::Smallest, value),
            Strategy::Max => of_value(ValueOrder::Largest, value),
            Strategy::All | Strategy::MostFrequent => of_value(plain, value),
            Strategy::FirstOf(_) => unreachable!("the model does not nest `first of`"),
        })
    }

    /// The columns of `golden.<entity>`.
    fn columns(&self, picks: &[Pick]) -> Result<Vec<Expr>> {
        let mut columns = vec![column("id")];
        let mut lineage = Vec::new();
        for pick in picks {
            columns.push(first_of(&pick.outputs, "value")?.alias(&pick.name));
            lineage.extend([lit(pick.name.as_str()), first_of(&pick.outputs, "record")?]);
        }
        columns.push(column("records"));
        let names = self.sources().into_iter().map(|s| self.model.source(s).name.clone()).collect();
        columns.push(source_names(names).call(vec![column("_sources")]).alias("sources"));
        if !lineage.is_empty() {
            columns.push(named_struct(lineage).alias("lineage"));
        }
        Ok(columns)
    }

    /// The lists of sources by which some attribute or reference ranks its candidates, without repeats.
    fn precedences(&self) -> Vec<Vec<SourceId>> {
        let mut found = vec![self.entity.precedence.clone()];
        let strategies = self.entity.attributes.iter().map(|a| &a.strategy).chain(self.entity.references.iter().map(|r| &r.strategy));
        for strategy in strategies.chain([&self.entity.default]).flat_map(flattened) {
            if let Strategy::Precedence(sources) = strategy
                && !found.contains(sources)
            {
                found.push(sources.clone());
            }
        }
        found
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

    /// Larger is better: sources in the list by their place in it, then all others by the order of their declaration.
    fn rank(&self, precedence: &[SourceId], source: SourceId) -> i64 {
        let place = precedence.iter().position(|s| *s == source).unwrap_or(precedence.len() + self.position(source));
        -i64::try_from(place).expect("there are few sources")
    }

    /// A value that depends on the record's source only.
    fn by_source(&self, value: impl Fn(SourceId) -> Result<Expr>) -> Result<Expr> {
        let mut sources = self.sources().into_iter();
        let Some(first) = sources.next() else {
            return Ok(lit(0_i64));
        };
        let name = |s: SourceId| lit(self.model.source(s).name.as_str());
        let mut cases = datafusion::logical_expr::case(column("source")).when(name(first), value(first)?);
        for source in sources {
            cases = cases.when(name(source), value(source)?);
        }
        cases.otherwise(lit(0_i64))
    }
}

fn flattened(strategy: &Strategy) -> &[Strategy] {
    match strategy {
        Strategy::FirstOf(strategies) => strategies,
        single => std::slice::from_ref(single),
    }
}

fn rank_name(model: &Model, precedence: &[SourceId]) -> String {
    let names: Vec<&str> = precedence.iter().map(|s| model.source(*s).name.as_str()).collect();
    format!("_rank({})", names.join(" > "))
}

/// The field of the first pick that has a value.
fn first_of(outputs: &[String], name: &str) -> Result<Expr> {
    let (last, before) = outputs.split_last().expect("a pick has at least one strategy");
    let mut value = field(column(last), name);
    for output in before.iter().rev() {
        value = when(field(column(output), "value").is_not_null(), field(column(output), name)).otherwise(value)?;
    }
    Ok(value)
}
