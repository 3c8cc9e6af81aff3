//! Which rule on which value joins a few records: the rules' own plans, over these records only.

use super::View;
use crate::error::Result;
use c360_model::model::{EntityId, Model};
use c360_plan::{Cluster, Plan, SourceSchemas, Step};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::datasource::MemTable;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Records that a rule joins, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The rule, or `is`.
    pub rule: String,
    /// The value that they share; for `is` nothing.
    pub value: Option<String>,
    /// Numbers of the records, ascending; at least two.
    pub records: Vec<i64>,
}

/// The joins among `records`, strongest rule first.
pub(super) async fn joins(view: &mut View<'_>, entity: EntityId, records: &[i64]) -> Result<Vec<Join>> {
    let step = cluster_step(view, entity).await?;
    let mut found = Vec::new();
    if let Some(plan) = &step.cross_references {
        found.extend(by_is(view, plan, records).await?);
    }
    for rule in &step.rules {
        for (value, sharing) in shared(view, &rule.texts, records).await? {
            if sharing.len() > 1 {
                found.push(Join { rule: rule.name.clone(), value: Some(value), records: sharing });
            }
        }
    }
    Ok(found)
}

/// The values of each record under a rule: value → records.
pub(super) async fn shared(view: &View<'_>, texts: &LogicalPlan, records: &[i64]) -> Result<BTreeMap<String, Vec<i64>>> {
    let mut by_value: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for batch in view.rows(&of_records(texts, records)?).await? {
        let record = batch["record"].as_primitive::<Int64Type>();
        let text = batch["text"].as_string::<i32>();
        for row in (0..batch.num_rows()).filter(|&row| text.is_valid(row)) {
            by_value.entry(text.value(row).to_owned()).or_default().push(record.value(row));
        }
    }
    for sharing in by_value.values_mut() {
        sharing.sort_unstable();
        sharing.dedup();
    }
    Ok(by_value)
}

async fn by_is(view: &View<'_>, plan: &LogicalPlan, records: &[i64]) -> Result<Vec<Join>> {
    let mut named: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for batch in view.rows(&of_records(plan, records)?).await? {
        let (record, other) = (batch["record"].as_primitive::<Int64Type>(), batch["other"].as_primitive::<Int64Type>());
        for row in 0..batch.num_rows() {
            named.entry(other.value(row)).or_default().push(record.value(row));
        }
    }
    let join = |(other, mut naming): (i64, Vec<i64>)| {
        naming.push(other);
        naming.sort_unstable();
        naming.dedup();
        Join { rule: "is".into(), value: None, records: naming }
    };
    Ok(named.into_iter().map(join).collect())
}

fn of_records(plan: &LogicalPlan, records: &[i64]) -> Result<LogicalPlan> {
    let wanted = records.iter().map(|record| lit(*record)).collect();
    Ok(LogicalPlanBuilder::from(plan.clone()).filter(ident("record").in_list(wanted, false))?.build()?)
}

/// The plans of the entity's rules, with what their references need made known.
pub(super) async fn cluster_step(view: &mut View<'_>, entity: EntityId) -> Result<Cluster> {
    let plan = plan_of(view.model)?;
    for step in &plan.steps {
        if let Step::Resolve(resolve) = step
            && resolve.entity == entity
        {
            let name = c360_plan::tables::TableName::resolved(view.model.entity(entity), resolve.reference);
            let schema = Arc::new(resolve.targets.schema().as_arrow().clone());
            let rows = view.rows(&resolve.targets).await?;
            view.tables.insert(name, Arc::new(MemTable::try_new(schema, vec![rows])?));
        }
    }
    let step = plan.steps.into_iter().find_map(|step| match step {
        Step::Cluster(cluster) if cluster.entity == entity => Some(cluster),
        _ => None,
    });
    Ok(step.expect("every entity has a step that clusters it"))
}

/// The plan without sources: rules and references read tables of the state only.
fn plan_of(model: &Model) -> Result<Plan> {
    Ok(c360_plan::plan(model, &SourceSchemas::new())?)
}
