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
        required("name", DataType::Int64),
        required("component", DataType::Int64),
    ])
}

/// `resolved.<entity>_<reference>`: the object that each record's reference leads to, if any, and the hash of what it names.
#[must_use]
pub fn resolved() -> Schema {
    Schema::new(vec![required("record", DataType::Int64), Field::new("target", DataType::Int64, true), required("name", DataType::Int64)])
}

/// `rows.<source>`: the current row of each key. `high` and `low` are the key's hash, `content` that of all the row says, `place` its file and row.
#[must_use]
pub fn rows() -> Schema {
    Schema::new(vec![
        required("record", DataType::Int64),
        required("high", DataType::Int64),
        required("low", DataType::Int64),
        required("content", DataType::Int64),
        Field::new("updated", instant(), true),
        required("place", DataType::Int64),
        required("deletes", DataType::Boolean),
    ])
}

/// `behind.<source>`: rows that stand back behind the current row of their key.
#[must_use]
pub fn behind() -> Schema {
    Schema::new(vec![
        required("place", DataType::Int64),
        required("high", DataType::Int64),
        required("low", DataType::Int64),
        required("key", DataType::Utf8),
        Field::new("updated", instant(), true),
        required("deletes", DataType::Boolean),
    ])
}

/// `keys.<entity>`: under which keys a record joins others: the rule (see the runner), a hash of the key.
#[must_use]
pub fn keys() -> Schema {
    Schema::new(vec![required("record", DataType::Int64), required("slot", DataType::Int64), required("key", DataType::Int64)])
}

/// `hubs.<entity>`: keys that too many records share.
#[must_use]
pub fn hubs() -> Schema {
    Schema::new(vec![required("key", DataType::Int64), required("records", DataType::Int64)])
}

/// `near.<entity>`: pairs of records that a model finds neither near nor far enough, with their weight in thousandths of a bit.
#[must_use]
pub fn near() -> Schema {
    Schema::new(vec![
        required("unit", DataType::Int64),
        required("record", DataType::Int64),
        required("other", DataType::Int64),
        required("rule", DataType::Utf8),
        required("weight", DataType::Int64),
    ])
}

/// `decisions.<entity>`: what people decided about pairs of records, in the order of files and lines. `unit` is the place in that order.
#[must_use]
pub fn decisions() -> Schema {
    let texts = ["decision", "first_source", "first_key", "second_source", "second_key", "author", "time", "note", "file"];
    let mut fields = vec![required("unit", DataType::Int64)];
    fields.extend(texts.map(|name| required(name, DataType::Utf8)));
    fields.push(required("line", DataType::Int64));
    Schema::new(fields)
}

/// `redirects.<entity>`: ids that ended in another.
#[must_use]
pub fn redirects() -> Schema {
    Schema::new(vec![required("old", DataType::Int64), required("id", DataType::Int64)])
}

/// `changes.<entity>`: what each commit did to which object. `kind` is created, merged, split, retired or changed; `other` the survivor of a merge or the
/// origin of a split; `attribute`, `old` and `new` are of values; `cause` is the record that the new value comes from.
#[must_use]
pub fn changes() -> Schema {
    Schema::new(vec![
        required("commit", DataType::Int64),
        required("id", DataType::Int64),
        required("kind", DataType::Utf8),
        Field::new("other", DataType::Int64, true),
        Field::new("attribute", DataType::Utf8, true),
        Field::new("old", DataType::Utf8, true),
        Field::new("new", DataType::Utf8, true),
        Field::new("cause", DataType::Utf8, true),
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

/// A report as the state holds it: in front the unit by which its rows are replaced (a file, a record, a component), and nothing required, since where a
/// record stands is found elsewhere.
#[must_use]
pub fn stored(report: &Schema) -> Schema {
    let fields = report.fields().iter().map(|f| f.as_ref().clone().with_nullable(true));
    Schema::new(std::iter::once(required("unit", DataType::Int64)).chain(fields).collect::<Vec<_>>())
}

/// `reports.rejects`: rows that could not be read and values that their format refused (then with their column).
#[must_use]
pub fn rejects() -> Schema {
    Schema::new(vec![
        optional("source", DataType::Utf8),
        optional("file", DataType::Utf8),
        optional("row", DataType::Int64),
        optional("key", DataType::Utf8),
        optional("column", DataType::Utf8),
        optional("raw", DataType::Utf8),
        optional("reason", DataType::Utf8),
    ])
}

/// `reports.duplicates`: rows of a source that stood back behind another row with the same key.
#[must_use]
pub fn duplicates() -> Schema {
    Schema::new(vec![
        optional("source", DataType::Utf8),
        optional("key", DataType::Utf8),
        optional("file", DataType::Utf8),
        optional("row", DataType::Int64),
        optional("updated", instant()),
        optional("kept_file", DataType::Utf8),
        optional("kept_row", DataType::Int64),
        optional("reason", DataType::Utf8),
    ])
}

/// `reports.refused`: joins that guards kept out, and values that too many records share.
#[must_use]
pub fn refused() -> Schema {
    Schema::new(vec![
        optional("entity", DataType::Utf8),
        optional("rule", DataType::Utf8),
        optional("reason", DataType::Utf8),
        optional("left_source", DataType::Utf8),
        optional("left_key", DataType::Utf8),
        optional("right_source", DataType::Utf8),
        optional("right_key", DataType::Utf8),
        optional("value", DataType::Utf8),
        optional("records", DataType::Int64),
    ])
}

/// `reports.orphans`: references and cross-references that lead to nothing.
#[must_use]
pub fn orphans() -> Schema {
    Schema::new(vec![
        optional("entity", DataType::Utf8),
        optional("reference", DataType::Utf8),
        optional("source", DataType::Utf8),
        optional("key", DataType::Utf8),
        optional("target_source", DataType::Utf8),
        optional("target_key", DataType::Utf8),
        optional("reason", DataType::Utf8),
    ])
}

fn required(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

fn optional(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}
