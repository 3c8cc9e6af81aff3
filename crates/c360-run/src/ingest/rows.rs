//! Collects rows of text into batches: only the columns that are wanted are built, text is appended to the buffers of the
//! batch directly. Does not know where rows come from.

use std::fmt::{Display, Write};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Array, Int64Array, RecordBatch, RecordBatchOptions, StringBuilder};

use super::columns::{Layout, Slot};
use super::{BATCH_ROWS, BATCH_TEXT, RAW_LIMIT};

/// Rows of one file on their way into batches.
pub(super) struct TextRows {
    file: i32,
    layout: Layout,
    numbers: Vec<i64>,
    reject: Option<StringBuilder>,
    raw: Option<StringBuilder>,
    wanted: Vec<Option<StringBuilder>>,
    text: usize,
    ready: Vec<RecordBatch>,
    rows: u64,
    rejects: u64,
}

impl TextRows {
    /// For the file with this index in the list; `wanted` is how many columns are wanted, of which `layout` says which are built.
    pub(super) fn new(file: i32, wanted: usize, layout: Layout) -> TextRows {
        let built = |slot| layout.slots.contains(&slot).then(StringBuilder::new);
        TextRows {
            file,
            numbers: Vec::new(),
            reject: built(Slot::Reject),
            raw: built(Slot::Raw),
            wanted: (0..wanted).map(|index| built(Slot::Wanted(index))).collect(),
            text: 0,
            ready: Vec::new(),
            rows: 0,
            rejects: 0,
            layout,
        }
    }

    /// Whether values of the wanted column are built.
    pub(super) fn builds(&self, wanted: usize) -> bool {
        self.wanted[wanted].is_some()
    }

    /// Appends a value to a wanted column; each column gets exactly one for every [`TextRows::end_row`].
    #[inline]
    pub(super) fn value(&mut self, wanted: usize, value: &str) {
        if let Some(column) = &mut self.wanted[wanted] {
            column.append_value(value);
            self.text += value.len();
        }
    }

    /// Appends a value that is written piece by piece.
    pub(super) fn pieces<'a>(&mut self, wanted: usize, pieces: impl Iterator<Item = &'a str>) {
        if let Some(column) = &mut self.wanted[wanted] {
            for piece in pieces {
                column.write_str(piece).expect("writing to memory does not fail");
                self.text += piece.len();
            }
            column.append_value("");
        }
    }

    /// Appends "no value" to a wanted column.
    #[inline]
    pub(super) fn null(&mut self, wanted: usize) {
        if let Some(column) = &mut self.wanted[wanted] {
            column.append_null();
        }
    }

    /// Ends a row whose values were all appended.
    #[inline]
    pub(super) fn end_row(&mut self, number: i64) {
        if let Some(reject) = &mut self.reject {
            reject.append_null();
        }
        if let Some(raw) = &mut self.raw {
            raw.append_null();
        }
        self.count(number);
    }

    /// Adds a row that cannot be used, none of whose values was appended.
    pub(super) fn reject(&mut self, number: i64, reason: impl Display, raw: &[u8]) {
        if let Some(reject) = &mut self.reject {
            write!(reject, "{reason}").expect("writing to memory does not fail");
            reject.append_value("");
        }
        if let Some(column) = &mut self.raw {
            let raw = raw_text(raw);
            self.text += raw.len();
            column.append_value(raw);
        }
        self.wanted.iter_mut().flatten().for_each(StringBuilder::append_null);
        self.rejects += 1;
        self.count(number);
    }

    #[inline]
    fn count(&mut self, number: i64) {
        self.rows += 1;
        self.numbers.push(number);
        if self.numbers.len() >= BATCH_ROWS || self.text >= BATCH_TEXT {
            self.flush();
        }
    }

    /// Ends the batch that is being built.
    pub(super) fn flush(&mut self) {
        if self.numbers.is_empty() {
            return;
        }
        let numbers = std::mem::take(&mut self.numbers);
        let options = RecordBatchOptions::new().with_row_count(Some(numbers.len()));
        let file = Arc::new(Int32Array::from_value(self.file, numbers.len()));
        let numbers = Arc::new(Int64Array::from(numbers));
        let columns = self.layout.slots.iter().map(|slot| match *slot {
            Slot::File => Arc::clone(&file) as ArrayRef,
            Slot::Row => Arc::clone(&numbers) as ArrayRef,
            Slot::Reject => finished(&mut self.reject),
            Slot::Raw => finished(&mut self.raw),
            Slot::Wanted(index) => finished(&mut self.wanted[index]),
        });
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.layout.schema), columns.collect(), &options);
        self.ready.push(batch.expect("every column was appended to once per row"));
        self.text = 0;
    }

    /// The batches that are complete.
    pub(super) fn take(&mut self) -> Vec<RecordBatch> {
        std::mem::take(&mut self.ready)
    }

    /// Rows and, of these, rejects so far.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.rows, self.rejects)
    }
}

fn finished(column: &mut Option<StringBuilder>) -> ArrayRef {
    Arc::new(column.as_mut().expect("a column of the layout has a builder").finish())
}

/// The beginning of a rejected row, readable whatever its bytes are.
fn raw_text(raw: &[u8]) -> String {
    let head = &raw[..raw.len().min(RAW_LIMIT)];
    let whole = match std::str::from_utf8(head) {
        // The cut fell into a character.
        Err(error) if raw.len() > RAW_LIMIT && error.error_len().is_none() => &head[..error.valid_up_to()],
        _ => head,
    };
    String::from_utf8_lossy(whole).into_owned()
}
