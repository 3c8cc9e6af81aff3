//! The rows of a source that the state holds: the current row of each key.

use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::{boolean, instants, numbers};
use crate::tables::{ROW_BITS, rows_of};
use c360_model::model::Source;
use c360_plan::tables::TableName;
use c360_plan::{KnownRows, NumberSet};
use datafusion::arrow::array::Array;
use futures::StreamExt;
use hashbrown::HashMap;
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

/// All of them, by the hash of their keys.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    pub(super) by_key: HashMap<u128, HeldRow>,
}

const COLUMNS: [&str; 7] = ["record", "high", "low", "content", "updated", "place", "deletes"];

impl HeldRows {
    /// Reads `rows.<source>` of the last commit; empty where there is none.
    pub(super) async fn read(run: &Run<'_>, source: &Source) -> Result<HeldRows> {
        let mut held = HeldRows::default();
        let Some(table) = run.before.get(&TableName::rows(&source.name)) else { return Ok(held) };
        let layers = run.made.get(&TableName::rows(&source.name).to_string()).map(|table| table.layers.as_slice()).unwrap_or_default();
        let rows: u64 = layers.iter().flat_map(|layer| &layer.files).map(|file| file.rows).sum();
        held.by_key.reserve(usize::try_from(rows).expect("it fits into memory"));
        let mut batches = rows_of(table, &COLUMNS, run.engine).await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let [record, high, low, content, place] = ["record", "high", "low", "content", "place"].map(|name| numbers(&batch, name));
            let (updated, deletes) = (instants(&batch, "updated"), boolean(&batch, "deletes"));
            for row in 0..batch.num_rows() {
                let held_row = HeldRow {
                    record: record.value(row),
                    content: content.value(row),
                    updated: updated.is_valid(row).then(|| updated.value(row)),
                    place: place.value(row),
                    deletes: deletes.value(row),
                };
                held.by_key.insert(join(high.value(row), low.value(row)), held_row);
            }
        }
        Ok(held)
    }

    /// The keys whose current row lies in one of these files.
    pub(super) fn keys_in(&self, files: &NumberSet) -> hashbrown::HashSet<u128> {
        self.by_key.iter().filter(|(_, row)| files.contains(&file_of(row.place))).map(|(key, _)| *key).collect()
    }
}

impl KnownRows for HeldRows {
    fn holds(&self, key: &str, hash: i64) -> bool {
        self.by_key.get(&xxh3_128(key.as_bytes())).is_some_and(|row| row.content == hash)
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
