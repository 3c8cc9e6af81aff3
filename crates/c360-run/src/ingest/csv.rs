//! Decodes CSV with a header: bytes pushed in, batches out. Columns are found by name, each file has its own order of them.
//! A row that cannot be used becomes a reject; only a header that cannot be used is an error. Does not read files.

mod header;
mod names;
mod row;
mod split;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::RecordBatch;
use memchr::memchr;

use super::rows::TextRows;
use super::text::{Beyond, TextWindow, encoding};
use super::{FileCounts, InputError, ROW_LIMIT};
use header::Header;
use row::row;
use split::{Dialect, Field, LineEnding, Record, line_ending, split};

pub(super) use names::column_names;

/// How a source's CSV files are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOptions {
    /// Between fields; ASCII.
    pub delimiter: u8,
    /// Around fields; ASCII.
    pub quote: u8,
    /// A label of the WHATWG encoding standard. A byte order mark wins over it.
    pub encoding: String,
    /// Texts that mean "no value", next to the empty text.
    pub null: Vec<String>,
}

impl CsvOptions {
    /// The options of a source that reads CSV.
    #[must_use]
    pub fn of(format: &ReadFormat) -> Option<CsvOptions> {
        let ReadFormat::Csv { delimiter, quote, encoding, null } = format else { return None };
        Some(CsvOptions { delimiter: *delimiter, quote: *quote, encoding: encoding.clone(), null: null.clone() })
    }
}

impl Default for CsvOptions {
    fn default() -> CsvOptions {
        CsvOptions { delimiter: b',', quote: b'"', encoding: "utf-8".to_owned(), null: Vec::new() }
    }
}

/// Decodes one file.
pub struct CsvDecoder {
    file: String,
    dialect: Dialect,
    null: Vec<String>,
    wanted: Vec<String>,
    window: TextWindow,
    stage: Stage,
    /// The physical line that the window starts on.
    line: i64,
    fields: Vec<Field>,
    rows: TextRows,
}

enum Stage {
    /// How lines end is not known yet.
    Start,
    /// Before the header.
    Header,
    Rows(Header),
    /// Inside a line that was too long.
    Skip(Header),
}

impl CsvDecoder {
    /// For the file called `file` in messages, whose columns are called `wanted`; `rows` takes the values.
    ///
    /// # Errors
    /// [`InputError::Unsupported`] for an unknown encoding and for a delimiter or quote beyond ASCII.
    pub(super) fn new(file: &str, options: &CsvOptions, wanted: Vec<String>, rows: TextRows) -> Result<CsvDecoder, InputError> {
        let unsupported = |reason| InputError::Unsupported { place: file.to_owned(), reason };
        let encoding = encoding(&options.encoding).ok_or_else(|| {
            unsupported(format!("unknown encoding `{}`; write for example `utf-8`, `latin1`, `utf-16le`", options.encoding))
        })?;
        if !options.delimiter.is_ascii() || !options.quote.is_ascii() || options.delimiter == options.quote {
            return Err(unsupported("delimiter and quote are two different ASCII characters".to_owned()));
        }
        Ok(CsvDecoder {
            file: file.to_owned(),
            dialect: Dialect { delimiter: options.delimiter, quote: options.quote, ending: LineEnding::Lf },
            null: options.null.clone(),
            wanted,
            window: TextWindow::new(encoding),
            stage: Stage::Start,
            line: 1,
            fields: Vec::new(),
            rows,
        })
    }

    /// Takes the next bytes of the file, cut anywhere, and gives the batches that are complete.
    ///
    /// # Errors
    /// A header that cannot be used.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<RecordBatch>, InputError> {
        if self.window.push(bytes) {
            self.read()?;
        }
        Ok(self.rows.take())
    }

    /// The file ends: gives the last batches.
    ///
    /// # Errors
    /// A header that cannot be used.
    pub fn finish(&mut self) -> Result<Vec<RecordBatch>, InputError> {
        self.window.end();
        self.read()?;
        self.rows.flush();
        Ok(self.rows.take())
    }

    /// The names of the file's columns, once its header was read.
    pub(super) fn column_names(&self) -> Option<&[String]> {
        match &self.stage {
            Stage::Rows(header) | Stage::Skip(header) => Some(&header.names),
            Stage::Start | Stage::Header => None,
        }
    }

    /// What was read so far; [`FileCounts::bytes`] is left to the caller.
    #[must_use]
    pub fn counts(&self) -> FileCounts {
        let (rows, rejects) = self.rows.counts();
        FileCounts { rows, rejects, ..FileCounts::default() }
    }

    /// Reads all records that are complete.
    fn read(&mut self) -> Result<(), InputError> {
        while self.step()? {}
        self.window.wait();
        Ok(())
    }

    /// Reads one record; `false` where none is complete.
    #[inline]
    fn step(&mut self) -> Result<bool, InputError> {
        let (bytes, beyond) = self.window.rest();
        if bytes.is_empty() {
            return Ok(false);
        }
        match &self.stage {
            Stage::Start => match line_ending(bytes, beyond) {
                Some(ending) => {
                    self.dialect.ending = ending;
                    self.stage = Stage::Header;
                }
                None => return Ok(false),
            },
            Stage::Skip(_) => return Ok(self.skip()),
            Stage::Header | Stage::Rows(_) => {
                let record = split(bytes, beyond, self.dialect, &mut self.fields);
                return self.record(record);
            }
        }
        Ok(true)
    }

    #[inline]
    fn record(&mut self, record: Record) -> Result<bool, InputError> {
        let (bytes, _) = self.window.rest();
        let (next, lines) = match (record, &self.stage) {
            (Record::Incomplete, _) => return Ok(false),
            (Record::Whole { text: 0, next, lines }, _) => (next, lines),
            (Record::Whole { text, next, lines }, Stage::Rows(header)) => {
                row(&mut self.rows, &bytes[..text], &self.fields, header, &self.null, self.dialect.quote, self.line);
                (next, lines)
            }
            (Record::Whole { text, next, lines }, _) => {
                if let Some(header) = header::read(&self.file, &bytes[..text], &self.fields, self.dialect, &self.wanted)? {
                    self.stage = Stage::Rows(header);
                }
                (next, lines)
            }
            (Record::Broken { text, next, reason }, Stage::Rows(_)) => {
                self.rows.reject(self.line, reason, &bytes[..text]);
                (next, 1)
            }
            (Record::TooLong, Stage::Rows(_)) => {
                self.rows.reject(self.line, format_args!("longer than {ROW_LIMIT} bytes"), bytes);
                self.begin_skip();
                return Ok(true);
            }
            (Record::Broken { reason, .. }, _) => return Err(header::unusable(&self.file, reason)),
            (Record::TooLong, _) => return Err(header::unusable(&self.file, "it is longer than a row may be")),
        };
        self.window.consume(next);
        self.line += lines;
        Ok(true)
    }

    fn begin_skip(&mut self) {
        if let Stage::Rows(header) = std::mem::replace(&mut self.stage, Stage::Header) {
            self.stage = Stage::Skip(header);
        }
    }

    /// Consumes up to the end of the line; `false` where it is not in the window.
    fn skip(&mut self) -> bool {
        let (bytes, beyond) = self.window.rest();
        let end = match self.dialect.ending {
            LineEnding::Lf => memchr(b'\n', bytes),
            LineEnding::Cr => memchr(b'\r', bytes),
        };
        let length = bytes.len();
        let Some(at) = end else {
            self.window.consume(length);
            return beyond == Beyond::Limit;
        };
        self.window.consume(at + 1);
        self.line += 1;
        if let Stage::Skip(header) = std::mem::replace(&mut self.stage, Stage::Header) {
            self.stage = Stage::Rows(header);
        }
        true
    }
}
