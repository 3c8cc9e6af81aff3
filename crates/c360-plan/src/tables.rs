//! The tables of a run: their names in plans and queries, and their columns.

use crate::types::{attribute_type, instant, key_fields, list_of};
use c360_model::model::{Entity, Model, ReferenceId};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema};
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

/// Columns of raw rows that ingest adds before the source's own.
pub const ROW_COLUMNS: [&str; 4] = ["_file", "_row", "_reject", "_raw"];

/// `records.<entity>`: provenance, values in their fixed form, what references and `is` name.
#[must_use]
pub fn records(entity: &Entity) -> Schema {
    let mut fields = vec![
        required("record", DataType::Int64),
        required("source", DataType::Utf8),
        required("key", DataType::Utf8),
        Field::new("updated", instant(), true),
        required("file", DataType::Utf8),
        required("row", DataType::Int64),
    ];
    fields.extend(entity.attributes.iter().map(|a| Field::new(&a.name, attribute_type(a), true)));
    fields.extend(entity.references.iter().map(|r| Field::new(&r.name, DataType::Struct(key_fields()), true)));
    fields.push(Field::new("_is", list_of(DataType::Struct(key_fields())), true));
    Schema::new(fields)
}

/// `members.<entity>`: record → object.
#[must_use]
pub fn members() -> Schema {
    Schema::new(vec![
        required("record", DataType::Int64),
        required("source", DataType::Utf8),
        required("key", DataType::Utf8),
        required("id", DataType::Int64),
    ])
}

/// `golden.<entity>`: the object's id, surviving values, ids of referenced objects, how many records of which sources, and for each value the record it comes from.
#[must_use]
pub fn golden(entity: &Entity) -> Schema {
    let mut fields = vec![required("id", DataType::Int64)];
    fields.extend(entity.attributes.iter().map(|a| Field::new(&a.name, attribute_type(a), true)));
    fields.extend(entity.references.iter().map(|r| Field::new(&r.name, DataType::Int64, true)));
    fields.push(required("records", DataType::Int64));
    fields.push(required("sources", list_of(DataType::Utf8)));
    if !lineage_fields(entity).is_empty() {
        fields.push(Field::new("lineage", DataType::Struct(lineage_fields(entity)), true));
    }
    Schema::new(fields)
}

/// One field per attribute and reference: the number of the record that the value comes from, or a list of them.
#[must_use]
pub fn lineage_fields(entity: &Entity) -> Fields {
    let attributes = entity.attributes.iter().map(|a| {
        let record = if a.many { list_of(DataType::Int64) } else { DataType::Int64 };
        Field::new(&a.name, record, true)
    });
    attributes.chain(entity.references.iter().map(|r| Field::new(&r.name, DataType::Int64, true))).collect()
}

/// `links.<entity>_<reference>`: which object points to which. `root`, `depth` and `path` are there for references of an entity to itself:
/// the ultimate parent, how far it is, and the ids on the way, both ends included.
#[must_use]
pub fn links(entity: &Entity, reference: ReferenceId, model: &Model) -> Schema {
    let target = entity.references[reference.0].target;
    let mut fields = vec![required("id", DataType::Int64), required("target", DataType::Int64), required("record", DataType::Int64)];
    if std::ptr::eq(model.entity(target), entity) {
        fields.push(required("root", DataType::Int64));
        fields.push(required("depth", DataType::Int64));
        fields.push(required("path", list_of(DataType::Int64)));
    }
    Schema::new(fields)
}

/// `reports.rejects`: rows that could not be read and values that their format refused (then with their column).
#[must_use]
pub fn rejects() -> Schema {
    Schema::new(vec![
        required("source", DataType::Utf8),
        required("file", DataType::Utf8),
        required("row", DataType::Int64),
        Field::new("key", DataType::Utf8, true),
        Field::new("column", DataType::Utf8, true),
        Field::new("raw", DataType::Utf8, true),
        required("reason", DataType::Utf8),
    ])
}

/// `reports.duplicates`: rows of a source that stood back behind another row with the same key.
#[must_use]
pub fn duplicates() -> Schema {
    Schema::new(vec![
        required("source", DataType::Utf8),
        required("key", DataType::Utf8),
        required("file", DataType::Utf8),
        required("row", DataType::Int64),
        Field::new("updated", instant(), true),
        required("kept_file", DataType::Utf8),
        required("kept_row", DataType::Int64),
        required("reason", DataType::Utf8),
    ])
}

/// `reports.refused`: joins that guards kept out, and values that too many records share.
#[must_use]
pub fn refused() -> Schema {
    Schema::new(vec![
        required("entity", DataType::Utf8),
        required("rule", DataType::Utf8),
        required("reason", DataType::Utf8),
        Field::new("left_source", DataType::Utf8, true),
        Field::new("left_key", DataType::Utf8, true),
        Field::new("right_source", DataType::Utf8, true),
        Field::new("right_key", DataType::Utf8, true),
        Field::new("value", DataType::Utf8, true),
        Field::new("records", DataType::Int64, true),
    ])
}

/// `reports.orphans`: references and cross-references that lead to nothing.
#[must_use]
pub fn orphans() -> Schema {
    Schema::new(vec![
        required("entity", DataType::Utf8),
        required("reference", DataType::Utf8),
        required("source", DataType::Utf8),
        required("key", DataType::Utf8),
        required("target_source", DataType::Utf8),
        required("target_key", DataType::Utf8),
        required("reason", DataType::Utf8),
    ])
}

fn required(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}
