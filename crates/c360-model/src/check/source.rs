//! `source` declarations: reads each entry of the head, then the blocks that say what a row means.

use super::expression::{Lowering, names_column};
use super::scope::Scope;
use super::suggest::{listing, unknown};
use super::{mapping, read, updated};
use crate::model::{Expr, Mode, Read, Source, SourceId};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;

const MODES: &[(&str, Mode)] = &[("snapshot", Mode::Snapshot), ("changes", Mode::Changes), ("append", Mode::Append)];

/// All sources, in their order; `None` for those that cannot be read, which is reported.
pub(super) fn all(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Vec<Option<Source>> {
    scope.declared.sources.iter().enumerate().map(|(index, source)| check(scope, SourceId(index), source, out)).collect()
}

fn check(scope: &Scope<'_>, id: SourceId, source: &ast::Source, out: &mut Vec<Diagnostic>) -> Option<Source> {
    let read = read_entry(source, out);
    let mode = mode(source.mode.as_ref(), out);
    let mut lowering = Lowering::new(scope, read.as_ref().map(|read| &read.format));
    let key = key(source, &mut lowering, out);
    let updated = source.updated.as_ref().and_then(|expr| updated::check(expr, &mut lowering, out));
    delete_suits(source, mode, out);
    let delete = source.delete.as_ref().and_then(|expr| lowering.condition(expr, out));
    let filter = source.filter.as_ref().and_then(|expr| lowering.condition(expr, out));
    let mappings = mapping::all(source, id, key.as_deref(), &mut lowering, out);
    let columns = lowering.into_columns();
    key_missing(source, &columns, out);
    Some(Source {
        span: source.span,
        name: source.name.text.clone(),
        doc: source.doc.as_ref().map(|doc| doc.value.clone()),
        read: read?,
        mode: mode?,
        key: key?,
        updated,
        delete,
        filter,
        mappings,
        columns,
    })
}

fn read_entry(source: &ast::Source, out: &mut Vec<Diagnostic>) -> Option<Read> {
    match &source.read {
        Some(read) => read::check(read, out),
        None => {
            let message = format!("source `{}` does not say what it reads", source.name.text);
            let finding = Diagnostic::new(&codes::NO_READ, source.name.span, message).label("no `read`");
            out.push(finding.help("add an entry such as `read csv(\"landing/*.csv\")`"));
            None
        }
    }
}

fn mode(written: Option<&Name>, out: &mut Vec<Diagnostic>) -> Option<Mode> {
    let Some(name) = written else { return Some(Mode::Snapshot) };
    let found = MODES.iter().find(|(word, _)| *word == name.text).map(|(_, mode)| *mode);
    if found.is_none() {
        let words: Vec<&str> = MODES.iter().map(|(word, _)| *word).collect();
        out.push(unknown(&codes::MODE, name, "mode", "", &words));
    }
    found
}

fn delete_suits(source: &ast::Source, mode: Option<Mode>, out: &mut Vec<Diagnostic>) {
    let (Some(delete), Some(mode @ (Mode::Snapshot | Mode::Append))) = (&source.delete, mode) else { return };
    let (word, why) = match mode {
        Mode::Append => ("append", "rows are only added"),
        _ => ("snapshot", "a row is deleted by not being there"),
    };
    let message = format!("`delete` has no meaning in mode `{word}`, where {why}");
    let finding = Diagnostic::new(&codes::DELETE_MODE, delete.span, message).label("needs `mode changes`");
    let finding = source.mode.iter().fold(finding, |finding, mode| finding.related(mode.span, "the mode"));
    out.push(finding.help("write `mode changes`; to leave rows out, write `where` with the opposite condition"));
}

/// The key; `None` where it is missing or wrong.
fn key(source: &ast::Source, lowering: &mut Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Vec<Expr>> {
    let key = lowering.all(&source.key, out)?;
    let constants: Vec<&Expr> = key.iter().filter(|expr| !names_column(expr)).collect();
    for constant in &constants {
        let finding = Diagnostic::new(&codes::NO_KEY, constant.span, "a key that names no column is the same in every row");
        out.push(finding.label("names no column").help("a text in quotes is a value; a column stands without quotes or in backticks"));
    }
    (!key.is_empty() && constants.is_empty()).then_some(key)
}

/// Reports a missing key at the end, when the columns are known from which one can be proposed.
fn key_missing(source: &ast::Source, columns: &[(Vec<String>, c360_syntax::Span)], out: &mut Vec<Diagnostic>) {
    if !source.key.is_empty() {
        return;
    }
    let message = format!("source `{}` does not say what identifies a row", source.name.text);
    let finding = Diagnostic::new(&codes::NO_KEY, source.name.span, message).label("no `key`");
    let likely: Vec<&str> =
        columns.iter().filter_map(|(path, _)| path.last()).map(String::as_str).filter(|name| looks_like_key(name)).collect();
    out.push(match listing(&likely) {
        Some(list) => finding.help(format!("add `key COLUMN`, perhaps with {list}; several columns are written `key a, b`")),
        None => finding.help("add `key COLUMN`; several columns are written `key a, b`"),
    });
}

fn looks_like_key(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = ["id", "key", "nr", "no", "number", "nummer", "code", "uuid"];
    ends.iter().any(|end| lower.ends_with(end)) || lower.starts_with("id_")
}
