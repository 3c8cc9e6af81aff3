//! `entity NAME "doc" { .. }`: attributes and references; `match` and `golden` have their own files.

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, Seen, format, golden, matching};
use crate::Diagnostic;
use crate::ast::{Attribute, AttributeKind, Entity, Name, Stage};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::{ATTRIBUTE_OPTIONS, DECLARATIONS, ENTITY_BLOCKS};

/// The cursor stands behind `entity`.
pub(super) fn entity(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Entity> {
    let name = lowering.name(cursor, "the name of the entity")?;
    let doc = lowering.doc(cursor);
    let mut entity = Entity { span: cursor.whole(), name, doc, attributes: Vec::new(), matching: None, golden: None };
    let Ok(lines) = lowering.block(cursor, "`{` with the attributes") else { return Ok(entity) };
    let mut seen = Seen::default();
    for part in entries(lowering, lines) {
        // What could not be read was reported; the other entries stand.
        let _: Parsed<()> = entry(lowering, part, &mut seen, &mut entity);
    }
    lowering.finish(cursor, "`entity`");
    Ok(entity)
}

fn entry(lowering: &mut Lowering, part: &Part<'_>, seen: &mut Seen, entity: &mut Entity) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    if let Some(keyword) = declared_inside(part) {
        let finding = Diagnostic::new(&codes::UNKNOWN_ENTRY, part.atoms[0].span, format!("`{keyword}` is a declaration of its own"));
        let help = format!("write it outside of the entity, behind the `}}` of `entity {}`", entity.name.text);
        return Err(lowering.report(finding.label("inside of an entity").help(help)));
    }
    let is_block = cursor.word().is_some() && cursor.peek_second().is_some_and(|atom| matches!(atom.kind, AtomKind::Block(_)));
    let is_block = is_block || cursor.word().is_some_and(|word| ENTITY_BLOCKS.contains(&word));
    if !is_block {
        entity.attributes.push(attribute(lowering, cursor)?);
        return Ok(());
    }
    match lowering.entry_word(cursor, "a block of an entity", &codes::UNKNOWN_ENTRY, &ENTITY_BLOCKS)? {
        "match" => {
            let is_first = lowering.first(seen, "match", part.span);
            let matching = matching::matching(lowering, cursor)?;
            entity.matching = if is_first { Some(matching) } else { entity.matching.take() };
        }
        _ => {
            let is_first = lowering.first(seen, "golden", part.span);
            let golden = golden::golden(lowering, cursor)?;
            entity.golden = if is_first { Some(golden) } else { entity.golden.take() };
        }
    }
    Ok(())
}

/// The word of a declaration that stands where an attribute should: `source web { .. }`.
fn declared_inside(part: &Part<'_>) -> Option<&'static str> {
    let [first, .., last] = part.atoms.as_slice() else { return None };
    let keyword = DECLARATIONS.iter().find(|keyword| first.word() == Some(**keyword))?;
    let has_name = part.atoms.len() > 2 && matches!(part.atoms[1].kind, AtomKind::Name(_));
    (has_name && matches!(last.kind, AtomKind::Block(_))).then_some(*keyword)
}

/// `email email many pii`, `parent -> customer`
fn attribute(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Attribute> {
    let name = lowering.name(cursor, "the name of an attribute")?;
    let kind = match kind(lowering, cursor, &name) {
        Ok(kind) => kind,
        // Reported; the attribute stays known as text, so that nothing else is reported because of it.
        Err(_) => {
            let stage = Stage { span: name.span, name: Name { text: "text".into(), span: name.span }, arguments: Vec::new() };
            let kind = AttributeKind::Value(vec![stage]);
            return Ok(Attribute { span: cursor.whole(), name, kind, many: None, pii: None });
        }
    };
    let mut attribute = Attribute { span: cursor.whole(), name, kind, many: None, pii: None };
    // Reported if it failed; the options so far stand.
    let _: Parsed<()> = options(lowering, cursor, &mut attribute);
    Ok(attribute)
}

fn kind(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, name: &Name) -> Parsed<AttributeKind> {
    if cursor.eat_operator("->").is_some() {
        return Ok(AttributeKind::Reference(lowering.name(cursor, "the entity that is referred to")?));
    }
    match cursor.peek() {
        Some(Atom { kind: AtomKind::Operator("=" | ":"), .. }) => {
            let help = format!("the format follows the name: `{} text`", name.text);
            Err(lowering.expected_with_help(cursor, "a format or `->`", Some(&help)))
        }
        Some(Atom { kind: AtomKind::Name(_) | AtomKind::Call(..), .. }) => Ok(AttributeKind::Value(format::pipe(lowering, cursor)?)),
        _ => Err(lowering.expected(cursor, "a format or `->`")),
    }
}

fn options(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, attribute: &mut Attribute) -> Parsed<()> {
    let mut seen = Seen::default();
    while cursor.word().is_some() {
        let span = cursor.here();
        let option = lowering.entry_word(cursor, "an option of an attribute", &codes::UNKNOWN_OPTION, &ATTRIBUTE_OPTIONS)?;
        lowering.first(&mut seen, option, span);
        let slot = if option == "many" { &mut attribute.many } else { &mut attribute.pii };
        slot.get_or_insert(span);
    }
    lowering.finish(cursor, "an attribute");
    Ok(())
}
