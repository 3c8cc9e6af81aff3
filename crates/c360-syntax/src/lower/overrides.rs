//! `overrides "overrides/*.csv"`

use super::cursor::Cursor;
use super::{Lowering, Parsed};
use crate::ast::Overrides;

/// The cursor stands behind `overrides`.
pub(super) fn overrides(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Overrides> {
    let place = lowering.text(cursor, "the place of CSV files with decisions in quotes")?;
    lowering.finish(cursor, "`overrides`");
    Ok(Overrides { span: cursor.whole(), place })
}
