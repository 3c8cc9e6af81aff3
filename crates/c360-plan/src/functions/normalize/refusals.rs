//! What formats refused in one batch: few rows, usually none.

use c360_match::format::Reason;
use datafusion::arrow::array::{ArrayRef, StringBuilder};
use std::sync::Arc;

/// Refused values in the order of their rows.
#[derive(Default)]
pub(super) struct Refusals {
    rows: Vec<(usize, String, String)>,
}

impl Refusals {
    /// Notes that the value `raw` of `row` was refused. Rows come in order; further refusals of a row are joined to its first.
    pub(super) fn push(&mut self, row: usize, raw: &str, reason: &Reason) {
        match self.rows.last_mut() {
            Some((last, raws, reasons)) if *last == row => {
                raws.push_str(" | ");
                raws.push_str(raw);
                if !reasons.split("; ").any(|known| known == reason.0) {
                    reasons.push_str("; ");
                    reasons.push_str(&reason.0);
                }
            }
            _ => self.rows.push((row, raw.to_owned(), reason.0.to_string())),
        }
    }

    /// Position, raw text and reason of each.
    pub(super) fn into_rows(self) -> Vec<(usize, String, String)> {
        self.rows
    }

    /// Two text columns of `rows` rows: what was refused, and why.
    pub(super) fn finish(self, rows: usize) -> (ArrayRef, ArrayRef) {
        let mut raw = StringBuilder::with_capacity(rows, 0);
        let mut reason = StringBuilder::with_capacity(rows, 0);
        let mut next = 0;
        for (row, value, why) in self.rows {
            raw.append_nulls(row - next);
            reason.append_nulls(row - next);
            raw.append_value(value);
            reason.append_value(why);
            next = row + 1;
        }
        raw.append_nulls(rows - next);
        reason.append_nulls(rows - next);
        (Arc::new(raw.finish()), Arc::new(reason.finish()))
    }
}
