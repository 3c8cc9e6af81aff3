//! Columns of real data against the columns that expressions name: `check --data`. Reads no data itself.

use super::suggest::{listing, nearest, quoted};
use crate::model::{ColumnPath, Model, Source, SourceId};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// Reports every column that an expression of `source` names and the data does not have.
///
/// `columns` are the names of the data's columns, nested ones with dots (`buyer.email`); where the insides of a column are unknown,
/// its name alone stands for all of them.
#[must_use]
pub fn check_columns(model: &Model, source: SourceId, columns: &[String]) -> Vec<Diagnostic> {
    let source = model.source(source);
    source.columns.iter().filter(|(path, _)| !exists(path, columns)).map(|(path, span)| missing(source, path, *span, columns)).collect()
}

fn exists(path: &ColumnPath, columns: &[String]) -> bool {
    let whole = path.join(".");
    let inside = format!("{whole}.");
    if columns.iter().any(|column| *column == whole || column.starts_with(&inside)) {
        return true;
    }
    let head = format!("{}.", path[0]);
    path.len() > 1 && columns.contains(&path[0]) && !columns.iter().any(|column| column.starts_with(&head))
}

fn missing(source: &Source, path: &ColumnPath, span: Span, columns: &[String]) -> Diagnostic {
    let name = path.join(".");
    let finding = Diagnostic::new(&codes::NO_COLUMN, span, format!("no column `{name}` in `{}`", source.name)).label("no such column");
    let finding = finding.related(source.read.span, "read from here");
    let candidates: Vec<&str> = columns.iter().map(String::as_str).collect();
    if let Some(other) = candidates.iter().find(|column| column.to_lowercase() == name.to_lowercase()) {
        let finding = finding.help(format!("the column is called `{other}`: upper and lower case count"));
        return finding.suggest(span, written(other, path));
    }
    if let Some(other) = candidates.iter().find(|column| column.trim() == name) {
        return finding.help(format!("the column is called `{other}`, with spaces around")).suggest(span, quoted(other));
    }
    match nearest(&name, &candidates) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).suggest(span, written(near, path)),
        None => match listing(&candidates) {
            Some(list) => finding.help(format!("its columns are {list}")),
            None => finding.help(format!("it has {} columns, and none is called like that", columns.len())),
        },
    }
}

/// The column as it is written in the pipeline: with dots where it is nested, in backticks where it is no word.
fn written(column: &str, path: &ColumnPath) -> String {
    if path.len() > 1 { column.split('.').map(quoted).collect::<Vec<_>>().join(".") } else { quoted(column) }
}
