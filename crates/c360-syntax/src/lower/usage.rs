//! `use "formats.c360"`

use super::cursor::Cursor;
use super::{Lowering, Parsed};
use crate::ast::Use;

/// The cursor stands behind `use`.
pub(super) fn usage(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Use> {
    let path = lowering.text(cursor, "the path of a file in quotes")?;
    lowering.finish(cursor, "`use`");
    Ok(Use { span: cursor.whole(), path })
}
