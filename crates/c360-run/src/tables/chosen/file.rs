//! A Parquet file of a table, opened once in a run.

use bytes::Bytes;
use datafusion::error::Result;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// Files up to this size are read whole; of others so much is read from the end, which holds the footer.
const SMALL: u64 = 64 << 10;

/// A file that a commit names, or that this run wrote.
#[derive(Debug)]
pub(in crate::tables) struct StateFile {
    objects: Arc<dyn ObjectStore>,
    path: Path,
    bytes: u64,
    opened: OnceCell<Opened>,
}

#[derive(Debug)]
struct Opened {
    metadata: ArrowReaderMetadata,
    /// All of a small file.
    whole: Option<Bytes>,
}

impl StateFile {
    pub(in crate::tables) fn new(objects: Arc<dyn ObjectStore>, path: Path, bytes: u64) -> StateFile {
        StateFile { objects, path, bytes, opened: OnceCell::new() }
    }

    /// What the footer says.
    pub(in crate::tables) async fn metadata(&self) -> Result<&ArrowReaderMetadata> {
        self.opened().await.map(|opened| &opened.metadata)
    }

    async fn opened(&self) -> Result<&Opened> {
        self.opened.get_or_try_init(|| self.open()).await
    }

    async fn open(&self) -> Result<Opened> {
        let start = self.bytes.saturating_sub(SMALL);
        let mut tail = self.read(start..self.bytes).await?;
        let mut reader = ParquetMetaDataReader::new();
        if let Err(error) = reader.try_parse_sized(&tail, self.bytes) {
            let ParquetError::NeedMoreData(needed) = error else { return Err(error.into()) };
            tail = self.read(self.bytes.saturating_sub(needed as u64)..self.bytes).await?;
            reader.try_parse_sized(&tail, self.bytes)?;
        }
        let metadata = ArrowReaderMetadata::try_new(Arc::new(reader.finish()?), ArrowReaderOptions::new())?;
        Ok(Opened { metadata, whole: (start == 0).then_some(tail) })
    }

    async fn read(&self, range: Range<u64>) -> Result<Bytes> {
        Ok(self.objects.get_range(&self.path, range).await?)
    }

    /// The bytes of these chunks, in their order.
    pub(super) async fn chunks(&self, columns: &[&ColumnChunkMetaData]) -> Result<Vec<Chunk>> {
        let range = |column: &&ColumnChunkMetaData| {
            let (start, length) = column.byte_range();
            start..start + length
        };
        let ranges: Vec<Range<u64>> = columns.iter().map(range).collect();
        let chunk = |(range, bytes): (&Range<u64>, Bytes)| Chunk { start: range.start, bytes };
        if let Some(whole) = &self.opened().await?.whole {
            let parts = ranges.iter().map(|range| whole.get_bytes(range.start, (range.end - range.start) as usize));
            return Ok(ranges.iter().zip(parts.collect::<ParquetResult<Vec<_>>>()?).map(chunk).collect());
        }
        let read = self.objects.get_ranges(&self.path, &ranges).await?;
        Ok(ranges.iter().zip(read).map(chunk).collect())
    }
}

/// A part of a file, to be asked for by places in the file.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    start: u64,
    bytes: Bytes,
}

impl Chunk {
    fn offset(&self, place: u64) -> ParquetResult<u64> {
        place.checked_sub(self.start).ok_or_else(|| ParquetError::EOF("a column lies elsewhere than its footer says".into()))
    }
}

impl Length for Chunk {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Chunk {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        self.bytes.get_read(self.offset(start)?)
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        self.bytes.get_bytes(self.offset(start)?, length)
    }
}
