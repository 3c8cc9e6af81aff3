//! Reads Arrow IPC, files and streams, in one pass. A file is a stream between a magic word and a footer; both have a mark at
//! the end of their rows, without which they are truncated.

mod frame;

use std::collections::VecDeque;
use std::io::{self, BufReader, Chain, Cursor, Read};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::buffer::Buffer;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::StreamDecoder;

use super::InputError;
use super::open::broken;
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

/// A file behind its magic word, and what was decoded of it.
struct Messages {
    layout: Layout,
    bytes: Chain<Cursor<Vec<u8>>, BufReader<Box<dyn Read + Send>>>,
    decoder: StreamDecoder,
    decoded: VecDeque<RecordBatch>,
    ended: bool,
}

/// Decodes all of `bytes`.
pub(super) fn decode(job: &Job, bytes: Box<dyn Read + Send>, emit: Emit<'_>) -> Decoded {
    let file = &job.file.name;
    let mut messages = open(bytes).map_err(|error| broken(file, 0, error))?;
    let schema = messages.schema().map_err(|error| broken(file, 0, error))?;
    let mut rows = TypedRows::new(job.index, file, &job.spec, &schema)?;
    while let Some(batch) = messages.next().map_err(|error| broken(file, rows.rows(), error))? {
        for batch in rows.next(&batch)? {
            if !emit(batch) {
                return Ok(None);
            }
        }
    }
    messages.finish().map_err(|error| broken(file, rows.rows(), error))?;
    Ok(Some(rows.counts()))
}

/// The columns of a file.
pub(super) fn schema(file: &str, bytes: Box<dyn Read + Send>) -> Result<SchemaRef, InputError> {
    open(bytes).and_then(|mut messages| messages.schema()).map_err(|error| broken(file, 0, error))
}

/// Tells a file from a stream.
fn open(bytes: Box<dyn Read + Send>) -> io::Result<Messages> {
    let mut bytes = BufReader::new(bytes);
    let mut head = word(&mut bytes)?;
    let layout = if head.starts_with(MAGIC) { Layout::File } else { Layout::Stream };
    if layout == Layout::File {
        head = word(&mut bytes)?;
        while head == [0; OPENING] {
            head = word(&mut bytes)?;
        }
    }
    let bytes = Cursor::new(head.to_vec()).chain(bytes);
    Ok(Messages { layout, bytes, decoder: StreamDecoder::new(), decoded: VecDeque::new(), ended: false })
}

fn word(bytes: &mut impl Read) -> io::Result<[u8; OPENING]> {
    let mut word = [0; OPENING];
    bytes.read_exact(&mut word)?;
    Ok(word)
}

impl Messages {
    /// The columns.
    fn schema(&mut self) -> io::Result<SchemaRef> {
        loop {
            match self.decoder.schema() {
                Some(schema) => return Ok(schema),
                None if self.ended => return Err(invalid("it has no schema")),
                None => self.advance()?,
            }
        }
    }

    /// The next batch; `None` at the mark of the end.
    fn next(&mut self) -> io::Result<Option<RecordBatch>> {
        while self.decoded.is_empty() && !self.ended {
            self.advance()?;
        }
        Ok(self.decoded.pop_front())
    }

    /// Decodes a message. One without a body only comes out of the decoder together with what follows it.
    fn advance(&mut self) -> io::Result<()> {
        let message = frame::next(&mut self.bytes)?;
        self.ended = message.is_none();
        let parts = message.map_or_else(|| vec![END.to_vec()], |message| vec![message.head, message.body]);
        for mut part in parts.into_iter().map(Buffer::from) {
            while !part.is_empty() {
                self.decoded.extend(self.decoder.decode(&mut part).map_err(said)?);
            }
        }
        Ok(())
    }

    /// Checks what follows the rows.
    fn finish(self) -> io::Result<()> {
        let mut rest = Tail::new(self.bytes);
        let following = io::copy(&mut rest, &mut io::sink())?;
        match self.layout {
            Layout::File if !rest.is(MAGIC) => Err(invalid("it has no footer")),
            Layout::Stream if following > 0 => Err(invalid("something follows its end")),
            _ => Ok(()),
        }
    }
}

fn said(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => invalid(&error.to_string()),
    }
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
