//! Writes one Parquet file: rows in, row groups of a fixed size encoded on all threads, bytes out in order. The bytes depend on the rows and
//! their order only, not on how they are cut into batches or how many threads there are.

use super::encoding::{RowsOf, properties};
use crate::commit::{File, hexadecimal};
use crate::error::{Error, Result};
use crate::store::Store;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::SchemaRef;
use object_store::buffered::BufWriter;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::file::writer::SerializedFileWriter;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::AsyncWriteExt;
use tokio::task::JoinHandle;

/// Rows of a row group.
const ROW_GROUP: usize = 65_536;

/// Row groups that are encoded at the same time.
const IN_FLIGHT: usize = 2;

/// Tables whose rows go into one file.
pub(crate) struct TableWriter {
    path: String,
    schema: SchemaRef,
    pending: Vec<RecordBatch>,
    pending_rows: usize,
    rows: u64,
    encoding: VecDeque<JoinHandle<Result<Vec<ArrowColumnChunk>>>>,
    next_row_group: usize,
    factory: Arc<ArrowRowGroupWriterFactory>,
    file: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    out: BufWriter,
    hash: Sha256,
    bytes: u64,
    store: Store,
}

impl TableWriter {
    /// A writer to `path`, relative to the store's folder.
    pub(crate) fn try_new(store: &Store, path: String, schema: SchemaRef, rows: RowsOf) -> Result<TableWriter> {
        let parquet_schema = ArrowSchemaConverter::new().convert(&schema)?;
        let properties = properties(rows, &schema, &parquet_schema, ROW_GROUP);
        let buffer = Buffer::default();
        let file = SerializedFileWriter::new(buffer.clone(), parquet_schema.root_schema_ptr(), Arc::new(properties))?;
        let factory = Arc::new(ArrowRowGroupWriterFactory::new(&file, Arc::clone(&schema)));
        let out = BufWriter::new(store.objects(), store.path(&path));
        Ok(TableWriter {
            path,
            schema,
            pending: Vec::new(),
            pending_rows: 0,
            rows: 0,
            encoding: VecDeque::new(),
            next_row_group: 0,
            factory,
            file,
            buffer,
            out,
            hash: Sha256::new(),
            bytes: 0,
            store: store.clone(),
        })
    }

    /// Appends rows of the writer's schema.
    pub(crate) async fn write(&mut self, mut batch: RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        while self.pending_rows + batch.num_rows() >= ROW_GROUP {
            let room = ROW_GROUP - self.pending_rows;
            self.pending.push(batch.slice(0, room));
            self.encode_pending().await?;
            batch = batch.slice(room, batch.num_rows() - room);
        }
        if batch.num_rows() > 0 {
            self.pending_rows += batch.num_rows();
            self.pending.push(batch);
        }
        Ok(())
    }

    /// Writes what is left. Nothing may be written after it; the file is durable once the store was flushed.
    pub(crate) async fn finish(&mut self) -> Result<File> {
        if self.pending_rows > 0 {
            self.encode_pending().await?;
        }
        while !self.encoding.is_empty() {
            self.append_row_group().await?;
        }
        self.file.finish()?;
        self.drain().await?;
        self.out.shutdown().await.map_err(|e| Error::from_io(&format!("`{}` could not be written", self.path), &e))?;
        self.store.note_written(self.store.path(&self.path));
        let sha256 = hexadecimal(&self.hash.finalize_reset());
        Ok(File { path: self.path.clone(), bytes: self.bytes, rows: self.rows, sha256 })
    }

    async fn encode_pending(&mut self) -> Result<()> {
        while self.encoding.len() >= IN_FLIGHT {
            self.append_row_group().await?;
        }
        let batches = std::mem::take(&mut self.pending);
        self.pending_rows = 0;
        let (schema, factory, number) = (Arc::clone(&self.schema), Arc::clone(&self.factory), self.next_row_group);
        self.next_row_group += 1;
        self.encoding.push_back(tokio::task::spawn_blocking(move || encode(&batches, &schema, &factory, number)));
        Ok(())
    }

    /// Waits for the oldest row group and passes its bytes on.
    async fn append_row_group(&mut self) -> Result<()> {
        let Some(task) = self.encoding.pop_front() else {
            return Ok(());
        };
        let chunks = task.await.map_err(|error| Error::broke_off(&format!("encoding `{}`", self.path), &error))??;
        let mut row_group = self.file.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close()?;
        self.drain().await
    }

    async fn drain(&mut self) -> Result<()> {
        let bytes = self.buffer.take();
        self.hash.update(&bytes);
        self.bytes += bytes.len() as u64;
        self.out.put(bytes.into()).await.map_err(Error::from)
    }
}

/// One row group, all of its columns. One batch, so that pages are cut at the same rows whatever the batches were.
fn encode(
    batches: &[RecordBatch],
    schema: &SchemaRef,
    factory: &ArrowRowGroupWriterFactory,
    number: usize,
) -> Result<Vec<ArrowColumnChunk>> {
    let batch = concat_batches(schema, batches)?;
    let mut writers = factory.create_column_writers(number)?.into_iter();
    let mut chunks = Vec::with_capacity(writers.len());
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        for leaf in compute_leaves(field, column)? {
            let mut writer = writers.next().expect("there is a writer for each leaf of the schema");
            writer.write(&leaf)?;
            chunks.push(writer.close()?);
        }
    }
    Ok(chunks)
}

/// Bytes that the Parquet writer made and that are not passed on yet.
#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
