//! What a rule that compares pairs finds among the records of a commit: the pairs inside of clusters that it joins, and for a model what each threshold
//! would let through among labelled records.

use super::labels::{Labels, Truth};
use super::members::Members;
use super::rules::sharing;
use crate::error::Result;
use crate::look::View;
use crate::step::values_of;
use c360_match::cluster::KeyGroups;
use c360_match::evaluate::Thresholds;
use c360_match::pairs::{Blocks, Decider, Edge};
use c360_plan::PairRule;
use hashbrown::HashMap;
use std::ops::Range;

/// Ranges of blocks per thread: enough that none waits long for the last.
const RANGES: u64 = 8;

/// See the module.
pub(super) struct Scored {
    /// Pairs that the rule joins and that are in one cluster, each a group.
    pub(super) groups: KeyGroups,
    /// For a model.
    pub(super) thresholds: Option<Thresholds>,
}

/// What is known of pairs of records, by their places.
pub(super) enum Known {
    /// The entity of each labelled record.
    Entities(HashMap<u32, u32>),
    /// Labelled pairs, the smaller place first.
    Pairs(HashMap<(u32, u32), bool>),
}

impl Known {
    /// `records` has the place of each labelled record.
    pub(super) fn of(labels: &Labels, records: &[Option<u32>]) -> Known {
        match &labels.truth {
            Truth::Entities { entity, .. } => {
                Known::Entities(records.iter().zip(entity).filter_map(|(record, entity)| Some(((*record)?, *entity))).collect())
            }
            Truth::Pairs(pairs) => Known::Pairs(
                pairs
                    .given()
                    .iter()
                    .filter_map(|pair| {
                        let (left, right) = (records[pair.left as usize]?, records[pair.right as usize]?);
                        Some(((left.min(right), left.max(right)), pair.same))
                    })
                    .collect(),
            ),
        }
    }

    /// Whether two records are the same, where it is known.
    fn same(&self, a: u32, b: u32) -> Option<bool> {
        match self {
            Known::Entities(entities) => Some(entities.get(&a)? == entities.get(&b)?),
            Known::Pairs(pairs) => pairs.get(&(a.min(b), a.max(b))).copied(),
        }
    }
}

/// Compares the pairs of the rule's blocks that are in one cluster, and for a model those that have labels.
pub(super) async fn scored(view: &View<'_>, rule: &PairRule, members: &Members, known: &Known) -> Result<Scored> {
    let mut alternatives = Vec::new();
    for block in &rule.blocks {
        alternatives.push(sharing(view, &block.keys, block.at_most, |record| members.place_of(record)).await?);
    }
    let blocks = Blocks::new(members.records.len(), alternatives);
    let columns = values_of(rule, view.rows(&rule.values).await?, members.records.len(), |record| members.place_of(record));
    let decider = Decider::new(&rule.decision, &columns);
    let cluster = |record: u32| members.cluster[record as usize];
    let joined = in_ranges(view, &blocks, |range| decider.compare_some(&blocks, range, &columns, |a, b| cluster(a) == cluster(b)).edges);
    let thresholds = rule.decision.without_threshold().map(|all| {
        let decider = Decider::new(&all, &columns);
        let of_range = |range| {
            let mut found = Thresholds::default();
            for Edge { weight, pair: (a, b) } in decider.compare_some(&blocks, range, &columns, |a, b| known.same(a, b).is_some()).edges {
                found.add(weight, known.same(a, b) == Some(true));
            }
            found
        };
        let mut all = Thresholds::default();
        in_ranges(view, &blocks, of_range).iter().for_each(|found| all.merge(found));
        all
    });
    let groups = KeyGroups::from_edges(joined.into_iter().flatten().map(|edge| edge.pair));
    Ok(Scored { groups, thresholds })
}

/// What comes of each range of blocks, in their order, by all threads.
fn in_ranges<T: Send>(view: &View<'_>, blocks: &Blocks, of_range: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let threads = view.engine.threads();
    let ranges = blocks.ranges(threads as u64 * RANGES);
    let of_thread = |thread: usize| -> Vec<(usize, T)> {
        ranges.iter().enumerate().skip(thread).step_by(threads).map(|(number, range)| (number, of_range(range.clone()))).collect()
    };
    let mut found: Vec<(usize, T)> = std::thread::scope(|scope| {
        let tasks: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn({
                    let of_thread = &of_thread;
                    move || of_thread(thread)
                })
            })
            .collect();
        tasks.into_iter().flat_map(|task| task.join().expect("comparing pairs never panics")).collect()
    });
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, found)| found).collect()
}
