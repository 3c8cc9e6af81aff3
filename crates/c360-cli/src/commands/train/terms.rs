//! What the columns of imported settings stand for: by what the user says, by the names of attributes, by what the sources' mappings make of columns.

use c360_match::format::Format;
use c360_match::model::Columns;
use c360_model::model::{Attribute, AttributeInput, Entity, EntityId, ExprKind, Model};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Finds expressions for columns, and keeps what was found.
pub(super) struct Terms<'a> {
    model: &'a Model,
    entity: EntityId,
    /// Column and expression, as given.
    given: &'a [(String, String)],
    found: RefCell<BTreeMap<String, String>>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(model: &'a Model, entity: EntityId, given: &'a [(String, String)]) -> Terms<'a> {
        Terms { model, entity, given, found: RefCell::default() }
    }

    /// The columns that were asked for and their expressions.
    pub(super) fn into_found(self) -> BTreeMap<String, String> {
        self.found.into_inner()
    }

    /// Columns that were given and that the settings do not have.
    pub(super) fn unused(&self) -> Vec<&str> {
        let found = self.found.borrow();
        let is_used = |column: &str| found.keys().any(|known| known.eq_ignore_ascii_case(column));
        self.given.iter().map(|(column, _)| column.as_str()).filter(|column| !is_used(column)).collect()
    }

    fn entity(&self) -> &'a Entity {
        self.model.entity(self.entity)
    }

    fn of_column(&self, column: &str) -> Option<String> {
        let same = |name: &str| name.eq_ignore_ascii_case(column);
        if let Some((_, expression)) = self.given.iter().find(|(name, _)| same(name)) {
            return Some(expression.clone());
        }
        let attributes = &self.entity().attributes;
        if let Some(attribute) = attributes.iter().find(|attribute| same(&attribute.name)) {
            return Some(attribute.name.clone());
        }
        let all = attributes.iter().flat_map(|attribute| parts(attribute).iter().map(|part| (attribute.name.as_str(), *part)));
        let all: Vec<(&str, &str)> = all.collect();
        if let Some((name, part)) = all.iter().find(|(name, part)| same(&format!("{name}_{part}"))) {
            return Some(format!("{name}.{part}"));
        }
        let called = || all.iter().filter(|(_, part)| same(part)).map(|(name, part)| format!("{name}.{part}")).collect();
        only(self.mapped(column)).or_else(|| only(called()))
    }

    /// What the sources' mappings make of a column.
    fn mapped(&self, column: &str) -> BTreeSet<String> {
        let mappings = self.model.sources.iter().flat_map(|source| &source.mappings).filter(|mapping| mapping.entity == self.entity);
        let mut found = BTreeSet::new();
        for assignment in mappings.flat_map(|mapping| &mapping.values) {
            let attribute = &self.entity().attributes[assignment.attribute.0];
            for input in assignment.values.iter().flat_map(|value| inputs_of(value, column)) {
                found.extend(expression(attribute, input));
            }
        }
        found
    }
}

impl Columns for Terms<'_> {
    fn term(&self, column: &str) -> Option<String> {
        let found = self.of_column(column)?;
        self.found.borrow_mut().insert(column.to_owned(), found.clone());
        Some(found)
    }

    fn is_date(&self, term: &str) -> bool {
        self.entity().attributes.iter().any(|attribute| attribute.name == term && matches!(attribute.format, Format::Date(_)))
    }
}

/// The parts of an attribute that is a group.
fn parts(attribute: &Attribute) -> &'static [&'static str] {
    match &attribute.format {
        Format::Parts(format) => format.parts(),
        _ => &[],
    }
}

/// The places of the inputs that are this column and nothing else.
fn inputs_of(value: &AttributeInput, column: &str) -> impl Iterator<Item = usize> {
    let is = |kind: &ExprKind| matches!(kind, ExprKind::Column(path) if path.len() == 1 && path[0].eq_ignore_ascii_case(column));
    value.inputs.iter().enumerate().filter(move |(_, input)| input.as_ref().is_some_and(|input| is(&input.kind))).map(|(place, _)| place)
}

/// What an input of an attribute's format becomes: the attribute, or its part of the same name.
fn expression(attribute: &Attribute, input: usize) -> Option<String> {
    match &attribute.format {
        Format::Parts(format) if input > 0 => {
            let name = format.inputs()[input];
            format.parts().contains(&name).then(|| format!("{}.{name}", attribute.name))
        }
        _ => Some(attribute.name.clone()),
    }
}

/// What is found, where it is one thing only.
fn only(found: BTreeSet<String>) -> Option<String> {
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}
