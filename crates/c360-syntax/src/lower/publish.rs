//! `publish WHAT to FORMAT("..")`

use super::cursor::{Cursor, name_of};
use super::expression;
use super::{Lowering, Parsed};
use crate::ast::{Name, Publish};
use crate::shape::{Atom, AtomKind};

/// The cursor stands behind `publish`.
pub(super) fn publish(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Publish> {
    let (what, of) = published(lowering, cursor)?;
    lowering.required_word(cursor, "to", "write `publish customer to parquet(\"..\")`")?;
    let (format, arguments) = place(lowering, cursor, "where it goes: `parquet(\"..\")`, `csv(\"..\")` or `ndjson(\"..\")`")?;
    lowering.finish(cursor, "`publish`");
    Ok(Publish { span: cursor.whole(), what, of, format, arguments })
}

/// `customer`, `duplicates(crm)`
fn published(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<(Name, Option<Name>)> {
    let what = "what to publish: an entity, `duplicates(..)` or `rejects(..)`";
    match cursor.peek() {
        Some(Atom { kind: AtomKind::Call(words, arguments), span, .. }) if words.len() == 1 => {
            cursor.next();
            let [argument] = arguments.as_slice() else {
                return Err(lowering.wrong_count(*span, words[0].raw, "the name of one source or entity"));
            };
            let inner = &mut Cursor::new(argument);
            let of = lowering.name(inner, "the name of a source or entity")?;
            lowering.finish(inner, &format!("`{}(..)`", words[0].raw));
            Ok((name_of(&words[0]), Some(of)))
        }
        _ => Ok((lowering.name(cursor, what)?, None)),
    }
}

/// `csv("..", delimiter: ";")`, as `read` and `publish` have it.
pub(super) fn place(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, what: &str) -> Parsed<(Name, Vec<crate::ast::Argument>)> {
    match cursor.peek() {
        Some(Atom { kind: AtomKind::Call(words, arguments), .. }) if words.len() == 1 => {
            cursor.next();
            Ok((name_of(&words[0]), expression::arguments(lowering, arguments)))
        }
        _ => Err(lowering.expected(cursor, what)),
    }
}
