//! Reads Parquet by ranges straight from the object store, only the columns that are built. Every range is of the version of
//! the file that was listed.

use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{self, Stream, StreamExt, TryStreamExt};
use object_store::{GetOptions, GetRange, OBJECT_STORE_COALESCE_DEFAULT, ObjectStore, coalesce_ranges};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ArrowReaderOptions;
use parquet::arrow::async_reader::{AsyncFileReader, ParquetRecordBatchStreamBuilder};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::SchemaDescriptor;

use super::open::{damaged, path, refused};
use super::read::{BatchStream, Job};
use super::typed::TypedRows;
use super::{BATCH_ROWS, FileCounts, IngestStats, InputError, InputFile};

/// Read at once from the end of a file, so that most footers take one request.
const FOOTER: usize = 64 << 10;

/// The batches of a file.
pub(super) fn read(store: Arc<dyn ObjectStore>, job: Job, stats: Arc<IngestStats>) -> BatchStream {
    stream::once(start(store, job, stats)).try_flatten().boxed()
}

/// The rows of a file of ours, in their order.
pub(crate) async fn in_order(
    store: &Arc<dyn ObjectStore>,
    file: &InputFile,
) -> Result<impl Stream<Item = ParquetResult<RecordBatch>> + use<>, InputError> {
    open(store, file).await?.build().map_err(|error| failed(&file.name, 0, error))
}

/// The columns of a file.
pub(super) async fn schema(store: &Arc<dyn ObjectStore>, file: &InputFile) -> Result<SchemaRef, InputError> {
    Ok(Arc::clone(open(store, file).await?.schema()))
}

async fn start(store: Arc<dyn ObjectStore>, job: Job, stats: Arc<IngestStats>) -> Result<BatchStream, InputError> {
    let builder = open(&store, &job.file).await?;
    let rows = TypedRows::new(job.index, &job.file.name, &job.spec, builder.schema())?;
    let mask = mask(builder.parquet_schema(), &TypedRows::built(&job.spec));
    let expected = builder.metadata().file_metadata().num_rows();
    let decoded = builder.with_projection(mask).with_batch_size(BATCH_ROWS).build().map_err(|error| failed(&job.file.name, 0, error))?;
    // The decoder panics on some corrupt pages.
    let decoded = AssertUnwindSafe(decoded).catch_unwind().boxed();
    let state = (decoded, rows, job, stats, u64::try_from(expected).unwrap_or(0));
    Ok(stream::try_unfold(Some(state), |state| async {
        let Some((mut decoded, mut rows, job, stats, expected)) = state else { return Ok(None) };
        let file = &job.file.name;
        match decoded.next().await {
            Some(Ok(batch)) => {
                let batches = rows.next(&batch.map_err(|error| failed(file, rows.rows(), error))?)?;
                let batches = stream::iter(batches.into_iter().map(Ok));
                Ok(Some((batches, Some((decoded, rows, job, stats, expected)))))
            }
            Some(Err(_)) => Err(damaged(file, rows.rows(), &"its reader gave up")),
            None if rows.rows() != expected => Err(damaged(file, rows.rows(), &format!("its footer says {expected} rows"))),
            None => {
                stats.set(job.index, FileCounts { bytes: job.file.size, ..rows.counts() });
                Ok(None)
            }
        }
    })
    .try_flatten()
    .boxed())
}

async fn open(store: &Arc<dyn ObjectStore>, file: &InputFile) -> Result<ParquetRecordBatchStreamBuilder<Ranges>, InputError> {
    let ranges = Ranges { store: Arc::clone(store), path: path(file)?, file: file.clone() };
    let opened = AssertUnwindSafe(ParquetRecordBatchStreamBuilder::new(ranges)).catch_unwind().await;
    opened.map_err(|_| damaged(&file.name, 0, &"its reader gave up"))?.map_err(|error| failed(&file.name, 0, error))
}

/// The leaves under the wanted paths.
fn mask(schema: &SchemaDescriptor, paths: &[&[String]]) -> ProjectionMask {
    let joined: Vec<String> = paths.iter().map(|path| path.join(".")).collect();
    let wanted = |parts: &[String]| paths.iter().any(|path| parts.starts_with(path)) || joined.iter().any(|name| *name == parts[0]);
    let leaves = (0..schema.num_columns()).filter(|leaf| wanted(schema.column(*leaf).path().parts()));
    ProjectionMask::leaves(schema, leaves)
}

fn failed(file: &str, rows: u64, error: ParquetError) -> InputError {
    match error {
        ParquetError::External(inner) => match inner.downcast::<object_store::Error>() {
            Ok(error) => refused(file, *error),
            Err(inner) => damaged(file, rows, &inner),
        },
        error => damaged(file, rows, &error),
    }
}

/// One version of a file, readable by ranges.
struct Ranges {
    store: Arc<dyn ObjectStore>,
    path: object_store::path::Path,
    file: InputFile,
}

impl Ranges {
    async fn get(&self, range: Range<u64>) -> object_store::Result<Bytes> {
        let options = GetOptions { if_match: self.file.etag.clone(), range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        self.store.get_opts(&self.path, options).await?.bytes().await
    }
}

impl AsyncFileReader for Ranges {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, ParquetResult<Bytes>> {
        async move { self.get(range).await.map_err(external) }.boxed()
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, ParquetResult<Vec<Bytes>>> {
        async move {
            let fetched = coalesce_ranges(&ranges, |range| self.get(range), OBJECT_STORE_COALESCE_DEFAULT).await;
            fetched.map_err(external)
        }
        .boxed()
    }

    fn get_metadata<'a>(&'a mut self, _options: Option<&'a ArrowReaderOptions>) -> BoxFuture<'a, ParquetResult<Arc<ParquetMetaData>>> {
        async move {
            let size = self.file.size;
            let reader = ParquetMetaDataReader::new().with_prefetch_hint(Some(FOOTER));
            Ok(Arc::new(reader.load_and_finish(self, size).await?))
        }
        .boxed()
    }
}

fn external(error: object_store::Error) -> ParquetError {
    ParquetError::External(Box::new(error))
}
