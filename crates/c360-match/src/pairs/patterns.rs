//! Counts patterns of agreement among pairs, for the estimate of a model.

use super::blocks::Blocks;
use super::condition::Condition;
use super::level::level;
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
    /// The pattern of a pair.
    #[must_use]
    pub fn of(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Pattern {
        let levels = self.comparisons.iter().enumerate();
        levels
            .fold(Pattern::default(), |pattern, (at, conditions)| pattern.with(at, usize::from(level(conditions, columns, a, b, scratch))))
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
        let scratch = &mut Scratch::new();
        let mut found: HashMap<Pattern, u64> = HashMap::new();
        let mut taken = 0;
        for number in (0..blocks.len()).step_by(step) {
            taken += blocks.size_of(number);
            blocks.visit(number..number + 1, |a, b| *found.entry(self.of(columns, a, b, scratch)).or_default() += 1);
        }
        (found.into_iter().collect(), if taken == 0 { 1.0 } else { blocks.size() as f64 / taken as f64 })
    }

    /// The patterns of the pairs within groups: of every so many groups where there are more than about `most` pairs, and within a large group of
    /// about ten thousand, spread over its records as in [`Patterns::of_random`].
    #[must_use]
    pub fn of_groups(&self, groups: &KeyGroups, columns: &[Values], most: u64) -> Counts {
        let all: u64 = (0..groups.len()).map(|group| groups.pairs_of(group).min(OF_GROUP)).sum();
        let every = usize::try_from(all.div_ceil(most.max(1)).max(1)).unwrap_or(usize::MAX);
        let scratch = &mut Scratch::new();
        let mut found: HashMap<Pattern, u64> = HashMap::new();
        for group in groups.iter().step_by(every) {
            within(group, |a, b| *found.entry(self.of(columns, a, b, scratch)).or_default() += 1);
        }
        found.into_iter().collect()
    }

    /// The patterns of about `most` pairs of `records` records, spread over all of them without randomness: each record with those that stand
    /// some steps behind it, round the end; steps grow by the golden ratio of their number, which keeps them far apart (Weyl 1916).
    #[must_use]
    pub fn of_random(&self, records: u32, columns: &[Values], most: u64) -> Counts {
        let scratch = &mut Scratch::new();
        let mut found: HashMap<Pattern, u64> = HashMap::new();
        let all = u64::from(records) * u64::from(records.saturating_sub(1)) / 2;
        let rounds = all.min(most).div_ceil(u64::from(records.max(1)));
        let mut taken = Vec::new();
        for round in 0..rounds {
            let step = step(round, records, &taken);
            taken.push(step);
            for a in 0..records {
                let b = u32::try_from((u64::from(a) + u64::from(step)) % u64::from(records)).expect("below the number of records");
                *found.entry(self.of(columns, a, b, scratch)).or_default() += 1;
            }
        }
        found.into_iter().collect()
    }
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
