//! The groups of records that each rule of an entity joins, over all records of a commit.

use crate::error::Result;
use crate::look::View;
use crate::look::joins::cluster_step;
use c360_match::cluster::KeyGroups;
use c360_model::model::EntityId;
use c360_plan::{Step, fingerprint};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::logical_expr::LogicalPlan;

/// Name and groups of each rule, strongest first, `is` before all. `place` finds a record's place by its number. `None` where the commit was made
/// by other rules than the pipeline has now.
pub(super) async fn rule_groups(
    view: &mut View<'_>,
    entity: EntityId,
    place: impl Fn(i64) -> Option<u32>,
) -> Result<Option<Vec<(String, KeyGroups)>>> {
    let step = cluster_step(view, entity).await?;
    let as_step = Step::Cluster(step.clone());
    if view.commit.steps.get(&as_step.title(view.model)) != Some(&fingerprint(&as_step, view.model)) {
        return Ok(None);
    }
    let mut groups = Vec::new();
    if let Some(plan) = &step.cross_references {
        groups.push(("is".to_owned(), named(view, plan, &place).await?));
    }
    for rule in &step.rules {
        groups.push((rule.name.clone(), sharing(view, &rule.keys, rule.at_most, &place).await?));
    }
    Ok(Some(groups))
}

/// Records that `is` joins: each pair is a group.
async fn named(view: &View<'_>, plan: &LogicalPlan, place: impl Fn(i64) -> Option<u32>) -> Result<KeyGroups> {
    let mut pairs = Vec::new();
    for batch in view.rows(plan).await? {
        let (record, other) = (batch["record"].as_primitive::<Int64Type>(), batch["other"].as_primitive::<Int64Type>());
        for row in 0..batch.num_rows() {
            let group = pairs.len() as u128;
            pairs.extend([record, other].iter().filter_map(|side| Some((group, place(side.value(row))?))));
        }
    }
    Ok(KeyGroups::from_pairs(pairs, None).0)
}

async fn sharing(view: &View<'_>, plan: &LogicalPlan, at_most: Option<u64>, place: impl Fn(i64) -> Option<u32>) -> Result<KeyGroups> {
    let mut pairs = Vec::new();
    for batch in view.rows(plan).await? {
        let keys = batch["key"].as_fixed_size_binary();
        for (row, record) in batch["record"].as_primitive::<Int64Type>().values().iter().enumerate() {
            let key: [u8; 16] = keys.value(row).try_into().expect("keys have 16 bytes");
            pairs.extend(place(*record).map(|place| (u128::from_le_bytes(key), place)));
        }
    }
    Ok(KeyGroups::from_pairs(pairs, at_most).0)
}
