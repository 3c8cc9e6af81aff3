//! Rules that compare pairs: the pairs of all blocks, scored in batches by all threads; only those that pass are kept.

use crate::error::{Error, Result};
use crate::run::Run;
use crate::step::arrays::{column, numbers};
use crate::step::names::Names;
use crate::step::part::Part;
use c360_match::cluster::KeyGroups;
use c360_match::pairs::{Blocks, Compared, Decider, Values, ValuesBuilder};
use c360_plan::{Cluster, PairRule, pair_column};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use futures::{StreamExt, TryStreamExt, stream};
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

/// Ranges of blocks per thread: enough that none waits long for the last.
const RANGES: u64 = 8;

/// Batches that wait for the task of a column.
const BATCHES: usize = 4;

/// What the rules find among the records of a part, rule by rule, each pair once. `blocks` are the groups of all blocks, rule by rule.
pub(super) async fn compared(
    run: &Run<'_>,
    step: &Cluster,
    part: &Part<'_>,
    names: &Names,
    mut blocks: Vec<KeyGroups>,
) -> Result<Vec<Compared>> {
    let mut found = Vec::new();
    for rule in &step.pair_rules {
        let later = blocks.split_off(rule.blocks.len());
        let of_rule = Blocks::new(names.count(), std::mem::replace(&mut blocks, later));
        if of_rule.is_empty() {
            found.push(Compared::default());
            continue;
        }
        let columns = values(rule, part, names.count(), |record| names.place(record)).await?;
        found.push(scored(run, rule, Arc::new(of_rule), Arc::new(columns)).await?);
    }
    Ok(found)
}

/// What the rule reads of each record; `place` numbers records densely.
pub(in crate::step) async fn values(
    rule: &PairRule,
    part: &Part<'_>,
    records: usize,
    place: impl Fn(i64) -> Option<u32>,
) -> Result<Vec<Values>> {
    let (columns, tasks): (Vec<_>, Vec<_>) = (0..rule.columns).map(|column| of_column(column, records)).unzip();
    let mut rows = part.rows(&rule.values).await?;
    while let Some(batch) = rows.next().await {
        let placed = Arc::new(Placed::of(batch?, &place));
        for column in &columns {
            // Nobody takes it where the column's task broke off, which is told below.
            let _ = column.send(Arc::clone(&placed)).await;
        }
    }
    drop(columns);
    let mut found = Vec::new();
    for task in tasks {
        found.push(task.await.map_err(|error| Error::broke_off("reading what is compared", &error))?);
    }
    Ok(Values::beside(found))
}

/// A task that makes a dictionary of one column out of the batches that are sent to it.
fn of_column(column: usize, records: usize) -> (Sender<Arc<Placed>>, JoinHandle<Values>) {
    let (sender, mut batches) = channel::<Arc<Placed>>(BATCHES);
    let task = tokio::task::spawn_blocking(move || {
        let mut builder = ValuesBuilder::default();
        while let Some(placed) = batches.blocking_recv() {
            placed.take(column, &mut builder);
        }
        builder.finish(records)
    });
    (sender, task)
}

/// What batches of a rule's `values` hold that are in memory already; `place` numbers records densely.
pub(crate) fn values_of(rule: &PairRule, batches: Vec<RecordBatch>, records: usize, place: impl Fn(i64) -> Option<u32>) -> Vec<Values> {
    let mut builders: Vec<ValuesBuilder> = (0..rule.columns).map(|_| ValuesBuilder::default()).collect();
    for batch in batches {
        let placed = Placed::of(batch, &place);
        builders.iter_mut().enumerate().for_each(|(column, builder)| placed.take(column, builder));
    }
    Values::beside(builders.into_iter().map(|builder| builder.finish(records)).collect())
}

/// A batch of a rule's `values`, and the dense numbers of its records.
struct Placed {
    batch: RecordBatch,
    places: Vec<Option<u32>>,
}

impl Placed {
    /// `place` numbers records densely; what it leaves out is not taken.
    fn of(batch: RecordBatch, place: impl Fn(i64) -> Option<u32>) -> Placed {
        let places = numbers(&batch, "record").values().iter().map(|record| place(*record)).collect();
        Placed { batch, places }
    }

    /// Adds the values of a column.
    fn take(&self, number: usize, builder: &mut ValuesBuilder) {
        let lists = column(&self.batch, &pair_column(number)).as_list::<i32>();
        let texts = lists.values().as_string::<i32>();
        for (row, place) in self.places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?))) {
            let [from, to] = [lists.value_offsets()[row], lists.value_offsets()[row + 1]];
            let items = usize::try_from(from).expect("offsets are not negative")..usize::try_from(to).expect("offsets are not negative");
            items.filter(|item| texts.is_valid(*item)).for_each(|item| builder.add(place, texts.value(item)));
        }
    }
}

async fn scored(run: &Run<'_>, rule: &PairRule, blocks: Arc<Blocks>, columns: Arc<Vec<Values>>) -> Result<Compared> {
    let threads = run.engine.threads();
    let decider = Arc::new(Decider::new(&rule.decision, &columns));
    let ranges = blocks.ranges(threads as u64 * RANGES);
    let compared: Vec<Compared> = stream::iter(ranges.into_iter().map(|range| {
        let (blocks, columns, decider) = (Arc::clone(&blocks), Arc::clone(&columns), Arc::clone(&decider));
        let task = tokio::task::spawn_blocking(move || decider.compare(&blocks, range, &columns));
        async { task.await.map_err(|error| Error::broke_off("comparing pairs", &error)) }
    }))
    .buffered(threads)
    .try_collect()
    .await?;
    let mut all = Compared::default();
    for Compared { edges, review } in compared {
        all.edges.extend(edges);
        all.review.extend(review);
    }
    Ok(all)
}
