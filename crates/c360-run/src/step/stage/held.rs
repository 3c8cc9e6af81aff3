//! The rows of a source that the state holds: the current row of each key.

use crate::commit::Table;
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::{boolean, instants, numbers, text};
use crate::tables::{ROW_BITS, part_of, rows_of};
use c360_model::model::Source;
use c360_plan::tables::TableName;
use c360_plan::{KnownRows, NumberSet};
use datafusion::arrow::array::Array;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// A current row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldRow {
    pub(super) record: i64,
    pub(super) content: i64,
    pub(super) updated: Option<i64>,
    pub(super) place: i64,
    pub(super) deletes: bool,
}

/// All of them, or those that a run may ask for, to be found by the hash of their keys. Most are never asked for, so the index is as cheap to build as can be: open addressing with
/// linear probing (Knuth, The Art of Computer Programming 3, 6.4) over positions; the hashes are uniform already.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    keys: Vec<u128>,
    rows: Vec<HeldRow>,
    /// Positions in `rows` from 1 on, 0 where there is none; at least twice as many as rows, a power of two.
    index: Vec<u32>,
}

const COLUMNS: [&str; 7] = ["record", "high", "low", "content", "updated", "place", "deletes"];

impl HeldRows {
    /// Reads `rows.<source>` of the last commit; empty where there is none.
    pub(super) async fn read(run: &Run<'_>, source: &Source) -> Result<HeldRows> {
        let name = TableName::rows(&source.name);
        let Some(table) = run.before.get(&name) else { return Ok(HeldRows::default()) };
        let count = run.made.get(&name.to_string()).map_or(0, Table::rows);
        HeldRows::of(rows_of(table, &COLUMNS, run.engine).await?, count).await
    }

    /// Reads only the rows of these keys, and perhaps a few more.
    pub(super) async fn read_keys(run: &Run<'_>, source: &Source, mut keys: SendableRecordBatchStream) -> Result<HeldRows> {
        let Some(table) = run.before.get(&TableName::rows(&source.name)) else { return Ok(HeldRows::default()) };
        let mut halves = NumberSet::new();
        while let Some(batch) = keys.next().await {
            let batch = batch?;
            halves.extend(text(&batch, "_key").iter().flatten().map(|key| split(xxh3_128(key.as_bytes())).1));
        }
        let part = part_of(table, "low", Arc::new(halves))?;
        HeldRows::of(rows_of(&part, &COLUMNS, run.engine).await?, 0).await
    }

    /// Of about `count` rows.
    async fn of(mut batches: SendableRecordBatchStream, count: usize) -> Result<HeldRows> {
        let mut held = HeldRows { keys: Vec::with_capacity(count), rows: Vec::with_capacity(count), index: Vec::new() };
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let [record, high, low, content, place] = ["record", "high", "low", "content", "place"].map(|name| numbers(&batch, name));
            let (updated, deletes) = (instants(&batch, "updated"), boolean(&batch, "deletes"));
            held.keys.extend((0..batch.num_rows()).map(|row| join(high.value(row), low.value(row))));
            held.rows.extend((0..batch.num_rows()).map(|row| HeldRow {
                record: record.value(row),
                content: content.value(row),
                updated: updated.is_valid(row).then(|| updated.value(row)),
                place: place.value(row),
                deletes: deletes.value(row),
            }));
        }
        held.build_index();
        Ok(held)
    }

    fn build_index(&mut self) {
        self.index = vec![0; (self.keys.len() * 2).next_power_of_two().max(2)];
        let mask = self.index.len() - 1;
        for (position, key) in self.keys.iter().enumerate() {
            let mut slot = *key as usize & mask;
            while self.index[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.index[slot] = u32::try_from(position + 1).expect("a source has fewer than 2^32 keys");
        }
    }

    /// The current row of the key with this hash.
    pub(super) fn get(&self, key: u128) -> Option<&HeldRow> {
        self.position(key).map(|position| &self.rows[position])
    }

    /// The row at a position, and the hash of its key.
    pub(super) fn at(&self, position: usize) -> (u128, &HeldRow) {
        (self.keys[position], &self.rows[position])
    }

    /// Where the current row of the key with this hash is.
    pub(super) fn position(&self, key: u128) -> Option<usize> {
        let mask = self.index.len().checked_sub(1)?;
        let mut slot = key as usize & mask;
        loop {
            let position = self.index[slot].checked_sub(1)? as usize;
            if self.keys[position] == key {
                return Some(position);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// All keys with their rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u128, &HeldRow)> {
        self.keys.iter().copied().zip(&self.rows)
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl KnownRows for HeldRows {
    fn position(&self, key: &str, hash: i64) -> Option<u32> {
        let position = HeldRows::position(self, xxh3_128(key.as_bytes()))?;
        (self.rows[position].content == hash).then(|| u32::try_from(position).expect("a source has fewer than 2^32 keys"))
    }
}

/// A key's hash out of its halves.
pub(super) fn join(high: i64, low: i64) -> u128 {
    (u128::from(high.cast_unsigned()) << 64) | u128::from(low.cast_unsigned())
}

/// The halves of a key's hash.
pub(super) fn split(hash: u128) -> (i64, i64) {
    (((hash >> 64) as u64).cast_signed(), (hash as u64).cast_signed())
}

/// The file of a place.
pub(super) fn file_of(place: i64) -> i64 {
    place >> ROW_BITS
}

/// The row in the file of a place.
pub(super) fn row_of(place: i64) -> i64 {
    place & ((1 << ROW_BITS) - 1)
}

/// A row of a file.
pub(super) fn place(file: i64, row: i64) -> i64 {
    (file << ROW_BITS) | row
}
