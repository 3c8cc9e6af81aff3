//! What all rules join, strongest first: exact keys as groups, pairs as groups of two.

use super::decided::Decided;
use c360_match::cluster::{KeyGroups, Resolution};
use c360_match::pairs::{Edge, bands};
use c360_plan::{Cluster, Ranked};
use std::mem::take;

/// Groups in the order of their strength, with the rule that each comes from.
#[derive(Debug)]
pub(super) struct Joins {
    /// What clustering takes.
    pub(super) groups: Vec<KeyGroups>,
    /// What people decided.
    pub(super) decided: Decided,
    /// Per group the place of its rule in `ranking`.
    rules: Vec<usize>,
    /// All rules, strongest first.
    ranking: Vec<Ranked>,
    /// What they are called.
    names: Vec<String>,
}

impl Joins {
    /// Takes what people said is always one, what `is` joins where a source says so, the groups of the exact rules, and the edges of the rules that compare pairs.
    pub(super) fn of(
        step: &Cluster,
        decided: Decided,
        mut is: Option<KeyGroups>,
        mut exact: Vec<KeyGroups>,
        mut edges: Vec<Vec<Edge>>,
    ) -> Joins {
        let (mut groups, mut rules) = (Vec::new(), Vec::new());
        let ranking = step.ranking();
        for (place, rule) in ranking.iter().enumerate() {
            match rule {
                Ranked::Always => groups.push(KeyGroups::from_edges(decided.always.iter().copied())),
                Ranked::CrossReference => groups.extend(is.take()),
                Ranked::Exact(number) => groups.push(take(&mut exact[*number])),
                Ranked::Pairs(number) => groups.extend(bands(take(&mut edges[*number]))),
            }
            rules.resize(groups.len(), place);
        }
        Joins { groups, decided, rules, ranking, names: step.rule_names().into_iter().map(str::to_owned).collect() }
    }

    /// The rule that a group comes from.
    pub(super) fn name(&self, group: u32) -> &str {
        &self.names[self.rules[group as usize]]
    }

    /// Whether a group is of what people said is always one.
    pub(super) fn is_decided(&self, group: u32) -> bool {
        self.ranking[self.rules[group as usize]] == Ranked::Always
    }

    /// Per group whether its rule compares pairs.
    pub(super) fn compares(&self) -> Vec<bool> {
        self.rules.iter().map(|rule| matches!(self.ranking[*rule], Ranked::Pairs(_))).collect()
    }

    /// Rules with the merges that they made.
    pub(super) fn merges(&self, resolution: &Resolution) -> Vec<(String, u64)> {
        let mut merges: Vec<(String, u64)> = self.names.iter().map(|name| (name.clone(), 0)).collect();
        self.rules.iter().zip(&resolution.merges).for_each(|(rule, merged)| merges[*rule].1 += merged);
        merges
    }
}
