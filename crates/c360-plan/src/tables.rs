//! The tables of a run: their names in plans and queries, and their columns.

mod name;
mod reports;

use crate::types::{attribute_type, instant, key_fields, list_of};
use c360_model::model::{Entity, Model, ReferenceId};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema};
pub use name::TableName;
pub use reports::{duplicates, orphans, refused, rejects, stored};

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

fn required(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

fn optional(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}
