//! Decides which compared pairs are the same object.

use super::blocks::Blocks;
use super::condition::{Condition, Truth};
use super::values::Values;
use crate::cluster::KeyGroups;
use crate::similarity::Scratch;
use std::ops::Range;

/// What makes a compared pair the same object.
#[derive(Debug, Clone)]
pub enum Decision {
    /// All of these hold, each with its text.
    Conditions(Vec<(String, Condition)>),
}

/// A pair that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// How strong it is, in thousandths of a bit; 0 where nothing is weighed.
    pub weight: i32,
    /// The two records, the smaller number first.
    pub pair: (u32, u32),
}

/// A decision, prepared: what costs little is asked first.
#[derive(Debug)]
pub struct Decider {
    conditions: Vec<Condition>,
}

impl Decider {
    /// Prepares a decision.
    #[must_use]
    pub fn new(decision: &Decision) -> Decider {
        let Decision::Conditions(conditions) = decision;
        let mut conditions: Vec<Condition> = conditions.iter().map(|(_, condition)| condition.clone()).collect();
        conditions.sort_by_key(Condition::cost);
        Decider { conditions }
    }

    /// The weight of a pair that passes.
    fn weight(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Option<i32> {
        self.conditions.iter().all(|condition| condition.holds(columns, a, b, scratch) == Truth::Yes).then_some(0)
    }

    /// The pairs of a range of blocks that pass, each once.
    #[must_use]
    pub fn edges(&self, blocks: &Blocks, range: Range<usize>, columns: &[Values]) -> Vec<Edge> {
        let scratch = &mut Scratch::new();
        let mut edges = Vec::new();
        blocks.visit(range, |a, b| {
            edges.extend(self.weight(columns, a, b, scratch).map(|weight| Edge { weight, pair: (a, b) }));
        });
        edges
    }

    /// The records outside of `changed` that pass with one inside.
    #[must_use]
    pub fn met(&self, blocks: &Blocks, changed: &[bool], columns: &[Values]) -> Vec<u32> {
        let scratch = &mut Scratch::new();
        let mut met = vec![false; changed.len()];
        blocks.visit(0..blocks.len(), |a, b| {
            let other = match (changed[a as usize], changed[b as usize]) {
                (true, false) => b,
                (false, true) => a,
                _ => return,
            };
            if !met[other as usize] && self.weight(columns, a, b, scratch).is_some() {
                met[other as usize] = true;
            }
        });
        (0_u32..).zip(met).filter(|(_, met)| *met).map(|(record, _)| record).collect()
    }
}

/// The edges of one rule as groups of two, by whole bits of their weight, the strongest first: inside of a band, order is that of records.
#[must_use]
pub fn bands(mut edges: Vec<Edge>) -> Vec<KeyGroups> {
    let band = |edge: &Edge| std::cmp::Reverse(edge.weight.div_euclid(1000));
    edges.sort_unstable_by_key(|edge| (band(edge), edge.pair));
    edges.chunk_by(|a, b| band(a) == band(b)).map(|band| KeyGroups::from_edges(band.iter().map(|edge| edge.pair))).collect()
}
