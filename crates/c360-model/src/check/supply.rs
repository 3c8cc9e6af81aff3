//! Which source describes which entity and sets which of its attributes, as written. Knows no types.

use super::names::Declared;
use crate::model::{EntityId, SourceId};
use c360_syntax::ast::{Mapping, MappingEntry};
use std::collections::{BTreeMap, BTreeSet};

/// The blocks of sources, by entity and source.
pub(super) struct Supply<'a> {
    blocks: BTreeMap<(EntityId, SourceId), Block<'a>>,
}

/// What one source says of one entity.
#[derive(Default)]
struct Block<'a> {
    targets: BTreeSet<&'a str>,
    cross_references: bool,
}

/// Reads off who describes what. Two blocks of a source for one entity, a mistake that is reported elsewhere, count together.
pub(super) fn of<'a>(declared: &Declared<'a>) -> Supply<'a> {
    let mut blocks = BTreeMap::new();
    for (index, source) in declared.sources.iter().enumerate() {
        for mapping in &source.mappings {
            if let Some(entity) = declared.entity_named(&mapping.entity.text) {
                add(mapping, blocks.entry((entity, SourceId(index))).or_default());
            }
        }
    }
    Supply { blocks }
}

fn add<'a>(mapping: &'a Mapping, block: &mut Block<'a>) {
    for entry in &mapping.entries {
        match entry {
            MappingEntry::Is(_) => block.cross_references = true,
            MappingEntry::Assign { target, .. } => {
                block.targets.insert(&target.text);
            }
        }
    }
}

impl Supply<'_> {
    /// Whether a source has a block for an entity.
    pub(super) fn describes(&self, source: SourceId, entity: EntityId) -> bool {
        self.blocks.contains_key(&(entity, source))
    }

    /// Whether a source sets an attribute or reference of an entity.
    pub(super) fn supplies(&self, source: SourceId, entity: EntityId, attribute: &str) -> bool {
        self.blocks.get(&(entity, source)).is_some_and(|block| block.targets.contains(attribute))
    }

    /// The sources that describe an entity, in the order of their declaration.
    pub(super) fn sources_of(&self, entity: EntityId) -> impl Iterator<Item = SourceId> + '_ {
        self.of_entity(entity).map(|(source, _)| source)
    }

    /// The sources that set an attribute or reference of an entity, in the order of their declaration.
    pub(super) fn suppliers<'s>(&'s self, entity: EntityId, attribute: &'s str) -> impl Iterator<Item = SourceId> + 's {
        self.of_entity(entity).filter(move |(_, block)| block.targets.contains(attribute)).map(|(source, _)| source)
    }

    /// Whether some source names records of another source as the same object of this entity.
    pub(super) fn is_cross_referenced(&self, entity: EntityId) -> bool {
        self.of_entity(entity).any(|(_, block)| block.cross_references)
    }

    fn of_entity(&self, entity: EntityId) -> impl Iterator<Item = (SourceId, &Block<'_>)> + '_ {
        let range = (entity, SourceId(0))..(EntityId(entity.0 + 1), SourceId(0));
        self.blocks.range(range).map(|((_, source), block)| (*source, block))
    }
}
