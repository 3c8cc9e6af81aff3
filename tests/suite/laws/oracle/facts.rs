//! What the oracle expects, as sorted lines of text by kind. Objects go by their label, the smallest `source:key` of their members, never by an id.

mod objects;

use super::decisions::Decision;
use super::hierarchy::Ages;
use super::model::{Entity, Model};
use super::records::Record;
use super::reference::Resolved;
use super::values::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Kind to lines. Kinds are those of `queries.rs`.
pub(crate) type Facts = BTreeMap<&'static str, Vec<String>>;

/// Kinds of facts about one entity.
#[derive(Debug, Clone, Copy)]
pub(crate) enum About {
    Objects,
    Golden,
    Lineage,
    Decisions,
    Records,
}

/// The name of a kind, as in [`Facts`].
pub(crate) fn kind(entity: &str, about: About) -> &'static str {
    match (entity, about) {
        ("customer", About::Objects) => "customer",
        ("customer", About::Golden) => "customer.golden",
        ("customer", About::Lineage) => "customer.lineage",
        ("customer", About::Decisions) => "decisions.customer",
        ("account", About::Decisions) => "decisions.account",
        ("customer", About::Records) => "records.customer",
        ("account", About::Objects) => "account",
        ("account", About::Golden) => "account.golden",
        ("account", About::Lineage) => "account.lineage",
        ("account", About::Records) => "records.account",
        _ => unreachable!("there are two entities"),
    }
}

/// Cells of a line.
pub(crate) fn line(cells: &[&str]) -> String {
    cells.join("|")
}

/// What differs: `kind: - line` is expected and not there, `kind: + line` is there and not expected. Lines need no order.
pub(crate) fn differences(expected: &Facts, found: &Facts) -> Vec<String> {
    let kinds: BTreeSet<&str> = expected.keys().chain(found.keys()).copied().collect();
    let mut differences = Vec::new();
    for kind in kinds {
        let [mut missing, mut surplus] = [expected, found].map(|facts| facts.get(kind).cloned().unwrap_or_default());
        // Lines may repeat, so each is struck off against one.
        missing.retain(|line| match surplus.iter().position(|other| other == line) {
            Some(same) => {
                surplus.remove(same);
                false
            }
            None => true,
        });
        differences.extend(missing.iter().map(|line| format!("{kind}: - {line}")));
        differences.extend(surplus.iter().map(|line| format!("{kind}: + {line}")));
    }
    differences
}

/// Adds everything about one entity.
pub(crate) fn of_entity(model: &Model, entity: &Entity, resolved: &Resolved<'_>, decided: &[Decision], ages: &Ages, facts: &mut Facts) {
    let Resolved { records, clusters, .. } = resolved;
    for first in clusters.firsts() {
        let members: Vec<String> = clusters.members(first).iter().map(|&member| records[member].name.to_string()).collect();
        push(facts, kind(entity.name, About::Objects), members.join(" "));
    }
    for record in records {
        push(facts, kind(entity.name, About::Records), record_line(entity, record));
    }
    for join in &clusters.refused {
        let [left, right] = [join.pair.0, join.pair.1].map(|record| records[record].name.to_string());
        push(facts, "refused.joins", line(&[entity.name, &join.rule, &join.guard, &left, &right]));
    }
    let object = |record: usize| clusters.first[record];
    let decided_between = |a: usize, b: usize| {
        let between = |(x, y): (usize, usize)| [(x, y), (y, x)].contains(&(a, b));
        decided.iter().filter_map(|decision| decision.pair(records)).any(|(x, y)| between((object(x), object(y))))
    };
    let open = |(a, b): (usize, usize)| object(a) != object(b) && !decided_between(object(a), object(b));
    for (score, (a, b)) in clusters.near.iter().filter(|(_, pair)| open(*pair)) {
        let [left, right] = [a, b].map(|record| records[*record].name.to_string());
        push(facts, "review", line(&[&score.to_string(), &left, &right]));
    }
    for hub in &clusters.hubs {
        push(facts, "refused.values", line(&[entity.name, hub.rule, &hub.value, &hub.records.to_string()]));
    }
    for (rule, count) in &clusters.merges {
        push(facts, "merges", line(&[entity.name, rule, &count.to_string()]));
    }
    for decision in decided {
        let status = match decision.pair(records) {
            None => "waits",
            Some((a, b)) if decision.what == "always" && clusters.first[a] != clusters.first[b] => "refused",
            Some(_) => "holds",
        };
        let [first, second] = [0, 1].map(|side: usize| decision.records[side].to_string());
        push(facts, kind(entity.name, About::Decisions), line(&[&decision.what, &first, &second, status, &decision.place]));
    }
    objects::add(model, entity, resolved, ages, facts);
}

pub(crate) fn push(facts: &mut Facts, kind: &'static str, line: String) {
    facts.entry(kind).or_default().push(line);
}

/// `source|key|file|row|attribute=value|..|reference=source:key|..|is=source:key`
fn record_line(entity: &Entity, record: &Record<'_>) -> String {
    let mut cells = vec![record.name.source.clone(), record.name.key.clone(), record.place.file.to_owned(), record.place.line.to_string()];
    for attribute in &entity.attributes {
        cells.push(format!("{}={}", attribute.name, joined(record.said.values.get(attribute.name).into_iter().flatten())));
    }
    for reference in &entity.references {
        let named = record.said.references.get(reference.name).map(ToString::to_string).unwrap_or_default();
        cells.push(format!("{}={named}", reference.name));
    }
    cells.push(format!("is={}", record.said.is.as_ref().map(ToString::to_string).unwrap_or_default()));
    cells.join("|")
}

fn joined<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    values.into_iter().map(Value::to_string).collect::<Vec<_>>().join(",")
}
