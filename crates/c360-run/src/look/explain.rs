//! Why an object is as it is: its records, what joined them, and for each value the winner and the losers.

use super::decided::{Decided, of_object};
use super::edges::{Edges, edges, pairs};
use super::joins::{cluster_step, joins};
use super::loaded::Loaded;
use super::records::Records;
use super::weakest::{Weakest, weakest};
use super::{Found, Join, View, cell};
use crate::error::Result;
use c360_model::model::{EntityId, Model, Strategy};
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;

/// Everything that is known about an object.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// How it was found.
    pub found: Found,
    /// Its records by source and key.
    pub members: Vec<Member>,
    /// What joins them by keys, strongest first.
    pub joins: Vec<Join>,
    /// What people decided about its records, also of such with records of others.
    pub decisions: Vec<Decided>,
    /// Which pairs rules that compare pairs join.
    pub edges: Edges,
    /// What it would fall apart without.
    pub weakest: Weakest,
    /// Its values in the order of declaration.
    pub values: Vec<Value>,
}

/// A record of the object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its number.
    pub record: i64,
    /// `crm:4711`
    pub name: String,
    /// When it was updated.
    pub updated: Option<String>,
    /// `customers.csv:17`
    pub place: String,
}

/// A value of the object and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The attribute or reference.
    pub attribute: String,
    /// What survived.
    pub value: Option<String>,
    /// By which strategy.
    pub strategy: String,
    /// From which records: one, or one per value of a `many` attribute.
    pub records: Vec<String>,
    /// What did not.
    pub losers: Vec<Loser>,
}

/// A value that did not survive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loser {
    /// Whose.
    pub record: String,
    /// The value.
    pub value: String,
}

/// Explains an object.
///
/// # Errors
/// A table that cannot be read.
pub async fn explain(view: &mut View<'_>, entity: EntityId, found: Found) -> Result<Explanation> {
    let name = view.model.entity(entity).name.clone();
    let golden = view.select(&TableName::golden(&name), ident("id").eq(lit(found.id))).await?;
    let members = view.select(&TableName::members(&name), ident("id").eq(lit(found.id))).await?;
    let numbers: Vec<i64> = members.iter().flat_map(|b| b["record"].as_primitive::<Int64Type>().values().to_vec()).collect();
    let wanted = numbers.iter().map(|record| lit(*record)).collect();
    let records = view.select(&TableName::new("placed", &name), ident("record").in_list(wanted, false)).await?;
    let records = concat_batches(&records[0].schema(), &records)?;
    let golden = concat_batches(&golden[0].schema(), &golden)?;
    let mut listed = list_members(&records);
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    let values = values(view.model, entity, &golden, &records);
    let step = cluster_step(view, entity).await?;
    let decisions = of_object(view, &name, found.id).await?;
    let mut all = joined_by_people(&decisions, &listed);
    all.extend(joins(view, &step, &numbers).await?);
    let joins = all;
    let compared = Records::read(view, entity, &numbers).await?;
    let rules = Loaded::all(view, &step, &compared).await?;
    let pairs = pairs(&rules);
    let weakest = weakest(&step, &compared.by_name(), &joins, &rules, &pairs);
    Ok(Explanation { found, members: listed, joins, decisions, edges: edges(&rules, &pairs), weakest, values })
}

/// The pairs of the object's records that people said are one.
fn joined_by_people(decisions: &[Decided], members: &[Member]) -> Vec<Join> {
    let number = |name: &String| members.iter().find(|member| member.name == *name).map(|member| member.record);
    let join = |decided: &Decided| {
        let mut records = vec![number(&decided.records[0])?, number(&decided.records[1])?];
        records.sort_unstable();
        Some(Join { rule: decided.decision.clone(), value: None, named: None, records })
    };
    let mut joins: Vec<Join> = decisions.iter().filter(|own| own.decision == "always").filter_map(join).collect();
    joins.sort_by(|a, b| a.records.cmp(&b.records));
    joins.dedup();
    joins
}

/// `source:key` of the record in a row of `records.<entity>`.
pub(super) fn name_of(records: &RecordBatch, row: usize) -> String {
    format!("{}:{}", records["source"].as_string::<i32>().value(row), records["key"].as_string::<i32>().value(row))
}

fn list_members(records: &RecordBatch) -> Vec<Member> {
    let (file, line) = (records["file"].as_string::<i32>(), records["row"].as_primitive::<Int64Type>());
    let member = |row: usize| Member {
        record: records["record"].as_primitive::<Int64Type>().value(row),
        name: name_of(records, row),
        updated: cell::text(&records["updated"], row),
        place: format!("{}:{}", file.value(row), line.value(row)),
    };
    (0..records.num_rows()).map(member).collect()
}

fn values(model: &Model, entity: EntityId, golden: &RecordBatch, records: &RecordBatch) -> Vec<Value> {
    let entity = model.entity(entity);
    let attributes = entity.attributes.iter().map(|a| (&a.name, &a.strategy));
    let declared = attributes.chain(entity.references.iter().map(|r| (&r.name, &r.strategy)));
    let value = |(name, strategy): (&String, &Strategy)| {
        let winners = winners(golden, name);
        Value {
            attribute: name.clone(),
            value: cell::text(&golden[name.as_str()], 0),
            strategy: strategy_text(model, strategy),
            records: winners.iter().filter_map(|w| row_of(records, *w)).map(|row| name_of(records, row)).collect(),
            losers: losers(records, name, &winners),
        }
    };
    // A commit from before an attribute was declared does not have it.
    declared.filter(|(name, _)| golden.column_by_name(name).is_some()).map(value).collect()
}

/// The records that the value comes from.
fn winners(golden: &RecordBatch, name: &str) -> Vec<i64> {
    let Some(lineage) = golden.column_by_name("lineage").and_then(|l| l.as_struct().column_by_name(name).cloned()) else {
        return Vec::new();
    };
    match lineage.as_list_opt::<i32>() {
        Some(list) if list.is_valid(0) => list.value(0).as_primitive::<Int64Type>().values().to_vec(),
        Some(_) => Vec::new(),
        None => lineage.as_primitive::<Int64Type>().iter().flatten().collect(),
    }
}

fn row_of(records: &RecordBatch, record: i64) -> Option<usize> {
    records["record"].as_primitive::<Int64Type>().values().iter().position(|number| *number == record)
}

fn losers(records: &RecordBatch, name: &str, winners: &[i64]) -> Vec<Loser> {
    let numbers = records["record"].as_primitive::<Int64Type>();
    let others = (0..records.num_rows()).filter(|&row| !winners.contains(&numbers.value(row)));
    let mut losers: Vec<Loser> = others
        .filter_map(|row| cell::text(records.column_by_name(name)?, row).map(|value| Loser { record: name_of(records, row), value }))
        .collect();
    losers.sort_by(|a, b| a.record.cmp(&b.record));
    losers
}

fn strategy_text(model: &Model, strategy: &Strategy) -> String {
    match strategy {
        Strategy::Precedence(sources) => {
            let names: Vec<_> = sources.iter().map(|s| model.source(*s).name.as_str()).collect();
            format!("precedence {}", names.join(" > "))
        }
        Strategy::Latest => "latest".into(),
        Strategy::Earliest => "earliest".into(),
        Strategy::Only(source) => format!("only {}", model.source(*source).name),
        Strategy::MostFrequent => "most frequent".into(),
        Strategy::Longest => "longest".into(),
        Strategy::Shortest => "shortest".into(),
        Strategy::Min => "min".into(),
        Strategy::Max => "max".into(),
        Strategy::All => "all".into(),
        Strategy::FirstOf(strategies) => {
            let texts: Vec<_> = strategies.iter().map(|s| strategy_text(model, s)).collect();
            format!("first of ({})", texts.join(", "))
        }
    }
}
