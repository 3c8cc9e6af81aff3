//! Finds columns in files that bring their own types: by a path through structs, or by a name that holds the dots itself.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StructArray, make_array};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema};

use super::super::InputError;
use super::super::nearest::nearest;

/// The field at `path`.
pub(in super::super) fn locate<'a>(schema: &'a Schema, path: &[String]) -> Option<&'a Field> {
    nested(schema.fields(), path).or_else(|| schema.fields().find(&path.join(".")).map(|(_, field)| field.as_ref()))
}

fn nested<'a>(fields: &'a Fields, path: &[String]) -> Option<&'a Field> {
    let (name, rest) = path.split_first()?;
    let (_, field) = fields.find(name)?;
    match field.data_type() {
        _ if rest.is_empty() => Some(field),
        DataType::Struct(children) => nested(children, rest),
        _ => None,
    }
}

/// The values at `path`; an empty struct has empty values inside. `None` where there is no such column.
pub(super) fn extract(batch: &RecordBatch, path: &[String]) -> Option<ArrayRef> {
    let (name, rest) = path.split_first()?;
    let root = batch.column_by_name(name).and_then(|column| inside(column, rest));
    root.or_else(|| batch.column_by_name(&path.join(".")).map(Arc::clone))
}

fn inside(column: &ArrayRef, path: &[String]) -> Option<ArrayRef> {
    let Some((name, rest)) = path.split_first() else { return Some(Arc::clone(column)) };
    let parent: &StructArray = column.as_struct_opt()?;
    inside(&masked(parent.column_by_name(name)?, parent.nulls()), rest)
}

/// `child` with the places empty where its parent is.
fn masked(child: &ArrayRef, parent: Option<&NullBuffer>) -> ArrayRef {
    if parent.is_none() || *child.data_type() == DataType::Null {
        return Arc::clone(child);
    }
    let nulls = NullBuffer::union(parent, child.nulls());
    let data = child.to_data().into_builder().nulls(nulls).build();
    make_array(data.expect("only places of a valid array were emptied"))
}

/// Every column of the schema, those inside structs by their paths joined with dots.
pub(in super::super) fn leaves(schema: &Schema) -> Vec<String> {
    let mut names = Vec::new();
    collect(schema.fields(), "", &mut names);
    names
}

fn collect(fields: &Fields, prefix: &str, names: &mut Vec<String>) {
    for field in fields {
        let name = format!("{prefix}{}", field.name());
        if let DataType::Struct(children) = field.data_type() {
            collect(children, &format!("{name}."), names);
        } else {
            names.push(name);
        }
    }
}

/// The error for a column that the file does not have.
pub(in super::super) fn missing(file: &str, path: &[String], schema: &Schema) -> InputError {
    let (column, found) = (path.join("."), leaves(schema));
    let suggestion = nearest(&column, found.iter().map(String::as_str)).map(str::to_owned);
    InputError::MissingColumn { file: file.to_owned(), column, found, suggestion, hint: None }
}
