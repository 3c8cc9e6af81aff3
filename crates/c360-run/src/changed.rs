//! What a run changed so far: which records and objects the steps that follow must look at again. Everything else is carried over.

use c360_model::model::EntityId;
use c360_plan::NumberSet;
use std::collections::BTreeMap;

/// By entity.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    entities: BTreeMap<EntityId, EntityChanges>,
}

/// What changed in one entity.
#[derive(Debug, Default)]
pub(crate) struct EntityChanges {
    /// Records that are new, changed or gone.
    pub(crate) records: NumberSet,
    /// Records whose references lead elsewhere than before.
    pub(crate) retargeted: NumberSet,
    /// Hashes of what references may name (records, values looked up) that lead elsewhere than before.
    pub(crate) names: NumberSet,
    /// Objects whose members, or whose members' values, changed; ids that ended among them.
    pub(crate) ids: NumberSet,
    /// Whether nothing of the entity was carried over.
    pub(crate) all: bool,
}

impl Changed {
    /// What changed in an entity.
    pub(crate) fn of(&self, entity: EntityId) -> &EntityChanges {
        static NOTHING: std::sync::LazyLock<EntityChanges> = std::sync::LazyLock::new(EntityChanges::default);
        self.entities.get(&entity).unwrap_or(&NOTHING)
    }

    /// The same, to be added to.
    pub(crate) fn of_mut(&mut self, entity: EntityId) -> &mut EntityChanges {
        self.entities.entry(entity).or_default()
    }
}
