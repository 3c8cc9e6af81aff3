//! `golden { .. }`: entries with an attribute, and without one for all others.

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, strategy};
use crate::ast::Golden;
use crate::shape::Part;
use crate::vocabulary::STRATEGIES;

/// The cursor stands behind `golden`.
pub(super) fn golden(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Golden> {
    let lines = lowering.block(cursor, "`{` with the strategies")?;
    let mut golden = Golden { span: cursor.whole(), default: Vec::new(), attributes: Vec::new() };
    for part in entries(lowering, lines) {
        // What could not be read was reported; the other entries stand.
        let _: Parsed<()> = entry(lowering, part, &mut golden);
    }
    lowering.finish(cursor, "`golden`");
    Ok(golden)
}

fn entry(lowering: &mut Lowering, part: &Part<'_>, golden: &mut Golden) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    // An attribute that is called like a strategy stands in backticks.
    if cursor.word().is_some_and(|word| STRATEGIES.contains(&word)) || strategy::is_misspelt(cursor) {
        golden.default.push((strategy::strategy(lowering, cursor)?, part.span));
    } else {
        let path = lowering.attribute_path(cursor, "an attribute or a strategy")?;
        golden.attributes.push((path, strategy::strategy(lowering, cursor)?, part.span));
    }
    lowering.finish(cursor, "the strategy");
    Ok(())
}
