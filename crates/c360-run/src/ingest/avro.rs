//! Reads Avro object container files. A file that was cut between two blocks cannot be told from a shorter one: Avro has no end.

use std::io::{BufRead, BufReader, Read};

use arrow_avro::reader::{Reader, ReaderBuilder};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;

use super::open::{broken, damaged};
use super::read::{Decoded, Emit, Job};
use super::tail::Tail;
use super::typed::TypedRows;
use super::{BATCH_ROWS, InputError};

/// Decodes all of `bytes`.
pub(super) fn decode(job: &Job, bytes: Box<dyn Read + Send>, emit: Emit<'_>) -> Decoded {
    let file = &job.file.name;
    let mut tail = Tail::new(bytes);
    let reader = open(file, BufReader::new(&mut tail))?;
    let sync = reader.avro_header().sync();
    let mut rows = TypedRows::new(job.index, file, &job.spec, &reader.schema())?;
    for batch in reader {
        let batch = batch.map_err(|error| failed(file, rows.rows(), error))?;
        for batch in rows.next(&batch)? {
            if !emit(batch) {
                return Ok(None);
            }
        }
    }
    if tail.is(&sync) { Ok(Some(rows.counts())) } else { Err(damaged(file, rows.rows(), &"it ends inside a block")) }
}

/// The columns of a file.
pub(super) fn schema(file: &str, bytes: Box<dyn Read + Send>) -> Result<SchemaRef, InputError> {
    Ok(open(file, BufReader::new(bytes))?.schema())
}

fn open<R: BufRead>(file: &str, bytes: R) -> Result<Reader<R>, InputError> {
    ReaderBuilder::new().with_batch_size(BATCH_ROWS).build(bytes).map_err(|error| failed(file, 0, error))
}

fn failed(file: &str, rows: u64, error: ArrowError) -> InputError {
    match error {
        ArrowError::IoError(_, error) => broken(file, rows, error),
        error => damaged(file, rows, &error),
    }
}
