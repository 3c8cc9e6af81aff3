//! The columns of a staged batch that belong to no entity.

use super::super::arrays::{column, numbers, structs, text};
use super::current::Row;
use super::held::place;
use crate::commit::Input;
use datafusion::arrow::array::{
    Array, AsArray, BooleanArray, Int32Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array,
};
use datafusion::arrow::datatypes::{Int32Type, TimestampMicrosecondType, UInt32Type};

pub(super) struct Rows<'a> {
    file: &'a Int32Array,
    row: &'a Int64Array,
    reject: &'a StringArray,
    key: &'a StringArray,
    content: &'a Int64Array,
    known: &'a UInt32Array,
    updated: Option<&'a TimestampMicrosecondArray>,
    delete: Option<&'a BooleanArray>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(batch: &'a RecordBatch) -> Rows<'a> {
        let updated =
            batch.column_by_name("_updated").map(|_| structs(batch, "_updated").column(0).as_primitive::<TimestampMicrosecondType>());
        Rows {
            file: column(batch, "_file").as_primitive::<Int32Type>(),
            row: numbers(batch, "_row"),
            reject: text(batch, "_reject"),
            key: text(batch, "_key"),
            content: numbers(batch, "_content"),
            known: column(batch, "_known").as_primitive::<UInt32Type>(),
            updated,
            delete: batch.column_by_name("_delete").map(|c| c.as_boolean()),
        }
    }

    /// Why the row is no record at all.
    pub(super) fn trouble(&self, row: usize) -> Option<&'a str> {
        if self.reject.is_valid(row) {
            return Some(self.reject.value(row));
        }
        self.key.is_null(row).then_some("no key")
    }

    /// The position among the held rows of one that says the same.
    pub(super) fn known(&self, row: usize) -> Option<usize> {
        self.known.is_valid(row).then(|| self.known.value(row) as usize)
    }

    pub(super) fn key(&self, row: usize) -> &'a str {
        self.key.value(row)
    }

    pub(super) fn content(&self, row: usize) -> i64 {
        self.content.value(row)
    }

    pub(super) fn deletes(&self, row: usize) -> bool {
        self.delete.is_some_and(|delete| delete.is_valid(row) && delete.value(row))
    }

    /// The position of the row's file among those that are read.
    pub(super) fn file(&self, row: usize) -> usize {
        usize::try_from(self.file.value(row)).expect("files are numbered from 0")
    }

    pub(super) fn row(&self, row: usize, files: &[&Input], order: &[usize]) -> Row {
        let file = self.file(row);
        Row {
            updated: self.updated.and_then(|u| u.is_valid(row).then(|| u.value(row))),
            order: order[file],
            row: self.row.value(row),
            place: place(files[file].number, self.row.value(row)),
            deletes: self.deletes(row),
        }
    }
}
