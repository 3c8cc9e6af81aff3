//! Resolves one component pair by pair in order, without walking over all pairs. Reports nothing but merges; see `refusals`.
//!
//! # Why this equals taking all pairs
//! Write C(r) for the cluster of record r. Guards are monotone: clusters only grow, and two that conflict go on to conflict.
//! Within a rule, records are taken as *heads* `a` by rank, each against the records `b` behind it in its groups, by rank: that is the
//! order of all pairs. After `a` was taken in a group, every later member is in C(a) or conflicts with it, forever. So
//!
//! 1. A record whose cluster already holds an earlier record of the group has nothing to do there: each of its pairs was decided with
//!    that cluster. Only the first record of each cluster becomes a head of the group.
//! 2. A head need not be held against a record whose cluster holds an earlier head: that conflict is known. What remains are the
//!    *waiting* records. They all conflict with all heads so far, and a group in which none waits is closed.
//! 3. Of those waiting only the compatible ones matter, in order of rank, where each union narrows what is compatible. A few are looked
//!    at one by one, many are looked up by their marks (`compatible`).

use super::components::Component;
use super::entities::Entities;
use super::forest::Forest;
use super::group::Group;
use super::{Guard, Input};

/// Resolves a component. Corrects `merges`, which so far counts as if nothing had been refused.
pub(super) fn resolve(input: &Input<'_>, component: &Component<'_>, merges: &mut [u64]) -> Entities {
    let mut entities = Entities::new(input, component);
    let mut unguarded = Forest::new(component.records.len());
    for of_rule in component.groups.chunk_by(|a, b| a.1 == b.1) {
        let rule = of_rule[0].1 as usize;
        let groups: Vec<Vec<u32>> =
            of_rule.iter().map(|&(_, _, group)| local_group(input.rules[rule].group(group as usize), component)).collect();
        for group in &groups {
            merges[rule] -= group[1..].iter().filter(|&&other| unguarded.join(group[0], other)).count() as u64;
        }
        merges[rule] += match compares(input, rule) {
            true => apply_pairs(&mut entities, groups),
            false => apply_rule(&mut entities, groups),
        };
    }
    entities
}

/// Whether a rule compares pairs and a guard looks at how many it joins.
fn compares(input: &Input<'_>, rule: usize) -> bool {
    input.guards.iter().any(|guard| matches!(guard, Guard::Looser { compares, .. } if compares[rule]))
}

/// Takes pairs in order, each once. Returns the merges.
fn apply_pairs(entities: &mut Entities, mut groups: Vec<Vec<u32>>) -> u64 {
    groups.sort_unstable();
    let mut merges = 0;
    for pair in &groups {
        let (a, b) = (entities.find(pair[0]), entities.find(pair[1]));
        if a != b && entities.compatible(a, b) && !entities.too_loose(a, b) {
            entities.join(a, b);
            merges += 1;
        }
    }
    merges
}

/// The members of a group as local numbers, ascending.
pub(super) fn local_group(group: &[u32], component: &Component<'_>) -> Vec<u32> {
    let mut members: Vec<u32> = group.iter().map(|&record| component.local(record)).collect();
    members.sort_unstable();
    members
}

/// Takes the pairs of all groups of one rule in order. Returns the merges.
fn apply_rule(entities: &mut Entities, groups: Vec<Vec<u32>>) -> u64 {
    let mut memberships: Vec<(u32, u32)> = Vec::new();
    for (group, members) in (0..).zip(&groups) {
        memberships.extend(members.iter().map(|&member| (member, group)));
    }
    memberships.sort_unstable();
    let mut groups: Vec<Group> = groups.into_iter().map(Group::new).collect();
    let mut merges = 0;
    for of_head in memberships.chunk_by(|a, b| a.0 == b.0) {
        merges += apply_head(entities, &mut groups, of_head);
    }
    merges
}

/// Takes the pairs of one record with all behind it in its groups, in order. Returns the merges.
fn apply_head(entities: &mut Entities, groups: &mut [Group], of_head: &[(u32, u32)]) -> u64 {
    let head = of_head[0].0;
    let heads_of: Vec<usize> =
        of_head.iter().map(|&(_, group)| group as usize).filter(|&group| groups[group].begin(head, entities)).collect();
    let mut merges = 0;
    while let Some(next) = heads_of.iter().filter_map(|&group| groups[group].next(head, entities)).min() {
        let (a, b) = (entities.find(head), entities.find(next));
        entities.join(a, b);
        merges += 1;
    }
    for group in heads_of {
        groups[group].end(head, entities);
    }
    merges
}
