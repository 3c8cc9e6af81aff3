//! The names of an entity's records, (source, key), by record number, and their order.

use super::arrays::{numbers, text};
use crate::error::{Error, Result};
use crate::run::Run;
use datafusion::common::runtime::SpawnedTask;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use hashbrown::{HashMap, HashTable};
use xxhash_rust::xxh3::xxh3_64;

/// All names, in two buffers. Records are numbered anew from 0 in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Names {
    keys: String,
    /// The record's number, start and length of the key in `keys`, the source, and the name's hash.
    records: Vec<(i64, u64, u32, u16, i64)>,
    sources: Vec<String>,
    /// Whether the numbers have no gaps.
    dense: bool,
    /// Where they have.
    places: HashMap<i64, u32>,
}

impl Names {
    /// Takes rows `record`, `source`, `key`.
    pub(super) async fn read(run: &Run<'_>, rows: SendableRecordBatchStream) -> Result<Names> {
        let sources = run.model.sources.iter().map(|source| source.name.clone()).collect();
        let reading = SpawnedTask::spawn(Names::of(sources, rows));
        reading.join().await.map_err(|error| Error::broke_off("reading names", &error))?
    }

    async fn of(mut sources: Vec<String>, mut rows: SendableRecordBatchStream) -> Result<Names> {
        sources.sort();
        let mut names = Names { sources, ..Names::default() };
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (record, source, key) = (numbers(&batch, "record"), text(&batch, "source"), text(&batch, "key"));
            for row in 0..batch.num_rows() {
                names.push(record.value(row), source.value(row), key.value(row));
            }
        }
        // Streams that are each in order came together: long runs, which this sort finds.
        names.records.sort_by_key(|record| record.0);
        let (first, last) = (names.records.first().map_or(0, |r| r.0), names.records.last().map_or(-1, |r| r.0));
        names.dense = usize::try_from(last - first + 1) == Ok(names.records.len());
        let place = |place: usize| u32::try_from(place).expect("an entity has at most 2^32 records");
        if !names.dense {
            names.places = names.records.iter().enumerate().map(|(index, record)| (record.0, place(index))).collect();
        }
        Ok(names)
    }

    fn push(&mut self, record: i64, source: &str, key: &str) {
        let hash = name_hash(source, key);
        let source = self.sources.binary_search_by(|known| known.as_str().cmp(source)).expect("every source is declared");
        let length = u32::try_from(key.len()).expect("a key is shorter than 4 GiB");
        self.records.push((record, self.keys.len() as u64, length, u16::try_from(source).expect("there are few sources"), hash));
        self.keys.push_str(key);
    }

    /// How many records there are.
    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    /// The number of a record.
    pub(super) fn record(&self, place: usize) -> i64 {
        self.records[place].0
    }

    /// The place of a record with this number, if it is one of these.
    pub(super) fn place(&self, record: i64) -> Option<u32> {
        if !self.dense {
            return self.places.get(&record).copied();
        }
        let place = usize::try_from(record - self.records.first()?.0).ok().filter(|place| *place < self.records.len())?;
        u32::try_from(place).ok()
    }

    /// The source of a record.
    pub(super) fn source(&self, record: usize) -> &str {
        &self.sources[usize::from(self.records[record].3)]
    }

    /// The key of a record.
    pub(super) fn key(&self, record: usize) -> &str {
        let (_, start, length, ..) = self.records[record];
        let start = usize::try_from(start).expect("it fits into memory");
        &self.keys[start..start + length as usize]
    }

    /// The hash of a record's name.
    pub(super) fn hash(&self, record: usize) -> i64 {
        self.records[record].4
    }

    /// All places, to be found by name.
    pub(super) fn by_name(&self) -> ByName<'_> {
        let mut places = HashTable::with_capacity(self.count());
        for place in 0..self.count() {
            places.insert_unique(self.hash(place).cast_unsigned(), place, |place| self.hash(*place).cast_unsigned());
        }
        ByName { names: self, places }
    }

    /// The place of each record in the order by (source, key).
    pub(super) fn ranks(&self) -> Vec<u32> {
        let number = |record: usize| u32::try_from(record).expect("an entity has at most 2^32 records");
        let mut order: Vec<(u16, [u8; 8], u32)> =
            (0..self.count()).map(|record| (self.records[record].3, head(self.key(record)), number(record))).collect();
        order.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| self.key(a.2 as usize).cmp(self.key(b.2 as usize))));
        let mut ranks = vec![0; order.len()];
        for (rank, (_, _, record)) in order.into_iter().enumerate() {
            ranks[record as usize] = number(rank);
        }
        ranks
    }
}

/// Records by their names.
pub(super) struct ByName<'a> {
    names: &'a Names,
    places: HashTable<usize>,
}

impl ByName<'_> {
    /// The place of the record with this source and key.
    pub(super) fn find(&self, source: &str, key: &str) -> Option<usize> {
        let same = |place: &usize| self.names.key(*place) == key && self.names.source(*place) == source;
        self.places.find(name_hash(source, key).cast_unsigned(), same).copied()
    }
}

/// A hash that stands for what references name: a record's source and key, or an attribute and its value.
pub(super) fn name_hash(source: &str, key: &str) -> i64 {
    let mut named = Vec::with_capacity(source.len() + 1 + key.len());
    named.extend_from_slice(source.as_bytes());
    named.push(0x1f);
    named.extend_from_slice(key.as_bytes());
    xxh3_64(&named).cast_signed()
}

/// The first bytes of a key: enough to order most of them without a look at the rest.
fn head(key: &str) -> [u8; 8] {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key.as_bytes()[..length]);
    head
}
