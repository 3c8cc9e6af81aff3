//! Scores of pairs by a trained model.

use super::condition::Condition;
use super::decider::Weighed;
use super::level::level;
use super::values::Values;
use crate::model::{COMPARISONS, Pattern};
use crate::similarity::Scratch;

/// A model, prepared for the values that it is about to see.
#[derive(Debug)]
pub(super) struct Scores {
    comparisons: Vec<Weights>,
    groups: Vec<Shared>,
    prior: i32,
    /// What is below this is of no interest.
    least: i32,
}

/// A group of the model: which comparisons, by place, say nothing of its members, and what it adds to the score instead.
#[derive(Debug)]
struct Shared {
    places: Vec<usize>,
    weight: i32,
}

/// One comparison. They stand in the order of what they can still bring, so that hopeless pairs are given up early.
#[derive(Debug)]
struct Weights {
    /// Its number in the model.
    number: usize,
    conditions: Vec<Condition>,
    /// The weight of each level; level 0 is what is missing.
    levels: Vec<i32>,
    /// The column whose values have adjustments, and these by value.
    adjusted: Option<(usize, Vec<i32>)>,
    /// The most that this comparison and those behind it can bring.
    at_most: i32,
}

impl Scores {
    pub(super) fn new(weighed: &Weighed, columns: &[Values]) -> Scores {
        let mut comparisons: Vec<Weights> = (0..weighed.comparisons.len()).map(|at| Weights::new(weighed, at, columns)).collect();
        // What is cheap and decides most comes first; ties keep their order.
        comparisons.sort_by_key(|weights| (weights.conditions.iter().map(Condition::cost).sum::<u32>(), -weights.at_most));
        let mut left = 0;
        for weights in comparisons.iter_mut().rev() {
            left += weights.at_most;
            weights.at_most = left;
        }
        let place = |number: &usize| {
            comparisons.iter().position(|weights| weights.number == *number).expect("groups share comparisons of the model")
        };
        let groups = weighed.model.groups().iter().enumerate().map(|(number, group)| Shared {
            places: group.shared.iter().map(place).collect(),
            weight: weighed.model.group_weight(number) - weighed.model.prior_weight(),
        });
        let groups = groups.collect();
        Scores { groups, comparisons, prior: weighed.model.prior_weight(), least: weighed.review.unwrap_or(weighed.accept) }
    }

    /// The score of a pair, if it is accepted or to be reviewed.
    pub(super) fn of(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Option<i32> {
        let mut score = self.prior;
        let mut found = [0; COMPARISONS];
        for (weights, found) in self.comparisons.iter().zip(&mut found) {
            if score.saturating_add(weights.at_most) < self.least {
                return None;
            }
            *found = weights.of(columns, a, b, scratch);
            score += *found;
        }
        // Groups only take away, so what was given up above would be given up still.
        let taken = self.groups.iter().map(|group| group.weight - group.places.iter().map(|place| found[*place]).sum::<i32>());
        let score = score + taken.min().unwrap_or_default().min(0);
        (score >= self.least).then_some(score)
    }
}

impl Weights {
    fn new(weighed: &Weighed, at: usize, columns: &[Values]) -> Weights {
        let conditions = weighed.comparisons[at].clone();
        let levels: Vec<i32> = (0..=conditions.len() + 1).map(|level| weighed.model.weight_of(at, level)).collect();
        let adjusted = adjustments(weighed, at, columns);
        let best = adjusted.as_ref().and_then(|(_, values)| values.iter().max()).map_or(levels[1], |most| levels[1] + most);
        let at_most = levels.iter().copied().chain([best]).max().unwrap_or_default();
        Weights { number: at, conditions, levels, adjusted, at_most }
    }

    fn of(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> i32 {
        let level = level(&self.conditions, columns, a, b, scratch);
        self.levels[usize::from(level)] + if level == 1 { self.adjustment(columns, a, b) } else { 0 }
    }

    fn adjustment(&self, columns: &[Values], a: u32, b: u32) -> i32 {
        let Some((column, values)) = &self.adjusted else { return 0 };
        shared(&columns[*column], a, b).map(|value| values[value as usize]).max().unwrap_or_default()
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
        adjusted.push(Weights::new(weighed, at, columns).adjustment(columns, a, b));
    }
    (pattern, adjusted)
}
