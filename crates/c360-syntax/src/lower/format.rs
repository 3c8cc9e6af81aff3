//! `format NAME = stage | stage`, and the pipes of stages that attributes have, too.

use super::cursor::{Cursor, name_of};
use super::expression;
use super::{Lowering, Parsed};
use crate::ast::{FormatDecl, Stage};
use crate::shape::{Atom, AtomKind};

/// The cursor stands behind `format`.
pub(super) fn format(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<FormatDecl> {
    let name = lowering.name(cursor, "the name of the format")?;
    if cursor.eat_operator("=").is_none() {
        return Err(lowering.expected(cursor, "`=`"));
    }
    let stages = pipe(lowering, cursor)?;
    lowering.finish(cursor, "`format`");
    Ok(FormatDecl { span: cursor.whole(), name, stages })
}

/// `text | trim | lpad(8, "0")`
pub(super) fn pipe(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Vec<Stage>> {
    lowering.chain(cursor, "|", stage)
}

fn stage(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Stage> {
    let what = "a format or a text function";
    match cursor.peek() {
        Some(Atom { span, kind: AtomKind::Call(words, arguments), .. }) if words.len() == 1 => {
            cursor.next();
            let arguments = expression::arguments(lowering, arguments);
            Ok(Stage { span: *span, name: name_of(&words[0]), arguments })
        }
        _ => {
            let name = lowering.name(cursor, what)?;
            Ok(Stage { span: name.span, name, arguments: Vec::new() })
        }
    }
}
