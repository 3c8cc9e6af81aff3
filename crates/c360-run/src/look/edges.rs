//! The pairs of an object's records that rules which compare pairs join, with the evidence for each.

use super::loaded::{Loaded, Meeting};
use super::verdict::{Verdict, verdict};
use c360_match::pairs::Decision;

/// Evidence is gathered for so many pairs of an object, the strongest.
const LISTED: usize = 1_000;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Edges {
    /// Strongest first: by the order of rules, then by score, then by name.
    pub listed: Vec<PairEdge>,
    /// How many more there are.
    pub left_out: usize,
}

/// A pair that a rule joins.
#[derive(Debug, Clone, PartialEq)]
pub struct PairEdge {
    /// The rule.
    pub rule: String,
    /// Numbers of the records.
    pub records: (i64, i64),
    /// The blocks that they share.
    pub blocks: Vec<Meeting>,
    /// What speaks for it.
    pub verdict: Verdict,
}

/// A pair that a rule joins, without its evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The place of the rule among those that compare pairs.
    pub(super) rule: usize,
    /// Places of the records.
    pub(super) places: (u32, u32),
    /// The score, where the rule has one.
    pub(super) weight: Option<i32>,
}

/// All pairs that the rules join, strongest first.
pub(super) fn pairs(rules: &[Loaded<'_>]) -> Vec<Pair> {
    let mut found = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let mut edges = rule.edges();
        edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
        let weighed = matches!(rule.plan.decision, Decision::Weighed(_));
        found.extend(edges.iter().map(|edge| Pair { rule: number, places: edge.pair, weight: weighed.then_some(edge.weight) }));
    }
    found
}

/// The strongest of them with their evidence.
pub(super) fn edges(rules: &[Loaded<'_>], pairs: &[Pair]) -> Edges {
    let edge = |pair: &Pair| {
        let rule = &rules[pair.rule];
        let (a, b) = pair.places;
        let [first, second] = [a, b].map(|place| rule.order[place as usize]);
        let mut blocks = rule.meetings(&[first], &[second]);
        blocks.retain(|block| block.holders.is_none());
        PairEdge { rule: rule.plan.name.clone(), records: (first, second), blocks, verdict: verdict(rule, a, b) }
    };
    Edges { listed: pairs.iter().take(LISTED).map(edge).collect(), left_out: pairs.len().saturating_sub(LISTED) }
}
