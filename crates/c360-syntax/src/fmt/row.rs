//! A line of the output before its columns are aligned.

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// Blanks before it.
    pub(super) indent: usize,
    /// Whether an empty line stands before it.
    pub(super) blank_before: bool,
    /// Texts of the columns; empty where the row has nothing in one.
    pub(super) cells: Vec<String>,
    /// The comment at its end.
    pub(super) comment: Option<String>,
}

/// How a row takes part in alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Aligned with the rows around it; what stands before each column but the first.
    Columns(&'static [usize]),
    /// Opens, continues or closes something; ends a run of aligned rows.
    Alone,
    /// A comment on its own line; ends a run, too.
    Comment,
    /// `given crm` and `{ header`.
    TableHead,
    /// A further row of a table, below the header.
    TableRow,
}

impl Row {
    pub(super) fn new(kind: Kind, indent: usize) -> Row {
        Row { kind, indent, blank_before: false, cells: vec![String::new()], comment: None }
    }

    /// Adds to the last column.
    pub(super) fn push(&mut self, text: &str, has_space: bool) {
        let cell = self.cells.last_mut().expect("a row has a column");
        if has_space && !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(text);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}
