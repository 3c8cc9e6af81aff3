//! Golden records as they are against what they were: two streams in the order of ids, side by side.

use crate::error::Result;
use crate::step::arrays::numbers;
use datafusion::arrow::array::{BooleanArray, RecordBatch, new_null_array};
use datafusion::arrow::compute::{concat_batches, filter_record_batch};
use datafusion::arrow::datatypes::{FieldRef, SchemaRef};
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use std::collections::VecDeque;
use std::sync::Arc;

/// Rows that are compared at once, if there are so many: to compare a few takes as long as to compare a hundred, and of a change the objects come in pieces of some thirty.
const STRETCH: usize = 4096;

/// A stream of golden records in the order of ids.
pub(super) struct Objects {
    rows: SendableRecordBatchStream,
    schema: SchemaRef,
    waiting: VecDeque<RecordBatch>,
}

impl Objects {
    pub(super) fn new(rows: SendableRecordBatchStream, schema: &SchemaRef) -> Objects {
        Objects { rows, schema: Arc::clone(schema), waiting: VecDeque::new() }
    }

    async fn next(&mut self) -> Result<Option<RecordBatch>> {
        if let Some(batch) = self.waiting.pop_front() {
            return Ok(Some(batch));
        }
        while let Some(batch) = self.rows.next().await {
            let batch = batch?;
            if batch.num_rows() > 0 {
                return Ok(Some(fitted(&batch, &self.schema)?));
            }
        }
        Ok(None)
    }

    /// The next rows; where they come in small pieces, several of them.
    async fn stretch(&mut self) -> Result<Option<RecordBatch>> {
        let (mut taken, mut rows) = (Vec::new(), 0);
        while rows < STRETCH {
            let Some(batch) = self.next().await? else { break };
            rows += batch.num_rows();
            taken.push(batch);
        }
        match taken.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(only.clone())),
            many => Ok(Some(concat_batches(&self.schema, many)?)),
        }
    }

    /// All rows up to an id; all that is left where there is none.
    async fn up_to(&mut self, last: Option<i64>) -> Result<Option<RecordBatch>> {
        let mut taken = Vec::new();
        while let Some(batch) = self.next().await? {
            let ids = numbers(&batch, "id").values();
            let count = last.map_or(ids.len(), |last| ids.partition_point(|id| *id <= last));
            if count < ids.len() {
                self.waiting.push_front(batch.slice(count, ids.len() - count));
                taken.push(batch.slice(0, count));
                break;
            }
            taken.push(batch);
            if last.is_none() {
                break;
            }
        }
        match taken.iter().all(|batch| batch.num_rows() == 0) {
            true => Ok(None),
            false => Ok(Some(concat_batches(&self.schema, &taken)?)),
        }
    }
}

/// The rows with the columns of `schema`: what was not there yet, or was of another type, is missing.
fn fitted(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let fitting = |field: &FieldRef| {
        let found = batch.column_by_name(field.name()).filter(|column| column.data_type() == field.data_type());
        found.map_or_else(|| new_null_array(field.data_type(), batch.num_rows()), Arc::clone)
    };
    Ok(RecordBatch::try_new(Arc::clone(schema), schema.fields().iter().map(fitting).collect())?)
}

/// Both streams.
pub(super) struct Compared {
    now: Objects,
    before: Option<Objects>,
    converter: Option<RowConverter>,
}

/// A stretch of ids.
pub(super) struct Found {
    pub(super) now: Option<RecordBatch>,
    pub(super) before: Option<RecordBatch>,
    /// The rows of `now` that are new or differ.
    pub(super) now_changed: Option<RecordBatch>,
    /// Ids of objects that are new, differ or are gone.
    pub(super) changed: Vec<i64>,
    /// Rows of `before` and `now` with the same id that differ, and rows of `before` without one.
    pub(super) differing: Vec<(usize, Option<usize>)>,
}

impl Compared {
    pub(super) fn new(now: Objects, before: Option<Objects>) -> Compared {
        Compared { now, before, converter: None }
    }

    /// The next stretch; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Found>> {
        let Some(before) = &mut self.before else {
            return Ok(self.now.next().await?.map(|now| Found {
                now_changed: Some(now.clone()),
                now: Some(now),
                before: None,
                changed: Vec::new(),
                differing: Vec::new(),
            }));
        };
        let now = self.now.stretch().await?;
        let last = now.as_ref().map(|now| numbers(now, "id").value(now.num_rows() - 1));
        let before = before.up_to(last).await?;
        if now.is_none() && before.is_none() {
            return Ok(None);
        }
        self.compare(now, before).map(Some)
    }

    fn compare(&mut self, now: Option<RecordBatch>, before: Option<RecordBatch>) -> Result<Found> {
        let ids = |batch: &Option<RecordBatch>| batch.as_ref().map_or(Vec::new(), |batch| numbers(batch, "id").values().to_vec());
        let (now_ids, before_ids) = (ids(&now), ids(&before));
        let same = self.same(now.as_ref(), before.as_ref())?;
        let mut kept = vec![true; now_ids.len()];
        let (mut changed, mut differing) = (Vec::new(), Vec::new());
        let mut position = 0;
        for (row, id) in before_ids.iter().enumerate() {
            while position < now_ids.len() && now_ids[position] < *id {
                changed.push(now_ids[position]);
                position += 1;
            }
            let there = position < now_ids.len() && now_ids[position] == *id;
            if there && same(row, position) {
                kept[position] = false;
            } else {
                changed.push(*id);
                differing.push((row, there.then_some(position)));
            }
            position += usize::from(there);
        }
        changed.extend(&now_ids[position..]);
        let now_changed = now.as_ref().map(|now| filter_record_batch(now, &BooleanArray::from(kept))).transpose()?;
        Ok(Found { now, before, now_changed, changed, differing })
    }

    /// Whether a row of `before` is the same as one of `now`.
    fn same(&mut self, now: Option<&RecordBatch>, before: Option<&RecordBatch>) -> Result<impl Fn(usize, usize) -> bool + use<>> {
        let rows = match (now, before) {
            (Some(now), Some(before)) => {
                if self.converter.is_none() {
                    let fields = now.schema().fields().iter().map(|f| SortField::new(f.data_type().clone())).collect();
                    self.converter = Some(RowConverter::new(fields)?);
                }
                let converter = self.converter.as_ref().expect("just made");
                Some((converter.convert_columns(before.columns())?, converter.convert_columns(now.columns())?))
            }
            _ => None,
        };
        Ok(move |old: usize, new: usize| rows.as_ref().is_some_and(|(before, now)| before.row(old) == now.row(new)))
    }
}
