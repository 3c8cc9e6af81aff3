//! The names of an entity's records, (source, key), by record number, and their order.

use super::arrays::{index, numbers, text};
use crate::error::Result;
use crate::run::Run;
use datafusion::logical_expr::LogicalPlan;
use futures::StreamExt;
use xxhash_rust::xxh3::xxh3_128;

/// All names, in two buffers.
#[derive(Debug, Default)]
pub(super) struct Names {
    keys: String,
    /// Start and end of the key in `keys`, and the source, by record.
    records: Vec<(u64, u32, u16)>,
    sources: Vec<String>,
}

impl Names {
    /// Reads `record`, `source`, `key` of `count` records.
    pub(super) async fn read(run: &Run<'_>, plan: &LogicalPlan, count: usize) -> Result<Names> {
        let mut sources: Vec<String> = run.model.sources.iter().map(|s| s.name.clone()).collect();
        sources.sort();
        let mut names = Names { keys: String::new(), records: vec![(0, 0, 0); count], sources };
        let mut rows = run.rows(plan).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let (record, source, key) = (numbers(&batch, "record"), text(&batch, "source"), text(&batch, "key"));
            for row in 0..batch.num_rows() {
                names.put(index(record.value(row)), source.value(row), key.value(row));
            }
        }
        Ok(names)
    }

    fn put(&mut self, record: usize, source: &str, key: &str) {
        let source = self.sources.binary_search_by(|known| known.as_str().cmp(source)).expect("every source is declared");
        let length = u32::try_from(key.len()).expect("a key is shorter than 4 GiB");
        self.records[record] = (self.keys.len() as u64, length, u16::try_from(source).expect("there are few sources"));
        self.keys.push_str(key);
    }

    /// How many records there are.
    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    /// The source of a record.
    pub(super) fn source(&self, record: usize) -> &str {
        &self.sources[usize::from(self.records[record].2)]
    }

    /// The key of a record.
    pub(super) fn key(&self, record: usize) -> &str {
        let (start, length, _) = self.records[record];
        let start = usize::try_from(start).expect("it fits into memory");
        &self.keys[start..start + length as usize]
    }

    /// The place of each record in the order by (source, key).
    pub(super) fn ranks(&self) -> Vec<u32> {
        let number = |record: usize| u32::try_from(record).expect("an entity has at most 2^32 records");
        let mut order: Vec<(u16, [u8; 8], u32)> =
            (0..self.count()).map(|record| (self.records[record].2, head(self.key(record)), number(record))).collect();
        order.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| self.key(a.2 as usize).cmp(self.key(b.2 as usize))));
        let mut ranks = vec![0; order.len()];
        for (rank, (_, _, record)) in order.into_iter().enumerate() {
            ranks[record as usize] = number(rank);
        }
        ranks
    }

    /// A hash that stands for a record's name.
    pub(super) fn hash(source: &str, key: &str) -> u128 {
        xxh3_128(format!("{source}\u{1f}{key}").as_bytes())
    }
}

/// The first bytes of a key: enough to order most of them without a look at the rest.
fn head(key: &str) -> [u8; 8] {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key.as_bytes()[..length]);
    head
}
