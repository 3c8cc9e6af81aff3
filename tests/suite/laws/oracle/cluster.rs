//! Records into objects: all pairs in order, one by one, each held against every guard and every two members. As slow as it is plain.

use super::decisions::Decision;
use super::fuzzy::{Alternative, Form};
use super::model::{Entity, Guard, How, Rule};
use super::records::Record;
use super::values::Value;
use super::weighed::Weighed;
use std::collections::{BTreeMap, BTreeSet};

/// What a rule would join: its number, minus its strength in whole bits, and two records, the one of smaller rank first.
type Pair = (usize, i64, usize, usize);

/// Records that a rule joins, under minus its strength in whole bits, which is 0 where nothing is weighed.
type Group = (i64, BTreeSet<usize>);

/// Where the references of records lead: by reference and record the object's label.
pub(crate) type Targets = BTreeMap<&'static str, Vec<Option<String>>>;

/// A join that a guard forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Join {
    /// Of a decision with the line that says so.
    pub(crate) rule: String,
    pub(crate) guard: String,
    /// Two records by rank.
    pub(crate) pair: (usize, usize),
}

/// A value that too many records share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hub {
    pub(crate) rule: &'static str,
    pub(crate) value: String,
    pub(crate) records: usize,
}

/// Records as clusters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clusters {
    /// Per record the first member of its cluster.
    pub(crate) first: Vec<usize>,
    pub(crate) refused: Vec<Join>,
    pub(crate) hubs: Vec<Hub>,
    /// Pairs that a model leaves to a person, with their score.
    pub(crate) near: Vec<(i64, (usize, usize))>,
    /// Per rule, `always` first where people decided something, then `is` where there is one, how many joins it made.
    pub(crate) merges: Vec<(&'static str, usize)>,
}

/// Clusters records, which are given by rank. `crossed` says whether the pipeline has an `is` for the entity.
pub(crate) fn cluster(entity: &Entity, records: &[Record<'_>], targets: &Targets, crossed: bool, decided: &[Decision]) -> Clusters {
    let mut clusters = Clusters { first: (0..records.len()).collect(), ..Clusters::default() };
    let mut groups: Vec<Vec<Group>> = Vec::new();
    if !decided.is_empty() {
        let always = decided.iter().filter(|decision| decision.what == "always");
        groups.push(always.filter_map(|decision| decision.pair(records)).map(|(a, b)| (0, BTreeSet::from([a, b]))).collect());
        clusters.merges.push(("always", 0));
    }
    if crossed {
        groups.push(cross_references(records).into_iter().map(|group| (0, group)).collect());
        clusters.merges.push(("is", 0));
    }
    for rule in &entity.rules {
        groups.push(clusters.found(rule, records, targets));
        clusters.merges.push((rule.name, 0));
    }
    let pairs = pairs(&groups);
    let guards = Guards { entity, records, decided };
    clusters.join_all(&guards, &pairs);
    clusters.report(&guards, &pairs);
    clusters
}

/// Each record that is named, with those that name it.
fn cross_references(records: &[Record<'_>]) -> Vec<BTreeSet<usize>> {
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let named = records.iter().position(|other| Some(&other.name) == record.said.is.as_ref());
        if let Some(named) = named {
            groups.entry(named).or_default().extend([named, index]);
        }
    }
    groups.into_values().collect()
}

/// The records that have each combination of the terms' values.
type ByValue = BTreeMap<Vec<String>, BTreeSet<usize>>;

fn by_value(terms: &[(&'static str, Form)], records: &[Record<'_>], targets: &Targets) -> ByValue {
    let mut groups = ByValue::new();
    for (index, record) in records.iter().enumerate() {
        let mut combinations = vec![Vec::new()];
        for (term, form) in terms {
            let values: Vec<String> = term_values(term, index, record, targets).iter().map(|value| form.of(value)).collect();
            let longer =
                |before: &Vec<String>| values.iter().map(|value| [before.clone(), vec![value.clone()]].concat()).collect::<Vec<_>>();
            combinations = combinations.iter().flat_map(longer).collect();
        }
        for combination in combinations {
            groups.entry(combination).or_default().insert(index);
        }
    }
    groups
}

fn term_values(term: &str, index: usize, record: &Record<'_>, targets: &Targets) -> Vec<String> {
    match targets.get(term) {
        Some(targets) => targets[index].iter().cloned().collect(),
        None => record.said.values.get(term).iter().flat_map(|values| values.iter()).map(Value::to_string).collect(),
    }
}

/// The values of an attribute, of either record of a pair.
fn values_of<'r>(pair: (usize, usize), records: &'r [Record<'_>], targets: &'r Targets) -> impl Fn(&str, bool) -> Vec<String> + 'r {
    move |term, second| {
        let index = if second { pair.1 } else { pair.0 };
        term_values(term, index, &records[index], targets)
    }
}

/// All pairs, by rule, strength and ranks.
fn pairs(groups: &[Vec<Group>]) -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    for (rule, groups) in groups.iter().enumerate() {
        for (strength, group) in groups {
            for &a in group {
                pairs.extend(group.iter().filter(|&&b| b > a).map(|&b| (rule, *strength, a, b)));
            }
        }
    }
    pairs
}

impl Clusters {
    /// What a rule joins; values that too many records share join nothing and are noted.
    fn found(&mut self, rule: &Rule, records: &[Record<'_>], targets: &Targets) -> Vec<Group> {
        match &rule.how {
            How::Exact { terms, at_most } => {
                let terms: Vec<_> = terms.iter().map(|term| (*term, Form::Whole)).collect();
                let joining = self.within(rule.name, *at_most, by_value(&terms, records, targets));
                joining.into_iter().map(|group| (0, group)).collect()
            }
            How::Fuzzy(fuzzy) => {
                let met = self.met(&fuzzy.blocks, fuzzy.at_most, records, targets);
                let passing = met.into_iter().filter(|pair| fuzzy.compare.holds(&values_of(*pair, records, targets)) == Some(true));
                passing.map(|(a, b)| (0, BTreeSet::from([a, b]))).collect()
            }
            How::Weighed(weighed) => self.weighed(weighed, records, targets),
        }
    }

    fn within(&mut self, rule: &'static str, at_most: Option<usize>, by_value: ByValue) -> Vec<BTreeSet<usize>> {
        let mut joining = Vec::new();
        for (value, members) in by_value {
            if at_most.is_some_and(|most| members.len() > most) {
                self.hubs.push(Hub { rule, value: value.join(" & "), records: members.len() });
            } else {
                joining.push(members);
            }
        }
        joining
    }

    /// All pairs that share a block.
    fn met(&mut self, alternatives: &[Alternative], at_most: usize, records: &[Record<'_>], targets: &Targets) -> Vec<(usize, usize)> {
        let mut blocks = Vec::new();
        for block in alternatives {
            blocks.extend(self.within(block.name, Some(at_most), by_value(block.terms, records, targets)));
        }
        let all = (0..records.len()).flat_map(|a| (a + 1..records.len()).map(move |b| (a, b)));
        all.filter(|(a, b)| blocks.iter().any(|block| block.contains(a) && block.contains(b))).collect()
    }

    /// Pairs that a model joins; those that it leaves to a person are noted.
    fn weighed(&mut self, weighed: &Weighed, records: &[Record<'_>], targets: &Targets) -> Vec<Group> {
        let mut joined = Vec::new();
        for pair in self.met(&weighed.blocks, weighed.at_most, records, targets) {
            let score = weighed.score(&values_of(pair, records, targets));
            if score >= weighed.accept {
                joined.push((-score.div_euclid(1000), BTreeSet::from([pair.0, pair.1])));
            } else if score >= weighed.review {
                self.near.push((score, pair));
            }
        }
        joined
    }

    fn join_all(&mut self, guards: &Guards<'_>, pairs: &BTreeSet<Pair>) {
        for &(rule, _, a, b) in pairs {
            let (a, b) = (self.first[a], self.first[b]);
            if a != b
                && self.forbidden(guards, a, b).is_none()
                && !(guards.compares(self.merges[rule].0) && self.too_loose(guards, pairs, a, b))
            {
                let (kept, gone) = (a.min(b), a.max(b));
                self.first.iter_mut().filter(|first| **first == gone).for_each(|first| *first = kept);
                self.merges[rule].1 += 1;
            }
        }
    }

    /// Joins that were not made: each two clusters once, with the first pair of records.
    fn report(&mut self, guards: &Guards<'_>, pairs: &BTreeSet<Pair>) {
        let mut seen = BTreeSet::new();
        for &(rule, _, a, b) in pairs {
            let (left, right) = (self.first[a], self.first[b]);
            if left != right && seen.insert((left.min(right), left.max(right))) {
                // What was joined by too few pairs when it was taken may be by enough in the end.
                let looser = || guards.looser().map(|(name, _)| name.to_owned());
                let guard = self.forbidden(guards, left, right).or_else(looser).expect("only a guard keeps apart what a rule joins");
                let rule = match self.merges[rule].0 {
                    "always" => guards.line("always", (a, b)).expect("somebody decided it"),
                    name => name.to_owned(),
                };
                self.refused.push(Join { rule, guard, pair: (a, b) });
            }
        }
    }

    /// Whether too few of the pairs between two clusters are joined by rules that compare pairs.
    fn too_loose(&self, guards: &Guards<'_>, pairs: &BTreeSet<Pair>, a: usize, b: usize) -> bool {
        let Some((_, least)) = guards.looser() else { return false };
        let compared = pairs.iter().filter(|(rule, ..)| guards.compares(self.merges[*rule].0));
        let joined: BTreeSet<(usize, usize)> = compared.map(|(_, _, left, right)| (*left, *right)).collect();
        let between = |(left, right): &&(usize, usize)| {
            let clusters = (self.first[*left], self.first[*right]);
            clusters == (a, b) || clusters == (b, a)
        };
        joined.iter().filter(between).count() * 1000 < least * self.members(a).len() * self.members(b).len()
    }

    /// The first guard that forbids two clusters to be one, whatever rule would join them.
    fn forbidden(&self, guards: &Guards<'_>, a: usize, b: usize) -> Option<String> {
        let across = || self.members(a).into_iter().flat_map(|a| self.members(b).into_iter().map(move |b| (a.min(b), a.max(b))));
        let decided: BTreeSet<(usize, usize)> = across().filter(|pair| guards.line("never", *pair).is_some()).collect();
        if let Some(first) = decided.first() {
            return guards.line("never", *first);
        }
        let violated = |guard: &&Guard| across().any(|(a, b)| conflict(guard, &guards.records[a], &guards.records[b]));
        guards.entity.guards.iter().find(violated).map(|guard| guard.name().to_owned())
    }

    /// The records of a cluster, by rank.
    pub(crate) fn members(&self, first: usize) -> Vec<usize> {
        (0..self.first.len()).filter(|&record| self.first[record] == first).collect()
    }

    /// The first records of all clusters.
    pub(crate) fn firsts(&self) -> Vec<usize> {
        (0..self.first.len()).filter(|&record| self.first[record] == record).collect()
    }
}

/// What keeps records apart.
struct Guards<'g> {
    entity: &'g Entity,
    records: &'g [Record<'g>],
    decided: &'g [Decision],
}

impl Guards<'_> {
    /// Whether a rule compares pairs.
    fn compares(&self, name: &str) -> bool {
        self.entity.rules.iter().any(|rule| rule.name == name && matches!(rule.how, How::Fuzzy(_) | How::Weighed(_)))
    }

    /// The guard that wants pairs joined, with how many of a thousand.
    fn looser(&self) -> Option<(&'static str, usize)> {
        self.entity.guards.iter().find_map(|guard| match guard {
            Guard::Looser { name, least } => Some((*name, *least)),
            _ => None,
        })
    }

    /// The first line that says this of two records, the one of smaller rank first.
    fn line(&self, what: &str, pair: (usize, usize)) -> Option<String> {
        let mut saying = self.decided.iter().filter(|decision| decision.what == what);
        saying.find(|decision| decision.pair(self.records) == Some(pair)).map(Decision::line)
    }
}

fn conflict(guard: &Guard, a: &Record<'_>, b: &Record<'_>) -> bool {
    match guard {
        Guard::SameSource { source, .. } => a.name.source == *source && b.name.source == *source,
        Guard::Differ { attribute, .. } => match (a.said.values.get(attribute), b.said.values.get(attribute)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        },
        // It looks at clusters, not at records.
        Guard::Looser { .. } => false,
    }
}
