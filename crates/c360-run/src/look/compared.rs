//! What a rule that compares pairs makes of two objects (or records): the blocks that they share, and the pair of records that comes closest.

use super::loaded::{Loaded, Meeting};
use super::shared::Shared;
use super::verdict::{Verdict, verdict};
use c360_match::pairs::Decision;
use c360_match::similarity::{Scratch, jaro_winkler};

/// Of two large objects so many pairs of records are looked at.
const PAIRS: usize = 10_000;
/// So many keys of each side are looked at where no block is shared.
const KEYS: usize = 100;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct PairComparison {
    /// The rule.
    pub rule: String,
    /// Whether it is a model.
    pub weighed: bool,
    /// Blocks that both sides share; those with too many records make no pairs.
    pub blocks: Vec<Meeting>,
    /// How many records a block may have.
    pub at_most: u64,
    /// Where no block makes pairs of them: the alternatives that they do not share, the closest first.
    pub apart: Vec<Apart>,
    /// The pair of records that comes closest; `None` where a side has no records.
    pub closest: Option<Closest>,
    /// How many pairs were not looked at, since there are too many.
    pub left_out: usize,
}

/// An alternative of a block and what both sides have for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// The block.
    pub block: String,
    /// The keys of the first, the one that is most like one of the second in front.
    pub first: Vec<String>,
    /// The keys of the second.
    pub second: Vec<String>,
    /// How alike the first of both are, from 0 to 1 (Jaro-Winkler).
    pub likeness: f64,
}

/// The pair of records that comes closest.
#[derive(Debug, Clone, PartialEq)]
pub struct Closest {
    /// Names of the two records.
    pub pair: (String, String),
    /// Whether they share a block that makes pairs.
    pub compared: bool,
    /// What speaks for and against them.
    pub verdict: Verdict,
}

impl PairComparison {
    /// How much of what the rule demands is met, from 0 to 1.
    #[must_use]
    pub fn closeness(&self) -> f64 {
        self.closest.as_ref().map_or(0.0, Closest::closeness)
    }
}

impl Closest {
    /// How much of what the rule demands is met, from 0 to 1; to share a block is one demand more, for a model half of all.
    #[must_use]
    pub fn closeness(&self) -> f64 {
        let demands = match &self.verdict {
            Verdict::Conditions(conditions) => conditions.len() as f64,
            Verdict::Weighed(_) => 1.0,
        };
        (self.verdict.met() * demands + f64::from(u8::from(self.compared))) / (demands + 1.0)
    }
}

/// Compares two sides, given by the numbers of their records, ascending.
pub(super) fn compared(rule: &Loaded<'_>, first: &[i64], second: &[i64]) -> PairComparison {
    let blocks = rule.meetings(first, second);
    let usable = blocks.iter().any(|block| block.holders.is_none());
    let pairs = pairs(rule, first, second);
    PairComparison {
        rule: rule.plan.name.clone(),
        weighed: matches!(rule.plan.decision, Decision::Weighed(_)),
        at_most: rule.declared.at_most,
        apart: if usable { Vec::new() } else { apart(rule, first, second) },
        closest: closest(rule, &pairs),
        left_out: (first.len() * second.len()).saturating_sub(PAIRS),
        blocks,
    }
}

/// Pairs across the sides in the order of names, up to a limit.
fn pairs(rule: &Loaded<'_>, first: &[i64], second: &[i64]) -> Vec<(u32, u32)> {
    let places = |side: &[i64]| -> Vec<u32> {
        (0_u32..).zip(&rule.order).filter(|(_, record)| side.binary_search(record).is_ok()).map(|(place, _)| place).collect()
    };
    let (left, right) = (places(first), places(second));
    let all = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))).take(PAIRS);
    all.filter(|(a, b)| a != b).collect()
}

fn closest(rule: &Loaded<'_>, pairs: &[(u32, u32)]) -> Option<Closest> {
    let mut best: Option<Closest> = None;
    for &(a, b) in pairs {
        let [first, second] = [a, b].map(|place| rule.records.name(rule.order[place as usize]));
        let shares = rule.blocks.alternative(a, b).is_some();
        let found = Closest { pair: (first, second), compared: shares, verdict: verdict(rule, a, b) };
        if best.as_ref().is_none_or(|best| is_closer(&found, best)) {
            best = Some(found);
        }
    }
    best
}

/// Of two that meet the same share of demands, the one with the higher score.
fn is_closer(found: &Closest, best: &Closest) -> bool {
    let order = found.closeness().total_cmp(&best.closeness()).then_with(|| found.verdict.score().cmp(&best.verdict.score()));
    order.is_gt()
}

/// The alternatives that the sides do not share, those whose keys are most alike first. One that they share, but with too many others, is told
/// elsewhere.
fn apart(rule: &Loaded<'_>, first: &[i64], second: &[i64]) -> Vec<Apart> {
    let has = |shared: &Shared, side: &[i64]| side.iter().any(|record| shared.records.binary_search(record).is_ok());
    let keys = |values: &[Shared], side: &[i64]| -> Vec<String> {
        values.iter().filter(|shared| has(shared, side)).map(|shared| shared.text.clone()).take(KEYS).collect()
    };
    let blocks = rule.declared.blocks.iter().zip(&rule.alternatives);
    let unshared = blocks.filter(|(_, values)| !values.iter().any(|shared| has(shared, first) && has(shared, second)));
    let mut alternatives: Vec<Apart> =
        unshared.map(|(block, values)| most_alike(block.name.clone(), keys(values, first), keys(values, second))).collect();
    alternatives.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    alternatives
}

fn most_alike(block: String, mut first: Vec<String>, mut second: Vec<String>) -> Apart {
    let scratch = &mut Scratch::new();
    let mut best = (0.0, 0, 0);
    for (left, ours) in first.iter().enumerate() {
        for (right, theirs) in second.iter().enumerate() {
            let likeness = jaro_winkler(ours, theirs, 0.0, scratch);
            if likeness > best.0 {
                best = (likeness, left, right);
            }
        }
    }
    let (likeness, left, right) = best;
    to_front(&mut first, left);
    to_front(&mut second, right);
    Apart { block, first, second, likeness }
}

fn to_front(keys: &mut Vec<String>, at: usize) {
    if at < keys.len() {
        let key = keys.remove(at);
        keys.insert(0, key);
    }
}
