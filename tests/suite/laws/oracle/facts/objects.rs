//! Facts about objects: golden records, the records that their values come from, and links. Settles nothing: `golden.rs` does.

use super::super::golden::{Survivor, Survivors};
use super::super::hierarchy::{Ages, Hierarchy, hierarchy};
use super::super::model::{Attribute, Entity, Model, Reference};
use super::super::reference::Resolved;
use super::super::values::Value;
use super::{About, Facts, joined, kind, line, push};
use std::collections::BTreeMap;

/// By label of an object: the label that its reference leads to, and the record that says so.
type Pointing = BTreeMap<String, (String, usize)>;

/// Adds golden records, lineage and links of an entity.
pub(super) fn add(model: &Model, entity: &Entity, resolved: &Resolved<'_>, ages: &Ages, facts: &mut Facts) {
    let objects = Objects { entity, resolved, survivors: Survivors { model, entity, records: &resolved.records } };
    let mut pointing: BTreeMap<&'static str, Pointing> = BTreeMap::new();
    for first in resolved.clusters.firsts() {
        let (members, label) = (resolved.clusters.members(first), resolved.label(first));
        let mut cells = vec![label.clone()];
        for attribute in &entity.attributes {
            let found = objects.attribute(attribute, &members);
            cells.push(cell(attribute.name, &found));
            for (value, record) in &found {
                let origin = resolved.records[*record].name.to_string();
                push(facts, kind(entity.name, About::Lineage), line(&[&label, attribute.name, &value.to_string(), &origin]));
            }
        }
        for reference in &entity.references {
            let found = objects.reference(reference, &members);
            cells.push(cell(reference.name, &found));
            let links = found.into_iter().map(|(value, record)| (label.clone(), (value.to_string(), record)));
            pointing.entry(reference.name).or_default().extend(links);
        }
        cells.push(format!("records={}", members.len()));
        cells.push(format!("sources={}", objects.sources(&members).join(",")));
        push(facts, kind(entity.name, About::Golden), cells.join("|"));
    }
    for (reference, pointing) in &pointing {
        objects.links(reference, pointing, ages, facts);
    }
}

fn cell(name: &str, found: &[Survivor]) -> String {
    format!("{name}={}", joined(found.iter().map(|(value, _)| value)))
}

struct Objects<'a> {
    entity: &'a Entity,
    resolved: &'a Resolved<'a>,
    survivors: Survivors<'a>,
}

impl Objects<'_> {
    fn attribute(&self, attribute: &Attribute, members: &[usize]) -> Vec<Survivor> {
        let said = |member: usize| {
            let values = self.resolved.records[member].said.values.get(attribute.name);
            values.into_iter().flatten().map(move |value| (value.clone(), member))
        };
        let candidates: Vec<Survivor> = members.iter().flat_map(|&member| said(member)).collect();
        self.survivors.of(&candidates, attribute.strategy.as_ref(), attribute.many)
    }

    fn reference(&self, reference: &Reference, members: &[usize]) -> Vec<Survivor> {
        let targets = &self.resolved.targets[reference.name];
        let said = |&member: &usize| targets[member].clone().map(|target| (Value::Object(target), member));
        let candidates: Vec<Survivor> = members.iter().filter_map(said).collect();
        self.survivors.of(&candidates, reference.strategy.as_ref(), false)
    }

    /// The sources of records, in the order of declaration.
    fn sources(&self, members: &[usize]) -> Vec<&'static str> {
        let mut sources = self.survivors.model.describing(self.entity.name);
        sources.retain(|source| members.iter().any(|&member| self.resolved.records[member].name.source == *source));
        sources
    }

    /// `label|target|source:key`, and for references of an entity to itself `|root|depth`; cycles: `entity|reference|a -> b -> a|objects`.
    fn links(&self, reference: &'static str, pointing: &Pointing, ages: &Ages, facts: &mut Facts) {
        let to_itself = self.entity.references.iter().any(|known| known.name == reference && known.target == self.entity.name);
        let parents = pointing.iter().map(|(child, (parent, _))| (child.clone(), parent.clone())).collect();
        let found = if to_itself { hierarchy(&parents, ages) } else { Hierarchy::default() };
        for (child, (parent, record)) in pointing {
            let mut cells = vec![child.clone(), parent.clone(), self.resolved.records[*record].name.to_string()];
            if let Some((root, depth)) = found.tops.get(child) {
                cells.extend([root.clone(), depth.to_string()]);
            }
            push(facts, kind_of_links(self.entity.name, reference), cells.join("|"));
        }
        for (cycle, objects) in &found.cycles {
            push(facts, "cycles", line(&[self.entity.name, reference, cycle, &objects.to_string()]));
        }
    }
}

/// The kind for the links of a reference.
fn kind_of_links(entity: &str, reference: &str) -> &'static str {
    match (entity, reference) {
        ("customer", "parent") => "customer.parent",
        ("account", "owner") => "account.owner",
        _ => unreachable!("there are two references"),
    }
}
