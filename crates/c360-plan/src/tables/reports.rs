//! The columns of reports: what went another way than into golden records.

use super::{optional, required};
use crate::types::instant;
use datafusion::arrow::datatypes::{DataType, Schema};

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
