//! What kept two objects (or records) apart: rule by rule the values on both sides, and the guards that refused.

use super::joins::{cluster_step, shared};
use super::{Found, View, cell};
use crate::error::Result;
use c360_model::model::{EntityId, Term};
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;

/// What `why-not` found.
#[derive(Debug, Clone)]
pub struct WhyNot {
    /// The two.
    pub ids: (i64, i64),
    /// Rule by rule, the closest first.
    pub rules: Vec<Comparison>,
    /// Lines of `reports.refused` that concern records of both: rule and reason.
    pub refused: Vec<(String, String)>,
}

/// How far two objects are from being joined by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The rule.
    pub rule: String,
    /// Its terms with the values of the first and of the second.
    pub terms: Vec<(String, Vec<String>, Vec<String>)>,
    /// Values that both have under the whole rule: with these they would be one, unless a guard refused it.
    pub shared: Vec<String>,
    /// How many terms have a value in common.
    pub equal_terms: usize,
}

/// Compares two objects.
///
/// # Errors
/// A table that cannot be read.
pub async fn why_not(view: &mut View<'_>, entity: EntityId, a: Found, b: Found) -> Result<WhyNot> {
    let sides = [side(view, entity, a).await?, side(view, entity, b).await?];
    let step = cluster_step(view, entity).await?;
    let declared = &view.model.entity(entity).rules;
    let mut rules = Vec::new();
    for (rule, plan) in declared.iter().zip(&step.rules) {
        let left = shared(view, &plan.texts, &numbers(&sides[0])).await?;
        let right = shared(view, &plan.texts, &numbers(&sides[1])).await?;
        let terms: Vec<_> = rule.terms.iter().map(|term| compare_term(view, entity, *term, &sides)).collect();
        let equal_terms = terms.iter().filter(|(_, left, right)| left.iter().any(|value| right.contains(value))).count();
        let both = left.into_keys().filter(|value| right.contains_key(value)).collect();
        rules.push(Comparison { rule: rule.name.clone(), terms, shared: both, equal_terms });
    }
    rules.sort_by_key(|rule| (rule.shared.is_empty(), rule.terms.len() - rule.equal_terms));
    let refused = refusals(view, entity, &sides).await?;
    Ok(WhyNot { ids: (a.id, b.id), rules, refused })
}

/// The records of one side: the one record that was asked for, or all of the object.
async fn side(view: &View<'_>, entity: EntityId, found: Found) -> Result<Vec<RecordBatch>> {
    let name = &view.model.entity(entity).name;
    let condition = match found.record {
        Some(record) => ident("record").eq(lit(record)),
        None => {
            let members = view.select(&TableName::members(name), ident("id").eq(lit(found.id))).await?;
            ident("record").in_list(numbers(&members).into_iter().map(lit).collect(), false)
        }
    };
    view.select(&TableName::records(name), condition).await
}

fn numbers(batches: &[RecordBatch]) -> Vec<i64> {
    batches.iter().flat_map(|b| b["record"].as_primitive::<Int64Type>().values().to_vec()).collect()
}

fn compare_term(view: &View<'_>, entity: EntityId, term: Term, sides: &[Vec<RecordBatch>; 2]) -> (String, Vec<String>, Vec<String>) {
    let entity = view.model.entity(entity);
    let (column, part) = match term {
        Term::Attribute { attribute, part } => (&entity.attributes[attribute.0].name, part),
        Term::Reference(reference) => (&entity.references[reference.0].name, None),
    };
    let label = match (term, part) {
        (Term::Attribute { attribute, .. }, Some(part)) => match &entity.attributes[attribute.0].format {
            c360_match::format::Format::Parts(format) => format!("{column}.{}", format.parts()[part]),
            _ => column.clone(),
        },
        _ => column.clone(),
    };
    let values = |batches: &Vec<RecordBatch>| {
        let mut values: Vec<String> = batches.iter().flat_map(|batch| texts(batch, column, part)).collect();
        values.sort();
        values.dedup();
        values
    };
    (label, values(&sides[0]), values(&sides[1]))
}

fn texts(batch: &RecordBatch, column: &str, part: Option<usize>) -> Vec<String> {
    // A commit from before an attribute was declared does not have it.
    let Some(array) = batch.column_by_name(column) else { return Vec::new() };
    let array = match part {
        Some(part) => array.as_struct().column(part).clone(),
        None => array.clone(),
    };
    match array.as_list_opt::<i32>() {
        Some(lists) => (0..lists.values().len()).filter_map(|item| cell::text(lists.values(), item)).collect(),
        None => (0..array.len()).filter_map(|row| cell::text(&array, row)).collect(),
    }
}

async fn refusals(view: &View<'_>, entity: EntityId, sides: &[Vec<RecordBatch>; 2]) -> Result<Vec<(String, String)>> {
    let names = |side: &Vec<RecordBatch>| -> Vec<String> {
        side.iter().flat_map(|batch| (0..batch.num_rows()).map(|row| super::explain::name_of(batch, row)).collect::<Vec<_>>()).collect()
    };
    let (left, right) = (names(&sides[0]), names(&sides[1]));
    let mine = ident("entity").eq(lit(view.model.entity(entity).name.as_str())).and(ident("left_key").is_not_null());
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
