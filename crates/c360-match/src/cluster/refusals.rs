//! Says which entities of a resolved component a rule would have joined and which guard kept them apart. Changes nothing.
//!
//! Two records of a group that ended in different entities were refused, whenever that was: all pairs of a group are tried.
//! So refusals need no record of the resolving; they follow from its result.

use super::components::Component;
use super::entities::Entities;
use super::ordered::local_group;
use super::{Input, Refusal};

/// Up to this many entities that meet in a group are held each against each, more of them only against the first.
const EACH_AGAINST_EACH: usize = 16;

/// Two entities, by roots, that a rule would have joined by a pair of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Refused {
    entities: (u32, u32),
    rule: u32,
    pair: (u32, u32),
}

/// Appends the refusals of one component, each pair of entities once, with the first rule and pair of records.
pub(super) fn collect(input: &Input<'_>, component: &Component<'_>, entities: &Entities, refusals: &mut Vec<Refusal>) {
    let mut refused = Vec::new();
    for &(_, rule, group) in component.groups {
        let members = local_group(input.rules[rule as usize].group(group as usize), component);
        refused_in_group(rule, &first_of_each_entity(&members, entities), &mut refused);
    }
    refused.sort_unstable();
    refused.dedup_by_key(|refused| refused.entities);
    refusals.extend(refused.iter().map(|refused| refusal(component, entities, refused)));
}

/// (root, first member) of each entity that meets in a group, by first member.
fn first_of_each_entity(members: &[u32], entities: &Entities) -> Vec<(u32, u32)> {
    let mut firsts: Vec<(u32, u32)> = members.iter().map(|&member| (entities.root(member), member)).collect();
    firsts.sort_unstable();
    firsts.dedup_by_key(|first| first.0);
    firsts.sort_unstable_by_key(|first| first.1);
    firsts
}

fn refused_in_group(rule: u32, firsts: &[(u32, u32)], refused: &mut Vec<Refused>) {
    let against = if firsts.len() > EACH_AGAINST_EACH { 1 } else { firsts.len() };
    for (place, &(a_root, a)) in firsts.iter().enumerate().take(against) {
        let others = firsts[place + 1..].iter();
        refused.extend(others.map(|&(b_root, b)| Refused { entities: (a_root.min(b_root), a_root.max(b_root)), rule, pair: (a, b) }));
    }
}

fn refusal(component: &Component<'_>, entities: &Entities, refused: &Refused) -> Refusal {
    let (a, b) = refused.pair;
    let apart = entities.apart(entities.root(a), entities.root(b));
    let (guard, bearer_a, bearer_b) = apart.expect("only a guard keeps apart what a rule joins");
    let record = |local: u32| component.records[local as usize];
    Refusal { rule: refused.rule, guard, pair: (record(a), record(b)), evidence: (record(bearer_a), record(bearer_b)) }
}
