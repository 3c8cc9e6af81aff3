//! What a run's tables are called, in plans and in the state.

use c360_model::model::{Entity, ReferenceId};
use datafusion::common::TableReference;

/// A table of the state, or one that a run makes on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// What kind of table: `records`, `members`, `golden`, `links`, `reports`, `resolved`, `changed`.
    pub kind: &'static str,
    /// Of which entity, source or reference.
    pub of: String,
}

impl TableName {
    /// `kind.of`
    pub fn new(kind: &'static str, of: impl Into<String>) -> TableName {
        TableName { kind, of: of.into() }
    }

    /// The raw rows of a source's files.
    #[must_use]
    pub fn changed(source: &str) -> TableName {
        TableName::new("changed", source)
    }

    /// The records of an entity.
    #[must_use]
    pub fn records(entity: &str) -> TableName {
        TableName::new("records", entity)
    }

    /// The current rows of a source.
    #[must_use]
    pub fn rows(source: &str) -> TableName {
        TableName::new("rows", source)
    }

    /// The rows of a source behind the current ones.
    #[must_use]
    pub fn behind(source: &str) -> TableName {
        TableName::new("behind", source)
    }

    /// Which record belongs to which object.
    #[must_use]
    pub fn members(entity: &str) -> TableName {
        TableName::new("members", entity)
    }

    /// One row per object.
    #[must_use]
    pub fn golden(entity: &str) -> TableName {
        TableName::new("golden", entity)
    }

    /// What a reference of an entity's objects leads to.
    #[must_use]
    pub fn links(entity: &Entity, reference: ReferenceId) -> TableName {
        TableName::new("links", format!("{}_{}", entity.name, entity.references[reference.0].name))
    }

    /// The object that each record's reference names: made on the way, not kept.
    #[must_use]
    pub fn resolved(entity: &Entity, reference: ReferenceId) -> TableName {
        TableName::new("resolved", format!("{}_{}", entity.name, entity.references[reference.0].name))
    }

    /// One of the tables that tell what went another way: `rejects`, `duplicates`, `refused`, `orphans`.
    #[must_use]
    pub fn report(name: &str) -> TableName {
        TableName::new("reports", name)
    }

    /// What people decided about pairs of an entity's records.
    #[must_use]
    pub fn decisions(entity: &str) -> TableName {
        TableName::new("decisions", entity)
    }

    /// How DataFusion knows it: schema and table.
    #[must_use]
    pub fn reference(&self) -> TableReference {
        TableReference::partial(self.kind, self.of.as_str())
    }
}

impl std::fmt::Display for TableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.kind, self.of)
    }
}
