//! Several sorted streams as one. Long runs of neighbours lie in the same stream, so that the order is found by slicing batches; nothing is
//! copied, and each stream works on while others are waited for.

use super::arrays::{column, numbers};
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Int32Type, SchemaRef};
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, stream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Batches that a stream may be ahead.
const AHEAD: usize = 2;

/// Streams that are each in the order of the places of their rows.
pub(super) struct InOrder {
    place: PlaceOf,
    parts: Vec<Part>,
    /// Ends the streams when they are wanted no more.
    tasks: JoinSet<()>,
}

struct Part {
    batches: mpsc::Receiver<Result<RecordBatch>>,
    /// What is left of the batch that came last.
    head: Option<RecordBatch>,
}

impl InOrder {
    pub(super) fn by(place: PlaceOf, streams: Vec<SendableRecordBatchStream>) -> InOrder {
        let mut tasks = JoinSet::new();
        let mut start = |mut stream: SendableRecordBatchStream| {
            let (sender, batches) = mpsc::channel(AHEAD);
            tasks.spawn(async move {
                while let Some(batch) = stream.next().await {
                    if sender.send(batch).await.is_err() {
                        return;
                    }
                }
            });
            Part { batches, head: None }
        };
        InOrder { place, parts: streams.into_iter().map(&mut start).collect(), tasks }
    }

    /// The next rows; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<RecordBatch>> {
        for part in &mut self.parts {
            part.fill().await?;
        }
        let firsts = |parts: &[Part]| -> Vec<(Place, usize)> {
            let mut firsts: Vec<(Place, usize)> =
                parts.iter().enumerate().filter_map(|(at, part)| Some((part.first(self.place)?, at))).collect();
            firsts.sort_unstable();
            firsts
        };
        let (head, up_to) = match firsts(&self.parts)[..] {
            [] => return self.end().await.map(|()| None),
            [(_, only)] => (only, None),
            [(_, first), (place, _), ..] => (first, Some(place)),
        };
        Ok(self.parts[head].take(self.place, up_to))
    }

    /// The same as a stream.
    pub(super) fn into_stream(self, schema: SchemaRef) -> SendableRecordBatchStream {
        let rows = stream::try_unfold(self, |mut rows| async move { Ok(rows.next().await?.map(|batch| (batch, rows))) });
        Box::pin(RecordBatchStreamAdapter::new(schema, rows))
    }

    /// A stream that broke off looks like one that ended.
    async fn end(&mut self) -> Result<()> {
        while let Some(ended) = self.tasks.join_next().await {
            ended.map_err(|error| DataFusionError::ExecutionJoin(Box::new(error)))?;
        }
        Ok(())
    }
}

/// Where a row stands in the order.
pub(super) type Place = (i64, i64);

/// The place of a row of a batch.
pub(super) type PlaceOf = fn(&RecordBatch, usize) -> Place;

impl Part {
    async fn fill(&mut self) -> Result<()> {
        while self.head.is_none() {
            match self.batches.recv().await {
                Some(batch) => self.head = Some(batch?).filter(|batch| batch.num_rows() > 0),
                None => break,
            }
        }
        Ok(())
    }

    fn first(&self, place: PlaceOf) -> Option<Place> {
        self.head.as_ref().map(|head| place(head, 0))
    }

    /// The rows before a place; all of them where there is none.
    fn take(&mut self, place: PlaceOf, up_to: Option<Place>) -> Option<RecordBatch> {
        let head = self.head.take()?;
        let rows = head.num_rows();
        let count = match up_to {
            Some(up_to) if place(&head, rows - 1) >= up_to => before(&head, place, up_to),
            _ => rows,
        };
        if count < rows {
            self.head = Some(head.slice(count, rows - count));
        }
        Some(head.slice(0, count))
    }
}

/// How many rows come before a place.
fn before(batch: &RecordBatch, place: PlaceOf, up_to: Place) -> usize {
    let (mut low, mut high) = (0, batch.num_rows());
    while low < high {
        let middle = (low + high) / 2;
        match place(batch, middle) < up_to {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low
}

/// By `_file` and `_row`.
pub(super) fn by_row(batch: &RecordBatch, row: usize) -> Place {
    (i64::from(column(batch, "_file").as_primitive::<Int32Type>().value(row)), numbers(batch, "_row").value(row))
}

/// By `id`.
pub(super) fn by_id(batch: &RecordBatch, row: usize) -> Place {
    (numbers(batch, "id").value(row), 0)
}
