//! A rule that compares pairs, loaded for a few records: their blocks and what is compared, as a run sees them.

use super::View;
use super::records::Records;
use super::shared::{Shared, of_records, shared};
use crate::error::Result;
use crate::step::values_of;
use c360_match::cluster::KeyGroups;
use c360_match::pairs::{Blocks, Decider, Edge, Values};
use c360_model::model;
use c360_plan::{Cluster, PairRule};

/// See the module. Records have the places of `order`.
pub(super) struct Loaded<'a> {
    /// The rule as declared.
    pub(super) declared: &'a model::PairRule,
    /// The rule as it runs.
    pub(super) plan: &'a PairRule,
    /// The records.
    pub(super) records: &'a Records<'a>,
    /// Their numbers in the order of their names.
    pub(super) order: Vec<i64>,
    /// What conditions read.
    pub(super) columns: Vec<Values>,
    /// Per alternative of the rule's blocks the values that the records have.
    pub(super) alternatives: Vec<Vec<Shared>>,
    /// The blocks that make pairs.
    pub(super) blocks: Blocks,
}

/// A block that two records share, or two objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The block: `soundex(name.last)`.
    pub block: String,
    /// The value that they share.
    pub value: String,
    /// How many records of the whole commit have it, where these are too many to be compared.
    pub holders: Option<u64>,
}

impl<'a> Loaded<'a> {
    /// Loads the rules of an entity that compare pairs.
    pub(super) async fn all(view: &View<'a>, step: &'a Cluster, records: &'a Records<'a>) -> Result<Vec<Loaded<'a>>> {
        let mut rules = Vec::new();
        for ((slot, plan), declared) in step.pair_slots().zip(&records.entity.pair_rules) {
            rules.push(Loaded::one(view, slot, plan, declared, records).await?);
        }
        Ok(rules)
    }

    async fn one(
        view: &View<'a>,
        slot: usize,
        plan: &'a PairRule,
        declared: &'a model::PairRule,
        records: &'a Records<'a>,
    ) -> Result<Loaded<'a>> {
        let order = records.by_name();
        let mut alternatives = Vec::new();
        for (number, block) in plan.blocks.iter().enumerate() {
            alternatives.push(shared(view, &records.entity.name, slot + number, block, &order).await?);
        }
        let mut places: Vec<(i64, u32)> = order.iter().copied().zip(0_u32..).collect();
        places.sort_unstable();
        let place = |record: i64| {
            places.binary_search_by_key(&record, |(record, _)| *record).ok().and_then(|at| places.get(at)).map(|found| found.1)
        };
        let columns = values_of(plan, view.rows(&of_records(&plan.values, &order)?).await?, order.len(), place);
        let groups = alternatives.iter().map(|values| groups(values, place)).collect();
        Ok(Loaded { declared, plan, records, blocks: Blocks::new(order.len(), groups), order, columns, alternatives })
    }

    /// The pairs that the rule joins.
    pub(super) fn edges(&self) -> Vec<Edge> {
        Decider::new(&self.plan.decision, &self.columns).compare(&self.blocks, 0..self.blocks.len(), &self.columns).edges
    }

    /// The blocks that some of the first records share with some of the second.
    pub(super) fn meetings(&self, first: &[i64], second: &[i64]) -> Vec<Meeting> {
        let among = |shared: &Shared, side: &[i64]| side.iter().any(|record| shared.records.binary_search(record).is_ok());
        let of_block = |(block, values): (&model::Block, &Vec<Shared>)| {
            let met = values.iter().filter(|shared| among(shared, first) && among(shared, second));
            met.map(|shared| Meeting { block: block.name.clone(), value: shared.text.clone(), holders: shared.holders }).collect::<Vec<_>>()
        };
        self.declared.blocks.iter().zip(&self.alternatives).flat_map(of_block).collect()
    }
}

/// The groups of one alternative; a value that too many records have makes none.
fn groups(values: &[Shared], place: impl Fn(i64) -> Option<u32>) -> KeyGroups {
    let of_value =
        |(number, shared): (u128, &Shared)| shared.records.iter().filter_map(|record| Some((number, place(*record)?))).collect::<Vec<_>>();
    let pairs = (0_u128..).zip(values).filter(|(_, shared)| shared.holders.is_none()).flat_map(of_value);
    KeyGroups::from_pairs(pairs.collect(), None).0
}
