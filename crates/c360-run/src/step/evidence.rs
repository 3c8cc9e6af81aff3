//! What a model is trained from: the blocks of an entity's records, the values that are compared, and the patterns that pairs show.

use super::cluster::keys::{placed, raw_keys};
use super::cluster::pairs::values;
use super::names::Names;
use super::part::Part;
use crate::error::{Error, Result};
use crate::run::Run;
use c360_match::cluster::KeyGroups;
use c360_match::model::{Block, Counts};
use c360_match::pairs::{Blocks, Condition, Patterns, Values};
use c360_model::model::{EntityId, Formed, Training};
use c360_plan::PairRule;
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// So many random pairs: u then has an error below a thousandth.
const PAIRS: u64 = 1_000_000;

/// So many pairs of all blocks together, but at least `OF_BLOCK` of each that has them: m then has an error below a hundredth.
const OF_BLOCKS: u64 = 3_000_000;
const OF_BLOCK: u64 = 100_000;

/// A proposed block that makes more pairs per record is left out. The others find nearly all that it finds, and it would take most of the time.
const PER_RECORD: u64 = 30;

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
    /// The names of these blocks: all of the rule's own, or those proposals that were kept.
    pub(crate) block_names: Vec<String>,
    /// Patterns of the pairs of all blocks together, each once, and how many pairs each stands for.
    pub(crate) candidates: (Counts, f64),
    /// How many pairs the blocks have.
    pub(crate) pairs: u64,
    /// 32 hexadecimal digits that stand for the records and their values.
    pub(crate) fingerprint: String,
}

/// Reads the records that the run has staged.
pub(crate) async fn evidence(run: &Run<'_>, entity: EntityId, training: &Training) -> Result<Evidence> {
    let plan = c360_plan::plan(run.model, &c360_plan::SourceSchemas::new())?;
    let step = plan.cluster(entity);
    let rule = c360_plan::training(run.model, entity, training)?;
    let part = Part::of(run);
    let names = Names::read(run, part.rows(&step.names).await?).await?;
    let columns = Arc::new(values(&rule, &part, names.count(), |record| names.place(record)).await?);
    let comparisons =
        training.comparisons.iter().map(|comparison| comparison.levels.iter().map(|(_, condition)| condition.clone()).collect());
    let patterns = Arc::new(Patterns { comparisons: comparisons.collect() });
    let records = u32::try_from(names.count()).expect("an entity has at most 2^32 records");
    let kept = kept(&part, &rule, &names, training).await?;
    let of_block = (OF_BLOCKS / kept.len().max(1) as u64).clamp(OF_BLOCK, PAIRS);
    let mut tasks = vec![{
        let (patterns, columns) = (Arc::clone(&patterns), Arc::clone(&columns));
        tokio::task::spawn_blocking(move || patterns.of_random(records, &columns, PAIRS))
    }];
    let (mut shared, mut pairs) = (Vec::new(), 0);
    let all = Blocks::new(names.count(), kept.iter().map(|(_, groups)| groups.clone()).collect());
    for (number, groups) in kept {
        shared.push(&training.blocks[number]);
        let blocks = Blocks::new(names.count(), vec![groups]);
        pairs += blocks.size();
        let (patterns, columns) = (Arc::clone(&patterns), Arc::clone(&columns));
        tasks.push(tokio::task::spawn_blocking(move || patterns.of_blocks(&blocks, &columns, of_block)));
    }
    let candidates = {
        let (patterns, columns) = (Arc::clone(&patterns), Arc::clone(&columns));
        tokio::task::spawn_blocking(move || patterns.of_candidates(&all, &columns, PAIRS))
    };
    let broke_off = |error: tokio::task::JoinError| Error::broke_off("comparing pairs", &error);
    let mut counted = Vec::new();
    for task in tasks {
        counted.push(task.await.map_err(broke_off)?);
    }
    let candidates = candidates.await.map_err(broke_off)?;
    let random = counted.remove(0);
    let block_names = shared.iter().map(|block| block.name.clone()).collect();
    let blocks = shared.iter().zip(counted).map(|(block, counts)| Block { fixed: fixed(training, &block.terms), counts }).collect();
    let columns = Arc::try_unwrap(columns).expect("all tasks are done");
    let fingerprint = fingerprint(&names, &columns);
    Ok(Evidence { records: names.count(), columns, random, blocks, block_names, candidates, pairs, fingerprint })
}

/// The blocks by their numbers: all where the rule names them, otherwise those with pairs, and not with too many. One after the other, since the
/// keys of one are many more bytes than the groups that are left of them.
async fn kept(part: &Part<'_>, rule: &PairRule, names: &Names, training: &Training) -> Result<Vec<(usize, KeyGroups)>> {
    let most = PER_RECORD * names.count() as u64;
    let mut found = Vec::new();
    for (number, block) in rule.blocks.iter().enumerate() {
        let keys = placed(raw_keys(part, &block.keys).await?, names);
        let groups = KeyGroups::from_pairs(keys, Some(training.at_most)).0;
        let size = groups.pairs();
        if size > 0 || !training.proposed {
            found.push((size, number, groups));
        }
    }
    let smallest = found.iter().map(|(size, ..)| *size).min().unwrap_or_default();
    found.retain(|(size, ..)| !training.proposed || *size <= most.max(smallest));
    Ok(found.into_iter().map(|(_, number, groups)| (number, groups)).collect())
}

/// The comparisons with a level that reads nothing but what a block holds equal. One that reads more, such as exchanged names, can still differ.
fn fixed(training: &Training, shared: &[Formed]) -> Vec<usize> {
    let held = |column: usize| shared.iter().any(|formed| formed.term.overlaps(training.columns[column].term));
    let level = |(_, condition): &(String, Condition)| {
        let mut columns = Vec::new();
        condition.columns(&mut columns);
        columns.into_iter().all(held)
    };
    (0..training.comparisons.len()).filter(|comparison| training.comparisons[*comparison].levels.iter().any(level)).collect()
}

/// The same for the same records, whatever the order in which they were read.
fn fingerprint(names: &Names, columns: &[Values]) -> String {
    let hashes: Vec<Vec<u64>> = columns.iter().map(|column| column.texts().map(|text| xxh3_64(text.as_bytes())).collect()).collect();
    let mut sum = 0_u128;
    let (mut said, mut held) = (Vec::new(), Vec::new());
    for place in 0..u32::try_from(names.count()).expect("an entity has at most 2^32 records") {
        said.clear();
        said.extend(names.hash(place as usize).to_le_bytes());
        for (column, hashes) in columns.iter().zip(&hashes) {
            held.clear();
            held.extend(column.of(place).iter().map(|value| hashes[*value as usize]));
            held.sort_unstable();
            said.extend(held.len().to_le_bytes());
            held.iter().for_each(|hash| said.extend(hash.to_le_bytes()));
        }
        sum = sum.wrapping_add(xxh3_128(&said));
    }
    format!("{sum:032x}")
}
