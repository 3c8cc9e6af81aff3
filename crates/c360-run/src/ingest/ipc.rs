//! Reads Arrow IPC, files and streams, in one pass. A file is a stream between a magic word and a footer; both have a mark at
//! the end of their rows, without which they are truncated.

use std::io::{self, BufReader, Chain, Cursor, Read};

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::StreamReader;

use super::InputError;
use super::open::{broken, damaged};
use super::read::{Decoded, Emit, Job};
use super::tail::Tail;
use super::typed::TypedRows;

const MAGIC: &[u8] = b"ARROW1";

/// The magic word with the padding that every file has; writers that align to more add as many zeros again and again.
const OPENING: usize = 8;

/// Closes the rows of a stream.
const END: [u8; 8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

/// Both layouts of Arrow IPC.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    File,
    Stream,
}

type Bytes = Chain<Cursor<Vec<u8>>, BufReader<Box<dyn Read + Send>>>;

/// Decodes all of `bytes`.
pub(super) fn decode(job: &Job, bytes: Box<dyn Read + Send>, emit: Emit<'_>) -> Decoded {
    let file = &job.file.path;
    let (layout, mut bytes) = open(file, bytes)?;
    let reader = StreamReader::try_new(&mut bytes, None).map_err(|error| failed(file, 0, error))?;
    let mut rows = TypedRows::new(job.index, file, &job.spec, &reader.schema())?;
    for batch in reader {
        let batch = batch.map_err(|error| failed(file, rows.rows(), error))?;
        for batch in rows.next(&batch)? {
            if !emit(batch) {
                return Ok(None);
            }
        }
    }
    finish(bytes, layout).map_err(|error| broken(file, rows.rows(), error))?;
    Ok(Some(rows.counts()))
}

/// The columns of a file.
pub(super) fn schema(file: &str, bytes: Box<dyn Read + Send>) -> Result<SchemaRef, InputError> {
    let (_, bytes) = open(file, bytes)?;
    Ok(StreamReader::try_new(bytes, None).map_err(|error| failed(file, 0, error))?.schema())
}

/// Tells a file from a stream and gives what follows the magic word.
fn open(file: &str, bytes: Box<dyn Read + Send>) -> Result<(Layout, Tail<Bytes>), InputError> {
    let mut bytes = BufReader::new(bytes);
    let mut head = word(file, &mut bytes)?;
    let layout = if head.starts_with(MAGIC) { Layout::File } else { Layout::Stream };
    if layout == Layout::File {
        head = word(file, &mut bytes)?;
        while head == [0; OPENING] {
            head = word(file, &mut bytes)?;
        }
    }
    Ok((layout, Tail::new(Cursor::new(head.to_vec()).chain(bytes))))
}

fn word(file: &str, bytes: &mut impl Read) -> Result<[u8; OPENING], InputError> {
    let mut word = [0; OPENING];
    match bytes.read_exact(&mut word) {
        Ok(()) => Ok(word),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(damaged(file, 0, &"it is too short for Arrow")),
        Err(error) => Err(broken(file, 0, error)),
    }
}

/// Checks that the rows ended where the writer ended them.
fn finish(mut bytes: Tail<Bytes>, layout: Layout) -> io::Result<()> {
    let closed = bytes.is(&END);
    let following = io::copy(&mut bytes, &mut io::sink())?;
    match layout {
        _ if !closed => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it has no mark of its end")),
        Layout::File if !bytes.is(MAGIC) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it has no footer")),
        Layout::Stream if following > 0 => Err(io::Error::new(io::ErrorKind::InvalidData, "something follows its end")),
        _ => Ok(()),
    }
}

fn failed(file: &str, rows: u64, error: ArrowError) -> InputError {
    match error {
        ArrowError::IoError(_, error) => broken(file, rows, error),
        error => damaged(file, rows, &error),
    }
}
