//! From rows to text: columns below columns in runs of rows that belong together, then comments below comments.

use super::row::{Kind, Row};

/// The text of the rows.
pub(super) fn align(rows: &[Row]) -> String {
    let mut lines = Vec::with_capacity(rows.len());
    let mut brace = 0;
    for run in runs(rows, belong_together) {
        match run[0].kind {
            Kind::Columns(gaps) => lines.extend(aligned(run, gaps)),
            Kind::TableHead | Kind::TableRow => lines.extend(tables(run, &mut brace)),
            Kind::Alone | Kind::Comment => lines.extend(run.iter().map(|row| indented(row, &row.cells.concat()))),
        }
    }
    with_comments(rows, lines)
}

/// Splits rows into the longest runs in which each belongs to the one before it.
fn runs(rows: &[Row], together: impl Fn(&Row, &Row) -> bool) -> impl Iterator<Item = &[Row]> {
    rows.chunk_by(move |before, row| !row.blank_before && before.indent == row.indent && together(before, row))
}

fn belong_together(before: &Row, row: &Row) -> bool {
    match (before.kind, row.kind) {
        (Kind::Columns(left), Kind::Columns(right)) => left == right,
        (Kind::TableHead | Kind::TableRow, Kind::TableHead | Kind::TableRow) => keyword(before) == keyword(row),
        _ => false,
    }
}

/// `given` or `expect`, of the rows of a table, too.
fn keyword(row: &Row) -> Option<&str> {
    row.cells[0].split(' ').next()
}

fn indented(row: &Row, text: &str) -> String {
    format!("{:indent$}{text}", "", indent = row.indent).trim_end().to_string()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn aligned(rows: &[Row], gaps: &[usize]) -> Vec<String> {
    let starts = starts(rows, gaps);
    rows.iter().map(|row| indented(row, &spread(&row.cells, &starts))).collect()
}

/// Puts each cell at the start of its column.
fn spread(cells: &[String], starts: &[usize]) -> String {
    let mut text = String::new();
    for (cell, start) in cells.iter().zip(starts).filter(|(cell, _)| !cell.is_empty()) {
        let missing = start.saturating_sub(width(&text));
        text.extend(std::iter::repeat_n(' ', missing));
        text.push_str(cell);
    }
    text
}

/// Where each column starts. A cell that ends its row widens its column only if it is an option: there the next column must stay clear.
fn starts(rows: &[Row], gaps: &[usize]) -> Vec<usize> {
    let mut starts = vec![0];
    for (column, gap) in gaps.iter().enumerate() {
        let counts = |row: &&Row| column >= 2 || row.cells.len() > column + 1;
        let widest = rows.iter().filter(counts).filter_map(|row| row.cells.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
        let start = starts[column];
        starts.push(if widest == 0 { start } else { start + widest + gap });
    }
    starts
}

/// Heads of tables have their braces below each other; rows stand below the header. `brace` is where the braces stand: a comment
/// between the rows of a table splits the run, and the rows behind it still belong to the head before it.
fn tables(run: &[Row], brace: &mut usize) -> Vec<String> {
    let heads = run.iter().filter(|row| row.kind == Kind::TableHead);
    let after_heads = heads.map(|row| width(&row.cells[0]) + 1).max();
    let mut lines = Vec::with_capacity(run.len());
    for row in run {
        if row.kind == Kind::TableHead {
            *brace = after_heads.unwrap_or(0);
            lines.push(indented(row, &spread(&row.cells, &[0, *brace])));
        } else {
            lines.push(indented(row, &spread(&row.cells[1..], &[*brace + 2])));
        }
    }
    lines
}

/// Adds blank lines, and comments one below the other in rows without a gap.
fn with_comments(rows: &[Row], lines: Vec<String>) -> String {
    let mut text = String::new();
    let mut lines = lines.into_iter();
    for run in runs(rows, |before, row| before.kind != Kind::Comment && row.kind != Kind::Comment) {
        let lines: Vec<String> = lines.by_ref().take(run.len()).collect();
        let commented = run.iter().zip(&lines).filter(|(row, _)| row.comment.is_some());
        let start = commented.map(|(_, line)| width(line)).max().unwrap_or(0) + 2;
        for (row, line) in run.iter().zip(&lines) {
            if row.blank_before {
                text.push('\n');
            }
            text.push_str(line);
            if let Some(comment) = &row.comment {
                text.extend(std::iter::repeat_n(' ', start - width(line)));
                text.push_str(comment);
            }
            text.push('\n');
        }
    }
    text
}
