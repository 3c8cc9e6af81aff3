//! Reads one file into a stream of batches. Decoders of bytes run on a blocking thread that is at most a few batches ahead of the
//! consumer, so memory is bounded; it ends when the stream is dropped.

use std::io::Read;
use std::sync::Arc;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::RecordBatch;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use object_store::ObjectStore;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::open::{damaged, open};
use super::{FileCounts, IngestStats, InputError, InputFile, ReadSpec, avro, ipc, parquet, text_file, unpack};

/// The batches of one file, or what goes wrong.
pub type BatchStream = BoxStream<'static, Result<RecordBatch, InputError>>;

/// A file that is being decoded on a blocking thread.
pub(super) struct Job {
    /// Its index in the list.
    pub(super) index: usize,
    /// The file.
    pub(super) file: InputFile,
    /// What to read.
    pub(super) spec: Arc<ReadSpec>,
}

/// Where decoders put their batches. `false`: nobody wants more.
pub(super) type Emit<'a> = &'a mut dyn FnMut(RecordBatch) -> bool;

/// How a file became its counts, or `None` where the consumer went away.
pub(super) type Decoded = Result<Option<FileCounts>, InputError>;

/// Reads `file`, which stands at `index` in the list of the source's files. When it was read to its end, its counts are in `stats`.
/// Must be polled within a tokio runtime. The stream ends after the first error.
pub fn read_file(store: Arc<dyn ObjectStore>, index: usize, file: InputFile, spec: Arc<ReadSpec>, stats: Arc<IngestStats>) -> BatchStream {
    stream::once(open_file(store, index, file, spec, stats)).try_flatten().boxed()
}

/// The same, begun: as many batches are decoded as may wait to be taken.
pub(super) async fn open_file(
    store: Arc<dyn ObjectStore>,
    index: usize,
    file: InputFile,
    spec: Arc<ReadSpec>,
    stats: Arc<IngestStats>,
) -> Result<BatchStream, InputError> {
    let job = Job { index, file, spec };
    let decode = match job.spec.format {
        ReadFormat::Parquet => return Ok(parquet::read(store, job, stats)),
        ReadFormat::Csv { .. } | ReadFormat::Ndjson => text_file::decode,
        ReadFormat::Avro => avro::decode,
        ReadFormat::Arrow => ipc::decode,
    };
    start(store, job, stats, decode).await
}

/// Batches that may wait to be taken, of about a megabyte of text at most each: while those of one file are, the next is decoded.
const WAITING: usize = 12;

type Decode = fn(&Job, Box<dyn Read + Send>, Emit<'_>) -> Decoded;

async fn start(store: Arc<dyn ObjectStore>, job: Job, stats: Arc<IngestStats>, decode: Decode) -> Result<BatchStream, InputError> {
    let stored = open(&store, &job.file).await?;
    let (sender, receiver) = mpsc::channel(WAITING);
    let file = job.file.name.clone();
    let task = tokio::task::spawn_blocking(move || {
        let unpacked = unpack::unpack(stored, &job.file.path, job.file.size).map_err(|error| damaged(&job.file.name, 0, &error));
        let decoded = unpacked.and_then(|bytes| decode(&job, bytes, &mut |batch| sender.blocking_send(Ok(batch)).is_ok()));
        match decoded {
            Ok(None) => {}
            Ok(Some(counts)) => stats.set(job.index, FileCounts { bytes: job.file.size, ..counts }),
            // Nobody is left to be told when this fails.
            Err(error) => drop(sender.blocking_send(Err(error))),
        }
    });
    Ok(batches(receiver, task, file))
}

/// What the task sends, then an error where it panicked: readers of binary formats do that on some corrupt files.
fn batches(receiver: mpsc::Receiver<Result<RecordBatch, InputError>>, task: JoinHandle<()>, file: String) -> BatchStream {
    let received = stream::unfold(receiver, |mut receiver| async { receiver.recv().await.map(|item| (item, receiver)) });
    let end = stream::once(task).filter_map(move |joined| {
        let error = joined.err().map(|_| Err(damaged(&file, 0, &"its reader gave up")));
        async { error }
    });
    received.chain(end).boxed()
}
