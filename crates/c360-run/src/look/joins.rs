//! Which exact rule on which value joins a few records, and which `is`: the rules' own plans, over these records only.

use super::View;
use super::shared::{of_records, shared};
use crate::error::Result;
use crate::step::arrays::numbers;
use c360_model::model::{EntityId, Model};
use c360_plan::{Cluster, Plan, SourceSchemas, Step};
use datafusion::datasource::MemTable;
use datafusion::logical_expr::LogicalPlan;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Records that a rule joins, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The rule, or `is`, or `always` where people said so.
    pub rule: String,
    /// The value that they share; for `is` and `always` nothing.
    pub value: Option<String>,
    /// For `is`: the record that the others name.
    pub named: Option<i64>,
    /// Numbers of the records, ascending; at least two.
    pub records: Vec<i64>,
}

/// The joins among `records`, strongest rule first. Values that too many records of the commit share join none.
pub(super) async fn joins(view: &View<'_>, step: &Cluster, records: &[i64]) -> Result<Vec<Join>> {
    let mut found = Vec::new();
    if let Some(plan) = &step.cross_references {
        found.extend(by_is(view, plan, records).await?);
    }
    let entity = &view.model.entity(step.entity).name;
    for (slot, rule) in step.rules.iter().enumerate() {
        let values = shared(view, entity, slot, rule, records).await?;
        let joining = values.into_iter().filter(|shared| shared.records.len() > 1 && shared.holders.is_none());
        found.extend(joining.map(|shared| Join {
            rule: rule.name.clone(),
            value: Some(shared.text),
            named: None,
            records: shared.records,
        }));
    }
    Ok(found)
}

async fn by_is(view: &View<'_>, plan: &LogicalPlan, records: &[i64]) -> Result<Vec<Join>> {
    let mut named: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for batch in view.rows(&of_records(plan, records)?).await? {
        let (record, other) = (numbers(&batch, "record"), numbers(&batch, "other"));
        for row in 0..batch.num_rows() {
            named.entry(other.value(row)).or_default().push(record.value(row));
        }
    }
    let join = |(other, mut naming): (i64, Vec<i64>)| {
        naming.push(other);
        naming.sort_unstable();
        naming.dedup();
        Join { rule: "is".into(), value: None, named: Some(other), records: naming }
    };
    Ok(named.into_iter().map(join).filter(|join| join.records.len() > 1).collect())
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
    Ok(plan.cluster(entity).clone())
}

/// The plan without sources: rules and references read tables of the state only.
fn plan_of(model: &Model) -> Result<Plan> {
    Ok(c360_plan::plan(model, &SourceSchemas::new())?)
}
