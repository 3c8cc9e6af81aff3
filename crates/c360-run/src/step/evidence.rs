//! What a model is trained from: the blocks of an entity's records, the values that are compared, and the patterns that pairs show.

use super::cluster::keys::{placed, raw_keys};
use super::cluster::pairs::values;
use super::names::Names;
use super::part::Part;
use crate::error::{Error, Kind, Result};
use crate::run::Run;
use c360_match::cluster::KeyGroups;
use c360_match::model::{Block, Counts};
use c360_match::pairs::{Blocks, Patterns, Values};
use c360_model::model::{EntityId, Formed, Term, Training};
use c360_plan::Step;
use futures::future::try_join_all;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// So many random pairs, and so many of each block: m and u then have an error below a thousandth.
const PAIRS: u64 = 1_000_000;

/// See the module.
pub(crate) struct Evidence {
    /// Number of records.
    pub(crate) records: usize,
    /// The values of each column.
    pub(crate) columns: Vec<Values>,
    /// Patterns of random pairs.
    pub(crate) random: Counts,
    /// Patterns of the pairs of each block.
    pub(crate) blocks: Vec<Block>,
    /// How many pairs the blocks have.
    pub(crate) pairs: u64,
    /// 32 hexadecimal digits that stand for the records and their values.
    pub(crate) fingerprint: String,
}

/// Reads the records that the run has staged.
pub(crate) async fn evidence(run: &Run<'_>, entity: EntityId, training: &Training) -> Result<Evidence> {
    let plan = c360_plan::plan(run.model, &c360_plan::SourceSchemas::new())?;
    let step = plan.steps.iter().find_map(|step| match step {
        Step::Cluster(cluster) if cluster.entity == entity => Some(cluster),
        _ => None,
    });
    let step = step.expect("every entity has a step that clusters it");
    let rule = c360_plan::training(run.model, entity, training)?;
    let part = Part::of(run);
    let names = Names::read(run, part.rows(&step.names).await?).await?;
    let keys = try_join_all(rule.blocks.iter().map(|block| raw_keys(&part, &block.keys))).await?;
    let columns = Arc::new(values(&rule, &part, names.count(), |record| names.place(record)).await?);
    let comparisons =
        training.comparisons.iter().map(|comparison| comparison.levels.iter().map(|(_, condition)| condition.clone()).collect());
    let patterns = Arc::new(Patterns { comparisons: comparisons.collect() });
    let records = u32::try_from(names.count()).expect("an entity has at most 2^32 records");
    let mut tasks = vec![{
        let (patterns, columns) = (Arc::clone(&patterns), Arc::clone(&columns));
        tokio::task::spawn_blocking(move || (patterns.of_random(records, &columns, PAIRS), 0))
    }];
    for keys in keys {
        let groups = KeyGroups::from_pairs(placed(keys, &names), Some(training.at_most)).0;
        let (patterns, columns) = (Arc::clone(&patterns), Arc::clone(&columns));
        tasks.push(tokio::task::spawn_blocking(move || {
            let blocks = Blocks::new(records as usize, vec![groups]);
            (patterns.of_blocks(&blocks, &columns, PAIRS), blocks.size())
        }));
    }
    let mut counted = Vec::new();
    for task in tasks {
        counted.push(task.await.map_err(|error| Error::new(Kind::Report, format!("comparing pairs broke off: {error}")))?);
    }
    let random = counted.remove(0).0;
    let pairs = counted.iter().map(|(_, pairs)| pairs).sum();
    let blocks =
        training.blocks.iter().zip(counted).map(|(block, (counts, _))| Block { fixed: fixed(training, &block.terms), counts }).collect();
    let columns = Arc::try_unwrap(columns).expect("all tasks are done");
    let fingerprint = fingerprint(&names, &columns);
    Ok(Evidence { records: names.count(), columns, random, blocks, pairs, fingerprint })
}

/// The comparisons that read what a block holds equal.
fn fixed(training: &Training, shared: &[Formed]) -> Vec<usize> {
    let reads = |comparison: usize| {
        let mut columns = Vec::new();
        training.comparisons[comparison].levels.iter().for_each(|(_, condition)| condition.columns(&mut columns));
        columns.into_iter().any(|column| shared.iter().any(|formed| overlap(formed.term, training.columns[column].term)))
    };
    (0..training.comparisons.len()).filter(|comparison| reads(*comparison)).collect()
}

/// Whether two terms say something of the same value: a whole and its part do.
fn overlap(term: Term, other: Term) -> bool {
    match (term, other) {
        (Term::Attribute { attribute, part }, Term::Attribute { attribute: same, part: other }) => {
            attribute == same && (part == other || part.is_none() || other.is_none())
        }
        _ => term == other,
    }
}

/// The same for the same records, whatever the order in which they were read.
fn fingerprint(names: &Names, columns: &[Values]) -> String {
    let mut sum = 0_u128;
    let mut said = Vec::new();
    for place in 0..u32::try_from(names.count()).expect("an entity has at most 2^32 records") {
        said.clear();
        said.extend(names.hash(place as usize).to_le_bytes());
        for column in columns {
            let mut texts: Vec<&str> = column.of(place).iter().map(|value| column.text(*value)).collect();
            texts.sort_unstable();
            for text in texts {
                said.extend(text.as_bytes());
                said.push(0x1f);
            }
            said.push(0x1e);
        }
        sum = sum.wrapping_add(xxh3_128(&said));
    }
    format!("{sum:032x}")
}
