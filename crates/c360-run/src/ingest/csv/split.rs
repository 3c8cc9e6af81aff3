//! Finds the end of the first record of a piece of CSV and the fields in it: RFC 4180, tolerant where nothing can be
//! misunderstood. Looks at bytes only; does not build values.
//!
//! A quote opens a quoted field only as the field's first byte; elsewhere it is text. When quoting is broken (text after the
//! closing quote, no closing quote) only the physical line on which the record starts is given up, so that one stray quote
//! costs one row. Lines end with LF or CRLF (any number of CRs before the LF), or with CR alone when the first line does.
//!
//! A search for a closing quote stops at the first odd run of quotes, and only a line that has one can begin a search: all
//! searches together look at every byte a small number of times, however many quotes are stray.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::super::text::Beyond;

/// How records and fields are separated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// Between fields.
    pub(super) delimiter: u8,
    /// Around fields.
    pub(super) quote: u8,
    /// Between records.
    pub(super) ending: LineEnding,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnding {
    /// LF or CRLF.
    Lf,
    /// CR alone.
    Cr,
}

/// Where a field stands in the record, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Its first byte.
    pub(super) start: usize,
    /// Behind its last byte.
    pub(super) end: usize,
    /// Whether it holds doubled quotes.
    pub(super) escaped: bool,
}

/// What stands at the beginning of a piece of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    /// A whole record of `text` bytes; the next one starts at `next`, `lines` physical lines further.
    Whole { text: usize, next: usize, lines: i64 },
    /// A physical line of `text` bytes that no record can start on, and why; the next one starts at `next`.
    Broken { text: usize, next: usize, reason: &'static str },
    /// A line longer than the piece may be.
    TooLong,
    /// More bytes are needed to tell.
    Incomplete,
}

/// A stretch of text and where the next begins.
struct Line {
    text: usize,
    next: usize,
}

/// Splits the record at the beginning of `bytes`, which are not empty, into `fields`; a blank line has the one field "".
pub(super) fn split(bytes: &[u8], beyond: Beyond, dialect: Dialect, fields: &mut Vec<Field>) -> Record {
    fields.clear();
    let Some(line) = first_line(bytes, beyond, dialect.ending) else {
        return if beyond == Beyond::Limit { Record::TooLong } else { Record::Incomplete };
    };
    if memchr(dialect.quote, &bytes[..line.text]).is_none() {
        split_plain(&bytes[..line.text], dialect.delimiter, fields);
        return Record::Whole { text: line.text, next: line.next, lines: 1 };
    }
    match split_quoted(bytes, beyond, dialect, fields) {
        Quoted::Whole(end) => Record::Whole { text: end.text, next: end.next, lines: count_lines(&bytes[..end.text], dialect.ending) + 1 },
        Quoted::Broken(reason) => Record::Broken { text: line.text, next: line.next, reason },
        Quoted::Unclosed if beyond == Beyond::More => Record::Incomplete,
        Quoted::Unclosed => Record::Broken { text: line.text, next: line.next, reason: "broken quoting: a quote is never closed" },
    }
}

/// The length of the first physical line; `None` where it does not end within `bytes`.
fn first_line(bytes: &[u8], beyond: Beyond, ending: LineEnding) -> Option<Line> {
    let found = match ending {
        LineEnding::Lf => memchr(b'\n', bytes),
        LineEnding::Cr => memchr2(b'\r', b'\n', bytes),
    };
    match found {
        Some(at) => terminator(bytes, at, beyond, ending),
        None if beyond == Beyond::End => Some(Line { text: without_cr(bytes, bytes.len()), next: bytes.len() }),
        None => None,
    }
}

/// How a piece of a file says that its lines end: by its first CR or LF. `None` where more bytes are needed to tell.
pub(super) fn line_ending(bytes: &[u8], beyond: Beyond) -> Option<LineEnding> {
    let Some(at) = memchr2(b'\r', b'\n', bytes) else {
        return (beyond != Beyond::More).then_some(LineEnding::Lf);
    };
    match bytes[at..].iter().find(|byte| **byte != b'\r') {
        Some(b'\n') => Some(LineEnding::Lf),
        None if beyond == Beyond::More => None,
        _ => Some(LineEnding::Cr),
    }
}

/// The line that ends with the CR or LF at `at`; `None` where more bytes are needed to tell what belongs to the ending.
fn terminator(bytes: &[u8], at: usize, beyond: Beyond, ending: LineEnding) -> Option<Line> {
    if ending == LineEnding::Lf {
        return Some(Line { text: without_cr(bytes, at), next: at + 1 });
    }
    match bytes.get(at + 1) {
        Some(b'\n') if bytes[at] == b'\r' => Some(Line { text: at, next: at + 2 }),
        None if beyond != Beyond::End && bytes[at] == b'\r' => None,
        _ => Some(Line { text: at, next: at + 1 }),
    }
}

fn without_cr(bytes: &[u8], end: usize) -> usize {
    bytes[..end].iter().rposition(|byte| *byte != b'\r').map_or(0, |last| last + 1)
}

fn split_plain(line: &[u8], delimiter: u8, fields: &mut Vec<Field>) {
    let mut start = 0;
    for end in memchr_iter(delimiter, line) {
        fields.push(Field { start, end, escaped: false });
        start = end + 1;
    }
    fields.push(Field { start, end: line.len(), escaped: false });
}

enum Quoted {
    Whole(Line),
    Broken(&'static str),
    Unclosed,
}

/// What follows a field.
enum Next {
    Field(usize),
    Record(Line),
    Broken,
    Unknown,
}

fn split_quoted(bytes: &[u8], beyond: Beyond, dialect: Dialect, fields: &mut Vec<Field>) -> Quoted {
    let mut start = 0;
    loop {
        let (field, next) = if bytes.get(start) == Some(&dialect.quote) {
            let Some(field) = quoted_field(bytes, start + 1, dialect.quote) else { return Quoted::Unclosed };
            (field, after_quote(bytes, field.end + 1, beyond, dialect))
        } else {
            plain_field(bytes, start, beyond, dialect)
        };
        fields.push(field);
        match next {
            Next::Field(at) => start = at,
            Next::Record(line) => return Quoted::Whole(line),
            Next::Broken => return Quoted::Broken("broken quoting: text after a closing quote"),
            Next::Unknown => return Quoted::Unclosed,
        }
    }
}

/// The field that starts behind an opening quote; `None` where its closing quote is not within `bytes`.
fn quoted_field(bytes: &[u8], start: usize, quote: u8) -> Option<Field> {
    let mut escaped = false;
    let mut from = start;
    loop {
        let at = from + memchr(quote, &bytes[from..])?;
        if bytes.get(at + 1) != Some(&quote) {
            return Some(Field { start, end: at, escaped });
        }
        escaped = true;
        from = at + 2;
    }
}

fn after_quote(bytes: &[u8], at: usize, beyond: Beyond, dialect: Dialect) -> Next {
    match bytes.get(at) {
        None if beyond == Beyond::End => Next::Record(Line { text: at, next: at }),
        None => Next::Unknown,
        Some(byte) if *byte == dialect.delimiter => Next::Field(at + 1),
        Some(b'\n') => Next::Record(Line { text: at, next: at + 1 }),
        Some(b'\r') => after_cr(bytes, at, beyond, dialect.ending),
        Some(_) => Next::Broken,
    }
}

fn after_cr(bytes: &[u8], at: usize, beyond: Beyond, ending: LineEnding) -> Next {
    if ending == LineEnding::Cr {
        return terminator(bytes, at, beyond, ending).map_or(Next::Unknown, Next::Record);
    }
    match bytes[at..].iter().position(|byte| *byte != b'\r') {
        Some(run) if bytes[at + run] == b'\n' => Next::Record(Line { text: at, next: at + run + 1 }),
        Some(_) => Next::Broken,
        None if beyond == Beyond::End => Next::Record(Line { text: at, next: bytes.len() }),
        None => Next::Unknown,
    }
}

fn plain_field(bytes: &[u8], start: usize, beyond: Beyond, dialect: Dialect) -> (Field, Next) {
    let rest = &bytes[start..];
    let found = match dialect.ending {
        LineEnding::Lf => memchr2(dialect.delimiter, b'\n', rest),
        LineEnding::Cr => memchr3(dialect.delimiter, b'\r', b'\n', rest),
    };
    let field = |end| Field { start, end, escaped: false };
    let Some(at) = found.map(|at| start + at) else {
        let end = start + without_cr(rest, rest.len());
        let next = if beyond == Beyond::End { Next::Record(Line { text: end, next: bytes.len() }) } else { Next::Unknown };
        return (field(end), next);
    };
    if bytes[at] == dialect.delimiter {
        return (field(at), Next::Field(at + 1));
    }
    let Some(line) = terminator(bytes, at, beyond, dialect.ending) else { return (field(at), Next::Unknown) };
    // An empty last field before CRLF: the CR belongs to the line's end, what stands before `start` never does.
    let text = line.text.max(start);
    (field(text), Next::Record(Line { text, next: line.next }))
}

fn count_lines(text: &[u8], ending: LineEnding) -> i64 {
    let lf = memchr_iter(b'\n', text).count();
    let cr = match ending {
        LineEnding::Lf => 0,
        LineEnding::Cr => memchr_iter(b'\r', text).count() - memchr::memmem::find_iter(text, b"\r\n").count(),
    };
    i64::try_from(lf + cr).expect("a record has fewer lines than bytes")
}
