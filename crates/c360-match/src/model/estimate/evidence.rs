//! What an estimate without labels is made from, and whether it can be.

use crate::model::error::ModelError;
use crate::model::pattern::{COMPARISONS, Counts, LEVELS};

/// What is known of pairs, none of which has a label.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// The number of levels of each comparison, `else` included.
    pub levels: &'a [usize],
    /// The comparisons that hardly anybody shares with others of a group: given names and dates of birth, of persons.
    pub own: &'a [usize],
    /// Patterns of random pairs of records: as many as can be had, a million is a good number.
    pub random: &'a Counts,
    /// The candidates of each blocking rule. A pair that several rules find is counted by each.
    pub blocks: &'a [Block],
    /// What rules found that are hardly ever wrong; without it the prior comes from the candidates, or else from the blocks.
    pub deterministic: Option<Deterministic>,
    /// The candidates of all blocks together, each once.
    pub candidates: Option<Candidates<'a>>,
}

/// The pairs that any block finds.
#[derive(Clone, Copy, Debug)]
pub struct Candidates<'a> {
    /// Their patterns, or those of some of them.
    pub counts: &'a Counts,
    /// How many candidates each of these stands for: 1 where all are there.
    pub each: f64,
    /// The number of all pairs of records, candidates or not.
    pub all_pairs: u128,
}

/// The candidates of a blocking rule.
#[derive(Clone, Debug)]
pub struct Block {
    /// The comparisons that the rule holds constant, or nearly so: those that read what it reads.
    pub fixed: Vec<usize>,
    /// The patterns of its candidates.
    pub counts: Counts,
}

/// Pairs found by rules that are hardly ever wrong, such as equal name and date of birth.
#[derive(Clone, Copy, Debug)]
pub struct Deterministic {
    /// The number of pairs that they find.
    pub found: u64,
    /// The share of all matches that they find, as far as one can tell: above 0, at most 1.
    pub recall: f64,
    /// The number of all pairs of records.
    pub all_pairs: u128,
}

impl Deterministic {
    /// The prior that follows; nothing if nothing was found.
    pub(super) fn prior(&self) -> Option<f64> {
        (self.found > 0).then(|| (self.found as f64 / self.recall / self.all_pairs as f64).min(0.5))
    }
}

/// Refuses what no estimate can be made from. Places are fields of [`Evidence`].
pub(super) fn check(evidence: &Evidence<'_>) -> Result<(), ModelError> {
    shape(evidence.levels)?;
    if evidence.random.is_empty() {
        return Err(ModelError::new("random", "there are no random pairs", "give pairs of at least two records"));
    }
    if evidence.blocks.iter().all(|block| block.counts.is_empty()) {
        return Err(ModelError::new("blocks", "no block has a pair", "block by something that records share"));
    }
    for (index, block) in evidence.blocks.iter().enumerate() {
        if let Some(unknown) = block.fixed.iter().find(|&&fixed| fixed >= evidence.levels.len()) {
            let help = format!("name one of 0 to {}", evidence.levels.len() - 1);
            return Err(ModelError::new(format!("blocks[{index}].fixed"), format!("there is no comparison {unknown}"), help));
        }
    }
    evidence.deterministic.as_ref().map_or(Ok(()), rules)
}

/// Refuses numbers of levels that no model has.
pub(super) fn shape(levels: &[usize]) -> Result<(), ModelError> {
    if levels.is_empty() || levels.len() > COMPARISONS {
        let help = format!("give 1 to {COMPARISONS}");
        return Err(ModelError::new("levels", format!("there are {} comparisons", levels.len()), help));
    }
    match levels.iter().position(|count| !(2..=LEVELS).contains(count)) {
        Some(index) => {
            let problem = format!("there are {} levels", levels[index]);
            Err(ModelError::new(format!("levels[{index}]"), problem, format!("give 2 to {LEVELS}, the last of which is `else`")))
        }
        None => Ok(()),
    }
}

fn rules(deterministic: &Deterministic) -> Result<(), ModelError> {
    if !(deterministic.recall > 0.0 && deterministic.recall <= 1.0) {
        let problem = format!("{} is not above 0 and at most 1", deterministic.recall);
        return Err(ModelError::new("deterministic.recall", problem, "give the share of all matches that the rules find, such as 0.7"));
    }
    if u128::from(deterministic.found) > deterministic.all_pairs {
        return Err(ModelError::new(
            "deterministic.found",
            "more pairs were found than there are",
            "give the number of all pairs of records",
        ));
    }
    Ok(())
}
