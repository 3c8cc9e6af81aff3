//! The candidates of some objects, and who of them is better.

use super::choice::{Criterion, Ranking};
use c360_match::planted::planted;
use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use datafusion::arrow::compute::partition;
use datafusion::arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use datafusion::common::Result;
use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// Rows of whole objects, in the order of their ids.
pub(super) struct Candidates<'a> {
    pub(super) batch: &'a RecordBatch,
    /// The rows of each object.
    pub(super) objects: Vec<Range<usize>>,
    pub(super) ids: &'a Int64Array,
    pub(super) records: &'a Int64Array,
    /// The place of each row's source among the entity's sources.
    pub(super) sources: Vec<u8>,
    keys: &'a StringArray,
    updated: &'a TimestampMicrosecondArray,
}

impl<'a> Candidates<'a> {
    /// `names` are the entity's sources.
    pub(super) fn of(batch: &'a RecordBatch, names: &[String]) -> Result<Candidates<'a>> {
        let column = |name: &str| batch.column_by_name(name).expect("candidates have the columns of their plan");
        let objects = partition(std::slice::from_ref(column("id")))?.ranges();
        Ok(Candidates {
            batch,
            objects,
            ids: column("id").as_primitive::<Int64Type>(),
            records: column("record").as_primitive::<Int64Type>(),
            sources: places(column("source").as_string::<i32>(), names),
            keys: column("key").as_string::<i32>(),
            updated: column("updated").as_primitive::<TimestampMicrosecondType>(),
        })
    }

    /// All rows, those of an object still next to one another, the best first.
    pub(super) fn ranked(&self, ranking: &Ranking) -> Vec<u32> {
        let rows = u32::try_from(self.batch.num_rows()).expect("a batch has fewer rows");
        let mut order: Vec<u32> = (0..rows).collect();
        for rows in self.objects.iter().filter(|rows| rows.len() > 1) {
            order[rows.clone()].sort_unstable_by(|a, b| self.compare(*a as usize, *b as usize, ranking));
        }
        order
    }

    /// `Less` where row `a` is better than `b`. Total: two rows that are equal here have the same key of the same source, hence are one record.
    fn compare(&self, a: usize, b: usize, ranking: &Ranking) -> Ordering {
        let by = |criterion: &Criterion| match criterion {
            Criterion::Source(places) => places[usize::from(self.sources[a])].cmp(&places[usize::from(self.sources[b])]),
            Criterion::Newest => self.updated(b).cmp(&self.updated(a)),
            Criterion::Oldest => self.age(a).cmp(&self.age(b)),
        };
        let ranked = ranking.0.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal);
        ranked.then_with(|| if planted("tie-by-arrival") { a.cmp(&b) } else { self.keys.value(a).cmp(self.keys.value(b)) })
    }

    fn updated(&self, row: usize) -> Option<i64> {
        self.updated.is_valid(row).then(|| self.updated.value(row))
    }

    /// None comes last.
    fn age(&self, row: usize) -> Reverse<Option<Reverse<i64>>> {
        Reverse(self.updated(row).map(Reverse))
    }
}

fn places(sources: &StringArray, names: &[String]) -> Vec<u8> {
    let mut last = 0;
    let mut place = |name: &str| {
        // Neighbours often come from the same source.
        if names[last] != name {
            last = names.iter().position(|known| known == name).expect("records come from the entity's sources");
        }
        u8::try_from(last).expect("`check` refuses more than 63 sources of an entity")
    };
    (0..sources.len()).map(|row| place(sources.value(row))).collect()
}
