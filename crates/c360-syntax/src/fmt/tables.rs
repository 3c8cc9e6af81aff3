//! Tables of tests: the header stands behind the brace, the rows below it, the bars below each other.

use super::printer::Printer;
use super::row::{Kind, Row};
use crate::shape::Table;

impl Printer<'_> {
    pub(super) fn table(&mut self, table: &Table<'_>) {
        let (start, end) = (table.span.start as usize, table.span.end as usize);
        let header = table.rows.first().map_or(end, |row| row.span.start as usize);
        self.comments_before(start);
        let is_spaced = !self.is_fresh && self.text[self.end..start].bytes().filter(|byte| *byte == b'\n').count() > 1;
        // Comments between the brace and the header go before the table; the blank line goes with them.
        let first_row = self.rows.len();
        self.end = start;
        self.comments_before(header);
        self.end = start;
        self.begin_row(Kind::TableHead, start);
        self.name_row(table);
        self.table_rows(table);
        self.rows.iter_mut().skip(first_row).take(1).for_each(|row| row.blank_before = is_spaced);
        if let Some(row) = self.row.as_mut().filter(|_| self.rows.len() == first_row) {
            row.blank_before = is_spaced;
        }
        self.comments_before_close(end);
        self.end = end;
        self.end_row();
    }

    fn name_row(&mut self, table: &Table<'_>) {
        let body = if table.rows.is_empty() { "{}" } else { "{" };
        if let Some(row) = &mut self.row {
            row.cells = vec![format!("{} {}", table.word, table.name), body.to_string()];
        }
    }

    fn table_rows(&mut self, table: &Table<'_>) {
        let widths = widths(table);
        for (index, row) in table.rows.iter().enumerate() {
            if index > 0 {
                self.end_row();
                self.is_fresh = true;
                self.comments_before(row.span.start as usize);
                let cells = vec![table.word.to_string(), String::new()];
                self.row = Some(Row { cells, ..Row::new(Kind::TableRow, self.indent) });
            }
            let is_last = index + 1 == table.rows.len();
            let text = padded(&row.cells, &widths);
            if let Some(row) = &mut self.row {
                row.push(&text, true);
                row.push(if is_last { "}" } else { "" }, is_last);
            }
            self.end = row.span.end as usize;
        }
    }

    /// The comment behind the last row stays there; those on rows of their own go behind the brace, which stands in the last row.
    fn comments_before_close(&mut self, end: usize) {
        if self.comments.first().is_some_and(|(comment, _)| *comment < end) {
            self.end_row();
            self.is_fresh = true;
            self.comments_before(end);
        }
        self.is_fresh = false;
    }
}

/// Per column the characters of its longest cell.
fn widths(table: &Table<'_>) -> Vec<usize> {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let width = |column: usize| table.rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| cell.chars().count()).max();
    (0..columns).map(|column| width(column).unwrap_or(0)).collect()
}

fn padded(cells: &[&str], widths: &[usize]) -> String {
    let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
    cells.join(" | ").trim_end().to_string()
}
