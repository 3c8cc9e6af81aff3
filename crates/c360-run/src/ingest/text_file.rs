//! Pumps an unpacked file of text through its decoder. Does not know how the decoders work.

use std::io::Read;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::RecordBatch;

use super::csv::{CsvDecoder, CsvOptions};
use super::ndjson::NdjsonDecoder;
use super::open::broken;
use super::read::{Decoded, Emit, Job};
use super::rows::TextRows;
use super::unpack::unannounced;
use super::{FileCounts, InputError, ReadSpec};

const PIECE: usize = 256 << 10;

/// Decodes CSV or NDJSON from bytes pushed in pieces of any size; the result does not depend on how they are cut.
pub enum TextDecoder {
    /// CSV
    Csv(Box<CsvDecoder>),
    /// NDJSON
    Ndjson(Box<NdjsonDecoder>),
}

impl TextDecoder {
    /// For the file called `file` in messages, which stands at `index` in the list of the source's files.
    ///
    /// # Errors
    /// [`InputError::Unsupported`] for options that cannot be, and for formats that are not text.
    pub fn new(index: usize, file: &str, spec: &ReadSpec) -> Result<TextDecoder, InputError> {
        let index = i32::try_from(index).map_err(|_| unsupported(file, "a source has at most 2,147,483,647 files"))?;
        let rows = TextRows::new(index, spec.columns.len(), spec.layout());
        match (CsvOptions::of(&spec.format), &spec.format) {
            (Some(options), _) => Ok(TextDecoder::Csv(Box::new(CsvDecoder::new(file, &options, spec.names(), rows)?))),
            (None, ReadFormat::Ndjson) => Ok(TextDecoder::Ndjson(Box::new(NdjsonDecoder::new(&spec.columns, rows)))),
            (None, _) => Err(unsupported(file, "not a format of text")),
        }
    }

    /// Takes the next bytes and gives the batches that are complete.
    ///
    /// # Errors
    /// A header that cannot be used.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<RecordBatch>, InputError> {
        match self {
            TextDecoder::Csv(csv) => csv.feed(bytes),
            TextDecoder::Ndjson(ndjson) => Ok(ndjson.feed(bytes)),
        }
    }

    /// The file ends: gives the last batches.
    ///
    /// # Errors
    /// A header that cannot be used.
    pub fn finish(&mut self) -> Result<Vec<RecordBatch>, InputError> {
        match self {
            TextDecoder::Csv(csv) => csv.finish(),
            TextDecoder::Ndjson(ndjson) => Ok(ndjson.finish()),
        }
    }

    /// What was read so far; [`FileCounts::bytes`] is left to the caller.
    #[must_use]
    pub fn counts(&self) -> FileCounts {
        match self {
            TextDecoder::Csv(csv) => csv.counts(),
            TextDecoder::Ndjson(ndjson) => ndjson.counts(),
        }
    }
}

fn unsupported(file: &str, reason: &str) -> InputError {
    InputError::Unsupported { place: file.to_owned(), reason: reason.to_owned() }
}

/// Decodes all of `bytes`.
pub(super) fn decode(job: &Job, mut bytes: Box<dyn Read + Send>, emit: Emit<'_>) -> Decoded {
    let file = &job.file.name;
    let mut decoder = TextDecoder::new(job.index, file, &job.spec)?;
    let mut piece = vec![0; PIECE];
    let mut first = true;
    loop {
        let length = match bytes.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broken(file, decoder.counts().rows, error)),
        };
        if let (true, Some(what)) = (first, unannounced(&piece[..length])) {
            return Err(unsupported(file, &format!("this is {what}")));
        }
        first = false;
        let batches = if length == 0 { decoder.finish()? } else { decoder.feed(&piece[..length])? };
        for batch in batches {
            if !emit(batch) {
                return Ok(None);
            }
        }
        if length == 0 {
            return Ok(Some(decoder.counts()));
        }
    }
}
