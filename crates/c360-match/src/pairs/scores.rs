//! Scores of pairs by a trained model.

use super::batch::Pair;
use super::condition::Condition;
use super::decider::Weighed;
use super::level::level;
use super::levels::{Known, Levels};
use super::values::Values;
use crate::model::{COMPARISONS, Pattern};
use crate::similarity::Scratch;

/// A model, prepared for the values that it is about to see.
#[derive(Debug)]
pub(super) struct Scores {
    comparisons: Vec<Weights>,
    groups: Vec<Shared>,
    /// The most that a score can be.
    at_most: i32,
    /// What is below this is of no interest.
    least: i32,
}

/// A group of the model: which comparisons, by place, say nothing of its members, and what it adds to the score instead.
#[derive(Debug)]
struct Shared {
    places: Vec<usize>,
    weight: i32,
}

/// One comparison. They stand in the order of what they cost and can still bring, so that hopeless pairs are given up early.
#[derive(Debug)]
struct Weights {
    /// Its number in the model.
    number: usize,
    levels: Levels,
    /// The weight of each level; level 0 is what is missing.
    weights: Vec<i32>,
    /// The column whose values have adjustments, and these by value.
    adjusted: Option<(usize, Vec<i32>)>,
    /// The most that the first level can bring, with its adjustment.
    equal: i32,
    /// The most that can come from each step on.
    at_most: Vec<i32>,
}

impl Scores {
    pub(super) fn new(weighed: &Weighed, columns: &[Values]) -> Scores {
        let cost = |at: usize| weighed.comparisons[at].iter().map(Condition::cost).sum::<u32>();
        let mut comparisons: Vec<Weights> = (0..weighed.comparisons.len()).map(|at| Weights::new(weighed, at, columns)).collect();
        // What is cheap and decides most comes first; ties keep their order.
        comparisons.sort_by_key(|weights| (cost(weights.number), -weights.at_most[0]));
        let place = |number: &usize| {
            comparisons.iter().position(|weights| weights.number == *number).expect("groups share comparisons of the model")
        };
        let groups = weighed.model.groups().iter().enumerate().map(|(number, group)| Shared {
            places: group.shared.iter().map(place).collect(),
            weight: weighed.model.group_weight(number) - weighed.model.prior_weight(),
        });
        let groups = groups.collect();
        let prior = weighed.model.prior_weight();
        let at_most = prior + comparisons.iter().map(|weights| weights.at_most[0]).sum::<i32>();
        Scores { groups, comparisons, at_most, least: weighed.review.unwrap_or(weighed.accept) }
    }

    /// The score of a pair, if it is accepted or to be reviewed.
    ///
    /// Numbers of values are compared before any value is looked at: most pairs are given up by the most that the rest could bring.
    pub(super) fn of(&self, columns: &[Values], pair: Pair, scratch: &mut Scratch) -> Option<i32> {
        // What was found, or the most that it can be.
        let mut found = [0; COMPARISONS];
        let mut open = [(0, Known::Level(0)); COMPARISONS];
        let mut opened = 0;
        let mut score = self.at_most;
        for (place, weights) in self.comparisons.iter().enumerate() {
            let known = weights.levels.at_once(pair);
            let is_open = match known {
                Known::Level(level) => level == 1 && weights.adjusted.is_some(),
                Known::From(..) => true,
            };
            found[place] = weights.at_most(known);
            if is_open {
                open[opened] = (place, known);
                opened += 1;
            }
            score += found[place] - weights.at_most[0];
            if score < self.least {
                return None;
            }
        }
        for (place, known) in &open[..opened] {
            let weights = &self.comparisons[*place];
            let level = weights.levels.rest(*known, columns, pair, scratch);
            let weight = weights.of(level, columns, pair);
            score += weight - std::mem::replace(&mut found[*place], weight);
            if score < self.least {
                return None;
            }
        }
        // Groups only take away, so what was given up above would be given up still.
        let taken = self.groups.iter().map(|group| group.weight - group.places.iter().map(|place| found[*place]).sum::<i32>());
        let score = score + taken.min().unwrap_or_default().min(0);
        (score >= self.least).then_some(score)
    }
}

impl Weights {
    fn new(weighed: &Weighed, at: usize, columns: &[Values]) -> Weights {
        let conditions = &weighed.comparisons[at];
        let levels = Levels::new(conditions, columns);
        let weights: Vec<i32> = (0..=conditions.len() + 1).map(|level| weighed.model.weight_of(at, level)).collect();
        let adjusted = adjustments(weighed, at, columns);
        // A value that two records share for another reason than being equal has no adjustment.
        let most = adjusted.as_ref().and_then(|(_, values)| values.iter().copied().max()).map_or(0, |most| most.max(0));
        let equal = weights[1] + most;
        // A value may be missing at any step.
        let from = |first: u8| {
            let behind = weights[usize::from(first)..].iter().copied().chain([weights[0]]);
            behind.chain((first == 1).then_some(equal)).max().unwrap_or_default()
        };
        let starts = levels.starts().map(from);
        // A comparison without a condition has nothing but `else`.
        let at_most = starts.chain(conditions.is_empty().then(|| from(1))).collect();
        Weights { number: at, levels, weights, adjusted, equal, at_most }
    }

    /// The weight of a level.
    fn of(&self, level: u8, columns: &[Values], Pair { a, b, .. }: Pair) -> i32 {
        self.weights[usize::from(level)] + if level == 1 { adjustment(self.adjusted.as_ref(), columns, a, b) } else { 0 }
    }

    /// The most that a pair can get of which that is known, before its value's adjustment is looked up.
    fn at_most(&self, known: Known) -> i32 {
        match known {
            Known::Level(1) => self.equal,
            Known::Level(level) => self.weights[usize::from(level)],
            Known::From(step, _) => self.at_most[step],
        }
    }
}

/// The adjustments of a comparison by the numbers of its column's values.
fn adjustments(weighed: &Weighed, at: usize, columns: &[Values]) -> Option<(usize, Vec<i32>)> {
    let column = weighed.frequencies[at]?;
    let adjustments = weighed.model.adjustments(at)?;
    let hashed = weighed.model.comparisons()[at].frequencies.as_ref().is_some_and(|frequencies| frequencies.hashed);
    let values = &columns[column];
    let of = |value: u32| match hashed {
        true => adjustments.of(&value_hash(values.text(value))),
        false => adjustments.of(values.text(value)),
    };
    Some((column, (0..u32::try_from(values.distinct()).expect("values have 32-bit numbers")).map(of).collect()))
}

/// The adjustment of the value that two records share.
fn adjustment(adjusted: Option<&(usize, Vec<i32>)>, columns: &[Values], a: u32, b: u32) -> i32 {
    let Some((column, values)) = adjusted else { return 0 };
    shared(&columns[*column], a, b).map(|value| values[value as usize]).max().unwrap_or_default()
}

/// The values that two records share.
fn shared(values: &Values, a: u32, b: u32) -> impl Iterator<Item = u32> {
    let theirs = values.of(b);
    values.of(a).iter().copied().filter(move |value| theirs.contains(value))
}

/// What stands for a personal value in the file of a model: 16 hexadecimal digits of xxh3. It hides the value from a glance at the file, not
/// from somebody who tries all names there are.
#[must_use]
pub fn value_hash(value: &str) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(value.as_bytes()))
}

/// The levels of a pair in all comparisons, and the adjustment of each for the value that both have: what a model explains a score by.
#[must_use]
pub fn pattern(weighed: &Weighed, columns: &[Values], a: u32, b: u32) -> (Pattern, Vec<i32>) {
    let scratch = &mut Scratch::new();
    let mut pattern = Pattern::default();
    let mut adjusted = Vec::new();
    for (at, conditions) in weighed.comparisons.iter().enumerate() {
        pattern = pattern.with(at, usize::from(level(conditions, columns, a, b, scratch)));
        adjusted.push(adjustment(adjustments(weighed, at, columns).as_ref(), columns, a, b));
    }
    (pattern, adjusted)
}
