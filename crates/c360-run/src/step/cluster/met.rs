//! Which records that did not change are joined by a rule that compares pairs to one that did.

use super::pairs::values;
use super::review::Near;
use super::touched::Key;
use crate::error::{Error, Result};
use crate::run::Run;
use crate::step::part::{Part, Scope};
use c360_match::cluster::KeyGroups;
use c360_match::pairs::{Blocks, Compared, Decider};
use c360_model::model::EntityId;
use c360_plan::{Cluster, NumberSet, PairRule};
use hashbrown::HashMap;
use std::sync::Arc;

/// What comparing new versions with records that did not change found.
#[derive(Default)]
pub(super) struct Met {
    /// The records that a new version is joined to.
    pub(super) records: NumberSet,
    /// Pairs that are left to a person.
    pub(super) near: Vec<Near>,
}

/// Compares new versions with the records that did not change and share a block with one. `keys` are those of records that changed, by slot and key; `rekeyed` these records.
pub(super) async fn met(run: &Run<'_>, step: &Cluster, keys: &HashMap<(i64, i64), Key>, rekeyed: &NumberSet) -> Result<Met> {
    let mut found = Met::default();
    for (number, (first, rule)) in step.pair_slots().enumerate() {
        let blocks = blocks_of(rule, i64::try_from(first).expect("there are few rules"), keys);
        if !blocks.is_empty() {
            let (compared, record) = compared(run, step.entity, rule, &blocks, rekeyed).await?;
            let record = |place: u32| record[place as usize];
            found.near.extend(compared.review.into_iter().map(|edge| Near::of(number, edge, record)));
            found.records.extend(compared.edges.iter().flat_map(|edge| [record(edge.pair.0), record(edge.pair.1)]));
        }
    }
    Ok(found)
}

/// The blocks of a rule that hold a new version and another record, by alternative.
fn blocks_of(rule: &PairRule, first: i64, keys: &HashMap<(i64, i64), Key>) -> Vec<(i64, Vec<i64>)> {
    let last = first + i64::try_from(rule.blocks.len()).expect("there are few blocks");
    let at_most = rule.blocks.first().and_then(|block| block.at_most).unwrap_or(u64::MAX);
    let mut blocks: Vec<(i64, Vec<i64>)> = keys
        .iter()
        .filter(|((slot, _), held)| (first..last).contains(slot) && !held.now.is_empty() && !held.others.is_empty())
        .filter(|(_, held)| (held.now.len() + held.others.len()) as u64 <= at_most)
        .map(|((slot, _), held)| (*slot, held.now.iter().chain(&held.others).copied().collect()))
        .collect();
    blocks.sort_unstable();
    blocks
}

/// What was found, with the numbers of the records that it is about.
async fn compared(
    run: &Run<'_>,
    entity: EntityId,
    rule: &PairRule,
    blocks: &[(i64, Vec<i64>)],
    rekeyed: &NumberSet,
) -> Result<(Compared, Vec<i64>)> {
    let records: NumberSet = blocks.iter().flat_map(|(_, records)| records).copied().collect();
    let mut order: Vec<i64> = records.iter().copied().collect();
    order.sort_unstable();
    let place = |record: i64| order.binary_search(&record).ok().and_then(|place| u32::try_from(place).ok());
    let part = Part::of(run).loaded(entity, &Scope::Only(Arc::new(records))).await?;
    let columns = values(rule, &part, order.len(), place).await?;
    let pairs = blocks
        .iter()
        .enumerate()
        .flat_map(|(number, (_, records))| records.iter().filter_map(move |record| Some((number as u128, place(*record)?))));
    let (groups, _) = KeyGroups::from_pairs(pairs.collect(), None);
    let changed: Vec<bool> = order.iter().map(|record| rekeyed.contains(record)).collect();
    let blocks = Blocks::new(order.len(), vec![groups]);
    let decider = Decider::new(&rule.decision, &columns);
    let met = tokio::task::spawn_blocking(move || decider.met(&blocks, &changed, &columns)).await;
    let met = met.map_err(|error| Error::broke_off("comparing pairs", &error))?;
    Ok((met, order))
}
