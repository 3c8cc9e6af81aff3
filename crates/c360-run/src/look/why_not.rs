//! What kept two objects (or records) apart, or could have: rule by rule the values on both sides, and the guards that refused.

use super::compared::{PairComparison, compared};
use super::decided::{Decided, between};
use super::joins::cluster_step;
use super::loaded::Loaded;
use super::records::{Records, label};
use super::shared::{Shared, shared};
use super::verdict::Sides;
use super::{Found, View};
use crate::error::Result;
use crate::step::arrays::numbers;
use c360_model::model::{EntityId, ExactRule};
use c360_plan::tables::TableName;
use datafusion::arrow::array::AsArray;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;

/// What `why-not` found.
#[derive(Debug, Clone)]
pub struct WhyNot {
    /// The two.
    pub ids: (i64, i64),
    /// What people decided about the two, or about records of both objects.
    pub decisions: Vec<Decided>,
    /// Rule by rule, the closest first.
    pub rules: Vec<Rule>,
    /// Lines of `reports.refused` that concern records of both: rule and reason.
    pub refused: Vec<(String, String)>,
}

/// What a rule makes of the two.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// It compares keys.
    Exact(Comparison),
    /// It compares pairs of records.
    Pairs(PairComparison),
}

/// How far two objects are from being joined by an exact rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The rule.
    pub rule: String,
    /// Its terms with the values of the first and of the second.
    pub terms: Vec<Sides>,
    /// Values that both have under the whole rule: with these they would be one, unless a guard refused it.
    pub shared: Vec<String>,
    /// Values that both have and that join nobody, with how many records of the commit have them: more than `at_most`.
    pub hubs: Vec<(String, u64)>,
    /// How many records may share a value.
    pub at_most: Option<u64>,
    /// How many terms have a value in common.
    pub equal_terms: usize,
}

impl Rule {
    /// How much of what the rule demands is met, from 0 to 1.
    #[must_use]
    pub fn closeness(&self) -> f64 {
        match self {
            Rule::Exact(comparison) if !comparison.shared.is_empty() => 1.0,
            // One demand more than there are terms: that the values are those of one record.
            Rule::Exact(comparison) => comparison.equal_terms as f64 / (comparison.terms.len() + 1) as f64,
            Rule::Pairs(comparison) => comparison.closeness(),
        }
    }
}

/// Compares two objects, or records.
///
/// # Errors
/// A table that cannot be read.
pub async fn why_not(view: &mut View<'_>, entity: EntityId, a: Found, b: Found) -> Result<WhyNot> {
    let step = cluster_step(view, entity).await?;
    let sides = [side(view, entity, a).await?, side(view, entity, b).await?];
    let mut both = sides.concat();
    both.sort_unstable();
    both.dedup();
    let records = Records::read(view, entity, &both).await?;
    let mut rules = Vec::new();
    for (slot, (declared, rule)) in records.entity.rules.iter().zip(&step.rules).enumerate() {
        let values = shared(view, &records.entity.name, slot, rule, &both).await?;
        rules.push(Rule::Exact(exact(declared, &values, &records, &sides)));
    }
    let pairs = Loaded::all(view, &step, &records).await?;
    rules.extend(pairs.iter().map(|rule| Rule::Pairs(compared(rule, &sides[0], &sides[1]))));
    rules.sort_by(|a, b| b.closeness().total_cmp(&a.closeness()));
    let refused = refusals(view, &records, &sides).await?;
    let decisions = decided(view, &records, (a.id, b.id), &sides).await?;
    Ok(WhyNot { ids: (a.id, b.id), decisions, rules, refused })
}

/// The records of one side, ascending: the one record that was asked for, or all of the object.
async fn side(view: &View<'_>, entity: EntityId, found: Found) -> Result<Vec<i64>> {
    if let Some(record) = found.record {
        return Ok(vec![record]);
    }
    let name = TableName::members(&view.model.entity(entity).name);
    let members = view.select(&name, ident("id").eq(lit(found.id))).await?;
    let mut side: Vec<i64> = members.iter().flat_map(|batch| numbers(batch, "record").values().to_vec()).collect();
    side.sort_unstable();
    Ok(side)
}

fn exact(declared: &ExactRule, values: &[Shared], records: &Records<'_>, sides: &[Vec<i64>; 2]) -> Comparison {
    let has = |shared: &Shared, side: &[i64]| side.iter().any(|record| shared.records.binary_search(record).is_ok());
    let both: Vec<&Shared> = values.iter().filter(|shared| has(shared, &sides[0]) && has(shared, &sides[1])).collect();
    let terms: Vec<Sides> = declared
        .terms
        .iter()
        .map(|term| Sides {
            term: label(records.entity, *term),
            first: records.all_values(&sides[0], *term),
            second: records.all_values(&sides[1], *term),
        })
        .collect();
    Comparison {
        rule: declared.name.clone(),
        equal_terms: terms.iter().filter(|term| term.first.iter().any(|value| term.second.contains(value))).count(),
        terms,
        shared: both.iter().filter(|shared| shared.holders.is_none()).map(|shared| shared.text.clone()).collect(),
        hubs: both.iter().filter_map(|shared| Some((shared.text.clone(), shared.holders?))).collect(),
        at_most: declared.at_most,
    }
}

/// Of one object only decisions about the two sides.
async fn decided(view: &View<'_>, records: &Records<'_>, ids: (i64, i64), sides: &[Vec<i64>; 2]) -> Result<Vec<Decided>> {
    let mut found = between(view, &records.entity.name, ids).await?;
    if ids.0 == ids.1 {
        let [left, right] = [0, 1].map(|side: usize| sides[side].iter().map(|record| records.name(*record)).collect::<Vec<_>>());
        let across = |[a, b]: &[String; 2]| left.contains(a) && right.contains(b) || left.contains(b) && right.contains(a);
        found.retain(|decided| across(&decided.records));
    }
    Ok(found)
}

async fn refusals(view: &View<'_>, records: &Records<'_>, sides: &[Vec<i64>; 2]) -> Result<Vec<(String, String)>> {
    let [left, right] = [0, 1].map(|side: usize| sides[side].iter().map(|record| records.name(*record)).collect::<Vec<_>>());
    let mine = ident("entity").eq(lit(records.entity.name.as_str())).and(ident("left_key").is_not_null());
    let mut found = Vec::new();
    for batch in view.select(&TableName::report("refused"), mine).await? {
        let text = |column: &str, row: usize| batch[column].as_string::<i32>().value(row).to_owned();
        for row in 0..batch.num_rows() {
            let a = format!("{}:{}", text("left_source", row), text("left_key", row));
            let b = format!("{}:{}", text("right_source", row), text("right_key", row));
            if (left.contains(&a) && right.contains(&b)) || (left.contains(&b) && right.contains(&a)) {
                found.push((text("rule", row), format!("{} ({a} and {b})", text("reason", row))));
            }
        }
    }
    Ok(found)
}
