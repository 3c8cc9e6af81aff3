//! The groups of records that each rule of an entity joins, over all records of a commit, and what the thresholds of models let through.

use super::members::Members;
use super::scored::{Known, Scored, scored};
use crate::error::Result;
use crate::look::View;
use crate::look::joins::cluster_step;
use c360_match::cluster::KeyGroups;
use c360_match::evaluate::Thresholds;
use c360_match::pairs::{Decision, Weighed};
use c360_model::model::EntityId;
use c360_plan::{Ranked, Step, fingerprint};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::logical_expr::LogicalPlan;

/// A rule and what it joins.
pub(super) struct RuleGroups {
    pub(super) name: String,
    pub(super) groups: KeyGroups,
    /// For a model: its thresholds, and what each would let through.
    pub(super) scored: Option<(Weighed, Thresholds)>,
}

/// All rules, strongest first, `is` before all. `None` where the commit was made by other rules than the pipeline has now.
pub(super) async fn rule_groups(
    view: &mut View<'_>,
    entity: EntityId,
    members: &Members,
    known: &Known,
) -> Result<Option<Vec<RuleGroups>>> {
    let step = cluster_step(view, entity).await?;
    let as_step = Step::Cluster(step.clone());
    if view.commit.steps.get(&as_step.title(view.model)) != Some(&fingerprint(&as_step, view.model)) {
        return Ok(None);
    }
    let place = |record| members.place_of(record);
    let mut found = Vec::new();
    for (ranked, name) in step.ranking().into_iter().zip(step.rule_names()) {
        let (groups, scored) = match ranked {
            // What people decided is no rule whose figures could be better.
            Ranked::Always => continue,
            Ranked::CrossReference => match &step.cross_references {
                Some(plan) => (named(view, plan, place).await?, None),
                None => continue,
            },
            Ranked::Exact(number) => {
                let rule = &step.rules[number];
                (sharing(view, &rule.keys, rule.at_most, place).await?, None)
            }
            Ranked::Pairs(number) => {
                let rule = &step.pair_rules[number];
                let Scored { groups, thresholds } = scored(view, rule, members, known).await?;
                let scored = match (&rule.decision, thresholds) {
                    (Decision::Weighed(weighed), Some(thresholds)) => Some((weighed.clone(), thresholds)),
                    _ => None,
                };
                (groups, scored)
            }
        };
        found.push(RuleGroups { name: name.to_owned(), groups, scored });
    }
    Ok(Some(found))
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

pub(super) async fn sharing(
    view: &View<'_>,
    plan: &LogicalPlan,
    at_most: Option<u64>,
    place: impl Fn(i64) -> Option<u32>,
) -> Result<KeyGroups> {
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
