//! A line of the file: finds out which declaration it is.

use super::cursor::Cursor;
use super::{Lowering, entity, format, later, overrides, pipeline, publish, source, usage};
use crate::ast::Item;
use crate::codes::syntax as codes;
use crate::shape::{Line, Part};
use crate::vocabulary::{DECLARATIONS, LATER};
use crate::{Diagnostic, Span};

/// The declaration that a line holds; `None` where it cannot be told, which was reported then.
pub(super) fn lower(lowering: &mut Lowering, line: &Line<'_>) -> Option<Item> {
    let parts = match line {
        Line::Parts(parts) => parts,
        Line::Table(table) => {
            lowering.misplaced_table(table);
            return None;
        }
    };
    let mut cursor = Cursor::new(parts.first()?);
    let (keyword, span) = keyword(lowering, &mut cursor)?;
    if LATER.contains(&keyword) {
        return Some(later::declaration(lowering, &mut cursor, keyword, span, whole(parts)));
    }
    let item = declaration(lowering, &mut cursor, keyword);
    if let Some(second) = parts.get(1) {
        let diagnostic = Diagnostic::new(&codes::TRAILING, second.span, format!("a comma cannot stand in `{keyword}`"));
        lowering.report(diagnostic.label("unexpected").help("one declaration ends with its line"));
    }
    item
}

fn whole(parts: &[Part<'_>]) -> Span {
    parts.iter().map(|part| part.span).reduce(Span::to).expect("a line has a part")
}

/// The first word; a misspelt one is reported and taken for what it was probably meant to be.
fn keyword(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Option<(&'static str, Span)> {
    let start = cursor.here();
    let Some(word) = cursor.word() else {
        lowering.expected_with_help(cursor, "a declaration", Some("declarations start with a word like `entity`, `source` or `publish`"));
        return None;
    };
    cursor.next();
    if let Some(known) = DECLARATIONS.iter().find(|known| **known == word) {
        return Some((known, start));
    }
    let message = format!("`{}` is no declaration", super::report::shortened(word));
    let near = lowering.unknown(&codes::UNKNOWN_DECLARATION, word, start, message, &DECLARATIONS);
    near.map(|near| (near, start))
}

fn declaration(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, keyword: &str) -> Option<Item> {
    let item = match keyword {
        "pipeline" => pipeline::pipeline(lowering, cursor).map(Item::Pipeline),
        "use" => usage::usage(lowering, cursor).map(Item::Use),
        "format" => format::format(lowering, cursor).map(Item::Format),
        "entity" => entity::entity(lowering, cursor).map(Item::Entity),
        "source" => source::source(lowering, cursor).map(Item::Source),
        "overrides" => overrides::overrides(lowering, cursor).map(Item::Overrides),
        _ => publish::publish(lowering, cursor).map(Item::Publish),
    };
    item.ok()
}
