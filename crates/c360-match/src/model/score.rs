//! Scores in fixed point: sums of whole thousandths of a bit, which are the same in every order and on every machine.

use super::number::thousandths;
use super::parts::{Group, Model};
use super::pattern::{COMPARISONS, Pattern};

/// Beyond this score, in either direction, the probability is 0 or 1 for all that a float can tell.
const CERTAIN: i32 = 1_100_000;

/// The scores of all patterns of a model, prepared: as many look-ups as the model has pairs of comparisons, for itself and for each group.
#[derive(Clone, Debug)]
pub struct Scorer {
    sums: Vec<Sum>,
}

/// A sum of weights, prepared.
#[derive(Clone, Debug)]
struct Sum {
    prior: i32,
    /// For each two comparisons, the weight of each combination of their levels, which is a byte of the pattern.
    bytes: Vec<[i32; 256]>,
}

impl Scorer {
    /// What [`Model::score`] says of the pattern.
    #[must_use]
    pub fn score(&self, pattern: Pattern) -> i32 {
        self.sums.iter().map(|sum| sum.of(pattern)).min().unwrap_or_default()
    }
}

impl Sum {
    fn of(&self, pattern: Pattern) -> i32 {
        let bytes = pattern.0.to_le_bytes();
        self.prior + self.bytes.iter().zip(bytes).map(|(weights, byte)| weights[usize::from(byte)]).sum::<i32>()
    }
}

impl Model {
    /// The weight of what is known before any comparison: log2 of the prior's odds, in thousandths of a bit.
    #[must_use]
    pub fn prior_weight(&self) -> i32 {
        thousandths((self.prior() / (1.0 - self.prior())).log2())
    }

    /// The weight of a comparison's level in thousandths of a bit; 0 where something is missing (level 0), and for what the model does not have.
    #[must_use]
    pub fn weight_of(&self, comparison: usize, level: usize) -> i32 {
        let levels = self.comparisons().get(comparison).map(|comparison| &comparison.levels);
        level.checked_sub(1).and_then(|index| levels?.get(index)).map_or(0, |level| level.weight)
    }

    /// How many bits a match is more likely than two members of a group, of which nothing is known; 0 for groups that the model does not have.
    #[must_use]
    pub fn group_weight(&self, group: usize) -> i32 {
        self.groups().get(group).map_or(0, |group| thousandths((self.prior() / group.prior).log2()))
    }

    /// The score of a pair without adjustments for frequent values: the weights of the prior and of all levels, in thousandths of a bit, and what
    /// groups take away.
    ///
    /// 0 is as likely as not; [`probability`] says what others mean.
    #[must_use]
    pub fn score(&self, pattern: Pattern) -> i32 {
        let weights: Vec<i32> = (0..self.comparisons().len()).map(|at| self.weight_of(at, pattern.level(at))).collect();
        let taken = self.taken_by_groups(&weights).map_or(0, |(_, taken)| taken);
        self.prior_weight() + weights.iter().sum::<i32>() + taken
    }

    /// The group that explains a pair best, and what it takes from the score: below 0; nothing where a pair is more likely unrelated than of
    /// any group. `weights` are those of all comparisons, adjustments included.
    pub(super) fn taken_by_groups(&self, weights: &[i32]) -> Option<(usize, i32)> {
        let taken = |(number, group): (usize, &Group)| {
            let shared: i32 = group.shared.iter().filter_map(|comparison| weights.get(*comparison)).sum();
            (number, self.group_weight(number) - self.prior_weight() - shared)
        };
        self.groups().iter().enumerate().map(taken).filter(|(_, taken)| *taken < 0).min_by_key(|(number, taken)| (*taken, *number))
    }

    /// Prepares the scores of all patterns.
    #[must_use]
    pub fn scorer(&self) -> Scorer {
        let of_groups = self.groups().iter().enumerate().map(|(number, group)| self.sum(self.group_weight(number), &group.shared));
        Scorer { sums: std::iter::once(self.sum(self.prior_weight(), &[])).chain(of_groups).collect() }
    }

    /// The weights of all comparisons but those that say nothing.
    fn sum(&self, prior: i32, silent: &[usize]) -> Sum {
        let pairs = self.comparisons().len().min(COMPARISONS).div_ceil(2);
        let weight = |at: usize, level: usize| if silent.contains(&at) { 0 } else { self.weight_of(at, level) };
        let weights = |pair: usize| {
            let mut weights = [0; 256];
            for (byte, sum) in weights.iter_mut().enumerate() {
                *sum = weight(2 * pair, byte & 15) + weight(2 * pair + 1, byte >> 4);
            }
            weights
        };
        Sum { prior, bytes: (0..pairs).map(weights).collect() }
    }

    /// Whether each level of the pattern is one of the model's.
    #[must_use]
    pub fn fits(&self, pattern: Pattern) -> bool {
        let levels = |at: usize| self.comparisons().get(at).map_or(0, |comparison| comparison.levels.len());
        (0..COMPARISONS).all(|at| pattern.level(at) <= levels(at))
    }
}

/// The probability of a match, 0..=1, for a score in thousandths of a bit, the prior included: 2^bits / (1 + 2^bits).
#[must_use]
pub fn probability(score: i32) -> f64 {
    1.0 / (1.0 + (-f64::from(score) / 1000.0).exp2())
}

/// The smallest score whose probability is at least this one, in thousandths of a bit.
///
/// All scores reach a probability of 0 or below (`i32::MIN`); none reaches 1 or above, or what is no number (`i32::MAX`).
#[must_use]
pub fn threshold(at_least: f64) -> i32 {
    if at_least <= 0.0 {
        return i32::MIN;
    }
    if at_least >= 1.0 || at_least.is_nan() {
        return i32::MAX;
    }
    // Bisection by the function itself: the threshold and the probability that is shown can never disagree.
    let (mut below, mut reaches) = (-CERTAIN, CERTAIN);
    while reaches - below > 1 {
        let middle = below + (reaches - below) / 2;
        if probability(middle) >= at_least { reaches = middle } else { below = middle }
    }
    reaches
}
