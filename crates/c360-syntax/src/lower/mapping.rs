//! `customer { is crm(cust_no), tier = plan }`: what a row says of an entity.

use super::cursor::{Cursor, entries, name_of};
use super::{Lowering, Parsed, expression};
use crate::ast::{Expr, ExprKind, Mapping, MappingEntry, MappingValue, Name, SourceKey};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::{Diagnostic, Span};

/// The cursor stands before the entity's name, and a block follows it.
pub(super) fn mapping(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Mapping> {
    let entity = lowering.name(cursor, "the name of an entity")?;
    let lines = lowering.block(cursor, "`{` with what the row says")?;
    let parts = entries(lowering, lines);
    let entries = parts.into_iter().filter_map(|part| entry(lowering, part).ok()).collect();
    lowering.finish(cursor, "what the row says of an entity");
    Ok(Mapping { span: cursor.whole(), entity, entries })
}

fn entry(lowering: &mut Lowering, part: &Part<'_>) -> Parsed<MappingEntry> {
    let cursor = &mut Cursor::new(part);
    let is_assignment = cursor.peek_second().and_then(Atom::operator).is_some_and(|operator| matches!(operator, "=" | "==" | ":"));
    if !is_assignment && cursor.eat_word("is").is_some() {
        return cross_reference(lowering, cursor).map(MappingEntry::Is);
    }
    let target = lowering.name(cursor, "an attribute, or `is`")?;
    equals(lowering, cursor, &target)?;
    let value = match value(lowering, cursor) {
        Ok(value) => value,
        // Reported; the attribute counts as supplied, so that nothing else is reported because of it.
        Err(_) => MappingValue::Expr(Expr { span: part.span, kind: ExprKind::Null }),
    };
    Ok(MappingEntry::Assign { span: part.span, target, value })
}

fn equals(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, target: &Name) -> Parsed<()> {
    let span = cursor.here();
    if cursor.eat_operator("=").is_some() {
        return Ok(());
    }
    if let Some(foreign) = ["==", ":"].into_iter().find(|operator| cursor.eat_operator(operator).is_some()) {
        let diagnostic = Diagnostic::new(&codes::FOREIGN_OPERATOR, span, format!("a value is given with `=`, not with `{foreign}`"));
        lowering.report(diagnostic.label("not an operator here").suggest(span, "="));
        return Ok(());
    }
    let help = format!("write `{} = ..`", target.text);
    Err(lowering.expected_with_help(cursor, "`=`", Some(&help)))
}

/// `crm(cust_no)` behind `is`.
fn cross_reference(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<SourceKey> {
    let Some(Atom { span, kind: AtomKind::Call(words, arguments), .. }) = cursor.peek() else {
        return Err(lowering.expected(cursor, "the record of a source: `crm(cust_no)`"));
    };
    cursor.next();
    if words.len() > 1 {
        return Err(lowering.wrong_count(*span, "is", "the name of a source before the parenthesis"));
    }
    if arguments.is_empty() {
        return Err(lowering.wrong_count(*span, words[0].raw, "the key of the record"));
    }
    let key = arguments.iter().filter_map(|argument| expression::whole(lowering, &mut Cursor::new(argument)).ok()).collect();
    lowering.finish(cursor, "`is`");
    Ok(SourceKey { span: *span, source: name_of(&words[0]), key })
}

fn value(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<MappingValue> {
    let start = cursor.here();
    let is_lookup = cursor.peek_second().and_then(Atom::word) == Some("where");
    if !is_lookup {
        return expression::whole(lowering, cursor).map(MappingValue::Expr);
    }
    lookup(lowering, cursor, start)
}

/// `customer where email = buyer_email`
fn lookup(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, start: Span) -> Parsed<MappingValue> {
    let entity = lowering.name(cursor, "the name of an entity")?;
    cursor.eat_word("where");
    let attribute = lowering.attribute_path(cursor, "an attribute of that entity")?;
    if cursor.eat_operator("=").is_none() {
        return Err(lowering.expected(cursor, "`=` and the value to look for"));
    }
    let value = expression::whole(lowering, cursor)?;
    Ok(MappingValue::Lookup { span: cursor.since(start), entity, attribute, value })
}
