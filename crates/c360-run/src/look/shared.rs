//! Which records share which value under a rule or in a block, and which of these values prove nothing, since too many records have them.

use super::View;
use crate::error::Result;
use crate::step::arrays::{column, numbers, text};
use crate::step::short_key;
use c360_plan::Rule;
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, AsArray};
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use std::collections::BTreeMap;

/// A value and who has it among the records that were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared {
    /// The value as people read it.
    pub(super) text: String,
    /// Numbers of the records, ascending.
    pub(super) records: Vec<i64>,
    /// How many records of the whole commit have it, where these are more than `at most` allows.
    pub(super) holders: Option<u64>,
}

/// The values of `records` under a rule or block, in the order of their texts; `slot` is its place among all that give keys.
pub(super) async fn shared(view: &View<'_>, entity: &str, slot: usize, rule: &Rule, records: &[i64]) -> Result<Vec<Shared>> {
    let mut by_value: BTreeMap<(String, i64), Vec<i64>> = BTreeMap::new();
    for batch in view.rows(&of_records(&rule.texts, records)?).await? {
        let (record, texts, keys) = (numbers(&batch, "record"), text(&batch, "text"), column(&batch, "key").as_fixed_size_binary());
        for row in (0..batch.num_rows()).filter(|&row| texts.is_valid(row)) {
            let key = short_key(slot, u128::from_le_bytes(keys.value(row).try_into().expect("keys have 16 bytes")));
            by_value.entry((texts.value(row).to_owned(), key)).or_default().push(record.value(row));
        }
    }
    let hubs = match rule.at_most {
        Some(_) => hubs(view, entity, by_value.keys().map(|(_, key)| *key)).await?,
        None => BTreeMap::new(),
    };
    let shared = |((text, key), mut records): ((String, i64), Vec<i64>)| {
        records.sort_unstable();
        records.dedup();
        Shared { text, records, holders: hubs.get(&key).copied() }
    };
    Ok(by_value.into_iter().map(shared).collect())
}

/// Those of some keys that the commit's run found to be shared by too many, with the number of records: asked of the state, since the few records
/// at hand cannot tell.
async fn hubs(view: &View<'_>, entity: &str, keys: impl Iterator<Item = i64>) -> Result<BTreeMap<i64, u64>> {
    let name = TableName::new("hubs", entity);
    let mut found = BTreeMap::new();
    if view.tables.get(&name).is_none() {
        return Ok(found);
    }
    for batch in view.select(&name, ident("key").in_list(keys.map(lit).collect(), false)).await? {
        let (key, records) = (numbers(&batch, "key"), numbers(&batch, "records"));
        found.extend((0..batch.num_rows()).map(|row| (key.value(row), records.value(row).unsigned_abs())));
    }
    Ok(found)
}

/// A plan that has a column `record`, for these records only.
pub(super) fn of_records(plan: &LogicalPlan, records: &[i64]) -> Result<LogicalPlan> {
    let wanted = records.iter().map(|record| lit(*record)).collect();
    Ok(LogicalPlanBuilder::from(plan.clone()).filter(ident("record").in_list(wanted, false))?.build()?)
}
