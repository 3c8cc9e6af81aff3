//! Which row of a key is the current one: the latest `updated`, then the last file, then the last row.

use crate::error::Result;
use c360_plan::tables;
use c360_plan::types::UTC;
use datafusion::arrow::array::{Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// A row's place and age. The order of the fields is the order in which rows of one key win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) updated: Option<i64>,
    pub(super) file: i32,
    pub(super) row: i64,
    pub(super) deletes: bool,
}

/// The current row of every key, and the rows behind it. Keys are held by their 128-bit hash; those of rows that stand back also as text.
#[derive(Debug, Default)]
pub(super) struct CurrentRows {
    by_key: HashMap<u128, Row>,
    behind: Vec<(String, Row)>,
    offered: u64,
}

impl CurrentRows {
    /// Takes a row; false where a better row of its key was seen before.
    pub(super) fn offer(&mut self, key: &str, row: Row) -> bool {
        self.offered += 1;
        match self.by_key.entry(xxh3_128(key.as_bytes())) {
            Entry::Vacant(free) => {
                free.insert(row);
                true
            }
            Entry::Occupied(mut taken) if row > *taken.get() => {
                let old = taken.insert(row);
                self.behind.push((key.to_owned(), old));
                true
            }
            Entry::Occupied(_) => {
                self.behind.push((key.to_owned(), row));
                false
            }
        }
    }

    /// File and row of all rows that were passed on as records and are none after all: better rows or deletes came later.
    pub(super) fn superseded(&self) -> HashSet<(i32, i64)> {
        self.behind.iter().filter(|(_, row)| !row.deletes).map(|(_, row)| (row.file, row.row)).collect()
    }

    pub(super) fn offered(&self) -> u64 {
        self.offered
    }

    pub(super) fn superseded_count(&self) -> u64 {
        self.behind.len() as u64
    }

    pub(super) fn deleted_count(&self) -> u64 {
        self.by_key.values().filter(|row| row.deletes).count() as u64
    }

    pub(super) fn record_count(&self) -> u64 {
        self.by_key.len() as u64 - self.deleted_count()
    }

    /// Rows of `reports.duplicates` in the order of their keys, files and rows.
    pub(super) fn duplicates(&mut self, source: &str, files: &[String]) -> Result<Option<RecordBatch>> {
        if self.behind.is_empty() {
            return Ok(None);
        }
        self.behind.sort_by(|a, b| (&a.0, a.1.file, a.1.row).cmp(&(&b.0, b.1.file, b.1.row)));
        let kept = |key: &str| self.by_key[&xxh3_128(key.as_bytes())];
        let file = |row: &Row| files[usize::try_from(row.file).expect("files are numbered from 0")].as_str();
        let texts = |of: &dyn Fn(&(String, Row)) -> String| -> StringArray { self.behind.iter().map(|pair| Some(of(pair))).collect() };
        let numbers = |of: &dyn Fn(&(String, Row)) -> i64| -> Int64Array { self.behind.iter().map(|pair| Some(of(pair))).collect() };
        let updated: TimestampMicrosecondArray = self.behind.iter().map(|(_, row)| row.updated).collect();
        let batch = RecordBatch::try_new(
            Arc::new(tables::duplicates()),
            vec![
                Arc::new(texts(&|_| source.to_owned())),
                Arc::new(texts(&|(key, _)| key.clone())),
                Arc::new(texts(&|(_, row)| file(row).to_owned())),
                Arc::new(numbers(&|(_, row)| row.row)),
                Arc::new(updated.with_timezone(UTC)),
                Arc::new(texts(&|(key, _)| file(&kept(key)).to_owned())),
                Arc::new(numbers(&|(key, _)| kept(key).row)),
                Arc::new(texts(&|(key, row)| reason(row, &kept(key)).to_owned())),
            ],
        )?;
        Ok(Some(batch))
    }
}

fn reason(row: &Row, kept: &Row) -> &'static str {
    if kept.deletes {
        "deleted later"
    } else if row.updated < kept.updated {
        "older version"
    } else {
        "same key"
    }
}
