//! Decides which compared pairs are the same object.

use super::batch::{Batch, Pair};
use super::blocks::Blocks;
use super::condition::Condition;
use super::levels::{Known, Levels};
use super::scores::Scores;
use super::values::Values;
use crate::cluster::KeyGroups;
use crate::model::Model;
use crate::similarity::Scratch;
use std::ops::Range;
use std::slice::from_ref;
use std::sync::Arc;

/// What makes a compared pair the same object.
#[derive(Debug, Clone)]
pub enum Decision {
    /// All of these hold, each with its text.
    Conditions(Vec<(String, Condition)>),
    /// A model scores it high enough.
    Weighed(Weighed),
}

impl Decision {
    /// Whether some pairs are left to a person.
    #[must_use]
    pub fn reviews(&self) -> bool {
        matches!(self, Decision::Weighed(Weighed { review: Some(_), .. }))
    }

    /// The same model with a threshold that all pairs reach; `None` where nothing is weighed.
    #[must_use]
    pub fn without_threshold(&self) -> Option<Decision> {
        match self {
            Decision::Conditions(_) => None,
            Decision::Weighed(weighed) => Some(Decision::Weighed(Weighed { accept: i32::MIN, review: None, ..weighed.clone() })),
        }
    }
}

/// A model, compiled against the columns of a rule.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The model.
    pub model: Arc<Model>,
    /// Per comparison the conditions of its levels, the strongest first; `else` is not listed.
    pub comparisons: Vec<Vec<Condition>>,
    /// Per comparison the column whose values' frequencies count.
    pub frequencies: Vec<Option<usize>>,
    /// The score from which a pair is joined, in thousandths of a bit.
    pub accept: i32,
    /// The score from which a pair is shown to a person.
    pub review: Option<i32>,
}

/// A pair that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// How strong it is, in thousandths of a bit; 0 where nothing is weighed.
    pub weight: i32,
    /// The two records, the smaller number first.
    pub pair: (u32, u32),
}

/// What comparing pairs found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Pairs that are the same object.
    pub edges: Vec<Edge>,
    /// Pairs that a person should look at.
    pub review: Vec<Edge>,
}

/// A decision, prepared for the values that it is about to see.
#[derive(Debug)]
pub struct Decider {
    prepared: Prepared,
    /// The weight from which a pair passes.
    accept: i32,
}

#[derive(Debug)]
enum Prepared {
    /// Each as a comparison of one level. What costs little is asked first.
    Conditions(Vec<Levels>),
    Weighed(Scores),
}

impl Decider {
    /// Prepares a decision.
    #[must_use]
    pub fn new(decision: &Decision, columns: &[Values]) -> Decider {
        match decision {
            Decision::Conditions(conditions) => {
                let mut conditions: Vec<Condition> = conditions.iter().map(|(_, condition)| condition.clone()).collect();
                conditions.sort_by_key(Condition::cost);
                let prepared = conditions.iter().map(|condition| Levels::new(from_ref(condition), columns)).collect();
                Decider { prepared: Prepared::Conditions(prepared), accept: 0 }
            }
            Decision::Weighed(weighed) => Decider { prepared: Prepared::Weighed(Scores::new(weighed, columns)), accept: weighed.accept },
        }
    }

    /// The weight of a pair that passes or is to be reviewed.
    fn weight(&self, columns: &[Values], pair: Pair, scratch: &mut Scratch) -> Option<i32> {
        match &self.prepared {
            Prepared::Conditions(conditions) => {
                let fails = |levels: &Levels| matches!(levels.at_once(pair), Known::Level(level) if level != 1);
                let holds = |levels: &Levels, scratch: &mut Scratch| levels.of(columns, pair, scratch) == 1;
                (!conditions.iter().any(fails) && conditions.iter().all(|levels| holds(levels, scratch))).then_some(0)
            }
            Prepared::Weighed(scores) => scores.of(columns, pair, scratch),
        }
    }

    /// The pairs of a range of blocks that pass or are to be reviewed, each once.
    #[must_use]
    pub fn compare(&self, blocks: &Blocks, range: Range<usize>, columns: &[Values]) -> Compared {
        self.compare_some(blocks, range, columns, |_, _| true)
    }

    /// The same of those pairs that `keep` lets through.
    #[must_use]
    pub fn compare_some(&self, blocks: &Blocks, range: Range<usize>, columns: &[Values], keep: impl Fn(u32, u32) -> bool) -> Compared {
        let scratch = &mut Scratch::new();
        let mut compared = Compared::default();
        let mut batch = Batch::default();
        let mut compare = |pair: Pair| {
            if let Some(weight) = self.weight(columns, pair, scratch) {
                let found = if weight >= self.accept { &mut compared.edges } else { &mut compared.review };
                found.push(Edge { weight, pair: (pair.a, pair.b) });
            }
        };
        blocks.visit(range, |a, b| {
            if keep(a, b) {
                batch.push(a, b, columns, &mut compare);
            }
        });
        batch.drain(columns, &mut compare);
        compared
    }

    /// Of all pairs with one record inside of `changed` and the other outside: those that are to be reviewed, and one for each record outside
    /// that passes.
    #[must_use]
    pub fn met(&self, blocks: &Blocks, changed: &[bool], columns: &[Values]) -> Compared {
        let scratch = &mut Scratch::new();
        let mut met = vec![false; changed.len()];
        let mut compared = Compared::default();
        let mut batch = Batch::default();
        let other_of = |a: u32, b: u32| match (changed[a as usize], changed[b as usize]) {
            (true, false) => Some(b),
            (false, true) => Some(a),
            _ => None,
        };
        let mut compare = |pair: Pair| {
            // What passes once is taken up with all of its pairs.
            let Some(other) = other_of(pair.a, pair.b).filter(|other| !met[*other as usize]) else { return };
            if let Some(weight) = self.weight(columns, pair, scratch) {
                met[other as usize] = weight >= self.accept;
                let found = if weight >= self.accept { &mut compared.edges } else { &mut compared.review };
                found.push(Edge { weight, pair: (pair.a, pair.b) });
            }
        };
        blocks.visit(0..blocks.len(), |a, b| {
            if other_of(a, b).is_some() {
                batch.push(a, b, columns, &mut compare);
            }
        });
        batch.drain(columns, &mut compare);
        compared
    }
}

/// The edges of one rule as groups of two, by whole bits of their weight, the strongest first: inside of a band, order is that of records.
#[must_use]
pub fn bands(mut edges: Vec<Edge>) -> Vec<KeyGroups> {
    let band = |edge: &Edge| std::cmp::Reverse(edge.weight.div_euclid(1000));
    edges.sort_unstable_by_key(|edge| (band(edge), edge.pair));
    edges.chunk_by(|a, b| band(a) == band(b)).map(|band| KeyGroups::from_edges(band.iter().map(|edge| edge.pair))).collect()
}
