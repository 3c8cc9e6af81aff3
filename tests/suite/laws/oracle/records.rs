//! What rows say of an entity: values in their fixed form, what references and `is` name. Resolves nothing.

use super::current::{Current, Place, Row};
use super::model::{Block, Entity, Model, Source, Target};
use super::values::{Kind, Value, day, read};
use std::collections::BTreeMap;

/// A record's identity. Their order is the order of ranks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) source: String,
    pub(crate) key: String,
}

impl Name {
    pub(crate) fn new(source: &str, key: &str) -> Name {
        Name { source: source.to_owned(), key: key.to_owned() }
    }
}

impl std::fmt::Display for Name {
    /// `source:key`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.source, self.key)
    }
}

/// What a record says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// Attributes that have a value; several where they are `many`, without repeats.
    pub(crate) values: BTreeMap<&'static str, Vec<Value>>,
    /// Where references lead: a source or `entity.attribute`, and the key or value there.
    pub(crate) references: BTreeMap<&'static str, Name>,
    pub(crate) is: Option<Name>,
}

/// A record of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Record<'f> {
    pub(crate) name: Name,
    pub(crate) updated: Option<i64>,
    pub(crate) place: Place<'f>,
    pub(crate) said: Said,
}

/// All records of an entity, by rank.
pub(crate) fn records<'f>(model: &Model, entity: &Entity, current: &BTreeMap<&'static str, Current<'f>>) -> Vec<Record<'f>> {
    let mut found = Vec::new();
    for source in &model.sources {
        for block in source.blocks.iter().filter(|block| block.entity == entity.name) {
            for (key, version) in current.get(source.name).iter().flat_map(|current| &current.rows) {
                if describes(model, source, block, version.cells) {
                    let said = said(model, source, block, version.cells);
                    found.push(Record { name: Name::new(source.name, key), updated: version.updated, place: version.place, said });
                }
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Whether a row supplies anything for the block's entity. A reference to another object of the same row supplies nothing: every row has it.
pub(crate) fn describes(model: &Model, source: &Source, block: &Block, cells: &Row) -> bool {
    let said = said(model, source, block, cells);
    let own = |name: &str| !block.references.iter().any(|(known, target)| *known == name && matches!(target, Target::SameRow));
    !said.values.is_empty() || said.is.is_some() || said.references.keys().any(|name| own(name))
}

fn said(model: &Model, source: &Source, block: &Block, cells: &Row) -> Said {
    let entity = model.entity(block.entity);
    let mut said = Said::default();
    for (name, columns) in &block.values {
        let kind = entity.attribute(name).expect("blocks set declared attributes").kind;
        let values = values(source, cells, columns, kind);
        if !values.is_empty() {
            said.values.insert(name, values);
        }
    }
    for (name, target) in &block.references {
        let points_to = entity.references.iter().find(|reference| reference.name == *name).expect("blocks set declared references").target;
        if let Some(named) = named(model, source, points_to, *target, cells) {
            said.references.insert(name, named);
        }
    }
    said.is = block.is.and_then(|(other, column)| key_of(other, source.cell(cells, column)));
    said
}

/// The values of some columns, empty and refused ones left out.
fn values(source: &Source, cells: &Row, columns: &[&str], kind: Kind) -> Vec<Value> {
    let mut values = Vec::new();
    for value in columns.iter().filter_map(|column| read(kind, source.cell(cells, column)).ok().flatten()) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// What a reference names.
fn named(model: &Model, source: &Source, points_to: &str, target: Target, cells: &Row) -> Option<Name> {
    match target {
        Target::SameRow => key_of(source.name, source.cell(cells, "id")),
        Target::Key { source: other, column } => key_of(other, source.cell(cells, column)),
        Target::Lookup { attribute, column } => {
            let kind = model.entity(points_to).attribute(attribute).expect("lookups name declared attributes").kind;
            let value = read(kind, source.cell(cells, column)).ok().flatten()?;
            Some(Name::new(&format!("{points_to}.{attribute}"), &value.to_string()))
        }
    }
}

fn key_of(source: &str, key: &str) -> Option<Name> {
    (!key.is_empty()).then(|| Name::new(source, key))
}

/// The columns of the report for values of a row that are refused: `updated`, `entity.attribute`.
pub(crate) fn refused_columns(model: &Model, source: &Source, cells: &Row) -> Vec<String> {
    let time = source.updated.map(|column| source.cell(cells, column)).filter(|raw| !raw.is_empty() && day(raw).is_err());
    let mut refused: Vec<String> = time.iter().map(|_| "updated".to_owned()).collect();
    for block in &source.blocks {
        for (name, columns) in &block.values {
            let kind = model.entity(block.entity).attribute(name).expect("blocks set declared attributes").kind;
            if columns.iter().any(|column| read(kind, source.cell(cells, column)).is_err()) {
                refused.push(format!("{}.{name}", block.entity));
            }
        }
    }
    refused
}
