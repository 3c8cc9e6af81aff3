//! Comments: at the end of a row, or on rows of their own.

use super::printer::{Printer, STEP};
use super::row::{Kind, Row};

impl Printer<'_> {
    /// Prints what comes before `start` on rows of its own, at the indentation of the line at hand. No row is open.
    pub(super) fn comments_before(&mut self, start: usize) {
        while self.comments.first().is_some_and(|(comment, _)| *comment < start) {
            let (comment, _) = self.comments[0];
            self.begin_row(Kind::Comment, comment);
            self.push_comment_row();
        }
    }

    /// Prints what comes before `start` where a row is open: at its end, or on further rows.
    pub(super) fn comments_inside(&mut self, start: usize) {
        while self.comments.first().is_some_and(|(comment, _)| *comment < start) {
            let indent = self.indent + self.open_rows().max(1) * STEP;
            self.end_row();
            // `end_row` took it, if it stands on the row's own line.
            if self.comments.first().is_some_and(|(comment, _)| *comment < start) {
                self.row = Some(Row::new(Kind::Comment, indent));
                self.push_comment_row();
            }
        }
    }

    fn push_comment_row(&mut self) {
        let comment = self.take_comment();
        if let Some(mut row) = self.row.take() {
            row.push(&comment, false);
            self.rows.push(row);
        }
    }

    pub(super) fn take_comment(&mut self) -> String {
        let ((start, end), rest) = self.comments.split_first().map(|(first, rest)| (*first, rest)).expect("the caller saw a comment");
        self.comments = rest;
        self.end = end;
        self.text[start..end].to_string()
    }
}
