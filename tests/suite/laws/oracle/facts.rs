//! What the oracle expects, as sorted lines of text by kind. Objects go by their label, the smallest `source:key` of their members, never by an id.

use super::golden::Survivors;
use super::hierarchy::{Ages, hierarchy};
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
    Records,
}

/// The name of a kind, as in [`Facts`].
pub(crate) fn kind(entity: &str, about: About) -> &'static str {
    match (entity, about) {
        ("customer", About::Objects) => "customer",
        ("customer", About::Golden) => "customer.golden",
        ("customer", About::Lineage) => "customer.lineage",
        ("customer", About::Records) => "records.customer",
        ("account", About::Objects) => "account",
        ("account", About::Golden) => "account.golden",
        ("account", About::Lineage) => "account.lineage",
        ("account", About::Records) => "records.account",
        _ => unreachable!("there are two entities"),
    }
}

/// The kind for the links of a reference.
fn links(entity: &str, reference: &str) -> &'static str {
    match (entity, reference) {
        ("customer", "parent") => "customer.parent",
        ("account", "owner") => "account.owner",
        _ => unreachable!("there are two references"),
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
pub(crate) fn of_entity(model: &Model, entity: &Entity, resolved: &Resolved<'_>, ages: &Ages, facts: &mut Facts) {
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
        push(facts, "refused.joins", line(&[entity.name, join.rule, join.guard, &left, &right]));
    }
    for hub in &clusters.hubs {
        push(facts, "refused.values", line(&[entity.name, hub.rule, &hub.value, &hub.records.to_string()]));
    }
    for (rule, count) in &clusters.merges {
        push(facts, "merges", line(&[entity.name, rule, &count.to_string()]));
    }
    golden(model, entity, resolved, ages, facts);
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

/// Golden records, where their values come from, and links.
fn golden(model: &Model, entity: &Entity, resolved: &Resolved<'_>, ages: &Ages, facts: &mut Facts) {
    let Resolved { records, clusters, .. } = resolved;
    let survivors = Survivors { model, entity, records };
    let mut pointing: BTreeMap<&'static str, BTreeMap<String, (String, usize)>> = BTreeMap::new();
    for first in clusters.firsts() {
        let (members, label) = (clusters.members(first), resolved.label(first));
        let mut cells = vec![label.clone()];
        for attribute in &entity.attributes {
            let said = |&member: &usize| records[member].said.values.get(attribute.name).into_iter().flatten().map(move |v| (v.clone(), member));
            let candidates: Vec<(Value, usize)> = members.iter().flat_map(said).collect();
            let found = survivors.of(&candidates, attribute.strategy.as_ref(), attribute.many);
            cells.push(format!("{}={}", attribute.name, joined(found.iter().map(|(value, _)| value))));
            for (value, record) in &found {
                let origin = records[*record].name.to_string();
                push(facts, kind(entity.name, About::Lineage), line(&[&label, attribute.name, &value.to_string(), &origin]));
            }
        }
        for reference in &entity.references {
            let targets = &resolved.targets[reference.name];
            let said = |&member: &usize| targets[member].clone().map(|target| (Value::Object(target), member));
            let candidates: Vec<(Value, usize)> = members.iter().filter_map(said).collect();
            let found = survivors.of(&candidates, reference.strategy.as_ref(), false);
            cells.push(format!("{}={}", reference.name, joined(found.iter().map(|(value, _)| value))));
            pointing.entry(reference.name).or_default().extend(found.iter().map(|(value, record)| (label.clone(), (value.to_string(), *record))));
        }
        cells.push(format!("records={}", members.len()));
        cells.push(format!("sources={}", sources(model, entity, records, &members)));
        push(facts, kind(entity.name, About::Golden), cells.join("|"));
    }
    for (reference, pointing) in &pointing {
        link_lines(entity, reference, pointing, resolved, ages, facts);
    }
}

fn sources(model: &Model, entity: &Entity, records: &[Record<'_>], members: &[usize]) -> String {
    let has = |source: &&str| members.iter().any(|&member| records[member].name.source == **source);
    model.describing(entity.name).iter().filter(has).copied().collect::<Vec<_>>().join(",")
}

/// `label|target|source:key`, and for references of an entity to itself `|root|depth`; cycles: `entity|reference|a -> b -> a|objects`.
fn link_lines(
    entity: &Entity,
    reference: &'static str,
    pointing: &BTreeMap<String, (String, usize)>,
    resolved: &Resolved<'_>,
    ages: &Ages,
    facts: &mut Facts,
) {
    let to_itself = entity.references.iter().any(|known| known.name == reference && known.target == entity.name);
    let parents: BTreeMap<String, String> = pointing.iter().map(|(child, (parent, _))| (child.clone(), parent.clone())).collect();
    let found = if to_itself { hierarchy(&parents, ages) } else { Default::default() };
    for (child, (parent, record)) in pointing {
        let mut cells = vec![child.clone(), parent.clone(), resolved.records[*record].name.to_string()];
        if let Some((root, depth)) = found.tops.get(child) {
            cells.extend([root.clone(), depth.to_string()]);
        }
        push(facts, links(entity.name, reference), cells.join("|"));
    }
    for (cycle, objects) in &found.cycles {
        push(facts, "cycles", line(&[entity.name, reference, cycle, &objects.to_string()]));
    }
}
