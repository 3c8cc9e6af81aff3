//! The weakest link of an object: of the edges without which it would fall into two, the weakest.

use super::Join;
use super::bridges::{Link, bridges};
use super::edges::Pair;
use super::loaded::Loaded;
use c360_plan::Cluster;
use std::collections::BTreeMap;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weakest {
    /// The object has one record.
    Single,
    /// The rules as they are now do not join all records: another pipeline made the commit.
    Apart,
    /// Without any one edge it still is one.
    None,
    /// Without this one it would fall into two.
    Link(WeakLink),
}

/// An edge that alone holds an object together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeakLink {
    /// The rule, or `is`.
    pub rule: String,
    /// The value that the two share, for an exact rule.
    pub value: Option<String>,
    /// Numbers of the two records.
    pub records: (i64, i64),
    /// The score in thousandths of a bit, for a model.
    pub weight: Option<i32>,
    /// The records of the smaller part that would fall off.
    pub falls_off: Vec<i64>,
}

/// An edge of the object and how strong it is: weaker ones are greater.
struct Edge {
    rule: usize,
    weight: Option<i32>,
    value: Option<String>,
    link: Link,
}

/// The weakest link among records, given in the order of their names, that these joins and pairs hold together.
pub(super) fn weakest(step: &Cluster, order: &[i64], joins: &[Join], rules: &[Loaded<'_>], pairs: &[Pair]) -> Weakest {
    if order.len() < 2 {
        return Weakest::Single;
    }
    let names = step.rule_names();
    let rank = |rule: &str| names.iter().position(|name| *name == rule).unwrap_or(names.len());
    let places: BTreeMap<i64, u32> = order.iter().copied().zip(0_u32..).collect();
    let mut edges = Vec::new();
    for join in joins {
        let value = join.value.as_ref().filter(|_| join.records.len() == 2);
        edges.extend(links_of(join, &places).into_iter().map(|link| Edge {
            rule: rank(&join.rule),
            weight: None,
            value: value.cloned(),
            link,
        }));
    }
    let ranks: Vec<usize> = rules.iter().map(|rule| rank(&rule.plan.name)).collect();
    edges.extend(pairs.iter().map(|pair| Edge { rule: ranks[pair.rule], weight: pair.weight, value: None, link: pair.places }));
    let links: Vec<Link> = edges.iter().map(|edge| edge.link).collect();
    let Some(found) = bridges(order.len(), &links) else { return Weakest::Apart };
    let strength = |edge: usize| (edges[edge].rule, std::cmp::Reverse(edges[edge].weight), edge);
    let Some(weakest) = found.bridges().max_by_key(|edge| strength(*edge)) else { return Weakest::None };
    let Edge { rule, weight, value, link } = &edges[weakest];
    Weakest::Link(WeakLink {
        rule: names.get(*rule).map_or_else(String::new, |name| (*name).to_owned()),
        value: value.clone(),
        records: (order[link.0 as usize], order[link.1 as usize]),
        weight: *weight,
        falls_off: found.smaller_side(weakest).into_iter().map(|place| order[place as usize]).collect(),
    })
}

/// The edges of a join: from each record to the one that it names; for a shared value of three or more records a ring, since any two of them share
/// it and no single edge holds them.
fn links_of(join: &Join, places: &BTreeMap<i64, u32>) -> Vec<Link> {
    let records: Vec<u32> = join.records.iter().filter_map(|record| places.get(record).copied()).collect();
    let named = join.named.and_then(|named| places.get(&named).copied());
    match (named, records.as_slice()) {
        (Some(named), all) => all.iter().filter(|place| **place != named).map(|place| (*place, named)).collect(),
        (None, [first, second]) => vec![(*first, *second)],
        (None, all) => all.iter().copied().zip(all.iter().copied().cycle().skip(1)).collect(),
    }
}
