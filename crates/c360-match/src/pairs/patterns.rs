//! Counts patterns of agreement among pairs, for the estimate of a model.

use super::batch::{Batch, Pair};
use super::blocks::Blocks;
use super::condition::Condition;
use super::levels::Levels;
use super::values::Values;
use crate::cluster::KeyGroups;
use crate::model::{Counts, Pattern};
use crate::similarity::Scratch;
use hashbrown::HashMap;

/// Of a larger group about so many pairs are looked at: no object outvotes all others.
const OF_GROUP: u64 = 10_000;

/// Per comparison the conditions of its levels.
#[derive(Debug, Clone)]
pub struct Patterns {
    /// The strongest first; `else` is not listed.
    pub comparisons: Vec<Vec<Condition>>,
}

impl Patterns {
    fn prepared<'a>(&self, columns: &'a [Values]) -> Counting<'a> {
        let comparisons = self.comparisons.iter().map(|conditions| Levels::new(conditions, columns)).collect();
        Counting { columns, comparisons, batch: Batch::default(), scratch: Scratch::new(), found: HashMap::new() }
    }

    /// The patterns of the pairs of blocks: of all, or of every so many blocks where there are more than about `most` pairs.
    #[must_use]
    pub fn of_blocks(&self, blocks: &Blocks, columns: &[Values], most: u64) -> Counts {
        self.of_candidates(blocks, columns, most).0
    }

    /// The same with how many pairs each of these stands for: 1 where they are all.
    #[must_use]
    pub fn of_candidates(&self, blocks: &Blocks, columns: &[Values], most: u64) -> (Counts, f64) {
        let step = usize::try_from(blocks.size().div_ceil(most.max(1)).max(1)).unwrap_or(usize::MAX);
        let mut counting = self.prepared(columns);
        let mut taken = 0;
        for number in (0..blocks.len()).step_by(step) {
            taken += blocks.size_of(number);
            blocks.visit(number..number + 1, |a, b| counting.pair(a, b));
        }
        (counting.counts(), if taken == 0 { 1.0 } else { blocks.size() as f64 / taken as f64 })
    }

    /// The patterns of the pairs within groups: of every so many groups where there are more than about `most` pairs, and within a large group of
    /// about ten thousand, spread over its records as in [`Patterns::of_random`].
    #[must_use]
    pub fn of_groups(&self, groups: &KeyGroups, columns: &[Values], most: u64) -> Counts {
        let all: u64 = (0..groups.len()).map(|group| groups.pairs_of(group).min(OF_GROUP)).sum();
        let every = usize::try_from(all.div_ceil(most.max(1)).max(1)).unwrap_or(usize::MAX);
        let mut counting = self.prepared(columns);
        for group in groups.iter().step_by(every) {
            within(group, |a, b| counting.pair(a, b));
        }
        counting.counts()
    }

    /// The patterns of about `most` pairs of `records` records, spread over all of them without randomness: each record with those that stand
    /// some steps behind it, round the end; steps grow by the golden ratio of their number, which keeps them far apart (Weyl 1916).
    #[must_use]
    pub fn of_random(&self, records: u32, columns: &[Values], most: u64) -> Counts {
        let mut counting = self.prepared(columns);
        let all = u64::from(records) * u64::from(records.saturating_sub(1)) / 2;
        let rounds = all.min(most).div_ceil(u64::from(records.max(1)));
        let mut taken = Vec::new();
        for round in 0..rounds {
            let step = step(round, records, &taken);
            taken.push(step);
            for a in 0..records {
                let b = u32::try_from((u64::from(a) + u64::from(step)) % u64::from(records)).expect("below the number of records");
                counting.pair(a, b);
            }
        }
        counting.counts()
    }
}

/// The comparisons, prepared for many pairs, and what was found so far.
struct Counting<'a> {
    columns: &'a [Values],
    comparisons: Vec<Levels>,
    batch: Batch,
    scratch: Scratch,
    found: HashMap<Pattern, u64>,
}

impl Counting<'_> {
    /// Counts a pair, sooner or later.
    fn pair(&mut self, a: u32, b: u32) {
        let Counting { columns, comparisons, batch, scratch, found } = self;
        batch.push(a, b, columns, |pair| *found.entry(pattern(comparisons, columns, pair, scratch)).or_default() += 1);
    }

    fn counts(mut self) -> Counts {
        let Counting { columns, comparisons, batch, scratch, found } = &mut self;
        batch.drain(columns, |pair| *found.entry(pattern(comparisons, columns, pair, scratch)).or_default() += 1);
        self.found.into_iter().collect()
    }
}

/// The pattern of a pair.
fn pattern(comparisons: &[Levels], columns: &[Values], pair: Pair, scratch: &mut Scratch) -> Pattern {
    let levels = comparisons.iter().enumerate();
    levels.fold(Pattern::default(), |pattern, (at, levels)| pattern.with(at, usize::from(levels.of(columns, pair, scratch))))
}

/// The pairs of a group, or some of a large one.
fn within(group: &[u32], mut pair: impl FnMut(u32, u32)) {
    let records = u32::try_from(group.len()).expect("an entity has at most 2^32 records");
    let rounds = OF_GROUP / u64::from(records.max(1));
    if u64::from(records.saturating_sub(1)) / 2 <= rounds {
        for (place, a) in group.iter().enumerate() {
            group[place + 1..].iter().for_each(|b| pair(*a, *b));
        }
        return;
    }
    let mut taken = Vec::new();
    for round in 0..rounds.max(1) {
        let step = step(round, records, &taken);
        taken.push(step);
        for (place, a) in group.iter().enumerate() {
            let b = group[(place + step as usize) % group.len()];
            pair((*a).min(b), (*a).max(b));
        }
    }
}

/// A step that no earlier round took, neither forwards nor backwards where one is left.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a u32")]
fn step(round: u64, records: u32, taken: &[u32]) -> u32 {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let share = ((round + 1) as f64 * GOLDEN).fract();
    let half = (records / 2).max(1);
    let mut step = (share * f64::from(half)) as u32 % half + 1;
    for _ in 0..half {
        if !taken.contains(&step) {
            return step;
        }
        step = step % half + 1;
    }
    step
}
