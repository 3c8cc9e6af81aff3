//! The columns of the output and which of them are built. Does not read files.

use std::sync::Arc;

use c360_model::model::ColumnPath;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};

/// How many columns stand before the wanted ones.
pub(super) const OWN_COLUMNS: usize = 4;

/// A column of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// `_file`
    File,
    /// `_row`
    Row,
    /// `_reject`
    Reject,
    /// `_raw`
    Raw,
    /// The wanted column with this index.
    Wanted(usize),
}

/// The columns that are built, in order.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Their fields.
    pub(super) schema: SchemaRef,
    /// What they are.
    pub(super) slots: Vec<Slot>,
}

impl Layout {
    /// The columns of `full` with these indices, in their order; all where `projection` is `None`.
    pub(super) fn new(full: &Schema, projection: Option<&[usize]>) -> Layout {
        let indices: Vec<usize> = projection.map_or_else(|| (0..full.fields().len()).collect(), <[usize]>::to_vec);
        let fields: Vec<_> = indices.iter().map(|&index| Arc::clone(&full.fields()[index])).collect();
        Layout { schema: Arc::new(Schema::new(fields)), slots: indices.into_iter().map(slot).collect() }
    }
}

fn slot(index: usize) -> Slot {
    match index {
        0 => Slot::File,
        1 => Slot::Row,
        2 => Slot::Reject,
        3 => Slot::Raw,
        _ => Slot::Wanted(index - OWN_COLUMNS),
    }
}

/// The schema of the batches of a source: our own columns, then `wanted` with their types. All but `_file` and `_row` can be null.
#[must_use]
pub fn output_schema(wanted: impl IntoIterator<Item = (String, DataType)>) -> SchemaRef {
    let own = [
        Field::new("_file", DataType::Int32, false),
        Field::new("_row", DataType::Int64, false),
        Field::new("_reject", DataType::Utf8, true),
        Field::new("_raw", DataType::Utf8, true),
    ];
    let wanted = wanted.into_iter().map(|(name, kind)| Field::new(name, kind, true));
    Arc::new(Schema::new(own.into_iter().chain(wanted).collect::<Vec<_>>()))
}

/// The schema of a source of text: every wanted column is Utf8.
pub(super) fn text_schema(wanted: &[ColumnPath]) -> SchemaRef {
    output_schema(wanted.iter().map(|path| (joined(path), DataType::Utf8)))
}

/// The name of a column: its path joined by dots.
pub(super) fn joined(path: &ColumnPath) -> String {
    path.join(".")
}
