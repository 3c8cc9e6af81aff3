//! References of records into objects: by key, by the same row, by a value. What leads nowhere is an orphan. Knows no hierarchy.

use super::cluster::{Clusters, Targets};
use super::decisions::decisions;
use super::facts::line;
use super::model::{Entity, Model, Reference};
use super::records::{Name, Record};
use super::state::Files;
use std::collections::{BTreeMap, BTreeSet};

/// An entity whose records are clustered.
#[derive(Debug)]
pub(crate) struct Resolved<'f> {
    /// By rank.
    pub(crate) records: Vec<Record<'f>>,
    pub(crate) clusters: Clusters,
    pub(crate) targets: Targets,
}

impl Resolved<'_> {
    /// The label of a record's object: the name of its first member.
    pub(crate) fn label(&self, record: usize) -> String {
        self.records[self.clusters.first[record]].name.to_string()
    }
}

/// `entity|reference|source|key|target source|target key|reason`
pub(crate) type Orphans = Vec<String>;

/// Resolves all entities of a model.
pub(crate) fn resolve<'f>(
    model: &Model,
    mut records: BTreeMap<&'static str, Vec<Record<'f>>>,
    files: &Files,
    orphans: &mut Orphans,
) -> BTreeMap<&'static str, Resolved<'f>> {
    let mut done: BTreeMap<&'static str, Resolved<'f>> = BTreeMap::new();
    for entity in &model.entities {
        let records = records.remove(entity.name).unwrap_or_default();
        let mut targets = Targets::new();
        for reference in entity.references.iter().filter(|reference| reference.target != entity.name) {
            let known = known(&done[reference.target]);
            targets.insert(reference.name, follow(entity, reference, &records, &known, orphans));
        }
        let crossed = model.crossed(entity.name);
        let clusters = super::cluster::cluster(entity, &records, &targets, crossed, &decisions(files, entity.name));
        let mut resolved = Resolved { records, clusters, targets };
        for reference in entity.references.iter().filter(|reference| reference.target == entity.name) {
            let targets = follow(entity, reference, &resolved.records, &known(&resolved), orphans);
            resolved.targets.insert(reference.name, targets);
        }
        lost_cross_references(entity, &resolved.records, orphans);
        done.insert(entity.name, resolved);
    }
    done
}

/// What references may name, with the labels of the objects that have it.
type Known = (BTreeMap<Name, BTreeSet<String>>, BTreeMap<(String, String), BTreeSet<String>>);

/// By key, and by attribute and value.
fn known(target: &Resolved<'_>) -> Known {
    let mut known = Known::default();
    for (index, record) in target.records.iter().enumerate() {
        known.0.entry(record.name.clone()).or_default().insert(target.label(index));
        for (attribute, values) in &record.said.values {
            for value in values {
                known.1.entry(((*attribute).to_owned(), value.to_string())).or_default().insert(target.label(index));
            }
        }
    }
    known
}

/// Per record the label of the object that its reference leads to.
fn follow(entity: &Entity, reference: &Reference, records: &[Record<'_>], known: &Known, orphans: &mut Orphans) -> Vec<Option<String>> {
    let mut targets = Vec::new();
    for record in records {
        let Some(named) = record.said.references.get(reference.name) else {
            targets.push(None);
            continue;
        };
        let found: Vec<String> = match named.source.split_once('.') {
            None => known.0.get(named),
            Some((_, attribute)) => known.1.get(&(attribute.to_owned(), named.key.clone())),
        }
        .into_iter()
        .flatten()
        .cloned()
        .collect();
        if found.len() != 1 {
            let reason = if found.is_empty() { "missing" } else { "ambiguous" };
            orphans.push(orphan(entity, reference.name, &record.name, named, reason));
        }
        targets.push(found.first().filter(|_| found.len() == 1).cloned());
    }
    targets
}

fn lost_cross_references(entity: &Entity, records: &[Record<'_>], orphans: &mut Orphans) {
    for record in records {
        for named in record.said.is.iter().filter(|named| !records.iter().any(|other| other.name == **named)) {
            orphans.push(orphan(entity, "is", &record.name, named, "missing"));
        }
    }
}

fn orphan(entity: &Entity, reference: &str, record: &Name, named: &Name, reason: &str) -> String {
    line(&[entity.name, reference, &record.source, &record.key, &named.source, &named.key, reason])
}
