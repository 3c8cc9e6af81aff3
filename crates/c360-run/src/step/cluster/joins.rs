//! What all rules join, strongest first: exact keys as groups, pairs as groups of two.

use c360_match::cluster::{KeyGroups, Resolution};
use c360_match::pairs::{Edge, bands};
use c360_plan::Cluster;

/// Groups in the order of their strength, with the rule that each comes from.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// What clustering takes.
    pub(super) groups: Vec<KeyGroups>,
    /// Per group the place of its rule among `names`.
    rules: Vec<usize>,
    /// All rules, strongest first; `is` comes before all where there is one.
    names: Vec<String>,
}

impl Joins {
    /// Takes what `is` joins where a source says so, the groups of the exact rules, and the edges of the rules that compare pairs.
    pub(super) fn of(step: &Cluster, is: Option<KeyGroups>, exact: Vec<KeyGroups>, edges: Vec<Vec<Edge>>) -> Joins {
        let mut joins = Joins { names: step.rule_names().into_iter().map(str::to_owned).collect(), ..Joins::default() };
        is.into_iter().for_each(|groups| joins.add(vec![groups]));
        let mut edges = step.pair_rules.iter().zip(edges).peekable();
        let mut exact = exact.into_iter();
        for place in 0..=step.rules.len() {
            while let Some((_, found)) = edges.next_if(|(rule, _)| rule.after == place) {
                joins.add(bands(found));
            }
            if let Some(groups) = exact.next() {
                joins.add(vec![groups]);
            }
        }
        joins
    }

    /// The groups of the next rule, strongest first.
    fn add(&mut self, groups: Vec<KeyGroups>) {
        let rule = self.rules.last().map_or(0, |last| last + 1);
        // A rule that joins nothing still has its place.
        let groups = if groups.is_empty() { vec![KeyGroups::default()] } else { groups };
        self.rules.extend(std::iter::repeat_n(rule, groups.len()));
        self.groups.extend(groups);
    }

    /// The rule that a group comes from.
    pub(super) fn name(&self, group: u32) -> &str {
        &self.names[self.rules[group as usize]]
    }

    /// Per group whether its rule compares pairs.
    pub(super) fn compares(&self, step: &Cluster) -> Vec<bool> {
        let is_pair_rule = |name: &String| step.pair_rules.iter().any(|rule| rule.name == *name);
        self.rules.iter().map(|rule| is_pair_rule(&self.names[*rule])).collect()
    }

    /// Rules with the merges that they made.
    pub(super) fn merges(&self, resolution: &Resolution) -> Vec<(String, u64)> {
        let mut merges: Vec<(String, u64)> = self.names.iter().map(|name| (name.clone(), 0)).collect();
        self.rules.iter().zip(&resolution.merges).for_each(|(rule, merged)| merges[*rule].1 += merged);
        merges
    }
}
