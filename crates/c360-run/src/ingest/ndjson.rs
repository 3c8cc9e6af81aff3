//! Decodes newline-delimited JSON: bytes pushed in, batches out. Values come out as text: strings unescaped, numbers as they
//! are written, `true`/`false`, objects and arrays as compact JSON; `null` and what is not there are no value.
//! A line that is not one JSON object becomes a reject. Does not read files.

mod json;
mod names;
mod wanted;

use c360_model::model::ColumnPath;
use datafusion::arrow::array::RecordBatch;
use memchr::memchr;

use super::columns::joined;
use super::rows::TextRows;
use super::text::{Beyond, TextWindow};
use super::{FileCounts, ROW_LIMIT};
use json::{Kind, compact, kind, unescape};
use wanted::Wanted;

pub(super) use names::column_names;

/// Why a line of another encoding is no row.
const NUL: &str = "holds NUL bytes, as UTF-16 does; save the file as UTF-8, or with a byte order mark";

/// Decodes one file.
pub struct NdjsonDecoder {
    columns: Vec<ColumnPath>,
    wanted: Wanted,
    window: TextWindow,
    stage: Stage,
    line: i64,
    rows: TextRows,
    scratch: String,
}

enum Stage {
    Rows,
    /// Inside a line that was too long.
    Skip,
}

/// What stands at the beginning of the window.
enum Line {
    Whole { text: usize, next: usize },
    TooLong,
    Incomplete,
}

impl NdjsonDecoder {
    /// For files whose wanted values stand at `columns`; `rows` takes them.
    pub(super) fn new(columns: &[ColumnPath], rows: TextRows) -> NdjsonDecoder {
        NdjsonDecoder {
            columns: columns.to_vec(),
            wanted: Wanted::new(columns),
            window: TextWindow::new(encoding_rs::UTF_8),
            stage: Stage::Rows,
            line: 1,
            rows,
            scratch: String::new(),
        }
    }

    /// Takes the next bytes of the file, cut anywhere, and gives the batches that are complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<RecordBatch> {
        if self.window.push(bytes) {
            self.read();
        }
        self.rows.take()
    }

    /// The file ends: gives the last batches.
    pub fn finish(&mut self) -> Vec<RecordBatch> {
        self.window.end();
        self.read();
        self.rows.flush();
        self.rows.take()
    }

    /// What was read so far; [`FileCounts::bytes`] is left to the caller.
    #[must_use]
    pub fn counts(&self) -> FileCounts {
        let (rows, rejects) = self.rows.counts();
        let unseen = self.columns.iter().filter(|path| !self.wanted.seen(&path[0])).map(joined).collect();
        FileCounts { rows, rejects, unseen, ..FileCounts::default() }
    }

    fn read(&mut self) {
        loop {
            let (bytes, beyond) = self.window.rest();
            match line(bytes, beyond) {
                Line::Incomplete => break,
                Line::Whole { text, next } => {
                    match self.stage {
                        Stage::Rows => row(&mut self.rows, &mut self.wanted, &mut self.scratch, &bytes[..text], self.line),
                        Stage::Skip => self.stage = Stage::Rows,
                    }
                    self.window.consume(next);
                    self.line += 1;
                }
                Line::TooLong => {
                    if let Stage::Rows = self.stage {
                        self.rows.reject(self.line, format_args!("longer than {ROW_LIMIT} bytes"), bytes);
                    }
                    self.stage = Stage::Skip;
                    let length = bytes.len();
                    self.window.consume(length);
                }
            }
        }
        self.window.wait();
    }
}

fn line(bytes: &[u8], beyond: Beyond) -> Line {
    match memchr(b'\n', bytes) {
        Some(at) => Line::Whole { text: at, next: at + 1 },
        None if beyond == Beyond::Limit => Line::TooLong,
        None if beyond == Beyond::End && !bytes.is_empty() => Line::Whole { text: bytes.len(), next: bytes.len() },
        None => Line::Incomplete,
    }
}

/// Appends the values of a line, rejects it, or passes over a blank one.
fn row(rows: &mut TextRows, wanted: &mut Wanted, scratch: &mut String, line: &[u8], number: i64) {
    let line = line.trim_ascii();
    if line.is_empty() {
        return;
    }
    let Ok(text) = std::str::from_utf8(line) else {
        return rows.reject(number, if holds_nul(line) { NUL } else { "not valid UTF-8" }, line);
    };
    if let Err(reason) = wanted.find(text) {
        return match holds_nul(line) {
            true => rows.reject(number, NUL, line),
            false => rows.reject(number, format_args!("not a JSON object: {reason}"), line),
        };
    }
    for (column, found) in wanted.found().iter().enumerate() {
        match found {
            Some(range) if rows.builds(column) => value(rows, column, &text[range.clone()], scratch),
            _ => rows.null(column),
        }
    }
    rows.end_row(number);
}

fn holds_nul(line: &[u8]) -> bool {
    memchr(0, line).is_some()
}

fn value(rows: &mut TextRows, column: usize, json: &str, scratch: &mut String) {
    match kind(json) {
        Kind::Null => rows.null(column),
        Kind::Literal => rows.value(column, json),
        Kind::PlainText => rows.value(column, &json[1..json.len() - 1]),
        Kind::EscapedText => {
            unescape(&json[1..json.len() - 1], scratch);
            rows.value(column, scratch);
        }
        Kind::Nested => {
            compact(json, scratch);
            rows.value(column, scratch);
        }
    }
}
